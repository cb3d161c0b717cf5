"""A network report in English, and what stands in it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import translation

from reports.builders.network.report import build_network_report
from reports.report import Note, Report
from tests.factories.accounts import UserFactory
from tests.reports.requests import request_for

NOW = dt.datetime(2021, 12, 31, 23, 30, tzinfo=dt.UTC)


def build(
    role: str = "staff", start: dt.date | None = None, end: dt.date | None = None, now: dt.datetime = NOW
) -> Report:
    """Return the report of the days from ``start`` to before ``end``, as somebody in this role gets it."""
    with translation.override("en"):
        user = UserFactory.create(role=role)
        return build_network_report(request_for(user, start=start, end=end, now=now, key="k"))


def values(report: Report, key: str) -> list[list[Any]]:
    """Return the values of a table's cells."""
    return [[cell.value for cell in row] for row in report.table(key).rows]


def notes(report: Report, section: str) -> list[str]:
    """Return the sentences that stand by themselves in a chapter."""
    return [block.text for block in report.section(section).blocks if isinstance(block, Note)]
