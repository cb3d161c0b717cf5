"""What the continuity report says in words: each sentence where it stands, and where it does not."""

import datetime as dt
from typing import Any

import pytest
from django.utils import translation

from reports.builders.continuity.report import build_continuity_report
from reports.report import Figure, Report
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory, OfficeFactory
from tests.factories.events import (
    EventFactory,
    EventSeriesFactory,
    SpaceFactory,
    TaskAssignmentFactory,
    TaskKindFactory,
)
from tests.reports.network_reports import values
from tests.reports.requests import request_for

NOW = dt.datetime(2021, 6, 30, 12, 0, tzinfo=dt.UTC)
LAST_DAY = dt.date(2021, 12, 31)

pytestmark = pytest.mark.django_db


def build(role: str = "staff", programme_end: dt.date | None = LAST_DAY, **period: dt.date | None) -> Report:
    given: dict[str, Any] = {"start": None, "end": None, **period}
    with translation.override("en"):
        return build_continuity_report(
            request_for(UserFactory.create(role=role), now=NOW, key="k", **given),
            programme_end=programme_end,
        )


def chart(report: Report, key: str) -> Figure | None:
    blocks = [block for section in report.sections for block in section.blocks]
    return next((block for block in blocks if isinstance(block, Figure) and block.key == key), None)


@pytest.mark.parametrize(
    ("right", "programme_end", "answer"),
    [
        ({"has_permanent_right": True}, None, "yes"),
        ({"right_until": dt.date(2040, 1, 1)}, None, "not known"),
        ({"right_until": NOW.date() + dt.timedelta(days=1)}, None, "not known"),
        ({"right_until": NOW.date()}, None, "no"),
        ({}, LAST_DAY, "not known"),
        ({"right_until": dt.date(2023, 1, 1)}, LAST_DAY, "yes"),
        ({"right_until": dt.date(2022, 12, 31)}, LAST_DAY, "no"),
    ],
)
def test_a_space_is_long_enough_only_where_both_days_are_known_and_not_where_its_right_is_over(
    right, programme_end, answer
):
    EventSeriesFactory.create(space=SpaceFactory.create(**right))

    report = build(programme_end=programme_end)

    assert values(report, "spaces")[0][4] == answer
    meaning = values(report, "indicators")[-1][-1]
    assert meaning.endswith("the end of the programme is not known.") == (programme_end is None)


@pytest.mark.parametrize(
    ("days", "said"), [(0, "The programme ends on 30"), (1, "The programme ended on 29")]
)
def test_a_programme_that_is_over_is_said_to_have_ended(days, said):
    report = build(programme_end=NOW.date() - dt.timedelta(days=days))

    assert said in report.section("formats").intro


def test_spaces_say_how_long_they_may_be_used():
    owner = ActorFactory.create(name="Stadt")
    SpaceFactory.create(name="A Saal", owner=owner, has_permanent_right=True)
    SpaceFactory.create(name="B Raum", right_until=dt.date(2022, 12, 31), is_anchor=True)
    place = SpaceFactory.create(name="C Platz", right_until=dt.date(2023, 1, 1))
    SpaceFactory.create(name="D Café")
    EventSeriesFactory.create(space=place)

    report = build()

    assert values(report, "spaces") == [
        ["A Saal", "Stadt", "without end", None, "yes", 0, "no"],
        ["B Raum", None, "limited", dt.date(2022, 12, 30), "no", 0, "yes"],
        ["C Platz", None, "limited", dt.date(2022, 12, 31), "yes", 1, "no"],
        ["D Café", None, "not recorded", None, "not known", 0, "no"],
    ]
    assert values(report, "indicators")[6][:3] == ["Secured spaces", 1, 1]


def test_what_lies_ahead_of_today_has_not_passed_without_an_edition():
    series = EventSeriesFactory.create(name="Treff", rhythm="monthly")
    EventFactory.create(series=series, start_date=dt.date(2021, 4, 1))

    assert values(build(), "rhythm")[0][6] == 2
    assert values(build(start=dt.date(2021, 1, 1), end=dt.date(2022, 1, 1)), "rhythm")[0][6] == 2
    assert values(build(start=dt.date(2021, 1, 1), end=dt.date(2021, 5, 1)), "rhythm")[0][6] == 0


def test_the_trend_draws_a_line_only_for_what_is_known_of_some_year(meet):
    actors = ActorFactory.create_batch(20)
    for year in (2018, 2019):
        meet(*actors, start_date=dt.date(year, 5, 1))

    drawn = chart(build(), "trend")

    assert drawn is not None
    assert [series.label for series in drawn.series] == ["Retention"]
    assert drawn.alt == "Shares in percent over the years 2018 to 2019, a line each for: Retention."


def test_tasks_and_strong_ties_have_their_line_where_they_are_twenty(meet):
    office, event = OfficeFactory.create(), EventFactory.create(start_date=dt.date(2018, 5, 1))
    for actor in (office, *ActorFactory.create_batch(19)):
        TaskAssignmentFactory.create(event=event, actor=actor)
    meet(office, start_date=dt.date(2019, 5, 1))

    report = build()
    drawn = chart(report, "trend")

    assert drawn is not None
    assert {series.label: series.values for series in drawn.series} == {
        "Tasks carried by the office": (5.0, None),
        "Strong ties independent of the office": (90.0, None),
    }
    assert values(report, "trend") == [
        ["2018", None, 20, 1, 0.05, 0, 0, 190, 0.9],
        ["2019", None, 0, 0, None, 0, 0, 0, None],
    ]


def test_of_many_tasks_without_anybody_the_last_fifty_are_listed():
    event = EventFactory.create(start_date=None)
    TaskAssignmentFactory.create(event=event, actor=None)
    TaskAssignmentFactory.create_batch(49, event__start_date=dt.date(2021, 5, 1), actor=None)

    table = build().table("unassigned")
    assert (len(table.rows), table.footnote) == (50, "")
    assert [cell.value for cell in table.rows[-1]] == [None, event.title, "Organisation"]

    TaskAssignmentFactory.create(actor=None)
    table = build().table("unassigned")
    assert (len(table.rows), table.footnote) == (50, "The first 50 of 51.")


def test_without_any_share_of_twenty_cases_there_is_no_trend_to_draw(meet):
    actors = ActorFactory.create_batch(19)
    for year in (2018, 2019):
        meet(*actors, start_date=dt.date(year, 5, 1))

    assert chart(build(), "trend") is None


def test_readers_see_no_line_of_shares_that_the_table_hides(meet):
    """Three of twenty-two came again: the number is not told, nor the share that gives it away."""
    actors = ActorFactory.create_batch(22)
    meet(*actors, start_date=dt.date(2018, 5, 1))
    meet(*actors[:3], start_date=dt.date(2019, 5, 1))

    assert chart(build(), "trend") is not None
    assert chart(build("reader"), "trend") is None


@pytest.mark.parametrize(("before", "listed"), [(True, []), (False, [["Fest", "Cash", "Büro", 2]])])
def test_who_carried_a_task_every_time_is_told_of_the_period_only(before, listed):
    office, series = OfficeFactory.create(name="Büro"), EventSeriesFactory.create(name="Fest")
    cash = TaskKindFactory.create(code="cash", label_en="Cash")
    for year in (2019, 2020):
        event = EventFactory.create(series=series, start_date=dt.date(year, 5, 1))
        TaskAssignmentFactory.create(event=event, actor=office, task=cash)
    first = EventFactory.create(series=series, start_date=dt.date(2018, 5, 1))
    TaskAssignmentFactory.create(event=first, actor=ActorFactory.create(), task=cash)

    report = build(start=None if before else dt.date(2019, 1, 1))

    assert values(report, "single_holders") == listed
    assert report.table("single_holders").title == "Tasks that one actor carried every time"


def test_a_task_that_two_carried_at_one_event_counts_twice_and_that_is_said():
    office, cash = OfficeFactory.create(), TaskKindFactory.create(code="cash")
    for event in EventFactory.create_batch(2):
        TaskAssignmentFactory.create(event=event, actor=office, task=cash)
    alone = build().table("tasks")
    TaskAssignmentFactory.create(event=event, actor=ActorFactory.create(), task=cash)

    shared = build()

    assert alone.footnote == ""
    assert [row[1:] for row in values(shared, "tasks")] == [[3, 2, None, 0, 2]]
    assert shared.table("tasks").footnote == (
        "A task that several carried at one event counts once for each of them."
    )


def test_the_chart_of_tasks_says_how_many_the_office_carried_and_how_many_nobody():
    office, event = OfficeFactory.create(), EventFactory.create()
    TaskAssignmentFactory.create(event=event, actor=office, task=TaskKindFactory.create(code="cash"))
    TaskAssignmentFactory.create(event=event, actor=None, task=TaskKindFactory.create(code="permits"))

    drawn = chart(build(), "tasks")

    assert drawn is not None
    assert drawn.alt == "The office carried 1 of 1 assigned tasks; carried by nobody: 1."
