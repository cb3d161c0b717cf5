"""Who may open the pages of reports."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from core.roles import REPORT_ROLES, role_of


def readers_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let in the roles that read reports; for others the page does not exist."""

    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if role_of(request.user) not in REPORT_ROLES:
            raise Http404
        return view(request, *args, **kwargs)

    return require_safe(guarded)
