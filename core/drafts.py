"""Tells the browser which drafts it may forget: those the server has saved (see frontend/drafts.js)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

FIELD = "_draft"
COOKIE = "saved_draft"
TOKEN = re.compile(r"[0-9A-Za-z-]{1,64}")
SAVED = frozenset({200, 201, 204, 302, 303})


class DraftMiddleware:
    """Names the draft in a short-lived cookie when somebody signed in has sent a form and it was taken."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method != "POST" or not is_saved(request, response):
            return response
        token = request.POST.get(FIELD, "")
        if TOKEN.fullmatch(token):
            # Read and removed by the page's script, hence not HttpOnly; it names a draft and nothing else.
            response.set_cookie(COOKIE, token, max_age=300, samesite="Lax", secure=request.is_secure())
        return response


def is_saved(request: HttpRequest, response: HttpResponse) -> bool:
    """Tell whether the form was taken: a redirect or an htmx answer, but not the one to the sign-in."""
    if response.status_code not in SAVED or not request.user.is_authenticated:
        return False
    return response.status_code >= 300 or bool(getattr(request, "htmx", False))
