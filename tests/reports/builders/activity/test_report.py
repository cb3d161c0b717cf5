"""The activity report counts what took place, and keeps its three figures of people apart."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation

from events.models import Event, EventStatus, ParticipationState
from reports.builders.activity.report import build_activity_report
from reports.report import Figure, Note, Report
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory, PersonFactory
from tests.factories.events import (
    EventFactory,
    EventSeriesFactory,
    EventTypeFactory,
    HeadcountFactory,
    OrganiserRoleFactory,
    ParticipationFactory,
    ParticipationRoleFactory,
)
from tests.reports.network_reports import values
from tests.reports.requests import request_for

NOW = dt.datetime(2021, 12, 31, 23, 30, tzinfo=dt.UTC)
HELD, CANCELLED = "&status=held", "&status=cancelled"

pytestmark = pytest.mark.django_db


def build(role: str = "staff", start: dt.date | None = None, end: dt.date | None = None) -> Report:
    with translation.override("en"):
        return build_activity_report(
            request_for(UserFactory.create(role=role), start=start, end=end, now=NOW, key="k")
        )


def test_an_empty_register_makes_a_report_that_says_so():
    report = build()
    assert report.table("years").rows == ()
    nothing = "No event of this period is recorded as held, cancelled or postponed."
    assert report.table("years").empty_text == nothing
    assert [section.key for section in report.sections] == ["overview", "types", "headcounts"]


def test_planned_events_alone_leave_the_lists_empty_in_words_that_stay_true():
    EventFactory.create(start_date=dt.date(2021, 12, 31), status=EventStatus.PLANNED)
    HeadcountFactory.create(event=EventFactory.create(status=EventStatus.CANCELLED))

    report = build(start=dt.date(2021, 1, 1), end=dt.date(2022, 1, 1))

    assert report.table("years").empty_text == (
        "No event of this period is recorded as held, cancelled or postponed."
    )
    assert "events" not in [section.key for section in report.sections]
    (note,) = report.section("headcounts").blocks
    assert note.text == "No headcounts are recorded for held events of this period."


@pytest.mark.parametrize(
    ("years", "events", "visits"),
    [
        ([2018, 2019, 2019], "Held: 2 at most (2019).", "Visits: 20 at most (2019)."),
        ([2018, 2019], "Held: 1 in every year.", "Visits: 10 in every year."),
        ([2017, 2018, 2017, 2019, 2019], "Held: 2 at most (2017, 2019).", "Visits: 20 at most (2017, 2019)."),
    ],
)
def test_the_charts_name_every_year_with_the_highest_number(years, events, visits):
    for year in years:
        HeadcountFactory.create(event=EventFactory.create(start_date=dt.date(year, 12, 31)), count=10)

    span = f"from {min(years)} to {max(years)}"
    alts = [block.alt for block in build().section("overview").blocks if isinstance(block, Figure)]

    assert alts == [f"Events per year {span}. {events}", f"Visits per year {span}. {visits}"]


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


def test_every_figure_of_a_year_opens_what_was_counted_also_where_no_day_is_known():
    dated, undated = (EventFactory.create(start_date=day) for day in (dt.date(2019, 6, 1), None))
    EventFactory.create(start_date=dt.date(2020, 6, 1), status=EventStatus.CANCELLED)
    ada = PersonFactory.create()
    ParticipationFactory.create(
        event=dated, actor=ada, role=OrganiserRoleFactory.create(), volunteer_hours=Decimal(2)
    )
    ParticipationFactory.create(event=undated, actor=ada, role=ParticipationRoleFactory.create())

    report = build()

    def year(number: int, *statuses: str) -> list[str]:
        return [f"/events/?year={number}{status}" for status in ("", *statuses)]

    def records(*figures: str, of: str = "") -> list[str]:
        return [f"/reports/records/?figure={figure}{of}" for figure in figures]

    people = ("visits", "persons", "engaged", "hours")
    assert [[(cell.value, cell.url) for cell in row] for row in report.table("years").rows] == [
        list(zip(values, urls, strict=True))
        for values, urls in (
            (
                ["2019", 1, 0, 0, 1, 1, 1, 2],
                [*year(2019, HELD), None, None, *records(*people, of="&value=2019")],
            ),
            (["2020", 0, 1, 0, *[None] * 4], [*year(2020), None, *year(2020, CANCELLED)[1:], *[None] * 5]),
            (
                ["without date", 1, 0, 0, 1, 1, 0, 0],
                [
                    "/events/?dated=no",
                    f"/events/?dated=no{HELD}",
                    *[None] * 2,
                    *records("visits", "persons", of="&value=none"),
                    *[None] * 2,
                ],
            ),
            (
                ["Whole period", 2, 1, 0, 2, 1, 1, 2],
                [None, "/events/?status=held", "/events/?status=cancelled", None, *records(*people)],
            ),
        )
    ]
    *charts, table = report.section("overview").blocks
    assert table == report.table("years")
    assert [(chart.categories, chart.alt) for chart in charts if isinstance(chart, Figure)] == [
        (("2019", "2020"), "Events per year from 2019 to 2020. Held: 1 at most (2019)."),
        (("2019", "2020"), "Visits per year from 2019 to 2020. Visits: 1 at most (2019)."),
    ]


def test_the_list_of_events_says_which_figure_was_used_and_what_is_not_known():
    series = EventSeriesFactory.create(name="Stammtisch")
    days = {"gezählt": dt.date(2020, 5, 4), "benannt": dt.date(2020, 5, 3), "leer": dt.date(2020, 5, 2)}
    counted, named, _empty = (EventFactory.create(title=title, start_date=day) for title, day in days.items())
    cancelled = EventFactory.create(
        title="abgesagt", start_date=None, status=EventStatus.CANCELLED, series=series
    )
    for event in (counted, cancelled):
        HeadcountFactory.create(event=event, count=40)
    ParticipationFactory.create(event=named, actor=PersonFactory.create(), people_brought=6)

    report = build()

    assert values(report, "events") == [
        [days["gezählt"], "gezählt", "Festival", None, "held", 40, "counted"],
        [days["benannt"], "benannt", "Festival", None, "held", 7, "by name"],
        [days["leer"], "leer", "Festival", None, "held", None, "not recorded"],
        [None, "abgesagt", "Festival", "Stammtisch", "cancelled", None, None],
    ]
    assert [row[0].note for row in report.table("events").rows] == ["", "", "", "without date"]


def test_readers_are_not_told_small_counts_nor_what_would_give_them_away():
    event = EventFactory.create()
    for _number in range(3):
        ParticipationFactory.create(event=event, actor=PersonFactory.create())
    HeadcountFactory.create(event=event, group="children", sex="f", count=3)
    HeadcountFactory.create(event=event, group="children", sex="m", count=20)
    HeadcountFactory.create(event=event, group="youth", sex="f", count=30)
    HeadcountFactory.create(event=event, group="youth", sex="m", count=40)

    rows = values(build("reader"), "headcounts")
    assert values(build("reader"), "years")[0][5] == "<5"
    assert rows[0][1] == "<5"
    # With all sums shown, three further cells have to go so that the three cannot be computed back.
    assert [rows[0][2], rows[1][1], rows[1][2]].count("•") == 3 or "•" in [rows[0][5], rows[6][1]]
    assert {cell.url for row in build("reader").table("headcounts").rows for cell in row} == {None}
    assert values(build("staff"), "headcounts")[0][1] == 3


def test_the_sentence_on_the_whole_period_stands_only_where_its_row_does():
    HeadcountFactory.create(event=once(2020))
    one = build(end=dt.date(2021, 1, 1)).table("years")
    assert (len(one.rows), one.footnote) == (1, "")

    HeadcountFactory.create(event=once(2019))
    two = build(end=dt.date(2021, 1, 1)).table("years")
    assert two.rows[-1][0].value == "Whole period"
    assert two.footnote.startswith("Distinct persons and engaged people of the whole period")


LEFT_OUT = (
    "Events to which fewer than five people came are not counted in the visits, nor in the visits per event."
)


def test_the_small_attendance_of_one_event_is_in_no_sum_that_readers_are_told():
    """Three came to one of two talks: no row, type, year or mean gives them away, and it is said."""
    kind = EventTypeFactory.create()
    for year, count in ((2019, 3), (2019, 20), (2020, 30)):
        event = EventFactory.create(start_date=dt.date(year, 5, 1), event_type=kind, title=str(count))
        HeadcountFactory.create(event=event, count=count)

    inside, outside = build("staff"), build("reader")

    assert [row[4] for row in values(inside, "years")] == [23, 30, 53]
    assert [row[2:] for row in values(inside, "types")] == [[53, 53 / 3]]
    assert {row[1]: row[5] for row in values(inside, "events")} == {"3": 3, "20": 20, "30": 30}
    assert {row[1]: row[5] for row in values(outside, "events")} == {"3": "<5", "20": 20, "30": 30}
    assert [row[4] for row in values(outside, "years")] == [20, 30, 50]
    assert [row[2:] for row in values(outside, "types")] == [[50, 25]]
    assert [LEFT_OUT in outside.table(key).footnote for key in ("years", "types")] == [True, True]
    assert [LEFT_OUT in inside.table(key).footnote for key in ("years", "types")] == [False, False]


def test_an_event_of_which_nobody_knows_who_came_does_not_lower_the_visits_per_event():
    talk, tour = (EventTypeFactory.create(code=code, position=at) for at, code in enumerate(("talk", "tour")))
    HeadcountFactory.create(event=EventFactory.create(event_type=talk), count=30)
    recorded = build().table("types")
    EventFactory.create(event_type=talk)
    one = build().table("types")
    EventFactory.create(event_type=tour)

    report = build()

    assert recorded.footnote == ""
    assert one.footnote == (
        "1 held event has no recorded attendance: it adds nothing to the visits and is left out of the "
        "visits per event."
    )
    assert [row[1:] for row in values(report, "types")] == [[2, 30, 30], [1, 0, None]]
    assert report.table("types").rows[1][3].note == "No attendance is recorded."
    assert report.table("types").footnote.startswith("2 held events have no recorded attendance: they add")
    assert report.table("types").footnote in report.table("years").footnote


def test_reports_of_two_periods_set_against_each_other_tell_nothing_of_a_few():
    """Twelve came in 2018, three in 2019: neither the whole period nor its visits give the three away."""
    for year, people in ((2018, 12), (2019, 3)):
        event = EventFactory.create(start_date=dt.date(year, 5, 1))
        for _number in range(people):
            ParticipationFactory.create(
                event=event,
                actor=PersonFactory.create(),
                role=OrganiserRoleFactory.create(),
                volunteer_hours=2,
            )

    def years(until: int, role: str = "reader") -> list[list[Any]]:
        report = build(role, start=dt.date(2018, 1, 1), end=dt.date(until + 1, 1, 1))
        return [row[4:] for row in values(report, "years")]

    assert years(2019, "staff") == [[12, 12, 12, 24], [3, 3, 3, 6], [15, 15, 15, 30]]
    assert years(2018) == [[12, 12, 12, 24]]
    assert years(2019) == [[12, 12, 12, 24], ["•", "<5", "<5", "•"], [12, "•", "•", "•"]]


def test_readers_are_told_the_hours_neither_of_a_few_persons_nor_of_a_few_engaged_ones():
    attendee, organiser = ParticipationRoleFactory.create(), OrganiserRoleFactory.create()
    for year, roles in ((2018, [attendee] * 3), (2019, [attendee] * 5 + [organiser])):
        event = EventFactory.create(start_date=dt.date(year, 5, 1))
        for role in roles:
            ParticipationFactory.create(
                event=event, actor=PersonFactory.create(), role=role, volunteer_hours=2
            )

    assert [row[4:] for row in values(build("reader"), "years")] == [
        ["•", "<5", 0, "•"],
        [6, 6, "<5", "•"],
        [6, "•", "<5", "•"],
    ]


def once(year: int) -> Event:
    """Record the only event of a year and of a type."""
    return EventFactory.create(
        start_date=dt.date(year, 5, 1), event_type=EventTypeFactory.create(code=f"kind-{year}")
    )


def test_the_only_event_of_a_year_is_not_told_by_its_year_its_type_or_the_mean():
    HeadcountFactory.create(event=once(2019), count=3)
    HeadcountFactory.create(event=once(2020), count=30)

    report = build("reader")

    assert [row[4] for row in values(report, "years")] == ["•", 30, 30]
    charts = {block.key: block for block in report.section("overview").blocks if isinstance(block, Figure)}
    assert charts["visits"].series[0].values[0] is None
    assert charts["visits"].alt == "Visits per year from 2019 to 2020."
    assert all(cell.url is None for row in report.table("types").rows for cell in row if cell.is_suppressed)
    assert sorted(str(row[2:]) for row in values(report, "types")) == ["['•', '•']", "[30, 30.0]"]
    assert [row[4] for row in values(build("staff"), "years")] == [3, 30, 33]


def test_a_year_that_is_not_over_is_told_so_where_it_is_among_the_years():
    def notices() -> list[str]:
        now = dt.datetime(2021, 12, 30, 12, tzinfo=dt.UTC)
        with translation.override("en"):
            report = build_activity_report(request_for(UserFactory.create(), now=now, key="k"))
        return [block.text for block in report.section("overview").blocks if isinstance(block, Note)]

    EventFactory.create(start_date=dt.date(2020, 5, 1))
    assert notices() == []
    EventFactory.create(start_date=dt.date(2021, 5, 1))
    assert notices() == ["2021 is not over: its figures go up to 30 Dec 2021."]
