"""The activity report counts what took place, and keeps its three figures of people apart."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation

from events.models import EventStatus, ParticipationState
from reports.builders.activity import build_activity_report
from reports.report import Report
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory, PersonFactory
from tests.factories.events import (
    EventFactory,
    HeadcountFactory,
    MeasureGoalFactory,
    OrganiserRoleFactory,
    ParticipationFactory,
    ParticipationRoleFactory,
)

NOW = dt.datetime(2021, 12, 31, 23, 30, tzinfo=dt.UTC)

pytestmark = pytest.mark.django_db


def build(role: str = "staff", start: dt.date | None = None, end: dt.date | None = None) -> Report:
    with translation.override("en"):
        return build_activity_report(
            user=UserFactory.create(role=role), start=start, end=end, now=NOW, key="k"
        )


def values(report: Report, key: str) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in report.table(key).rows]


def test_an_empty_register_makes_a_report_that_says_so():
    report = build()
    assert report.table("years").rows == ()
    assert report.table("years").empty_text == "No events are recorded for this period yet."
    assert report.table("events").rows == ()


def test_visits_persons_and_engaged_people_stay_apart():
    festival = EventFactory.create(start_date=dt.date(2019, 12, 31))
    meeting = EventFactory.create(start_date=dt.date(2020, 1, 1))
    EventFactory.create(start_date=dt.date(2020, 5, 1), status=EventStatus.CANCELLED)
    HeadcountFactory.create(event=festival, count=80)
    ada, club = PersonFactory.create(), ActorFactory.create()
    ParticipationFactory.create(
        event=festival, actor=ada, role=ParticipationRoleFactory.create(), people_brought=3
    )
    ParticipationFactory.create(
        event=meeting, actor=ada, role=OrganiserRoleFactory.create(), volunteer_hours=Decimal("2.5")
    )
    ParticipationFactory.create(event=meeting, actor=club, represented_by=PersonFactory.create())
    ParticipationFactory.create(event=meeting, actor=PersonFactory.create(), state=ParticipationState.EXCUSED)

    assert values(build(), "years") == [
        ["2019", 1, 0, 0, 80, 1, 0, 0],
        ["2020", 1, 1, 0, 2, 2, 1, Decimal("2.5")],
        ["Whole period", 2, 1, 0, 82, 2, 1, Decimal("2.5")],
    ]


def test_the_period_is_half_open_and_undated_events_count_only_without_one():
    EventFactory.create(start_date=dt.date(2019, 12, 31), title="Silvester")
    EventFactory.create(start_date=dt.date(2020, 1, 1), title="Neujahr")
    EventFactory.create(start_date=None, title="Irgendwann")
    in_2020 = build(start=dt.date(2020, 1, 1), end=dt.date(2021, 1, 1))
    assert [row[1] for row in values(in_2020, "events")] == ["Neujahr"]
    assert [row[1] for row in values(build(), "events")] == ["Neujahr", "Silvester", "Irgendwann"]
    assert in_2020.period == "2020"


def test_every_year_opens_its_events():
    EventFactory.create(start_date=dt.date(2019, 6, 1))
    row = build().table("years").rows[0]
    assert [cell.url for cell in row[:2]] == ["/events/?year=2019", "/events/?year=2019&status=held"]


def test_readers_are_not_told_small_counts_nor_what_would_give_them_away():
    event = EventFactory.create()
    for _number in range(3):
        ParticipationFactory.create(event=event, actor=PersonFactory.create())
    HeadcountFactory.create(event=event, group="children", sex="f", count=3)
    HeadcountFactory.create(event=event, group="children", sex="m", count=20)
    HeadcountFactory.create(event=event, group="youth", sex="f", count=30)
    HeadcountFactory.create(event=event, group="youth", sex="m", count=40)

    told = values(build("reader"), "headcounts")
    assert values(build("reader"), "years")[0][5] == "<5"
    assert told[0][1] == "<5"
    # With all sums shown, three further cells have to go so that the three cannot be computed back.
    assert [told[0][2], told[1][1], told[1][2]].count("•") == 3 or "•" in [told[0][5], told[6][1]]
    assert values(build("staff"), "headcounts")[0][1] == 3


def test_goals_show_how_far_they_were_reached():
    MeasureGoalFactory.create(target=Decimal(20), actual=Decimal(15))
    MeasureGoalFactory.create(target=None, actual=None)
    assert [row[5] for row in values(build(), "goals")] == [Decimal("0.75"), None]
