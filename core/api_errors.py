"""How the REST API answers to what goes wrong, whatever it is; the framework imports it by name.

Apart from ``api_defaults``: the views of the framework, needed here, begin by importing that one.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import SuspiciousOperation
from rest_framework.exceptions import ParseError
from rest_framework.response import Response
from rest_framework.views import exception_handler, set_rollback

from core.unavailable import TRY_AGAIN_AFTER, trouble_of


def answer_to_error(error: Exception, context: dict[str, Any]) -> Response | None:
    """Answer every error in JSON, also those that are found before a view is asked."""
    trouble = trouble_of(error)
    if trouble is not None:
        set_rollback()
        headers = {"Retry-After": str(TRY_AGAIN_AFTER)}
        return Response({"detail": trouble.text}, status=trouble.value, headers=headers)
    if isinstance(error, SuspiciousOperation):  # more fields, or a larger body, than a request may have
        error = ParseError(str(error))
    return exception_handler(error, context)
