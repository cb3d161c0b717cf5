"""The network report and the continuity report, cold and again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from tests.bench.measure import Result, once
from tests.bench.pages import client, get
from tests.bench.register import shape_of

# Seconds cold and again, by the participations of the register.
TARGETS: dict[int, tuple[float, float | None]] = {60_000: (10.0, 1.0), 300_000: (60.0, None)}


def report(code: str, size: int) -> list[Result]:
    """Ask for a report as a page, twice; the second time nothing has changed."""
    browser, url = client(), reverse("reports:report", args=[code])
    ask: Callable[[], Any] = lambda: get(browser, url, {"start": "", "end": ""})  # noqa: E731
    cold, again = TARGETS.get(shape_of(size).participations, (None, None))
    return [
        once(f"{code} report, cold", ask, target=cold),
        once(f"{code} report, again", ask, target=again),
    ]
