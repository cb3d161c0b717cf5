"""With and without the office: three cuts, what readers learn of them, and whom each leaves alone."""

import datetime as dt
from typing import Any

import pytest
from django.utils import translation

from events.models import EventStatus
from reports.builders.continuity.report import build_continuity_report
from reports.builders.network.report import build_network_report
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
    TaskAssignmentFactory,
    TaskKindFactory,
)
from tests.reports.network_reports import NOW, build, values
from tests.reports.requests import request_for

pytestmark = pytest.mark.django_db


def notes(report: Report, section: str = "office") -> list[str]:
    return [block.text for block in report.section(section).blocks if isinstance(block, Note)]


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


def test_a_community_bridged_only_by_the_office_is_named_with_who_could_bridge(two_rooms):
    report = build()

    assert [[row[0], row[2]] for row in values(report, "cut_off")] == [
        ["1", "R0, R1, R2, R3, R4"],
        ["2", "L0, L1, L2, L3, L4, L5"],
    ]
    assert values(report, "could_bridge")[0] == ["L0", "Association", 1, "R0", 1 + 4]
    assert (
        "Without the office, its events and what it carried alone 5 actors could no longer reach the largest "
        "group." in notes(report)
    )


def test_the_third_cut_adds_events_whose_tasks_the_office_carried_alone(meet):
    office = OfficeFactory.create()
    one, other, third = ActorFactory.create_batch(3)
    carried, shared = meet(one, other, office), meet(other, third, office)
    task = TaskKindFactory.create()
    TaskAssignmentFactory.create(event=carried, actor=office, task=task)
    both = TaskKindFactory.create(code="both")
    for actor in (office, third):
        TaskAssignmentFactory.create(event=shared, actor=actor, task=both)

    assert [row[1:3] for row in values(build(), "office_all")] == [[4, 5], [3, 2], [4, 5], [3, 1]]


def test_tasks_that_the_office_alone_carried_are_counted_at_events_that_others_would_hold(meet, organiser):
    office, (one, other) = OfficeFactory.create(), ActorFactory.create_batch(2)
    own, carried = meet(office, one, role=organiser), meet(office, one, other)
    TaskAssignmentFactory.create(event=own, actor=one)
    TaskAssignmentFactory.create(event=own, actor=office, task=TaskKindFactory.create(code="own"))
    TaskAssignmentFactory.create(event=carried, actor=office)

    def said() -> list[str]:
        return [text for text in notes(build()) if "without anybody" in text]

    shared = meet(office, one, other)
    for actor in (office, one):
        TaskAssignmentFactory.create(event=shared, actor=actor, task=TaskKindFactory.create(code="both"))
    assert said() == []
    TaskAssignmentFactory.create(event=shared, actor=office, task=TaskKindFactory.create(code="cash"))
    assert said() == [
        "At events that others would still hold, 1 task would be without anybody: the office alone carried "
        "it."
    ]
    TaskAssignmentFactory.create(event=shared, actor=office, task=TaskKindFactory.create(code="press"))
    assert said() == [
        "At events that others would still hold, 2 tasks would be without anybody: the office alone carried "
        "them."
    ]


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


def test_a_relation_counts_for_the_office_after_its_paid_period_as_well(meet):
    office, one = OfficeFactory.create(), ActorFactory.create()
    ProgrammeDependencyFactory.create(actor=office, valid_until=dt.date(2015, 1, 1))
    meet(office, one, start_date=dt.date(2014, 5, 1))
    RelationFactory.create(source=office, target=one, valid_from=dt.date(2016, 1, 1))

    assert [row[2] for row in values(build(), "office_strong")] == [1, 0, 1, 0]
    assert [row[4:] for row in values(build(), "office_strong")[:2]] == [[1, 2, 0], [0, 0, 1]]
    until = build(start=dt.date(2014, 1, 1), end=dt.date(2015, 1, 1))
    assert [row[2] for row in values(until, "office_strong")] == [0, 0, 0, 0]


def test_without_a_group_that_is_left_nobody_is_said_to_miss_it(meet, organiser):
    office = OfficeFactory.create()
    one, other, third, fourth = ActorFactory.create_batch(4)
    meet(office, one, other, role=organiser)
    alone = (
        "No two other actors met, except at events that the office organised or at which it carried "
        "every task."
    )

    assert alone in notes(build())
    meet(third, fourth)
    assert alone not in notes(build())


def test_the_trend_says_how_many_strong_ties_are_independent_in_each_year(meet, organiser):
    office = OfficeFactory.create()
    ten = ActorFactory.create_batch(10)
    meet(office, *ten[:4], role=organiser, start_date=dt.date(2018, 5, 1))
    meet(*ten[:7], role=organiser, start_date=dt.date(2018, 6, 1))
    EventFactory.create(start_date=dt.date(2019, 5, 1), status=EventStatus.CANCELLED)
    meet(office, *ten[:3], role=organiser, start_date=dt.date(2020, 5, 1))
    with translation.override("en"):
        report = build_continuity_report(
            request_for(UserFactory.create(), now=NOW, key="k"), programme_end=None
        )

    assert [[row[0], *row[7:]] for row in values(report, "trend")] == [
        ["2018", 25, 21 / 25],
        ["2019", None, None],
        ["2020", 6, None],
    ]


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


def test_readers_cannot_work_out_who_is_left_without_a_tie(meet, organiser):
    """Two of nine meet others only at the office's event: the only group would tell of them."""
    office, actors = OfficeFactory.create(), ActorFactory.create_batch(9)
    meet(*actors[:7])
    meet(office, *actors, role=organiser)

    def without_events(role: str) -> list[Any]:
        row = values(build(role), "office_all")[2]
        return [row[1], *row[4:]]

    assert without_events("staff") == [10, 1, 7, 3]
    assert without_events("reader") == [10, 1, "•", "<5"]

    late = ActorFactory.create_batch(2)
    meet(office, *late, role=organiser)
    assert without_events("reader") == [12, 1, 7, 5]
    # Four are not in the largest of two groups: that does not say how many of them are alone.
    meet(actors[0], late[0])
    meet(*actors[7:])
    assert without_events("reader") == [12, 2, 8, "<5"]
    # Had the largest one member more, there would be a pair and one who is alone.
    meet(actors[0], late[1])
    assert without_events("staff") == [12, 2, 9, 1]
    assert without_events("reader") == [12, 2, "•", "<5"]


def test_readers_cannot_work_out_how_few_are_in_the_only_group(meet):
    """Whoever is not among the three who met has no tie: how many these are would tell of the three."""
    for actor in (OfficeFactory.create(), *ActorFactory.create_batch(5)):
        meet(actor)
    meet(*ActorFactory.create_batch(3))

    def with_everybody(role: str) -> list[Any]:
        row = values(build(role), "office_all")[0]
        return [row[1], *row[4:]]

    assert with_everybody("staff") == [9, 1, 3, 6]
    assert with_everybody("reader") == [9, 1, "<5", "•"]
    meet(*ActorFactory.create_batch(3))
    assert with_everybody("reader") == [12, 2, "<5", 6]


def test_readers_are_not_told_how_many_ties_there_are_between_fewer_than_five(meet, organiser):
    """Six ties would be those of four."""
    office, clubs = OfficeFactory.create(), ActorFactory.create_batch(3)
    meet(office, *clubs, role=organiser)

    def with_everybody_and_without_the_office(role: str) -> list[list[Any]]:
        return [row[1:4] for row in values(build(role), "office_all")[:2]]

    assert with_everybody_and_without_the_office("staff") == [[4, 6, None], [3, 3, None]]
    assert with_everybody_and_without_the_office("reader") == [["<5", "•", "•"]] * 2
    meet(ActorFactory.create(), clubs[0])
    assert with_everybody_and_without_the_office("reader") == [[5, 7, None], ["<5", "•", "•"]]


def test_readers_see_of_ties_only_through_the_office_none_of_persons(meet, organiser):
    office, persons = OfficeFactory.create(), PersonFactory.create_batch(3)
    clubs = [ActorFactory.create(name=f"Verein {n}") for n in range(2)]
    meet(office, *clubs, *persons, role=organiser)

    table, inside = build("reader").table("only_through"), build().table("only_through")
    assert [[cell.value for cell in row] for row in table.rows] == [["Verein 0", "Verein 1", 1]]
    assert table.footnote == "Ties of persons are not listed here."
    assert (len(inside.rows), inside.footnote) == (10, "")

    meet(*clubs)
    table = build("reader").table("only_through")
    assert (table.rows, table.empty_text) == ((), "Ties of persons are not listed here.")
    meet(*clubs, *persons)
    nothing = "No two other actors met only at events of the office."
    assert build("reader").table("only_through").empty_text == nothing


def test_readers_are_not_told_how_many_ties_a_list_leaves_out(meet, organiser):
    meet(OfficeFactory.create(), *ActorFactory.create_batch(11), role=organiser)

    assert build().table("only_through").footnote == (
        "The first 50 of 55. Others are level with the last one listed."
    )
    assert build("reader").table("only_through").footnote == "Only the first 50 are listed."


def test_who_met_only_the_office_is_told_and_that_nobody_did(meet, organiser):
    office = OfficeFactory.create()
    meet(office, *ActorFactory.create_batch(2))
    report = build()
    assert report.table("only_office").empty_text == "Nobody met only the office."
    nobody = "No other actor met others only at events of the office."
    assert report.table("only_office_events").empty_text == nobody

    third, fourth = ActorFactory.create_batch(2)
    meet(office, third)
    # The second office, too, met others there only.
    meet(office, OfficeFactory.create(), fourth, role=organiser)
    report = build()
    assert [row[0] for row in values(report, "only_office")] == [third.name, fourth.name]
    assert [row[0] for row in values(report, "only_office_events")] == [fourth.name]


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

    with django_assert_max_num_queries(11):
        build_network_report(request_for(user, now=NOW, key="k"))
