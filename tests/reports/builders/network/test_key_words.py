"""What is said in words of a key actor: each sentence with a case in which it stands and one in which not."""

import datetime as dt
import itertools
from typing import Any

import pytest
from django.utils import translation

from reports.builders.network.report import build_network_report
from reports.report import Report
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory, OfficeFactory
from tests.reports.requests import request_for

NOW = dt.datetime(2021, 12, 31, 23, 30, tzinfo=dt.UTC)
MEETS = "meets more others than nearly all"
COMES = "comes more often than nearly all"

pytestmark = pytest.mark.django_db


def build() -> Report:
    with translation.override("en"):
        return build_network_report(request_for(UserFactory.create(), now=NOW, key="k"))


def words() -> dict[Any, Any]:
    """Return what the report says of each key actor, by its name."""
    report = build()
    return {row[0].value: row[-1].value for row in report.table("key_actors").rows}


def of_hub(meet, *, contacts: int, closed: int) -> str:
    """Return the words of an actor with regular acquaintances, some pairs of whom meet regularly."""
    hub = ActorFactory.create(name="Nabe")
    others = ActorFactory.create_batch(contacts)
    for other in others:
        meet(hub, other)
        meet(hub, other)
    for pair in list(itertools.combinations(others, 2))[:closed]:
        meet(*pair)
        meet(*pair)
    return words()["Nabe"]


@pytest.mark.parametrize(
    ("contacts", "closed", "share"),
    [(5, 0, "0 %"), (5, 2, "20 %"), (5, 3, None), (5, 10, None), (4, 0, None), (6, 3, "20 %"), (6, 4, None)],
)
def test_contacts_hardly_meet_each_other_where_at_most_one_pair_of_five_does(meet, contacts, closed, share):
    said = of_hub(meet, contacts=contacts, closed=closed)

    sentence = (
        f"hardly any two of its regular acquaintances meet each other regularly ({share} of their pairs)"
    )
    assert (sentence in said) == (share is not None)
    assert ("hardly any" in said) == (share is not None)


def test_nearly_all_are_more_than_nine_of_ten_others(meet):
    """Of eleven actors one meets everybody at ten meetings, and the others only that one."""
    busy = ActorFactory.create(name="Viel")
    for other in ActorFactory.create_batch(10):
        meet(busy, other)

    said = words()

    assert [name for name, text in said.items() if MEETS in text] == ["Viel"]
    assert [name for name, text in said.items() if COMES in text] == ["Viel"]


def test_nobody_is_ahead_of_those_with_whom_it_ties(meet):
    """Twelve actors at one event: everybody met as many as everybody else."""
    meet(*ActorFactory.create_batch(12))

    assert not any(MEETS in text or COMES in text for text in words().values())


def test_two_who_tie_at_the_top_are_both_named_as_long_as_they_are_ahead_of_nearly_all(meet):
    first, second = ActorFactory.create(name="Eins"), ActorFactory.create(name="Zwei")
    for other in ActorFactory.create_batch(20):
        meet(first, second, other)

    assert sorted(name for name, text in words().items() if MEETS in text) == ["Eins", "Zwei"]


def test_three_who_tie_among_twelve_are_not_ahead_of_nearly_all(meet):
    three = ActorFactory.create_batch(3)
    for other in ActorFactory.create_batch(9):
        meet(*three, other)

    assert not any(MEETS in text for text in words().values())


@pytest.mark.parametrize(("others", "names"), [(9, ["Eins", "Zwei"]), (8, [])])
def test_two_at_the_top_are_ahead_of_nearly_all_where_nine_of_ten_others_are_behind(meet, others, names):
    first, second = ActorFactory.create(name="Eins"), ActorFactory.create(name="Zwei")
    meet(first, second, *ActorFactory.create_batch(others))
    meet(first, second)

    assert sorted(name for name, text in words().items() if COMES in text) == names


def test_behind_three_others_nobody_is_ahead_of_nearly_all(meet):
    """Of thirty-one actors the fourth comes more often than nine of ten of the others."""
    three, fourth = ActorFactory.create_batch(3), ActorFactory.create(name="Vierter")
    meet(*three, fourth, *ActorFactory.create_batch(27))
    meet(*three, fourth)
    meet(*three)
    assert sorted(name for name, text in words().items() if COMES in text) == [one.name for one in three]

    meet(fourth)
    assert sum(COMES in text for text in words().values()) == 4


def test_below_ten_actors_nobody_is_compared(meet):
    busy = ActorFactory.create(name="Viel")
    for other in ActorFactory.create_batch(8):
        meet(busy, other)

    assert MEETS not in words()["Viel"]
    meet(busy, ActorFactory.create())
    assert MEETS in words()["Viel"]


def test_a_part_falls_off_only_without_a_cut_point(meet):
    hinge = ActorFactory.create(name="Scharnier")
    one, other = ActorFactory.create(), ActorFactory.create()
    meet(hinge, one)
    meet(hinge, other)

    assert "without it a part falls off" in words()["Scharnier"]
    meet(one, other)
    assert "without it a part falls off" not in words()["Scharnier"]


def test_who_lies_between_others_is_not_said_to_join_what_would_be_apart(meet):
    """Of four in a ring each lies between two others, and without any of them the rest stays connected."""
    ring = ActorFactory.create_batch(4)
    for one, next_one in zip(ring, [*ring[1:], ring[0]], strict=True):
        meet(one, next_one)

    report = build()
    table = report.table("key_actors")
    between = [cell.value for pairs in table.pairs() for column, cell in pairs if column.key == "betweenness"]
    assert [value > 0 for value in between if isinstance(value, float)] == [True] * 4
    assert not any("falls off" in text for text in words().values())
    explained = {column.key: column.explanation for column in table.columns}
    assert explained["betweenness"] == (
        "Share of the shortest paths between other actors and events that run through this actor."
    )
    assert "apart" not in report.section("key_actors").intro


def test_the_office_is_called_so_and_nobody_else_is(meet):
    meet(OfficeFactory.create(name="Büro"), ActorFactory.create(name="Verein"))

    assert words() == {"Büro": "the office", "Verein": ""}


def test_it_is_said_where_there_are_more_communities_level_with_the_two_that_are_named(meet):
    """One actor has as much to do with three rooms, and nothing with three others."""
    hub = ActorFactory.create(name="Nabe")
    rooms = [ActorFactory.create_batch(3) for _room in range(3)]
    for room in rooms:
        meet(hub, *room)
        meet(*room)
    for _room in range(3):
        meet(*ActorFactory.create_batch(4))
    named = "with the communities 1 (33 % of its strength) and 5 (33 %)"
    assert f"{named} (others are level), meets" in words()["Nabe"]

    meet(hub, *rooms[0])
    meet(hub, *rooms[1])
    assert "with the communities 1 (40 % of its strength) and 5 (40 %), meets" in words()["Nabe"]
