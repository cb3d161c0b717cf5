"""Every figure opens the records it was counted from, and they are as many as it says."""

import datetime as dt
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.test import Client
from django.utils import translation

from reports.builders.continuity import build_continuity_report
from reports.builders.network import build_network_report
from reports.builders.records import FIGURES, build_records
from reports.report import Report, Table
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory, OfficeFactory, PersonFactory
from tests.factories.events import EventFactory, TaskAssignmentFactory, TaskKindFactory

NOW = dt.datetime(2021, 12, 31, 23, 30, tzinfo=dt.UTC)

pytestmark = pytest.mark.django_db


def opened(figure: str, value: str = "", role: str = "staff") -> Table:
    with translation.override("en"):
        report = build_records(
            user=UserFactory.create(role=role),
            start=None,
            end=None,
            figure=figure,
            value=value,
            now=NOW,
            key="k",
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
def test_every_number_of_both_reports_opens_as_many_records():
    user = UserFactory.create()
    period: dict[str, Any] = {"user": user, "start": None, "end": None, "now": NOW, "key": "k"}
    found = links(build_network_report(**period)) + links(
        build_continuity_report(**period, programme_end=None)
    )

    assert {asked["figure"] for _number, asked in found} >= {
        "took_part", "never", "alone", "sector", "community", "actors", "returning", "new", "reactivated",
        "lost", "tasks", "tasks_office", "tasks_nobody", "participations", "ties", "groups", "group",
        "communities", "sector_pair", "met", "events_of", "office",
    }  # fmt: skip
    # Behind an average there are more records than it says.
    found = [(number, asked) for number, asked in found if asked["figure"] != "degrees"]
    wrong = [
        (number, asked)
        for number, asked in found
        if number != len(opened(asked["figure"], asked.get("value", "")).rows)
    ]
    assert wrong == []


@pytest.mark.parametrize("figure", FIGURES)
def test_an_unknown_value_has_no_records_and_breaks_nothing(figure):
    assert opened(figure, "gibt es nicht").rows == ()


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
        report = build_records(
            user=UserFactory.create(role="reader"),
            start=None, end=None, figure=figure, value=value, now=NOW, key="k",
        )  # fmt: skip
    assert report.table("records").rows == ()
    assert "Resident" not in report.title
    assert "Muster" not in report.title


def test_readers_get_no_keys_of_persons_in_any_address(trio):
    user = UserFactory.create(role="reader")
    report = build_network_report(user=user, start=None, end=None, now=NOW, key="k")
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
