"""Pages for what went wrong on our side or is not there; for programs in JSON."""

from __future__ import annotations

import json
import sys

from django.http import HttpRequest, HttpResponse, HttpResponseServerError, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.defaults import page_not_found

from core.unavailable import TRY_AGAIN_AFTER, Trouble, trouble_of


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer an error that nobody caught; one that says that nothing can be stored, in its own words."""
    trouble = trouble_of(sys.exc_info()[1])
    if trouble is not None:
        return cannot_store(request, trouble)
    if is_program(request):
        return JsonResponse({"detail": "Internal server error."}, status=500)
    return HttpResponseServerError(render_to_string("500.html"))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer an address that does not exist."""
    if is_program(request):
        return JsonResponse({"detail": _("There is no such address.")}, status=404)
    return page_not_found(request, exception)


def cannot_store(request: HttpRequest, trouble: Trouble) -> HttpResponse:
    """Say that nothing can be stored, as a page, as a toast on the page that asked, or in JSON."""
    if is_program(request):
        response: HttpResponse = JsonResponse({"detail": trouble.text}, status=trouble.value)
    else:
        words = {"title": trouble.title, "text": trouble.text}
        response = HttpResponse(render_to_string("unavailable.html", words), status=trouble.value)
        # A part of a page is not replaced by this; the page says it in a toast.
        response["HX-Trigger"] = json.dumps({"showMessage": {"level": "error", "text": trouble.text}})
    response["Retry-After"] = str(TRY_AGAIN_AFTER)
    return response


def is_program(request: HttpRequest) -> bool:
    """Tell whether a program asks, or a script of ours, and not somebody who reads pages."""
    wants_json = request.accepts("application/json") and not request.accepts("text/html")
    return request.path.startswith("/api/") or wants_json
