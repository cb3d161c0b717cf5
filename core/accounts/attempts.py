"""How often somebody may try: per account and address, per account, per address; or per known browser.

Each attempt is counted before it is known how it ends, so that many at once do not slip through, and taken
back when it was right. Counts lie in the database and thus hold for all workers. A refused attempt counts
nowhere: what is guessed about one account does not use up what its neighbours behind the same address have.
"""

from __future__ import annotations

import hashlib
import math
import time
from typing import NamedTuple

from allauth.core.internal.ratelimit import cache_lock, get_ip
from django.core.cache import caches
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import ngettext

from core.accounts.known_browsers import browser_of
from core.accounts.models import User

MINUTE = 60
ANOTHER_IS_COUNTED = 1


class Limit(NamedTuple):
    """At most so many attempts within so many seconds."""

    name: str
    amount: int
    seconds: int


class Limits(NamedTuple):
    """How often may be tried at one door: by a browser, for an account, from an address."""

    known_browser: Limit
    account_and_address: Limit
    account: Limit
    address: Limit


SIGN_IN = Limits(
    known_browser=Limit("sign-in browser", 5, 5 * MINUTE),
    account_and_address=Limit("sign-in account and address", 5, 5 * MINUTE),
    account=Limit("sign-in account", 20, 15 * MINUTE),
    address=Limit("sign-in address", 30, 5 * MINUTE),
)
# A mail each; what somebody else asked for arrived in the right box all the same.
RESET = Limits(
    known_browser=Limit("reset browser", 5, 30 * MINUTE),
    account_and_address=Limit("reset account and address", 5, 30 * MINUTE),
    account=Limit("reset account", 10, 30 * MINUTE),
    address=Limit("reset address", 30, 5 * MINUTE),
)


class TooManyAttempts(Exception):
    """It has to be waited for so many seconds."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self.seconds = max(1, math.ceil(seconds))

    def __str__(self) -> str:
        minutes = math.ceil(self.seconds / MINUTE)
        return ngettext(
            "Too many attempts in a short time. Please try again in one minute.",
            "Too many attempts in a short time. Please try again in %(minutes)d minutes.",
            minutes,
        ) % {"minutes": minutes}


class Attempt:
    """An attempt that was counted, and can be taken back."""

    def __init__(self) -> None:
        self.counted: list[tuple[Limit, str, float]] = []

    def count(self, limit: Limit, subject: str) -> None:
        """Count the attempt under one limit.

        Raises
        ------
        TooManyAttempts
            The limit is reached.
        """
        key = _key(limit, subject)
        with cache_lock(key) as locked:
            if not locked:  # many at once, which no person is
                raise TooManyAttempts(ANOTHER_IS_COUNTED)
            now = time.time()
            moments = _moments(limit, key, now)
            if len(moments) >= limit.amount:
                raise TooManyAttempts(moments[-limit.amount] + limit.seconds - now)
            caches["sign_in"].set(key, [*moments, now], limit.seconds)
        self.counted.append((limit, key, now))

    def take_back(self) -> None:
        """Have the attempt not count."""
        for limit, key, moment in self.counted:
            with cache_lock(key):  # without the lock, too: at worst another attempt is forgotten
                moments = [each for each in _moments(limit, key, time.time()) if each != moment]
                caches["sign_in"].set(key, moments, limit.seconds)
        self.counted.clear()


def count_attempt(request: HttpRequest, name: str, limits: Limits) -> Attempt:
    """Count an attempt of whoever sends ``request`` on the account that ``name`` means.

    Raises
    ------
    TooManyAttempts
        It has to be waited; nothing was counted.
    """
    account = account_key(name)
    browser = browser_of(request)
    if browser and account in browser.accounts:
        subjects = [(limits.known_browser, f"{browser.number} {account}")]
    else:
        address = get_ip(request)
        subjects = [
            (limits.account_and_address, f"{account} {address}"),
            (limits.account, account),
            (limits.address, address),
        ]
    attempt = Attempt()
    try:
        for limit, subject in subjects:
            attempt.count(limit, subject)
    except TooManyAttempts:
        attempt.take_back()
        raise
    return attempt


def forget_attempts(request: HttpRequest, account: int) -> None:
    """Begin anew with an account whose password was set by somebody who had shown to be the right person."""
    for limit, subject in (
        (SIGN_IN.account_and_address, f"{account} {get_ip(request)}"),
        (SIGN_IN.account, str(account)),
    ):
        caches["sign_in"].delete(_key(limit, subject))


def account_key(name: str) -> str:
    """Name the account that is meant, by whichever name; an unknown one counts like a known one."""
    name = name.strip().lower()
    meant = User.objects.filter(Q(username__iexact=name) | Q(email__iexact=name)).order_by("pk").first()
    return str(meant.pk) if meant else f"name {name}"


def _key(limit: Limit, subject: str) -> str:
    return hashlib.sha256(f"{limit.name} {subject}".encode()).hexdigest()


def _moments(limit: Limit, key: str, now: float) -> list[float]:
    return [moment for moment in caches["sign_in"].get(key, []) if moment > now - limit.seconds]
