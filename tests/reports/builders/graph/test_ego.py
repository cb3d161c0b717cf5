"""The little map on the page of an actor."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from actors.models import Actor
from reports.builders.graph import ego as builder
from reports.builders.graph.ego import build_ego_map
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory, PersonFactory, RelationFactory
from tests.factories.events import EventFactory, ParticipationFactory
from tests.reports.requests import request_for

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


def meeting(*actors: Actor, day: dt.date | None = dt.date(2019, 6, 15), **fields: Any) -> None:
    event = EventFactory.create(start_date=day, **fields)
    for actor in actors:
        ParticipationFactory.create(event=event, actor=actor)


def ego_of(actor: Actor, role: str = "staff") -> builder.EgoMap:
    return build_ego_map(request_for(UserFactory.create(role=role), key="k"), actor)


def card(actor: Actor, role: str = "staff") -> str:
    client = Client()
    client.force_login(UserFactory.create(role=role))
    return client.get(f"/reports/actors/{actor.pk}/", **HTMX).content.decode()


def test_neighbours_are_counted_at_held_events_only():
    club, school, shop = (ActorFactory.create(name=name) for name in ("Verein", "Schule", "Laden"))
    meeting(club, school, day=dt.date(2019, 1, 1))
    meeting(club, school, shop, day=dt.date(2020, 1, 1))
    meeting(club, shop, day=dt.date(2021, 1, 1), status="planned")
    ego = ego_of(club)
    rows = [(one.label, one.events, one.strength, one.last) for one in ego.by_strength]
    assert rows == [("Schule", 2, 1.5, dt.date(2020, 1, 1)), ("Laden", 1, 0.5, dt.date(2020, 1, 1))]
    assert (ego.met, ego.events, ego.counted, len(ego.pale)) == (2, 2, 2, 1)


def test_a_recorded_relation_is_a_neighbour_even_without_a_common_event():
    club, partner, former = (ActorFactory.create(name=name) for name in ("Verein", "Partner", "Früher"))
    RelationFactory.create(source=partner, target=club)
    RelationFactory.create(source=club, target=former, valid_until=dt.date(2010, 1, 1))
    [one] = ego_of(club).neighbours
    assert (one.label, one.events, one.strength, bool(one.relation)) == ("Partner", 0, 0.0, True)


def test_only_the_closest_are_drawn_sector_by_sector():
    club = ActorFactory.create()
    for number in range(20):
        meeting(
            club, ActorFactory.create(name=f"A{number:02}"), PersonFactory.create(family_name=f"B{number:02}")
        )
    ego = ego_of(club)
    sectors = [one.sector for one in ego.neighbours]
    assert (len(sectors), sectors, ego.met) == (builder.MOST_NEIGHBOURS, sorted(sectors), 40)


@pytest.mark.parametrize(
    ("others", "text"),
    [(12, None), (13, "Die 12 engsten von 13. Weitere sind mit dem letzten Eintrag gleichauf.")],
)
def test_who_is_as_close_as_the_last_one_drawn_is_not_passed_over_in_silence(others, text):
    club = ActorFactory.create()
    meeting(club, *ActorFactory.create_batch(others))

    assert ego_of(club).is_cut_level == (others > 12)
    assert ("gleichauf" in card(club)) == (text is not None)
    assert text is None or text in card(club)


def test_a_first_of_the_closest_is_not_called_level_with_those_behind(monkeypatch):
    monkeypatch.setattr(builder, "MOST_NEIGHBOURS", 1)
    club, near, far = ActorFactory.create_batch(3)
    meeting(club, near)
    meeting(club, near, far)

    assert "gleichauf" not in card(club)
    assert ego_of(club).met == 2


def test_events_too_large_to_be_looked_at_are_not_said_to_be_empty(monkeypatch):
    monkeypatch.setattr(builder, "MOST_PARTICIPATIONS", 3)
    club = ActorFactory.create()
    meeting(club, *ActorFactory.create_batch(5))

    assert "0 von 1 durchgeführten Veranstaltungen betrachtet" in card(club)


def test_a_long_past_is_looked_at_from_its_end(monkeypatch):
    monkeypatch.setattr(builder, "MOST_EVENTS", 3)
    monkeypatch.setattr(builder, "MOST_PARTICIPATIONS", 5)
    club, old, new, crowd = ActorFactory.create(), ActorFactory.create(), ActorFactory.create(), []
    meeting(club, old, day=dt.date(2001, 1, 1))
    meeting(club, new, day=dt.date(2019, 1, 1))
    crowd = [ActorFactory.create() for _number in range(5)]
    meeting(club, *crowd, day=dt.date(2020, 1, 1))
    meeting(club, new, day=dt.date(2021, 1, 1))
    ego = ego_of(club)
    assert ([one.label for one in ego.neighbours], ego.counted, ego.events) == ([new.name], 2, 4)
    assert "2 of 4" in card(club) or "2 von 4" in card(club)


def test_readers_meet_pseudonyms_without_a_day_or_an_address():
    club, person = ActorFactory.create(), PersonFactory.create(given_name="Erika", family_name="Muster")
    meeting(club, person)
    [one] = ego_of(club, "reader").neighbours
    assert (one.url, one.last, one.events_url, one.events) == (None, None, None, 1)
    text = card(club, "reader")
    assert "Erika" not in text
    assert f"/actors/{person.pk}/" not in text


def test_an_actor_without_events_is_told_what_to_do():
    club = ActorFactory.create()
    lonely = card(club)
    assert '<svg class="egomap"' not in lonely
    meeting(club)
    assert card(club) != lonely


def test_the_number_of_queries_does_not_grow(django_assert_num_queries):
    user = UserFactory.create(role="staff")
    club = ActorFactory.create()
    meeting(club, ActorFactory.create())
    with django_assert_num_queries(7):
        build_ego_map(request_for(user, key="k"), club)
    for _number in range(6):
        meeting(club, *(PersonFactory.create() for _other in range(4)))
    with django_assert_num_queries(7):
        build_ego_map(request_for(user, key="k"), club)


@pytest.mark.parametrize(("role", "is_loaded"), [("staff", True), ("reader", True), ("volunteer", False)])
def test_the_page_of_an_actor_loads_it_for_those_who_read_reports(role, is_loaded):
    club = ActorFactory.create()
    client = Client()
    client.force_login(UserFactory.create(role=role))
    assert (
        f'hx-get="/reports/actors/{club.pk}/"' in client.get(f"/actors/{club.pk}/").content.decode()
    ) is is_loaded
