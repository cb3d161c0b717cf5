"""Actors stand where they stood: one layout for all, newcomers beside their neighbours, nobody moves."""

import math

import pytest
from django.contrib.auth.models import AnonymousUser

from reports.analysis.layout import BAND, CELL
from reports.builders.graph import placements
from reports.builders.graph.query import GraphQuery
from reports.builders.graph.view import load_view
from reports.models import Placement
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory, PersonFactory
from tests.reports.requests import request_for

pytestmark = pytest.mark.django_db


def stored():
    return {row.actor_id: (row.x, row.y) for row in Placement.objects.all()}


def visit(role="staff", key="k"):
    view = load_view(request_for(UserFactory.create(role=role), key=key), GraphQuery())
    return dict(zip(view.actors.tolist(), map(tuple, placements.places(view).tolist()), strict=True))


def test_an_empty_register_needs_no_place():
    assert (visit(), stored()) == ({}, {})


def test_the_first_visit_places_everybody_in_the_unit_square(meet):
    meet(*ActorFactory.create_batch(4))
    ActorFactory.create_batch(3)

    first = visit()

    assert len(first) == 7
    assert first == stored()
    assert all(0 <= value <= 1 for place in first.values() for value in place)
    assert len(set(first.values())) == 7


def test_newcomers_stand_beside_their_neighbours_and_nobody_else_moves(meet):
    friends = ActorFactory.create_batch(5)
    meet(*friends)
    before = visit()
    guest, alone = ActorFactory.create(), ActorFactory.create()
    meet(friends[0], guest)

    after = visit()

    assert {actor: after[actor] for actor in before} == before
    assert math.dist(after[guest.pk], before[friends[0].pk]) == pytest.approx(placements.NEAR, abs=0.005)
    assert after[alone.pk] == (0, 0)


def test_newcomers_without_ties_take_the_free_places_along_the_edge(meet):
    meet(*ActorFactory.create_batch(50))
    alone = ActorFactory.create_batch(2)
    visit()
    later = ActorFactory.create_batch(150)

    after = visit()

    assert [after[actor.pk] for actor in (*alone, *later[:2])] == [(n * CELL, 0) for n in range(4)]
    assert len({after[actor.pk] for actor in later}) == 150
    assert max(after[actor.pk][1] for actor in later) <= BAND


def test_a_newcomer_may_stand_beside_another_newcomer(meet):
    meet(*ActorFactory.create_batch(5))
    visit()
    first, second = ActorFactory.create_batch(2)
    meet(first, second)

    after = visit()

    assert math.dist(after[first.pk], after[second.pk]) < 0.05


def test_with_hardly_anybody_placed_the_picture_is_laid_out_anew(meet):
    visit_before = ActorFactory.create()
    visit()
    meet(visit_before, *ActorFactory.create_batch(6))

    assert len(visit()) == 7
    assert stored() == visit()


def test_two_first_visits_at_once_do_no_harm(meet, monkeypatch):
    meet(*ActorFactory.create_batch(4))
    written = placements._write

    def meanwhile(points, *, replace):
        written(points, replace=replace)
        written(points, replace=replace)

    monkeypatch.setattr(placements, "_write", meanwhile)

    assert visit() == stored()


def test_a_newcomer_placed_twice_stays_where_it_came_first():
    actor = ActorFactory.create()
    placements._write({actor.pk: (0.1, 0.2)}, replace=False)
    placements._write({actor.pk: (0.9, 0.9)}, replace=False)

    assert stored() == {actor.pk: (0.1, 0.2)}


def test_arranging_anew_replaces_all_places(meet):
    actors = ActorFactory.create_batch(4)
    meet(*actors)
    first = visit()
    Placement.objects.update(x=0, y=0)

    assert placements.arrange_anew() == 4
    assert stored() == first


def test_the_layout_does_not_depend_on_who_asks_first(meet):
    meet(*PersonFactory.create_batch(6), *ActorFactory.create_batch(3))
    visit("reader")
    as_reader = stored()
    Placement.objects.all().delete()
    visit("staff")

    assert stored() == as_reader


def test_hidden_actors_have_no_place_that_stays(meet):
    people, club = PersonFactory.create_batch(6), ActorFactory.create()
    meet(*people, club)
    known = visit()

    one, same, other = visit("reader", "one"), visit("reader", "one"), visit("reader", "two")

    hidden = [person.pk for person in people]
    assert one == same
    assert one[club.pk] == other[club.pk] == known[club.pk]
    assert not any(one[actor] in (other[actor], known[actor]) for actor in hidden)
    assert all(math.dist(one[actor], one[club.pk]) <= placements.ROUND_ABOUT * 1.01 for actor in hidden)


def test_so_many_actors_that_there_is_no_picture_are_not_laid_out(meet, monkeypatch):
    monkeypatch.setattr(placements, "NO_PICTURE_ABOVE", 2)
    meet(*ActorFactory.create_batch(3))

    assert set(visit().values()) == {(0.5, 0.5)}
    assert stored() == {}


def test_nobody_is_nowhere():
    view = load_view(request_for(AnonymousUser(), key="k"), GraphQuery())
    assert placements.places(view).shape == (0, 2)
