"""What holds today, and whom one can ask: said as of today, and not of a period that is over."""

import datetime as dt
from typing import Any

import pytest
from django.utils import translation

from reports.builders.continuity.report import build_continuity_report
from reports.builders.coverage.report import build_coverage_report
from reports.report import Note, Report
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory, OfficeFactory
from tests.factories.events import OrganiserRoleFactory, SpaceFactory
from tests.reports.requests import request_for

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2021, 6, 30, 12, tzinfo=dt.UTC)
OVER, GOING_ON = dt.date(2021, 6, 30), dt.date(2021, 7, 1)
ASK = "Whom to ask again, and whom to invite for the first time."
RING = "Whoever knows somebody can ring them up; whoever has common acquaintances can be introduced."


def build(kind: str, end: dt.date | None) -> Report:
    request = request_for(UserFactory.create(), end=end, now=NOW, key="k")
    with translation.override("en"):
        if kind == "coverage":
            return build_coverage_report(request)
        return build_continuity_report(request, programme_end=dt.date(2022, 12, 31))


def test_nobody_is_invited_by_a_report_of_a_period_that_is_over():
    ActorFactory.create(active_until=dt.date(2015, 1, 1))
    ended = "Those marked as ended cannot be asked any more."

    def said(end: dt.date | None) -> str:
        return build("coverage", end).section("away").intro

    assert said(None) == said(GOING_ON) == f"{ASK} {ended}"
    assert said(OVER) == "Who had been away for long when the period ended, or had not been there yet."


def test_who_could_bridge_is_told_to_ring_up_only_while_the_period_goes_on(meet: Any):
    office = OfficeFactory.create()
    lonely, one, other = ActorFactory.create_batch(3)
    day = dt.date(2021, 5, 1)
    meet(one, other, start_date=day)
    meet(office, lonely, one, role=OrganiserRoleFactory.create(), start_date=day)

    footnotes = [
        (len(table.rows), table.footnote)
        for table in (build("continuity", end).table("could_bridge") for end in (None, GOING_ON, OVER))
    ]

    assert footnotes == [(2, RING), (2, RING), (2, "")]


def test_spaces_are_those_of_today_and_it_is_said_where_that_is_not_the_period():
    meaning = "Spaces used by formats on 30 Jun 2021 that may be used long enough."
    note = "The spaces, their formats and rights of use are those of 30 Jun 2021 and not of the period."

    def said(end: dt.date | None) -> tuple[list[str], Any]:
        report = build("continuity", end)
        notes = [block.text for block in report.section("spaces").blocks if isinstance(block, Note)]
        return notes, report.table("indicators").rows[-1][-1].value

    assert said(OVER) == ([], meaning)
    SpaceFactory.create()
    assert said(None) == said(GOING_ON) == ([], meaning)
    assert said(OVER) == ([note], meaning)
