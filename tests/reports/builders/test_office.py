"""With and without the office: three cuts, what chance would do, and who could hold it together."""

import datetime as dt
from typing import Any

import pytest
from django.utils import translation

from events.models import EventStatus
from reports.builders.continuity import build_continuity_report
from reports.builders.network import build_network_report
from reports.renderers.json import render_json
from reports.report import Note, Report
from tests.factories.accounts import UserFactory
from tests.factories.actors import (
    ActorFactory,
    OfficeFactory,
    PersonFactory,
    ProgrammeDependencyFactory,
    RelationFactory,
)
from tests.factories.events import (
    EventFactory,
    OrganiserRoleFactory,
    ParticipationFactory,
    TaskAssignmentFactory,
    TaskKindFactory,
)

NOW = dt.datetime(2021, 12, 31, 23, 30, tzinfo=dt.UTC)

pytestmark = pytest.mark.django_db


def build(role: str = "staff", start: dt.date | None = None, end: dt.date | None = None) -> Report:
    with translation.override("en"):
        user = UserFactory.create(role=role)
        return build_network_report(user=user, start=start, end=end, now=NOW, key="k")


def values(report: Report, key: str) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in report.table(key).rows]


def notes(report: Report, section: str = "office") -> list[str]:
    return [block.text for block in report.section(section).blocks if isinstance(block, Note)]


@pytest.fixture
def organiser() -> Any:
    return OrganiserRoleFactory.create()


@pytest.fixture
def two_rooms(meet, organiser):
    """Two groups of five meet among themselves, and both together only at an event of the office."""
    office = OfficeFactory.create(name="Büro")
    left = [ActorFactory.create(name=f"L{number}") for number in range(6)]
    right = [ActorFactory.create(name=f"R{number}") for number in range(5)]
    for _time in range(3):
        meet(*left)
        meet(*right)
    event = meet(office, role=organiser)
    for actor in (left[0], right[0]):
        meet(actor, event=event)
    return office, left, right


@pytest.fixture
def meet(meet):
    """Let `meet` also add actors to an event that is there."""

    def record(*actors, event=None, **given):
        if event is None:
            return meet(*actors, **given)
        for actor in actors:
            ParticipationFactory.create(event=event, actor=actor)
        return event

    return record


def test_a_community_bridged_only_by_the_office_is_named_with_who_could_bridge(two_rooms):
    report = build()

    assert [[row[0], row[2]] for row in values(report, "cut_off")] == [
        ["1", "R0, R1, R2, R3, R4"],
        ["2", "L0, L1, L2, L3, L4, L5"],
    ]
    assert values(report, "could_bridge")[0] == ["L0", "Association", 1, "R0", 1 + 4]
    assert "Without the office and its events 5 actors could no longer reach the largest group." in notes(
        report
    )


def test_the_third_cut_adds_events_whose_tasks_the_office_carried_alone(meet):
    office = OfficeFactory.create()
    one, other, third = ActorFactory.create_batch(3)
    carried, shared = meet(one, other, office), meet(other, third, office)
    task = TaskKindFactory.create()
    TaskAssignmentFactory.create(event=carried, actor=office, task=task)
    TaskAssignmentFactory.create(event=shared, actor=office, task=task)
    TaskAssignmentFactory.create(event=shared, actor=third, task=TaskKindFactory.create())

    report = build()

    assert [row[1:3] for row in values(report, "office_all")] == [[4, 5], [3, 2], [4, 5], [3, 1]]
    assert "1 task that the office carried at an event of others would be without anybody." in notes(report)


def test_strong_ties_are_organising_tasks_and_relations(meet, organiser):
    office = OfficeFactory.create()
    one, other, third = ActorFactory.create_batch(3)
    meet(office, one, role=organiser)
    meet(one, other, third)
    event = meet()
    for actor in (one, other):
        TaskAssignmentFactory.create(event=event, actor=actor, task=TaskKindFactory.create())
    RelationFactory.create(source=other, target=third)
    RelationFactory.create(source=office, target=third)

    assert [row[1:3] for row in values(build(), "office_strong")] == [[4, 4], [3, 2], [4, 3], [3, 2]]


def test_a_relation_counts_for_the_office_only_while_it_is_the_office(meet):
    office, one = OfficeFactory.create(), ActorFactory.create()
    ProgrammeDependencyFactory.create(actor=office, valid_until=dt.date(2015, 1, 1))
    meet(office, one, start_date=dt.date(2014, 5, 1))
    RelationFactory.create(source=office, target=one, valid_from=dt.date(2016, 1, 1))

    assert [row[2] for row in values(build(), "office_strong")] == [1, 1, 1, 1]
    until = build(start=dt.date(2014, 1, 1), end=dt.date(2015, 1, 1))
    assert [row[2] for row in values(until, "office_strong")] == [0, 0, 0, 0]


def test_beside_the_share_stands_what_chance_would_leave(meet, organiser):
    """Ten events of pairs, and one of the office with eight: nothing costs as many ties as that one."""
    office = OfficeFactory.create()
    meet(office, *ActorFactory.create_batch(7), role=organiser)
    for _event in range(10):
        meet(*ActorFactory.create_batch(2))

    found = [text for text in notes(build()) if "random" in text]

    assert found[0] == (
        "The office organised 1 of 11 events. Without them 26 % of the ties remain; as many random events "
        "would leave 26–97 % (95 of 100 draws). So its events tie no more and no less than others do."
    )


def test_below_twenty_ties_nothing_is_said_of_chance(two_rooms, meet, organiser):
    office, _left, _right = two_rooms
    meet(office, ActorFactory.create(), role=organiser)

    assert len([text for text in notes(build()) if "random" in text]) == 1


def test_the_independent_strong_ties_stand_beside_chance(meet, organiser):
    office = OfficeFactory.create()
    meet(office, *ActorFactory.create_batch(6), role=organiser)
    for _event in range(4):
        meet(*ActorFactory.create_batch(3), role=organiser)
    with translation.override("en"):
        report = build_continuity_report(
            user=UserFactory.create(), start=None, end=None, programme_end=None, now=NOW, key="k"
        )

    row = values(report, "indicators")[4]

    assert row[:4] == ["Strong ties independent of the office", 12, 33, 12 / 33]
    assert row[4].endswith("Without as many random events instead it would be 36–73 %.")


def test_the_trend_says_how_many_strong_ties_are_independent_in_each_year(meet, organiser):
    office = OfficeFactory.create()
    ten = ActorFactory.create_batch(10)
    meet(office, *ten[:4], role=organiser, start_date=dt.date(2018, 5, 1))
    meet(*ten[:7], role=organiser, start_date=dt.date(2018, 6, 1))
    EventFactory.create(start_date=dt.date(2019, 5, 1), status=EventStatus.CANCELLED)
    meet(office, *ten[:3], role=organiser, start_date=dt.date(2020, 5, 1))
    with translation.override("en"):
        report = build_continuity_report(
            user=UserFactory.create(), start=None, end=None, programme_end=None, now=NOW, key="k"
        )

    assert [[row[0], *row[7:]] for row in values(report, "trend")] == [
        ["2018", 25, 21 / 25],
        ["2019", None, None],
        ["2020", 6, None],
    ]


def test_without_organised_events_there_is_nothing_to_compare_with(meet):
    office, one = OfficeFactory.create(), ActorFactory.create()
    meet(office, one)
    for _relation in range(20):
        RelationFactory.create()
    with translation.override("en"):
        report = build_continuity_report(
            user=UserFactory.create(), start=None, end=None, programme_end=None, now=NOW, key="k"
        )

    row = values(report, "indicators")[4]
    assert row[1:4] == [20, 20, 1.0]
    assert row[4].endswith("that needs neither the office nor its events.")


def test_readers_learn_neither_names_of_persons_nor_small_counts(meet, organiser):
    office = OfficeFactory.create(name="Büro")
    persons = [PersonFactory.create(given_name="Geheim", family_name=f"Name{n}") for n in range(4)]
    clubs = [ActorFactory.create(name=f"Verein {n}") for n in range(6)]
    meet(*clubs)
    meet(*persons)
    meet(office, clubs[0], *persons, role=organiser)

    report = build("reader")

    assert "Geheim" not in render_json(report).decode()
    assert values(report, "could_bridge")[0] == ["Verein 0", "Association", "<5", "", 16]
    assert not [text for text in notes(report) if "could no longer reach" in text]
    assert values(build(), "could_bridge")[0][2] == 4
    assert "Geheim" in values(build(), "could_bridge")[0][3]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_number_of_queries_does_not_grow_with_the_rows(
    rows, meet, organiser, django_assert_max_num_queries
):
    office = OfficeFactory.create()
    for _number in range(rows):
        event = meet(office, *ActorFactory.create_batch(3), role=organiser)
        TaskAssignmentFactory.create(event=event, actor=office)
        RelationFactory.create()
    user = UserFactory.create()

    with django_assert_max_num_queries(9):
        build_network_report(user=user, start=None, end=None, now=NOW, key="k")
