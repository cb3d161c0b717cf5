"""What the network report says in words: each sentence where it stands, and where it does not."""

import itertools
from typing import Any

import pytest

from actors.models import Sector
from reports.report import Figure
from tests.factories.actors import ActorFactory, ActorTypeFactory
from tests.factories.events import EventFactory
from tests.reports.network_reports import build, notes, values

LEVEL = "Others are level with the last one listed."

pytestmark = pytest.mark.django_db


def clubs(*names: str) -> list[Any]:
    return [ActorFactory.create(name=name) for name in names]


@pytest.fixture
def school_type():
    return ActorTypeFactory.create(code="school", sector=Sector.INSTITUTION)


@pytest.mark.parametrize(("count", "is_published"), [(4, False), (5, True)])
def test_readers_are_told_of_possible_ties_only_where_the_number_of_actors_is_told(meet, count, is_published):
    meet(*ActorFactory.create_batch(count))

    report = build("reader")

    assert any("Possible ties" in text for text in notes(report, "overview")) == is_published
    met = {row[0]: row[1] for row in values(report, "overview")}["Ties, on average"]
    assert (met is not None) == is_published
    assert any("Possible ties" in text for text in notes(build(), "overview"))


def test_readers_are_told_no_average_of_ties_whose_number_is_not_told(meet):
    """Of six who took part two met."""
    pair, others = ActorFactory.create_batch(2), ActorFactory.create_batch(4)
    meet(*pair)
    for one in others:
        meet(one)

    def told(role: str) -> tuple[Any, Any, bool]:
        report = build(role)
        row = {row[0]: row[1] for row in values(report, "overview")}
        return row["Actors who took part"], row["Ties, on average"], bool(notes(report, "overview"))

    assert told("staff") == (6, 0, True)
    assert told("reader") == (6, None, False)


def test_events_alone_are_not_nothing_and_of_possible_ties_is_spoken_where_some_exist(meet):
    EventFactory.create(status="planned")
    assert notes(build(), "overview") == [
        "No held event in this period. Record an event with the status “held” and who took part."
    ]
    meet(ActorFactory.create())
    assert notes(build(), "overview") == []
    meet(*ActorFactory.create_batch(2))
    (said,) = notes(build(), "overview")
    assert said.startswith("Possible ties: 3; existing: 1.")


def test_key_actors_say_whether_the_list_is_cut_at_a_tie(meet):
    """Twenty-five in a ring, and one beside it: only that one stands between nobody."""
    ring = ActorFactory.create_batch(25)
    for one, other in zip(ring, [*ring[1:], ring[0]], strict=True):
        meet(one, other)
    assert build().table("key_actors").footnote == ""

    meet(ring[0], ActorFactory.create())
    assert build().table("key_actors").footnote == "The first 25 of 26."

    meet(ring[0], ActorFactory.create())
    assert build().table("key_actors").footnote == "The first 25 of 27."


def test_key_actors_who_all_stand_between_nobody_are_cut_at_a_tie(meet):
    meet(*ActorFactory.create_batch(26))

    assert build().table("key_actors").footnote == f"The first 25 of 26. {LEVEL}"


def regular(meet, hub, *groups):
    for _time in range(2):
        for group in groups:
            meet(hub, *group)


def test_where_all_are_of_one_sector_no_role_stands_out(meet):
    hub = ActorFactory.create(name="Nabe")
    regular(meet, hub, ActorFactory.create_batch(2), ActorFactory.create_batch(3))

    (row,) = build().table("brokers").rows

    assert [cell.value for cell in row] == ["Nabe", "Association", None, "Association – Association (6)", 6]
    assert row[2].note == "No role with 5 or more pairs stands out from what the sizes of the sectors give."
    assert "stands between others" not in values(build(), "key_actors")[0][-1]


def test_whoever_stands_between_five_pairs_in_all_is_listed_without_a_role(meet, school_type):
    """Six pairs, of which no role has five."""
    hub = ActorFactory.create(name="Nabe")
    schools = ActorFactory.create_batch(2, actor_type=school_type)
    regular(meet, hub, *([one] for one in (*ActorFactory.create_batch(2), *schools)))

    (row,) = build().table("brokers").rows
    assert (row[0].value, row[2].value, row[4].value) == ("Nabe", None, 6)
    assert row[2].note == "No role with 5 or more pairs stands out from what the sizes of the sectors give."


def test_readers_are_told_why_it_is_not_said_between_which_sectors(meet, school_type):
    """Of six pairs four are of club and school; a third club makes them six."""
    hub = ActorFactory.create(name="Nabe")
    regular(
        meet,
        hub,
        *(
            [one]
            for one in (*ActorFactory.create_batch(2), *ActorFactory.create_batch(2, actor_type=school_type))
        ),
    )

    def between(role: str) -> tuple[Any, str]:
        cell = build(role).table("brokers").rows[0][3]
        return cell.value, cell.note

    few = "Not told: fewer than 5 pairs between any two sectors (n<5)."
    assert between("staff")[1] == ""
    assert between("reader") == (None, few)
    regular(meet, hub, [ActorFactory.create()])
    assert between("reader") == ("Association – Institution (6)", "")


def test_below_five_pairs_nobody_is_listed_and_that_is_what_is_said(meet):
    hub = ActorFactory.create()
    regular(meet, hub, ActorFactory.create_batch(2), ActorFactory.create_batch(2))

    table = build().table("brokers")

    assert table.rows == ()
    assert table.empty_text == "Nobody stands between 5 or more pairs of regular acquaintances."


@pytest.mark.parametrize(
    ("sizes", "footnote"),
    [
        ([2] * 10, ""),
        ([2] * 11, f"The first 10 of 11. {LEVEL}"),
        ([3] * 10 + [2], "The first 10 of 11."),
    ],
)
def test_connected_groups_say_what_they_leave_out(meet, sizes, footnote):
    for size in sizes:
        meet(*ActorFactory.create_batch(size))

    assert build().table("components").footnote == footnote


def test_who_met_nobody_and_who_did_are_told_in_exact_words(meet):
    one, other = clubs("Eins", "Zwei")
    meet(one, other)
    meet(one)

    table = build().table("isolates")

    assert (table.rows, table.empty_text) == ((), "There is nobody who took part and met nobody.")


def test_cores_that_are_equally_dense_are_told_as_several(meet):
    """Three groups of seven meet twice: the same core three times."""
    rooms = [ActorFactory.create_batch(7) for _room in range(3)]
    for room in rooms:
        regular(meet, room[0], room[1:])

    said = " ".join(notes(build(), "components"))
    assert (
        "3 cores are equally dense, with 21 actors together: each of them met at least 6 others of its core "
        "at least 2 times (k-core)." in said
    )
    assert "The densest core" not in said

    meet(*itertools.chain(*rooms))
    meet(*itertools.chain(*rooms))
    assert "The densest core has 21 actors" in " ".join(notes(build(), "components"))


def test_what_holds_together_is_told_from_the_start_of_the_curve(meet):
    rooms = [ActorFactory.create_batch(10) for _room in range(2)]
    for room in rooms:
        meet(*room)

    report = build()
    (curve,) = [block for block in report.section("components").blocks if isinstance(block, Figure)]

    apart = "Even with everybody there, the largest connected group has at most half of all actors."
    assert any(text.startswith(apart) for text in notes(report, "components"))
    assert curve.alt.startswith(
        "Two lines: the share of all actors in the largest connected group while up to half of all actors "
        "leave. At first it is 50.0 percent. When a tenth has left"
    )

    meet(rooms[0][0], rooms[1][0])
    assert not any(apart in text for text in notes(build(), "components"))


def test_of_few_ties_it_is_not_said_whether_sectors_keep_to_themselves(meet, school_type):
    few = "Fewer than 20 ties: whether sectors keep to themselves cannot be said."
    club, school = ActorFactory.create(), ActorFactory.create(actor_type=school_type)
    meet(club, school, *ActorFactory.create_batch(4))

    assert notes(build(), "sectors") == [few]
    meet(*ActorFactory.create_batch(5))
    said = notes(build(), "sectors")
    assert few not in said
    assert said[0].startswith("20 percent of all ties run between different sectors")
