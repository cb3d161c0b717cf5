"""Every number of a report opens its records, or says in the report what it is instead."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from actors.models import Sector
from reports.kinds import KINDS
from reports.report import Report, Table
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory, OfficeFactory, PersonFactory, TopicFactory
from tests.factories.contacts import ConcernFactory
from tests.factories.events import (
    EventFactory,
    EventSeriesFactory,
    HeadcountFactory,
    MeasureGoalFactory,
    OrganiserRoleFactory,
    ParticipationFactory,
    SeriesCarrierFactory,
    SpaceFactory,
    TaskAssignmentFactory,
    TaskKindFactory,
)

NOW = dt.datetime(2021, 6, 30, 12, 0, tzinfo=dt.UTC)

pytestmark = pytest.mark.django_db

# What is no count of records, with the words in which the report says so; labels say nothing.
BRIDGE, WORKED_OUT = (
    "No list stands behind it; the first are named",
    "added up over all of them: no list stands behind it",
)
BELOW, TYPED = "Listed below, actor by actor.", "The actual number is the one that was typed"
WITHOUT_RECORDS = {
    ("network", "staying", "time"): "",
    ("network", "key_actors", "constraint"): "worked out and counts nothing: no list stands behind it.",
    ("network", "could_bridge", "met"): BRIDGE,
    ("network", "could_bridge", "common"): WORKED_OUT,
    ("continuity", "could_bridge", "met"): BRIDGE,
    ("continuity", "could_bridge", "common"): WORKED_OUT,
    ("continuity", "staying", "time"): "",
    ("continuity", "indicators", "value"): "stands in the chapters about them, row by row",
    ("continuity", "indicators", "whole"): "no list stands behind how many were assigned at least twice",
    ("activity", "goals", "target"): TYPED,
    ("activity", "goals", "actual"): TYPED,
    ("activity", "goals", "reached"): TYPED,
    ("coverage", "overview", "value"): "no list can be opened: the gaps are named in their chapters",
    ("hand_over", "overview", "open"): BELOW,
    ("hand_over", "overview", "overdue"): BELOW,
}


@pytest.fixture
def district(meet: Any) -> None:
    """One of everything that a report counts."""
    organiser, cash = OrganiserRoleFactory.create(), TaskKindFactory.create(code="cash")
    office, club, ada = OfficeFactory.create(), ActorFactory.create(), PersonFactory.create()
    series = EventSeriesFactory.create(name="Fest", space=SpaceFactory.create(), rhythm="yearly")
    SeriesCarrierFactory.create(series=series, actor=office)
    for year in (2018, 2019, 2020):
        event = meet(office, club, role=organiser, series=series, start_date=dt.date(year, 5, 1))
        ParticipationFactory.create(
            event=event, actor=ada, role=organiser, volunteer_hours=Decimal("2.5"), people_brought=2
        )
        HeadcountFactory.create(event=event, group="children", sex="f", count=30)
        TaskAssignmentFactory.create(event=event, task=cash, actor=office)
    meet(club, ada, role=organiser, start_date=dt.date(2020, 6, 1))
    EventFactory.create(series=series, start_date=dt.date(2020, 9, 1), status="cancelled")
    TaskAssignmentFactory.create(event=EventFactory.create(start_date=dt.date(2020, 7, 1)), actor=None)
    ConcernFactory.create(raised_on=dt.date(2020, 3, 1))


def build(kind: str, user: Any) -> Report:
    form = KINDS[kind].form({"person": user.pk} if kind == "hand_over" else {})
    assert form.is_valid()
    with translation.override("en"):
        return KINDS[kind].build(viewer=user, form=form, key="k", now=NOW)


def numbers(report: Report) -> list[tuple[str, str, Any]]:
    """Return table, column and cell of every number that is told."""
    return [
        (block.key, column.key, cell)
        for section in report.sections
        for block in section.blocks
        if isinstance(block, Table)
        for pairs in block.pairs()
        for column, cell in pairs
        if column.is_number and cell.value and not cell.is_suppressed
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_every_number_opens_its_records_or_is_known_to_have_none(district, kind):
    report = build(kind, UserFactory.create())

    closed = {(kind, table, column) for table, column, cell in numbers(report) if not cell.url}

    assert closed - WITHOUT_RECORDS.keys() == set()


@pytest.mark.parametrize("key", [key for key, words in WITHOUT_RECORDS.items() if words], ids="-".join)
def test_what_opens_no_records_says_why_not(district, key):
    """In the explanation of its column, below its table or in a definition, for whoever asks."""
    kind, name, _column = key
    user = UserFactory.create()
    MeasureGoalFactory.create(target=Decimal(4), actual=Decimal(2))
    event = EventFactory.create(start_date=dt.date(2021, 3, 1))
    ParticipationFactory.create(event=event, actor=ActorFactory.create(responsible=user))
    report = build(kind, user)

    table = report.table(name)
    explanations = [column.explanation for column in table.columns]
    said = [*explanations, table.footnote, *(definition.text for definition in report.definitions)]
    assert [text for text in said if WITHOUT_RECORDS[key] in text] != []


def test_what_a_figure_opens_adds_up_to_it(district):
    user = UserFactory.create()
    client = Client()
    client.force_login(user)
    year = next(row for row in build("activity", user).table("years").rows if row[0].value == "2020")
    visits, persons, engaged, hours = year[4:8]
    assert [cell.value for cell in (visits, persons, engaged, hours)] == [32, 1, 1, Decimal("2.5")]

    def opened(cell: Any) -> Any:
        response = client.get(cell.url)
        assert response.status_code == 200
        return response.context["report"].table("records").rows

    assert sum(row[2].value for row in opened(visits)) == 32
    assert len(opened(persons)) == 1
    assert len(opened(engaged)) == 1
    assert sum(row[3].value for row in opened(hours)) == Decimal("2.5")


def test_the_headcounts_behind_a_cell_are_those_of_its_group_and_sex(district):
    HeadcountFactory.create(
        event=EventFactory.create(start_date=dt.date(2019, 1, 1)), group="youth", sex="m", count=7
    )
    user = UserFactory.create()
    client = Client()
    client.force_login(user)
    table = build("activity", user).table("headcounts")
    for pairs in table.pairs():
        for column, cell in pairs:
            if column.is_number and cell.value:
                rows = client.get(cell.url).context["report"].table("records").rows
                assert sum(row[4].value for row in rows) == cell.value


def test_the_tasks_and_strong_ties_behind_the_trend_are_as_many_as_it_says(district):
    user = UserFactory.create()
    client = Client()
    client.force_login(user)
    rows = build("continuity", user).table("trend").rows
    year = next(row for row in rows if row[0].value == "2020")
    for at in (2, 3, 5, 6, 7):
        records = client.get(year[at].url).context["report"].table("records").rows
        assert len(records) == year[at].value


def test_the_independent_ties_of_the_indicator_are_as_many_as_it_says(district):
    user = UserFactory.create()
    client = Client()
    client.force_login(user)
    row = next(
        row
        for row in build("continuity", user).table("indicators").rows
        if "independent" in str(row[0].value)
    )
    assert row[1].value == 1
    for cell in row[1:3]:
        assert len(client.get(cell.url).context["report"].table("records").rows) == cell.value


@pytest.mark.parametrize("role", ["staff", "reader"])
@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"hand_over", "concerns"}))
def test_a_zero_opens_no_empty_list(district, kind, role):
    """A year without a cancelled event, a task that the office never carried, a sector nobody came from."""
    ActorFactory.create(actor_type__code="shop", actor_type__sector="business")
    TaskAssignmentFactory.create(
        event=EventFactory.create(start_date=dt.date(2020, 8, 1)),
        task=TaskKindFactory.create(code="minutes"),
        actor=ActorFactory.create(),
    )
    report = build(kind, UserFactory.create(role=role))
    cells = [
        (block.key, column.key, cell)
        for section in report.sections
        for block in section.blocks
        if isinstance(block, Table)
        for pairs in block.pairs()
        for column, cell in pairs
        if column.kind == "integer" and cell.value == 0
    ]

    assert cells
    assert [(table, column) for table, column, cell in cells if cell.url] == []


def test_carriers_and_spaces_open_as_many_formats_as_they_have_today(district):
    """Not those once carried, nor those that are to be carried, nor the events in a space."""
    carrier, space = ActorFactory.create(), SpaceFactory.create()
    mine = EventSeriesFactory.create(name="Café", space=space)
    SeriesCarrierFactory.create(series=mine, actor=carrier)
    given_up = EventSeriesFactory.create(name="Markt", space=space)
    SeriesCarrierFactory.create(series=given_up, actor=carrier, valid_until=dt.date(2020, 1, 1))
    EventSeriesFactory.create(name="Kino", future_carrier=carrier)
    user = UserFactory.create()
    client = Client()
    client.force_login(user)
    report = build("continuity", user)

    def opened(table: str, name: str) -> tuple[Any, list[Any]]:
        row = next(row for row in report.table(table).rows if row[0].value == name)
        (cell,) = (
            one
            for (column, one) in zip(report.table(table).columns, row, strict=True)
            if column.key == "formats"
        )
        records = client.get(cell.url).context["report"].table("records").rows
        return cell.value, [row[0].value for row in records]

    assert opened("carriers", carrier.name) == (1, ["Café"])
    assert opened("spaces", space.name) == (2, ["Café", "Markt"])


def test_a_format_that_changed_hands_is_listed_with_both_carriers_and_it_is_said():
    series, year = EventSeriesFactory.create(name="Fest"), dt.date(2020, 1, 1)
    for carrier, since, until in (("Alt", None, dt.date(2020, 6, 1)), ("Neu", dt.date(2020, 6, 1), None)):
        actor = ActorFactory.create(name=carrier)
        SeriesCarrierFactory.create(series=series, actor=actor, valid_from=since, valid_until=until)
    EventFactory.create(series=series, start_date=year)
    user = UserFactory.create()
    client = Client()
    client.force_login(user)

    def listed() -> tuple[Any, list[list[Any]], str]:
        cell = build("continuity", user).table("formats_by_carrier").rows[0][1]
        records = client.get(cell.url).context["report"].table("records")
        return cell.value, [[one.value for one in row] for row in records.rows], records.footnote

    assert listed() == (1, [["Fest", "Alt"]], "")
    EventFactory.create(series=series, start_date=dt.date(2020, 7, 1))
    both = "Ein Format, dessen Träger wechselte, steht hier mit jedem einmal."
    assert listed() == (1, [["Fest", "Alt"], ["Fest", "Neu"]], both)


def test_readers_are_led_to_actors_of_the_register_by_a_list_that_says_what_it_leaves_out():
    """Their list of actors has no persons, and does not say that they are missing."""
    topic = TopicFactory.create(code="housing")
    for actor in (*PersonFactory.create_batch(5), *ActorFactory.create_batch(6)):
        actor.topics.add(topic)
    user = UserFactory.create(role="reader")
    client = Client()
    client.force_login(user)
    reports = {kind: build(kind, user) for kind in ("coverage", "network")}

    def opened(kind: str, table: str, name: str, column: str) -> tuple[Any, int, str]:
        found = reports[kind].table(table)
        at = [one.key for one in found.columns].index(column)
        cell = next(row for row in found.rows if row[0].value == name)[at]
        records = client.get(cell.url).context["report"].table("records")
        return cell.value, len(records.rows), records.footnote if records.rows else records.empty_text

    hidden = "Personen werden hier nicht aufgeführt."
    register = "Actors in the register"
    with translation.override("en"):
        residents = str(Sector.RESIDENT.label)
    assert opened("coverage", "overview", register, "value") == (11, 6, hidden)
    assert opened("network", "overview", register, "value") == (11, 6, hidden)
    assert opened("coverage", "last_seen", residents, "registered") == (5, 0, hidden)
    assert opened("network", "sectors", residents, "registered") == (5, 0, hidden)
    assert opened("coverage", "topics", topic.name_en, "all") == (11, 6, hidden)
    assert opened("coverage", "topics", topic.name_en, "association") == (6, 6, "")
    ours = build("coverage", UserFactory.create()).table("overview").rows[0][1]
    assert (ours.value, ours.url) == (11, "/actors/")


def test_readers_are_led_to_no_list_of_persons(district):
    user = UserFactory.create(role="reader")
    for kind in ("activity", "continuity"):
        report = build(kind, user)
        led = [cell.url for _table, _column, cell in numbers(report) if cell.url]
        assert not [
            url for url in led if any(f"figure={name}" in url for name in ("persons", "engaged", "hours"))
        ]
