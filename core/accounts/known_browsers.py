"""A browser in which somebody signed in before is known by a signed cookie.

Attempts in a known browser are counted apart, so whoever guesses passwords elsewhere, or from the address
that a whole office shares, does not keep the right person out. The cookie opens nothing: the password is
asked for all the same.
"""

from __future__ import annotations

import secrets
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

COOKIE = "known_browser"
SALT = "core.accounts.known_browsers"
SECONDS = 400 * 24 * 60 * 60  # browsers keep no cookie longer
MOST_ACCOUNTS = 20
PATH = "/accounts/"  # signing in, and what asks for the password again


class Browser(NamedTuple):
    """A browser by a number of its own, and the accounts that were used in it."""

    number: str
    accounts: tuple[str, ...]


def browser_of(request: HttpRequest) -> Browser | None:
    """Return the browser of the request, None where it has no cookie of ours or an altered one."""
    value = request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=SECONDS)
    number, *accounts = str(value).split(".")
    return Browser(number, tuple(accounts)) if number else None


def remember_browser(request: HttpRequest, response: HttpResponseBase, account: int) -> None:
    """Write down in the browser that this account signed in here."""
    browser = browser_of(request) or Browser(secrets.token_urlsafe(16), ())
    others = [key for key in browser.accounts if key != str(account)]
    value = ".".join([browser.number, *others[1 - MOST_ACCOUNTS :], str(account)])
    response.set_signed_cookie(
        COOKIE,
        value,
        salt=SALT,
        max_age=SECONDS,
        path=PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
