"""What holds the network together, in words: cores, core and edge, nearness, and what remains."""

import datetime as dt
from typing import Any

import pytest
from django.utils import translation

from reports.builders.network.report import build_network_report
from reports.report import Figure, Note, Report
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory
from tests.reports.requests import request_for

NOW = dt.datetime(2021, 12, 31, 12, tzinfo=dt.UTC)
NO_CORE = "No two actors met more than once, so there is no core of regular acquaintances."
NEARNESS = (
    "1 would mean that everybody met everybody, 0 that nobody can reach anybody; if one acquaintance lay "
    "between any two actors, it would be 0.5."
)
MEAN_SHARE = (
    "(mean of 5 runs): it can be 0.5 at best, and is the lower the sooner the largest group becomes small."
)

pytestmark = pytest.mark.django_db


def build(role: str = "staff") -> Report:
    with translation.override("en"):
        return build_network_report(request_for(UserFactory.create(role=role), now=NOW, key="k"))


def said(role: str = "staff") -> list[str]:
    return [block.text for block in build(role).section("components").blocks if isinstance(block, Note)]


def curves() -> list[Figure]:
    return [block for block in build().section("components").blocks if isinstance(block, Figure)]


def often(meet: Any, *rooms: list[Any]) -> None:
    for room in rooms:
        meet(*room)
        meet(*room)


def test_where_nobody_met_anybody_no_group_is_said_to_shrink(meet):
    alone = ActorFactory.create_batch(20)
    for actor in alone:
        meet(actor)

    assert said() == [NO_CORE, f"Global efficiency 0.00: {NEARNESS}"]
    assert curves() == []

    meet(*alone[:2])
    assert [curve.series[0].values[0] for curve in curves()] == [10.0]
    assert said()[-1].startswith(
        "Even with everybody there, the largest connected group has at most half of all actors. R, the mean"
    )


def test_it_is_said_how_many_may_leave_until_half_of_all_are_connected(meet):
    meet(*ActorFactory.create_batch(21))

    assert said() == [
        NO_CORE,
        f"Global efficiency 1.00: {NEARNESS}",
        "The largest connected group has at most half of all actors once 11 have left: that many if those "
        "with the highest betweenness leave first, 11 on average if chance decides. R, the mean share that "
        "is still connected, is 0.48 if those with the highest betweenness leave first, and 0.48 by chance "
        f"{MEAN_SHARE}",
    ]


def test_readers_are_told_no_several_cores_of_which_one_is_small(meet):
    rooms = [ActorFactory.create_batch(2) for _room in range(2)]
    often(meet, *rooms)
    meet(*ActorFactory.create_batch(16))

    assert said()[0] == (
        "2 cores are equally dense, with 4 actors together: each of them met at least 1 other of its core at "
        "least 2 times (k-core)."
    )
    for size, is_told in ((3, False), (4, False), (5, True)):
        rooms = [[*room, *ActorFactory.create_batch(size - len(room))] for room in rooms]
        often(meet, *rooms)
        sentence = (
            f"2 cores are equally dense, with {2 * size} actors together: each of them met at least "
            f"{size - 1} others of its core at least 2 times (k-core)."
        )
        assert (sentence in said(), sentence in said("reader")) == (True, is_told)
        assert any("core" in text and "edge" not in text for text in said("reader")) == is_told


def test_a_core_that_is_less_dense_than_the_edge_is_none(meet):
    """Those with most ties are spread over five rooms, and the others all know each other."""
    often(meet, *(ActorFactory.create_batch(4) for _room in range(5)), ActorFactory.create_batch(3))
    assert not any("Divided into a core and an edge" in text for text in said())

    meet(*ActorFactory.create_batch(2))
    assert said()[1].startswith(
        "Divided into a core and an edge, 23 actors form the core. This picture fits at 0."
    )
