"""Who would lose touch without the office, and who could bring them back."""

from typing import Any

import pytest

from tests.factories.actors import ActorFactory, OfficeFactory, PersonFactory
from tests.reports.network_reports import build, notes, values

LEVEL = "Others are level with the last one listed."
BOTH_GONE = "Without the office, its events and what it carried alone"
NOT_THE_ONE = "could no longer reach the one that is looked at here."

pytestmark = pytest.mark.django_db


def clubs(*names: str) -> list[Any]:
    return [ActorFactory.create(name=name) for name in names]


@pytest.mark.parametrize(("size", "is_named"), [(2, False), (3, True)])
def test_communities_that_lose_touch_are_denied_only_from_the_size_that_is_looked_at(
    meet, organiser, size, is_named
):
    office, room = OfficeFactory.create(), ActorFactory.create_batch(8)
    small = ActorFactory.create_batch(size)
    for _time in range(5):
        meet(office, *room)
        meet(*small)
    meet(office, room[0], small[0], role=organiser)

    table, outside = build().table("cut_off"), build("reader").table("cut_off")

    assert any(small[0].name in str(row[2].value) for row in table.rows) == is_named
    assert table.empty_text == "No community of 3 or more actors would lose touch with all others."
    assert not any(small[0].name in str(row[2].value) for row in outside.rows)
    assert outside.empty_text == "No community of 5 or more actors would lose touch with all others."


@pytest.mark.parametrize(
    ("sizes", "sentence"),
    [
        ((5, 5), f"{BOTH_GONE} there would be 2 largest groups, with 5 actors each. 5 actors {NOT_THE_ONE}"),
        ((6, 5), f"{BOTH_GONE} 5 actors could no longer reach the largest group."),
    ],
)
def test_two_groups_of_the_same_size_are_both_the_largest(meet, organiser, sizes, sentence):
    fall_apart(meet, organiser, sizes)

    assert sentence in notes(build(), "office")
    assert sentence in notes(build("reader"), "office")


@pytest.mark.parametrize(
    ("sizes", "whole", "told"),
    [
        ((5, 1), f"{BOTH_GONE} 1 actor could no longer reach the largest group.", None),
        ((6, 4), f"{BOTH_GONE} 4 actors could no longer reach the largest group.", None),
        (
            (4, 4, 4),
            f"{BOTH_GONE} there would be 3 largest groups, with 4 actors each. 8 actors {NOT_THE_ONE}",
            f"{BOTH_GONE} there would be 3 largest groups, with <5 actors each. 8 actors {NOT_THE_ONE}",
        ),
    ],
)
def test_readers_are_not_told_how_few_fall_away_nor_how_few_are_left(meet, organiser, sizes, whole, told):
    fall_apart(meet, organiser, sizes)

    def said(role: str) -> list[str]:
        return [text for text in notes(build(role), "office") if "no longer reach" in text]

    assert said("staff") == [whole]
    assert said("reader") == ([told] if told else [])


def fall_apart(meet: Any, organiser: Any, sizes: tuple[int, ...]) -> None:
    """Record groups of which one member each came to an event of the office, their only one in common."""
    rooms = [ActorFactory.create_batch(size) for size in sizes]
    for room in rooms:
        meet(*room)
    meet(OfficeFactory.create(), *(room[0] for room in rooms), role=organiser)


@pytest.mark.parametrize(
    ("count", "late", "limit"),
    [
        (10, None, ""),
        (11, None, f"Only the first 10 are listed. {LEVEL}"),
        # The eleventh has not met the one who falls away, or has met it and has fewer common acquaintances.
        (10, "room", "Only the first 10 are listed."),
        (10, "lonely", "Only the first 10 are listed."),
    ],
)
def test_who_could_bridge_says_whether_there_are_others(meet, organiser, count, late, limit):
    """All of a room met the one who falls away, at an event of the office."""
    office, lonely, room = OfficeFactory.create(), ActorFactory.create(), ActorFactory.create_batch(count)
    meet(*room)
    meet(office, lonely, *room, role=organiser)
    if late:
        eleventh = ActorFactory.create()
        meet(eleventh, room[0])
        if late == "lonely":
            meet(office, lonely, eleventh, role=organiser)

    table = build().table("could_bridge")

    assert len(table.rows) == 10
    advice = "Whoever knows somebody can ring them up; whoever has common acquaintances can be introduced."
    assert table.footnote == f"{advice} {limit}".rstrip()


def test_readers_are_told_that_persons_who_could_bridge_are_not_listed(meet, organiser):
    office, lonely = OfficeFactory.create(), ActorFactory.create()
    room = PersonFactory.create_batch(3)
    meet(*room)
    meet(office, lonely, *room, role=organiser)

    assert len(values(build(), "could_bridge")) == 3
    assert build("reader").table("could_bridge").rows == ()
    assert build("reader").table("could_bridge").empty_text == "Persons are not listed here."


def test_where_nobody_could_bring_back_who_falls_away_it_is_said(meet, organiser):
    """Of two offices each knows some: those have neither met nor a contact in common."""
    (office, other), lonely = OfficeFactory.create_batch(2), ActorFactory.create()
    room = ActorFactory.create_batch(3)
    meet(*room)
    meet(office, *room, role=organiser)

    def said() -> tuple[list[Any], str]:
        table = build().table("could_bridge")
        return [row[0].value for row in table.rows], table.empty_text

    assert said() == ([], "Nobody falls away from the largest group.")
    meet(office, other, role=organiser)
    meet(other, lonely, role=organiser)
    nobody = "Nobody of the largest group has met those who fall away or shares an acquaintance with them."
    assert said() == ([], nobody)
    meet(office, lonely, room[0], role=organiser)
    assert said()[0][0] == room[0].name
