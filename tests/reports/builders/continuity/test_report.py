"""The continuity report: each status with its reason, tasks by who carries them, and no single score."""

import datetime as dt
from typing import Any

import pytest
from django.utils import translation

from events.models import ContinuityDecision
from reports.builders.continuity.report import build_continuity_report
from reports.renderers.json import render_json
from reports.report import Figure, Note, Report
from tests.factories.accounts import UserFactory
from tests.factories.actors import (
    ActorFactory,
    OfficeFactory,
    PersonFactory,
    ProgrammeDependencyFactory,
)
from tests.factories.events import (
    EventFactory,
    EventSeriesFactory,
    OrganiserRoleFactory,
    SeriesCarrierFactory,
    SpaceFactory,
    TaskAssignmentFactory,
    TaskKindFactory,
)
from tests.reports.network_reports import notes, values
from tests.reports.requests import request_for

NOW = dt.datetime(2021, 6, 30, 12, 0, tzinfo=dt.UTC)
LAST_DAY = dt.date(2021, 12, 31)
LONG_ENOUGH = dt.date(2023, 1, 1)

pytestmark = pytest.mark.django_db


def build(role: str = "staff", programme_end: dt.date | None = LAST_DAY, **period: dt.date | None) -> Report:
    with translation.override("en"):
        return build_continuity_report(
            request_for(
                user=UserFactory.create(role=role),
                start=period.get("start"),
                end=period.get("end"),
                now=NOW,
                key="k",
            ),
            programme_end=programme_end,
        )


def keys(report: Report, section: str) -> list[str]:
    """Return what a chapter consists of: the keys of its tables and figures."""
    return [block.key for block in report.section(section).blocks if not isinstance(block, Note)]


def figure(report: Report, key: str) -> dict[str, Any]:
    blocks = [block for section in report.sections for block in section.blocks]
    table = next(block for block in blocks if isinstance(block, Figure) and block.key == key)
    return {series.label: dict(zip(table.categories, series.values, strict=True)) for series in table.series}


def secured_series(**changes: Any) -> Any:
    """Make a format that is secured but for the changes: the aftercare is paid, too."""
    series = EventSeriesFactory.create(
        **{
            "future_carrier": ActorFactory.create(name="Verein"),
            "future_contact": PersonFactory.create(),
            "funding_until": dt.date(2024, 1, 1),
            "space": SpaceFactory.create(has_permanent_right=True),
            **changes,
        }
    )
    EventFactory.create(series=series, start_date=dt.date(2021, 5, 1))
    return series


def test_an_empty_register_says_what_to_record_first():
    report = build()

    assert [section.key for section in report.sections] == [
        "indicators",
        "formats",
        "carriers",
        "tasks",
        "ties",
        "spaces",
        "years",
        "uncertain",
    ]
    assert {name: keys(report, name) for name in ("indicators", "formats", "carriers", "tasks")} == {
        "indicators": ["indicators", "trend"],
        "formats": ["formats"],
        "carriers": ["formats_by_carrier", "carriers"],
        "tasks": ["tasks", "coming_tasks"],
    }
    assert notes(report, "formats") == []
    assert report.table("formats").empty_text.startswith("No formats are recorded yet.")
    assert report.table("tasks").empty_text == "No event was held in this period."
    assert report.table("spaces").empty_text.startswith("No spaces are recorded yet.")
    assert [row[1:4] for row in values(report, "indicators")] == [
        [0, 0, None],
        [0, 0, None],
        [0, 0, None],
        [0, 0, None],
        [None, None, None],
        [None, None, None],
        [0, 0, None],
    ]


def test_every_format_has_a_status_with_its_reason():
    secured_series(name="A gesichert")
    secured_series(name="B ohne Geld", funding_until=dt.date(2022, 12, 31), future_contact=None)
    secured_series(name="C nur Büro", future_carrier=OfficeFactory.create())
    secured_series(name="D niemand", future_carrier=None)
    secured_series(name="E endet", decision=ContinuityDecision.END)
    SpaceFactory.create(name="ungenutzt")

    report = build()

    assert [row[:3] for row in values(report, "formats")] == [
        ["C nur Büro", "Still open", "Its carrier is the office."],
        ["D niemand", "Still open", "Nobody is recorded who is to carry it."],
        ["B ohne Geld", "In handover", "No contact person is named. Its funding does not last long enough."],
        [
            "A gesichert",
            "Secured",
            "Carrier, contact person, funding, space and last edition are as they should be.",
        ],
        ["E endet", "Ends deliberately", "It was decided to end it."],
    ]
    assert values(report, "indicators")[0][:3] == ["Secured formats", 1, 4]
    assert values(report, "indicators")[6][:3] == ["Secured spaces", 5, 5]
    assert keys(report, "carriers") == ["formats_by_carrier", "carriers"]
    assert values(report, "formats_by_carrier") == [["2021", 5, 5]]
    assert figure(report, "format_status") == {
        "Formats": {"Secured": 1, "In handover": 1, "Still open": 2, "Ends deliberately": 1}
    }


def test_what_stands_against_a_format_comes_with_the_next_step_and_the_day():
    carrier = ActorFactory.create(name="Bezahlt")
    ProgrammeDependencyFactory.create(actor=carrier, valid_from=None, valid_until=dt.date(2022, 1, 1))
    secured_series(name="Bezahlt", future_carrier=carrier)
    secured_series(name="Gesichert")
    secured_series(name="Ohne Nachsorge", funding_until=LONG_ENOUGH)
    secured_series(name="Verein weg", future_carrier=ActorFactory.create(active_until=dt.date(2021, 1, 1)))

    report = build()
    rows = {row[0]: row[1:4] for row in values(report, "formats")}

    assert report.table("formats").columns[1].label == "Status on 30 Jun 2021"
    assert rows["Verein weg"] == [
        "Still open",
        "The carrier has ended.",
        "Find another carrier and enter it.",
    ]
    assert rows["Bezahlt"] == [
        "In handover",
        "The carrier is itself paid by a programme that ends.",
        "Agree how the carrier is paid after the programme, or find another.",
    ]
    met = "Carrier, contact person, funding, space and last edition are as they should be."
    assert rows["Gesichert"] == ["Secured", met, None]
    assert rows["Ohne Nachsorge"] == [
        "Secured",
        f"{met} Its funding does not cover the two years of aftercare.",
        "Secure the funding until the end of the aftercare.",
    ]
    assert notes(report, "formats") == [
        "Whether a carrier has agreed to the tasks is not recorded yet; “secured” says nothing about it."
    ]


def test_the_statuses_of_a_past_period_say_that_they_are_those_of_today():
    secured_series()
    sentence = "The statuses are those of 30 Jun 2021 and not of the period"

    assert notes(build(end=dt.date(2004, 1, 1)), "formats")[0].startswith(sentence)
    assert notes(build(end=dt.date(2021, 6, 30)), "formats")[0].startswith(sentence)
    assert not any(text.startswith(sentence) for text in notes(build(end=dt.date(2021, 7, 1)), "formats"))
    assert not any(text.startswith(sentence) for text in notes(build(), "formats"))


def test_work_of_the_office_outside_of_its_paid_periods_is_told_on_the_first_page(meet):
    office = OfficeFactory.create(name="Büro")
    organiser = OrganiserRoleFactory.create()
    meet(office, ActorFactory.create(), role=organiser, start_date=dt.date(2019, 6, 1))
    late = meet(office, ActorFactory.create(), role=organiser, start_date=dt.date(2020, 7, 1))
    period = ProgrammeDependencyFactory.create(
        actor=office, valid_from=dt.date(2003, 1, 1), valid_until=dt.date(2020, 1, 1)
    )

    (note,) = build().notes
    assert (note.level, note.url) == ("warning", f"/actors/{office.pk}/programmes/new/")
    told = (
        "Büro organised 1 event or carried tasks there (1 Jul 2020) outside of any recorded paid period. "
        "This counts as work of the office."
    )
    assert note.text == f"{told} Please enter the missing period."
    assert [(note.text, note.url) for note in build("reader").notes] == [(told, None)]
    TaskAssignmentFactory.create(event=late, actor=office)
    assert build().notes == (note,)
    of_others = EventFactory.create(start_date=dt.date(2020, 8, 1))
    task = TaskAssignmentFactory.create(event=of_others, actor=office)
    assert build().notes[0].text == (
        "Büro organised 2 events or carried tasks there (1 Jul 2020 – 1 Aug 2020) outside of any recorded "
        "paid period. This counts as work of the office. Please enter the missing period."
    )
    task.delete()
    period.valid_until = dt.date(2020, 7, 2)
    period.save()
    assert build().notes == ()


def test_until_dates_are_told_inclusive_and_the_horizon_is_printed():
    series = secured_series(
        funding_until=LONG_ENOUGH,
        future_contact=PersonFactory.create(given_name="Ada", family_name="Beispiel"),
        space=SpaceFactory.create(name="Saal", has_permanent_right=True),
    )
    SeriesCarrierFactory.create(series=series, actor=ActorFactory.create(name="Heute"))

    report = build()

    row = report.table("formats").rows[0]
    assert [cell.value for cell in row[4:]] == [
        "Heute",
        "Verein",
        "Ada Beispiel",
        dt.date(2021, 5, 1),
        dt.date(2022, 12, 31),
        "Saal",
        "undecided",
    ]
    assert report.parameters == (("End of the programme", "31 Dec 2021"),)
    assert row[0].url == f"/events/series/{series.pk}/"
    assert "funding and space have to reach 31 Dec 2022" in report.section("formats").intro


def test_without_an_end_of_the_programme_nothing_is_called_secured():
    assert notes(build(programme_end=None), "formats") == []
    secured_series()

    report = build(programme_end=None)

    assert [row[1:3] for row in values(report, "formats")] == [
        ["In handover", "The end of the programme is not known."]
    ]
    assert notes(report, "formats")[0].startswith("The end of the programme is not known: no format")
    assert report.parameters == (("End of the programme", "not known"),)


def test_formats_count_for_who_carried_them_on_the_day():
    series = EventSeriesFactory.create()
    SeriesCarrierFactory.create(series=series, actor=OfficeFactory.create(), valid_until=dt.date(2019, 1, 1))
    SeriesCarrierFactory.create(
        series=series, actor=ActorFactory.create(name="Verein"), valid_from=dt.date(2019, 1, 1)
    )
    for year in (2018, 2019, 2020):
        EventFactory.create(series=series, start_date=dt.date(year, 6, 1))
    EventFactory.create(start_date=dt.date(2017, 6, 1))

    report = build(end=dt.date(2022, 1, 1))

    assert values(report, "formats_by_carrier") == [
        ["2018", 1, 0, 1],
        ["2019", 1, 1, 0],
        ["2020", 1, 1, 0],
        ["2021", None, None, None],
    ]
    assert figure(report, "formats_by_carrier") == {
        "Association": {"2018": 0, "2019": 1, "2020": 1, "2021": None},
        "Neighbourhood office": {"2018": 1, "2019": 0, "2020": 0, "2021": None},
    }
    (drawn,) = [block for block in report.section("carriers").blocks if isinstance(block, Figure)]
    assert drawn.alt == "Formats that the office carried: 1 in 2018, 0 in 2020."
    assert [row[0] for row in values(report, "carriers")] == ["Verein"]


def test_dependency_is_counted_by_task_and_unassigned_tasks_stand_apart():
    office = OfficeFactory.create(name="Büro")
    ProgrammeDependencyFactory.create(actor=office, valid_until=dt.date(2020, 1, 1))
    series, cash = EventSeriesFactory.create(name="Fest"), TaskKindFactory.create(code="cash")
    early = EventFactory.create(series=series, start_date=dt.date(2019, 6, 1))
    late = EventFactory.create(series=series, start_date=dt.date(2020, 6, 1))
    TaskAssignmentFactory.create(event=early, task=cash, actor=office)
    TaskAssignmentFactory.create(event=late, task=cash, actor=office)
    TaskAssignmentFactory.create(event=late, task=TaskKindFactory.create(code="minutes"), actor=None)

    report = build()

    assert values(report, "tasks") == [
        ["Cash", 2, 2, None, 0, 1],
        ["Minutes", 0, 0, None, 1, 0],
        ["All tasks", 2, 2, None, 1, 1],
    ]
    assert values(report, "unassigned") == [[dt.date(2020, 6, 1), late.title, "Minutes"]]
    assert report.table("unassigned").footnote == ""
    assert report.table("unassigned").rows[0][1].url == f"/events/{late.pk}/"
    assert values(report, "single_holders") == [["Fest", "Cash", "Büro", 2]]
    assert values(report, "tasks_by_format") == [["Fest", 2, 2, None]]


def test_shares_are_shown_from_twenty_cases_on():
    office, task = OfficeFactory.create(), TaskKindFactory.create()
    for number in range(20):
        TaskAssignmentFactory.create(actor=office if number < 5 else ActorFactory.create(), task=task)

    report = build()

    assert values(report, "indicators")[1][1:4] == [5, 20, 0.25]
    assert values(report, "tasks") == [[task.label, 20, 5, 0.25, 0, 16]]
    assert keys(report, "indicators") == ["indicators", "trend"]


def test_future_tasks_are_listed_with_who_is_to_carry_them():
    series = EventSeriesFactory.create(name="Fest")
    TaskAssignmentFactory.create(
        event=None,
        series=series,
        task=TaskKindFactory.create(code="cash"),
        actor=ActorFactory.create(name="Verein"),
    )
    TaskAssignmentFactory.create(
        event=None, series=series, task=TaskKindFactory.create(code="minutes"), actor=None
    )

    report = build()

    assert values(report, "coming_tasks") == [["Fest", "Cash", "Verein"], ["Fest", "Minutes", "nobody yet"]]
    assert values(report, "formats")[0][4:] == [None, None, None, None, None, None, "undecided"]


def test_strong_ties_independent_of_the_office_are_those_made_elsewhere(meet):
    organiser = OrganiserRoleFactory.create()
    office = OfficeFactory.create()
    club, school, church = ActorFactory.create_batch(3)
    meet(office, club, school, role=organiser)
    meet(club, church, role=organiser)

    row = values(build(), "indicators")[4]

    assert row[:3] == ["Strong ties independent of the office", 1, 4]


def test_readers_do_not_learn_who_the_contact_person_is():
    secured_series(future_contact=PersonFactory.create(given_name="Geheim", family_name="Name"))

    assert "Geheim" not in render_json(build("reader")).decode()
    assert "Geheim Name" in render_json(build("staff")).decode()


def test_the_trend_puts_retention_tasks_and_formats_side_by_side(meet):
    office, task = OfficeFactory.create(), TaskKindFactory.create()
    people = ActorFactory.create_batch(20)
    for year in (2019, 2020):
        series = EventSeriesFactory.create()
        SeriesCarrierFactory.create(series=series, actor=office)
        event = meet(*people[: 30 - (year - 2019) * 15], series=series, start_date=dt.date(year, 5, 1))
        TaskAssignmentFactory.create(event=event, actor=office, task=task)

    report = build()

    assert values(report, "indicators")[5][:4] == ["Retention in 2020", 15, 20, 0.75]
    assert values(report, "trend") == [
        ["2019", None, 1, 1, None, 1, 1, None, None],
        ["2020", 0.75, 1, 1, None, 1, 1, None, None],
    ]
    assert figure(report, "trend") == {"Retention": {"2019": None, "2020": 75.0}}


@pytest.mark.parametrize("rows", [1, 3])
def test_the_number_of_queries_does_not_grow_with_the_rows(rows, meet, django_assert_max_num_queries):
    for _number in range(rows):
        series = secured_series()
        SeriesCarrierFactory.create(series=series)
        TaskAssignmentFactory.create(event=meet(*ActorFactory.create_batch(3), series=series))
        TaskAssignmentFactory.create(event=None, series=series)
    user = UserFactory.create()

    with django_assert_max_num_queries(16):
        build_continuity_report(request_for(user, now=NOW, key="k"), programme_end=LAST_DAY)
