"""What the site answers is for whoever asked: no cache between them keeps it, and no browser after sign-out.

Static files do not come this way: they are served before, carry a digest in their name, and may be kept.

Under one address scripts get a part and readers a page: each answer says so, for what keeps it all the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.cache import patch_vary_headers

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

PRIVATE = "private, no-store"
# What a view may say instead: the same for everybody, as the page without a network is.
PUBLIC = "no-cache"
PART_OR_PAGE = ("HX-Request", "HX-Boosted")


class PrivateMiddleware:
    """Forbids to keep any answer, whether page, part of one, file, redirect or error, unless it is public."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.get("Cache-Control") != PUBLIC:
            response["Cache-Control"] = PRIVATE
            patch_vary_headers(response, PART_OR_PAGE)
        return response
