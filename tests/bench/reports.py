"""The network report and the continuity report, cold and again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from tests.bench.measure import Result, once
from tests.bench.pages import client, get
from tests.bench.register import shape_of

PARTICIPATIONS_OF_TARGET = 60_000


def report(code: str, size: int) -> list[Result]:
    """Ask for a report as a page, twice; the second time nothing has changed."""
    browser, url = client(), reverse(f"reports:{code}_report")
    ask: Callable[[], Any] = lambda: get(browser, url, {"start": "", "end": ""})  # noqa: E731
    is_target = shape_of(size).participations == PARTICIPATIONS_OF_TARGET
    return [
        once(f"{code} report, cold", ask, target=10.0 if is_target else None),
        once(f"{code} report, again", ask, target=1.0 if is_target else None),
    ]
