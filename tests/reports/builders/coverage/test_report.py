"""The coverage report: who is missing, where, and since when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.test import Client
from django.utils import translation

from actors.models import Sector, Topic
from reports.builders.coverage.presence import years_before
from reports.builders.coverage.report import build_coverage_report
from reports.builders.records.report import build_records
from reports.report import Cell, Report, Table
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory, ActorTypeFactory, OfficeFactory, PersonFactory, TopicFactory
from tests.factories.events import EventFactory
from tests.reports.requests import request_for

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2021, 12, 31, 12, tzinfo=dt.UTC)
PERIOD = (dt.date(2020, 1, 1), dt.date(2022, 1, 1))


def request_parameters(role: str = "staff", period: tuple[Any, Any] = (None, None)) -> dict[str, Any]:
    user = UserFactory.create(role=role)
    return {"user": user, "start": period[0], "end": period[1], "now": NOW, "key": "k"}


def built(role: str = "staff", period: tuple[Any, Any] = (None, None)) -> Report:
    with translation.override("en"):
        return build_coverage_report(request_for(**request_parameters(role, period)))


def values(table: Table) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in table.rows]


def cell(table: Table, row: str, column: str) -> Cell:
    at = [one.key for one in table.columns].index(column)
    return next(cells[at] for cells in table.rows if cells[0].value == row)


def shop(**fields: Any) -> Any:
    kind = ActorTypeFactory.create(code="trade", sector=Sector.BUSINESS)
    return ActorFactory.create(actor_type=kind, **fields)


@pytest.fixture
def district(meet: Any) -> dict[str, Any]:
    """A club and the office that come, a shop that stays away, one that came long ago, and a person."""
    health, sport = TopicFactory.create(code="health"), TopicFactory.create(code="sport")
    club, old = ActorFactory.create(name="Verein", district="Nord"), shop(name="Altladen", district="Nord")
    new, person = shop(name="Neuladen", district="Süd"), PersonFactory.create()
    office = OfficeFactory.create()
    club.topics.set([health])
    office.topics.set([health])
    new.topics.set([health])
    old.topics.set([sport])
    meet(club, old, start_date=dt.date(2016, 5, 1))
    meet(club, person, office, start_date=dt.date(2021, 5, 1))
    return {"club": club, "old": old, "new": new, "person": person}


@pytest.mark.usefixtures("district")
def test_gaps_are_named_and_say_whether_anybody_could_be_asked():
    gaps = {row[0]: row[1:] for row in values(built(period=PERIOD).table("topic_gaps"))}
    assert gaps["Health"] == [None, "no business"]
    assert gaps["Sport"] == ["no association", "no business"]


@pytest.mark.usefixtures("district")
def test_a_sector_of_which_no_topic_is_recorded_is_not_looked_at():
    table = built().table("topic_gaps")
    assert not any("no residents" in str(cell.value) for row in table.rows for cell in row)
    assert "Resident" in table.footnote


@pytest.mark.usefixtures("district")
def test_topics_that_nobody_carries_are_named_with_the_events_about_them():
    Topic.objects.exclude(code__in=["health", "sport"]).delete()
    TopicFactory.create(code="water")
    EventFactory.create(start_date=dt.date(2021, 1, 1)).topics.add(TopicFactory.create(code="sport"))

    assert built(period=PERIOD).table("uncarried").rows == (
        (
            Cell("Sport"),
            Cell(1, "/actors/?topic=sport"),
            Cell(1, "/events/?status=held&topics=sport&date_from=2020-01-01&date_until=2021-12-31"),
        ),
        (Cell("Water"), Cell(0), Cell(0)),
    )


@pytest.mark.usefixtures("district")
def test_who_took_part_and_who_is_in_the_register_are_crossed_with_the_topics():
    Topic.objects.exclude(code__in=["health", "sport"]).delete()
    report = built(period=PERIOD)

    tables = [block for block in report.section("topics").blocks if isinstance(block, Table)]
    assert [(table.key, table.title) for table in tables] == [
        ("topic_gaps", "Missing by topic"),
        ("uncarried", "Topics with which nobody took part"),
        ("topics_there", "Actors who took part, by topic and sector"),
        ("topics", "Actors in the register, by topic and sector"),
    ]
    assert values(report.table("topics_there")) == [
        ["Sport", 0, 0, 0, 0, 0, 0, 0, 0],
        ["Health", 1, 0, 0, 0, 0, 0, 1, 2],
    ]
    assert values(report.table("topics")) == [
        ["Sport", 0, 1, 0, 0, 0, 0, 0, 1],
        ["Health", 1, 1, 0, 0, 0, 0, 1, 3],
    ]


@pytest.mark.usefixtures("district")
def test_sectors_that_were_there_and_did_not_meet_are_named():
    report = built()
    assert cell(report.table("ties"), "Association", "business").value == 1
    assert cell(report.table("ties"), "Business", "association").value == 1
    pairs = [row[0] for row in values(report.table("pair_gaps"))]
    assert "Business and Resident" in pairs
    assert "Association and Business" not in pairs


@pytest.mark.usefixtures("district")
def test_districts_and_sectors_are_crossed():
    report = built()
    assert [column.label for column in report.table("districts").columns] == [
        "District",
        "Association",
        "Business",
        "Institution",
        "Administration",
        "Politics",
        "Resident",
        "Neighbourhood office",
        "All sectors",
        "Took part in the period",
    ]
    assert values(report.table("districts")) == [
        ["Nord", 1, 1, 0, 0, 0, 0, 0, 2, 2],
        ["Süd", 0, 1, 0, 0, 0, 0, 0, 1, 0],
        ["no district recorded", 0, 0, 0, 0, 0, 1, 1, 2, 2],
    ]
    assert [[one.url for one in row if one.url] for row in report.table("districts").rows[1:]] == [
        ["/actors/?district=S%C3%BCd&sector=business", "/actors/?district=S%C3%BCd"],
        [
            "/reports/records/?figure=district_all&value=resident%3A",
            "/reports/records/?figure=district_all&value=office%3A",
            "/reports/records/?figure=district_all&value=%3A",
            "/reports/records/?figure=district",
        ],
    ]
    missing = cell(report.table("district_gaps"), "Süd", "missing").value
    assert isinstance(missing, str)
    assert "Association" in missing
    assert "Business" not in missing


def test_the_smallest_of_many_districts_are_put_together_without_a_name():
    """Thirteen districts with one actor each, but for the last one, which has two."""
    for number in (*range(1, 14), 13):
        ActorFactory.create(district=f"Ort {number:02}")

    assert [row[:2] for row in values(built().table("districts"))] == [
        *([f"Ort {number:02}", 1] for number in range(1, 12)),
        ["Ort 13", 2],
        ["all other districts", 1],
    ]


def test_who_was_there_lately_long_ago_or_never_is_told_apart(district):
    report = built()
    business = next(row for row in values(report.table("last_seen")) if row[0] == "Business")
    assert business[1:] == [2, 1, 0, 1, 1]
    assert [row[0] for row in values(report.table("earlier"))] == [district["old"].name]
    assert [row[0] for row in values(report.table("never"))] == [district["new"].name]


def test_years_before_the_29th_of_february():
    assert years_before(dt.date(2020, 2, 29), 2) == dt.date(2018, 2, 28)


def numbers(report: Report) -> Iterator[tuple[int, str]]:
    for section in report.sections:
        for block in section.blocks:
            for row in block.rows if isinstance(block, Table) else ():
                yield from ((one.value, one.url) for one in row if one.url and isinstance(one.value, int))


@pytest.mark.usefixtures("district")
@pytest.mark.parametrize("period", [(None, None), PERIOD])
def test_every_number_opens_as_many_records(client: Client, period):
    linked = list(numbers(built(period=period)))
    client.force_login(UserFactory.create())
    wrong = []
    for number, url in linked:
        query = dict(parse_qsl(urlsplit(url).query))
        if url.startswith("/reports/records/"):
            value = query.get("value", "")
            table = build_records(
                request_for(**request_parameters(period=period)), figure=query["figure"], value=value
            ).table("records")
            opened = len(table.rows)
        else:
            opened = len(client.get(url).context["table"].rows)
        if opened != number:
            wrong.append((url, number, opened))
    assert len(linked) > 20
    assert wrong == []


@pytest.mark.usefixtures("district")
def test_small_numbers_are_not_told_to_outsiders_and_no_gap_gives_them_away():
    report = built("reader")
    values = [
        one.value
        for section in report.sections
        for block in section.blocks
        if isinstance(block, Table)
        and block.key in {"topics", "topics_there", "districts", "last_seen", "ties"}
        for row in block.rows
        for one in row[1:]
    ]
    assert {value for value in values if isinstance(value, int)} <= {0}
    assert not any(
        "/actors/" in (one.url or "") and one.is_suppressed
        for row in report.table("districts").rows
        for one in row
    )


def test_an_empty_register_says_what_to_do():
    report = built()
    (note, _table) = report.section("overview").blocks
    assert note.text == "There are no actors in the register yet. Record actors first."
    assert [section.key for section in report.sections] == ["overview", "uncertain"]


@pytest.mark.usefixtures("district")
@pytest.mark.parametrize("role", ["staff", "reader"])
def test_the_page_and_its_files_are_there(client: Client, role):
    client.force_login(UserFactory.create(role=role))
    for query in ("", "?format=xlsx", "?format=json", "?from_year=2020&until_year=2021"):
        assert client.get(f"/reports/coverage/{query}").status_code == 200


@pytest.mark.usefixtures("district")
def test_the_number_of_queries_does_not_grow(django_assert_max_num_queries):
    arguments = request_parameters()
    with django_assert_max_num_queries(30) as few:
        build_coverage_report(request_for(**arguments))
    for number in range(5):
        shop(name=f"Laden {number}").topics.add(TopicFactory.create(code="health"))
    with django_assert_max_num_queries(len(few)):
        build_coverage_report(request_for(**arguments))
