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
        "lost", "tasks", "tasks_office", "tasks_nobody",
    }  # fmt: skip
    assert [number for number, _asked in found] == [
        len(opened(asked["figure"], asked.get("value", "")).rows) for _number, asked in found
    ]


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
