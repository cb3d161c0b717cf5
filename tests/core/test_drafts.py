"""Which drafts the browser is told to forget."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from core.drafts import COOKIE, DraftMiddleware

TOKEN = "0d5b6c1e-7f1e-4a55-9d0e-3f0a5f6c2b11"


def named_draft(
    *, status: int, method: str = "POST", token: str = TOKEN, signed_in: bool = True, htmx: bool = False
) -> str | None:
    """Send a form through the middleware and return the draft that the answer names."""
    request: Any = RequestFactory().generic(
        method, "/", f"_draft={token}", "application/x-www-form-urlencoded"
    )
    request.user = SimpleNamespace(is_authenticated=signed_in)
    request.htmx = htmx
    response = DraftMiddleware(lambda _: HttpResponse(status=status))(request)
    return response.cookies[COOKIE].value if COOKIE in response.cookies else None


def test_a_form_that_was_saved_and_redirected_names_its_draft() -> None:
    assert named_draft(status=302) == TOKEN


def test_a_form_that_htmx_sent_names_its_draft() -> None:
    assert named_draft(status=204, htmx=True) == TOKEN


@pytest.mark.parametrize(
    "refused",
    [
        {"status": 422},
        {"status": 200},
        {"status": 403},
        {"status": 409, "htmx": True},
        {"status": 302, "signed_in": False},
        {"status": 302, "method": "GET"},
        {"status": 302, "token": ""},
        {"status": 302, "token": "<script>"},
    ],
)
def test_a_form_that_was_not_saved_keeps_its_draft(refused: dict[str, Any]) -> None:
    assert named_draft(**refused) is None
