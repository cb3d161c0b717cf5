"""What the tests of reports ask for."""

from __future__ import annotations

import datetime as dt
from typing import Any

from reports.period import Period
from reports.request import ReportRequest


def request_for(
    user: Any, start: dt.date | None = None, end: dt.date | None = None, **given: Any
) -> ReportRequest:
    """Return the request of a user for the days from ``start`` to before ``end``."""
    return ReportRequest(user, Period(start, end), **given)
