"""Every figure opens the records it was counted from, and they are as many as it says."""

import datetime as dt
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.test import Client
from django.utils import translation

from reports.builders.continuity.report import build_continuity_report
from reports.builders.network.report import build_network_report
from reports.builders.records.office import in_words
from reports.builders.records.report import FIGURES, build_records
from reports.builders.shared import tie_changes
from reports.report import Report, Table
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory, OfficeFactory, PersonFactory
from tests.factories.events import (
    EventFactory,
    EventTypeFactory,
    HeadcountFactory,
    TaskAssignmentFactory,
    TaskKindFactory,
)
from tests.reports.requests import request_for

NOW = dt.datetime(2021, 12, 31, 23, 30, tzinfo=dt.UTC)

pytestmark = pytest.mark.django_db


def opened(figure: str, value: str = "", role: str = "staff") -> Table:
    with translation.override("en"):
        report = build_records(
            request_for(UserFactory.create(role=role), now=NOW, key="k"),
            figure=figure,
            value=value,
        )
    return report.table("records")


def links(report: Report) -> list[tuple[int, dict[str, str]]]:
    """Return every number of the report that opens records, with what is asked for."""
    return [
        (cell.value, dict(parse_qsl(urlsplit(cell.url).query)))
        for section in report.sections
        for block in section.blocks
        if isinstance(block, Table)
        for row in block.rows
        for cell in row
        if cell.url and cell.url.startswith("/reports/records/") and isinstance(cell.value, int)
    ]


@pytest.fixture
def district(meet: Any) -> None:
    office, club, school = OfficeFactory.create(), ActorFactory.create(), ActorFactory.create()
    ActorFactory.create()
    meet(office, club, school, start_date=dt.date(2017, 5, 1))
    meet(office, club, PersonFactory.create(), start_date=dt.date(2018, 5, 1))
    meet(school, start_date=dt.date(2020, 5, 1))
    event, cash = EventFactory.create(start_date=dt.date(2018, 6, 1)), TaskKindFactory.create(code="cash")
    TaskAssignmentFactory.create(event=event, task=cash, actor=office)
    TaskAssignmentFactory.create(event=event, task=cash, actor=club)
    TaskAssignmentFactory.create(event=event, task=TaskKindFactory.create(code="minutes"), actor=None)


@pytest.mark.usefixtures("district")
def test_every_number_of_both_reports_opens_as_many_records(meet: Any):
    meet(*ActorFactory.create_batch(3), start_date=dt.date(2018, 7, 1))
    meet(ActorFactory.create(), start_date=dt.date(2018, 8, 1))
    user = UserFactory.create()
    period: dict[str, Any] = {"user": user, "start": None, "end": None, "now": NOW, "key": "k"}
    linked = links(build_network_report(request_for(**period))) + links(
        build_continuity_report(request_for(**period), programme_end=None)
    )

    assert {parameters["figure"] for _number, parameters in linked} >= {
        "took_part", "never", "alone", "sector", "community", "actors", "returning", "new", "reactivated",
        "lost", "tasks", "tasks_office", "tasks_nobody", "participations", "ties", "groups", "group",
        "communities", "sector_pair", "met", "events_of", "office",
    }  # fmt: skip
    # Behind an average there are more records than it says.
    linked = [(number, parameters) for number, parameters in linked if parameters["figure"] != "degrees"]
    wrong = [
        (number, parameters)
        for number, parameters in linked
        if number != len((table := opened(parameters["figure"], parameters.get("value", ""))).rows)
        and "equally large" not in table.footnote
    ]
    assert wrong == []


@pytest.mark.parametrize("figure", FIGURES)
def test_an_unknown_value_has_no_records_and_breaks_nothing(figure):
    assert opened(figure, "gibt es nicht").rows == ()


def test_the_events_behind_the_visits_hide_what_the_report_hides():
    """Two of one type and year are below five: neither is told, nor the third that would give them away."""
    market = EventTypeFactory.create(code="market")
    for month, visits in ((3, 3), (4, 4), (5, 40), (6, 50)):
        day = dt.date(2019, month, 1)
        event = EventFactory.create(event_type=market, start_date=day, status="held")
        HeadcountFactory.create(event=event, count=visits)

    def counts(role: str) -> list[tuple[Any, bool]]:
        rows = opened("visits", "2019", role).rows
        return [(row[2].value, row[2].is_suppressed) for row in rows]

    assert counts("staff") == [(3, False), (4, False), (40, False), (50, False)]
    assert counts("reader") == [("<5", True), ("<5", True), (40, False), (50, False)]
    assert counts("reader") == [
        (row[2].value, row[2].is_suppressed) for row in opened("visits", ":market", "reader").rows
    ]


@pytest.mark.usefixtures("district")
def test_readers_are_shown_no_persons():
    assert len(opened("took_part").rows) == 4
    assert len(opened("took_part", role="reader").rows) == 3
    assert opened("took_part", role="reader").footnote == "Persons are not listed here."


@pytest.mark.usefixtures("district")
def test_the_page_keeps_the_period_and_says_what_it_lists(client: Client):
    client.force_login(UserFactory.create())

    answer = client.get("/reports/records/?figure=new&value=2018&from_year=2018&until_year=2018")

    assert answer.status_code == 200
    assert "Ada Beispiel" in answer.content.decode()
    assert client.get("/reports/records/?figure=%3Cscript%3E").status_code == 422
    assert client.get("/reports/records/").status_code == 422


@pytest.fixture
def trio(meet: Any) -> dict[str, Any]:
    """A club and a school that met twice, and a person who was there once."""
    club, school = ActorFactory.create(name="Verein"), ActorFactory.create(name="Schule")
    person = PersonFactory.create(given_name="Erika", family_name="Muster")
    meet(club, school, start_date=dt.date(2017, 5, 1))
    meet(club, school, person, start_date=dt.date(2018, 5, 1))
    return {"club": club, "school": school, "person": person}


def values(table: Table) -> list[tuple[Any, ...]]:
    return [tuple(cell.value for cell in row) for row in table.rows]


def test_a_tie_opens_the_common_events_of_two_actors(trio):
    pair = f"{trio['club'].pk}:{trio['school'].pk}"
    table = opened("tie", pair)
    assert [column.label for column in table.columns][2:] == ["Verein", "Schule"]
    assert [row[0] for row in values(table)] == [dt.date(2018, 5, 1), dt.date(2017, 5, 1)]
    assert values(table)[0][2:] == ("Attendee", "Attendee")


def test_ties_come_strongest_first_and_each_leads_to_its_events(trio):
    rows = opened("met", str(trio["school"].pk)).rows
    assert [(row[0].value, row[1].value, row[2].value, row[3].value) for row in rows] == [
        ("Schule", "Verein", 2, 1.5),
        ("Schule", "Erika Muster", 1, 0.5),
    ]
    assert all("figure=tie" in str(row[2].url) for row in rows)


@pytest.mark.parametrize("figure", ["tie", "met", "events_of"])
def test_readers_cannot_ask_for_a_person_by_its_key(trio, figure):
    person, club = trio["person"].pk, trio["club"].pk
    value = f"{person}:{club}" if figure == "tie" else str(person)
    with translation.override("en"):
        request = request_for(UserFactory.create(role="reader"), now=NOW, key="k")
        report = build_records(request, figure=figure, value=value)
    assert report.table("records").rows == ()
    assert "Resident" not in report.title
    assert "Muster" not in report.title


def test_readers_get_no_keys_of_persons_in_any_address(trio):
    user = UserFactory.create(role="reader")
    report = build_network_report(request_for(user, now=NOW, key="k"))
    urls = [
        cell.url
        for section in report.sections
        for block in section.blocks
        if isinstance(block, Table)
        for row in block.rows
        for cell in row
        if cell.url
    ]
    keys = {part for url in urls for part in dict(parse_qsl(urlsplit(url).query)).get("value", "").split(":")}
    assert str(trio["person"].pk) not in keys


@pytest.mark.parametrize(
    ("figure", "value"), [("ties", ""), ("degrees", ""), ("participations", ""), ("ties_ties", "2019")]
)
def test_a_list_that_is_empty_for_readers_alone_does_not_deny_its_records(figure, value, meet):
    texts = {}
    for stage in ("nothing", "persons"):
        if stage == "persons":
            meet(*PersonFactory.create_batch(3), start_date=dt.date(2019, 5, 1))
        with translation.override("en"):
            request = request_for(UserFactory.create(role="reader"), now=NOW, key="k")
            report = build_records(request, figure=figure, value=value)
        texts[stage] = (report.table("records").rows, report.table("records").empty_text)

    assert texts == {
        "nothing": ((), "There are no records behind this figure."),
        "persons": ((), "Persons are not listed here."),
    }


def test_the_ties_of_a_year_say_what_their_list_leaves_out(meet, monkeypatch):
    clubs, persons = ActorFactory.create_batch(3), PersonFactory.create_batch(3)
    meet(*clubs, *persons, start_date=dt.date(2017, 5, 1))
    meet(*clubs, start_date=dt.date(2018, 5, 1))
    meet(*clubs, *persons, start_date=dt.date(2019, 5, 1))

    def told(figure: str, year: int, role: str = "staff") -> tuple[int, str]:
        table = opened(figure, str(year), role)
        return len(table.rows), table.footnote or table.empty_text

    hidden, nothing = "Persons are not listed here.", "There are no records behind this figure."
    assert (told("ties_ties", 2018), told("ties_ties", 2019)) == ((3, nothing), (15, nothing))
    assert [told(f"ties_{name}", 2019) for name in ("new", "kept", "lost")] == [
        (12, nothing),
        (3, nothing),
        (0, nothing),
    ]
    assert told("ties_lost", 2018) == (12, nothing)
    assert told("ties_new", 2019, "reader") == (0, hidden)
    assert told("ties_ties", 2019, "reader") == (3, hidden)

    monkeypatch.setattr(tie_changes, "LISTED_PAIRS", 2)
    assert told("ties_ties", 2019) == (2, "The first 2 of 15.")
    assert told("ties_new", 2019) == (2, "The first 2 of 12.")
    assert told("ties_kept", 2019) == (2, "The first 2 of 3.")
    assert told("ties_lost", 2018) == (2, "The first 2 of 12.")
    assert told("ties_ties", 2019, "reader") == (2, f"The first 2 of 3. {hidden}")


def test_of_several_groups_that_are_the_largest_all_are_listed_and_it_is_said(meet):
    left, right = ActorFactory.create_batch(3), ActorFactory.create_batch(3)
    meet(*left)
    meet(*right)
    meet(*ActorFactory.create_batch(2))

    both = opened("office", "all:before:largest")
    assert [row[0].value for row in both.rows] == [actor.name for actor in (*left, *right)]
    assert both.footnote == (
        "2 connected groups are equally large: the members of all are listed, one group after the other."
    )

    late = ActorFactory.create()
    meet(right[0], late)
    one = opened("office", "all:before:largest")
    assert [row[0].value for row in one.rows] == [actor.name for actor in (*right, late)]
    assert one.footnote == ""


def test_what_remains_without_the_office_is_called_as_in_its_table():
    with translation.override("de"):
        words = [in_words(f"all:events:{what}") for what in ("ties", "groups", "largest")]

    said = "alle Verbindungen, ohne die von ihm organisierten Veranstaltungen"
    assert words == [
        f"{said}, Verbindungen",
        f"{said}, zusammenhängende Teile",
        f"{said}, größter zusammenhängender Teil",
    ]
