"""The list of key actors: what stands in its cells, and why something does not."""

import datetime as dt

import pytest
from django.utils import translation

from reports.builders.network import key_actors, structure
from reports.builders.network.report import build_network_report
from reports.report import Cell, Report
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory, PersonFactory
from tests.reports.requests import request_for

NOW = dt.datetime(2021, 12, 31, 12, tzinfo=dt.UTC)

pytestmark = pytest.mark.django_db


def build(role: str = "staff") -> Report:
    with translation.override("en"):
        return build_network_report(request_for(UserFactory.create(role=role), now=NOW, key="k"))


def cells(column: int) -> dict[object, Cell]:
    """Return a column of the list by the names of the actors."""
    return {row[0].value: row[column] for row in build().table("key_actors").rows}


def test_constraint_of_those_who_were_not_looked_at_is_not_said_to_be_missing_for_few_contacts(
    meet, monkeypatch
):
    """Seven actors who met twice stand between nobody; the three that come first are looked at."""
    room = ActorFactory.create_batch(7)
    for _time in range(2):
        meet(*room)
    for module in (key_actors, structure):
        monkeypatch.setattr(module, "CANDIDATES", 3)

    constraint = [cells(6)[actor.name] for actor in room]
    assert [cell.value is not None for cell in constraint] == [True] * 3 + [False] * 4
    unknown = "Constraint is measured only for 3 actors of the highest betweenness."
    assert [cell.note for cell in constraint] == [""] * 3 + [unknown] * 4

    few = ActorFactory.create()
    meet(few)
    assert cells(6)[few.name].note == "No constraint below 5 regular acquaintances (n<5)."


def test_ties_open_whom_an_actor_met_only_where_it_met_somebody(meet):
    one, other, alone = ActorFactory.create_batch(3)
    meet(one, other)
    meet(alone)

    met = f"/reports/records/?figure=met&value={one.pk}"
    assert [(cells(at)[one.name].url, cells(at)[alone.name].url) for at in (3, 4)] == [(met, None)] * 2


def test_where_all_are_persons_of_an_untold_number_that_is_what_readers_are_told(meet):
    meet(*PersonFactory.create_batch(4))
    unlisted = "Persons of sectors whose number is not told are not listed."
    assert (build("reader").table("key_actors").rows, build("reader").table("key_actors").empty_text) == (
        (),
        unlisted,
    )

    meet(PersonFactory.create())
    assert len(build("reader").table("key_actors").rows) == 5
