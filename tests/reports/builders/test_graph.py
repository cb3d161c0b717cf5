"""The graph of the explorer: plain data, no hidden name, bounded, and the same every time."""

import datetime as dt
import json
from typing import Any

import pytest
from django.utils import translation

from reports.builders import graph
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory, OfficeFactory, PersonFactory

pytestmark = pytest.mark.django_db


def build(role: str = "staff", from_year: int | None = None, to_year: int | None = None) -> dict[str, Any]:
    with translation.override("en"):
        return graph.build_graph(
            user=UserFactory.create(role=role), from_year=from_year, to_year=to_year, key="k"
        )


def test_an_empty_register_is_an_empty_picture():
    found = build()

    assert found["meta"] == {"years": None, "n_actors": 0, "n_events": 0, "bounded": None, "key": "k"}
    assert (found["nodes"], found["edges"], found["communities"]) == ([], [], 0)
    assert found["sectors"][0] == {"code": "association", "label": "Association"}


def test_nodes_and_ties_carry_their_figures(meet):
    office, club = OfficeFactory.create(name="Büro"), ActorFactory.create(name="Verein")
    alone = ActorFactory.create(name="Allein")
    meet(office, club, ActorFactory.create(), start_date=dt.date(2018, 5, 1))
    meet(office, club, start_date=dt.date(2019, 5, 1))
    meet(office, club, start_date=None)

    found = build()

    nodes = {node["label"]: node for node in found["nodes"]}
    places = {label: (nodes[label].pop("x"), nodes[label].pop("y")) for label in ("Büro", "Verein", "Allein")}
    assert nodes["Büro"] == {
        "id": office.pk,
        "label": "Büro",
        "url": f"/actors/{office.pk}/",
        "kind": "organisation",
        "sector": "office",
        "office": True,
        "community": 0,
        "degree": 2,
        "strength": 3.0,
        "betweenness": nodes["Büro"]["betweenness"],
        "participations": 3,
    }
    assert (nodes["Allein"]["id"], nodes["Allein"]["degree"], nodes["Allein"]["community"]) == (
        alone.pk,
        0,
        -1,
    )
    assert all(0 <= value <= 1 for place in places.values() for value in place)
    at = {node["label"]: position for position, node in enumerate(found["nodes"])}
    ties = {(source, target): rest for source, target, *rest in found["edges"]}
    assert ties[at["Büro"], at["Verein"]] == [2.5, 3, [[2018, 0.5], [2019, 1.0]]]
    assert found["meta"]["years"] == [2018, 2019]
    json.dumps(found)


def test_years_are_both_included(meet):
    for year in (2017, 2018, 2019):
        meet(*ActorFactory.create_batch(2), start_date=dt.date(year, 12, 31))

    assert build(from_year=2018, to_year=2018)["meta"]["n_events"] == 1
    assert build(from_year=2018)["meta"]["years"] == [2018, 2019]


def test_the_same_register_gives_the_same_picture(meet):
    meet(*ActorFactory.create_batch(5))
    meet(*ActorFactory.create_batch(70))

    assert build() == build()


def test_readers_see_hidden_persons_without_name_number_or_address(meet):
    persons = [PersonFactory.create(given_name="Geheim", family_name=f"Name{n}") for n in range(3)]
    club = ActorFactory.create(name="Turnverein")
    meet(*persons, club)

    found = build("reader")

    assert "Geheim" not in json.dumps(found)
    assert [(node["id"], node["label"], node["url"]) for node in found["nodes"]] == [
        (club.pk, "Turnverein", f"/actors/{club.pk}/"),
        (-2, "Resident 1", None),
        (-3, "Resident 2", None),
        (-4, "Resident 3", None),
    ]


def test_too_many_ties_are_bounded_and_the_picture_says_so(meet, monkeypatch):
    monkeypatch.setattr(graph, "MOST_TIES", 6)
    meet(*ActorFactory.create_batch(5))

    found = build()

    assert len(found["edges"]) == 6
    assert found["meta"]["bounded"] == (
        "The picture shows the 6 strongest of 10 ties; figures are those of all."
    )
    assert [node["degree"] for node in found["nodes"]] == [4] * 5


def test_a_large_register_shows_only_who_took_part(meet, monkeypatch):
    monkeypatch.setattr(graph, "EVERYBODY_UP_TO", 2)
    ActorFactory.create()
    meet(*ActorFactory.create_batch(2))

    found = build()

    assert len(found["nodes"]) == 2
    assert found["meta"]["bounded"] == "Actors who took part in nothing are left out of so large a picture."
