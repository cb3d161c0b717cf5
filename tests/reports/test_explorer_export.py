"""Exports of the explorer: what is seen is what is saved, and nothing undoes a pseudonym."""

import csv
import datetime as dt
import io
import re
from typing import Any

import networkx as nx
import pytest
from django.test import Client
from django.utils import translation
from rest_framework.test import APIClient

from reports import forms
from reports.renderers.graph_formats import GRAPH_FORMATS
from tests.downloads import file_names_of
from tests.factories.accounts import UserFactory
from tests.factories.actors import (
    ActorFactory,
    ActorTypeFactory,
    AffiliationFactory,
    OfficeFactory,
    PersonFactory,
    RelationFactory,
)
from tests.factories.contacts import ContactFactory
from tests.factories.events import EventFactory, ParticipationFactory

pytestmark = pytest.mark.django_db
DATA, FIGURES = "/reports/explorer/data/", "/reports/explorer/figures/"
ALL = ["attendance", "organising", "tasks", "relations", "affiliations", "contacts"]
SWAPPED = {"from_year": 2020, "until_year": 2019}
HIDDEN_WORDS = ["Geheim", "Verborgen", "Schweiger", "Vertraulich"]


def export(client: Client, file_format: str, **query: Any) -> Any:
    return client.get(f"/reports/explorer/export/{file_format}/", query)


def client_of(role: str) -> Client:
    client = Client()
    client.force_login(UserFactory.create(role=role))
    return client


@pytest.fixture
def world() -> dict[str, Any]:
    """Record a club, the office, six residents, and two politicians that readers must not find."""
    politics = ActorTypeFactory.create(code="politics", sector="politics")
    people = PersonFactory.create_batch(6, given_name="Geheim", family_name="Verborgen")
    people += [
        PersonFactory.create(given_name="Geheim", family_name="Schweiger", actor_type=politics) for _ in "ab"
    ]
    club, office = ActorFactory.create(name="Turnverein"), OfficeFactory.create(name="Büro")
    for year in (2018, 2020):
        event = EventFactory.create(start_date=dt.date(year, 5, 1))
        for actor in (club, office, *people):
            ParticipationFactory.create(event=event, actor=actor)
    RelationFactory.create(source=club, target=people[0], strength=3)
    AffiliationFactory.create(person=people[0], organisation=club)
    ContactFactory.create(actors=[people[0]], subject="Vertraulich")
    ActorFactory.create(name="Allein")
    return {"club": club, "office": office, "people": people}


@pytest.mark.parametrize("file_format", GRAPH_FORMATS)
def test_every_format_is_a_download_with_a_telling_name(world, file_format):
    answer = export(client_of("staff"), file_format, from_year=2018, until_year=2018)

    name, _whole = file_names_of(answer)
    with translation.override("de"):
        part = str(GRAPH_FORMATS[file_format].part)
    assert answer.status_code == 200
    assert re.fullmatch(
        rf"[Nn]et\w+ 2018 \d{{4}}-\d\d-\d\d(-{part})?\.{GRAPH_FORMATS[file_format].suffix}", name
    )
    assert bool(part) == name.removesuffix(f".{GRAPH_FORMATS[file_format].suffix}").endswith(
        f"-{part}" if part else "!"
    )
    assert answer["Content-Type"] == GRAPH_FORMATS[file_format].content_type
    assert (answer["X-Content-Type-Options"], answer["Cache-Control"]) == ("nosniff", "private, no-store")


def test_there_is_no_other_format(world):
    assert export(client_of("staff"), "exe").status_code == 404
    api = APIClient()
    api.force_authenticate(UserFactory.create(role="staff"))
    assert api.get("/api/v1/reports/network/graph/export/exe/").status_code == 404


def graph_of(answer: Any) -> nx.Graph:
    return nx.read_graphml(io.BytesIO(answer.content))


def test_a_file_holds_what_the_question_leaves(world):
    staff = client_of("staff")
    club, office = str(world["club"].pk), str(world["office"].pk)

    whole = graph_of(export(staff, "graphml"))
    other = graph_of(
        export(staff, "graphml", kinds="relations", sectors=["association", "resident"], isolates="hide")
    )
    without = graph_of(export(staff, "graphml", office="without", until_year=2018))

    assert (len(whole), whole.number_of_edges()) == (11, 45)
    assert sorted(other) == sorted([club, str(world["people"][0].pk)])
    assert next(iter(other.edges.data("weight")))[2] == 3.0
    assert (office in without, without.number_of_edges()) == (False, 36)
    assert {years for _a, _b, years in without.edges.data("last_year")} == {2018}


def test_figures_in_a_file_are_those_of_the_page(world):
    staff = client_of("staff")
    figures = staff.get(FIGURES, {"kinds": ALL}).json()
    graph = graph_of(export(staff, "graphml", kinds=ALL))

    for name in ("degree", "strength", "betweenness", "participations"):
        content = dict(zip(figures["order"], figures[name], strict=True))
        assert {int(key): value for key, value in graph.nodes.data(name)} == content


def test_nodes_and_edges_are_two_files_side_by_side(world):
    staff = client_of("staff")
    api = APIClient()
    api.force_authenticate(UserFactory.create(role="staff"))
    for suffix, word in (("nodes.csv", "Knoten"), ("edges.csv", "Kanten")):
        page = file_names_of(export(staff, suffix))[0]
        names = file_names_of(api.get(f"/api/v1/reports/network/graph/export/{suffix}/"))[0]
        assert page.endswith(f"-{word}.csv")
        assert names.endswith((f"-{word}.csv", f"-{suffix.removesuffix('.csv')}.csv"))


@pytest.mark.parametrize("file_format", GRAPH_FORMATS)
def test_no_format_tells_a_reader_who_is_hidden(world, file_format):
    reader = client_of("reader")
    key = reader.get(DATA).json()["meta"]["key"]

    answer = export(reader, file_format, key=key, kinds=ALL, without=str(world["people"][0].pk))

    text = answer.content.decode("latin-1") + str(answer.headers)
    assert answer.status_code == 200
    assert [word for word in HIDDEN_WORDS if word in text] == []


def test_numbers_and_names_in_files_are_those_of_the_picture(world):
    reader = client_of("reader")
    data = reader.get(DATA).json()

    graph = graph_of(export(reader, "graphml", key=data["meta"]["key"]))
    rows = csv.DictReader(
        io.StringIO(export(reader, "nodes.csv", key=data["meta"]["key"]).content.decode("utf-8")),
    )
    other = graph_of(export(reader, "graphml"))

    seen = {str(node["id"]): node["label"] for node in data["nodes"]}
    assert dict(graph.nodes.data("label")) == seen
    assert len(list(rows)) == len(seen)
    assert dict(other.nodes.data("label")) != seen or nx.utils.graphs_equal(graph, other) is False
    hidden = {str(person.pk) for person in world["people"]}
    assert hidden & set(graph) == set()


def test_a_few_hidden_persons_of_a_sector_are_one_node_in_every_file(world):
    graph = graph_of(export(client_of("reader"), "graphml"))

    sectors = [sector for key, sector in graph.nodes.data("sector") if int(key) < 0]
    assert (sectors.count("resident"), sectors.count("politics")) == (6, 1)


@pytest.mark.parametrize("file_format", ["graphml", "png"])
def test_a_key_that_does_not_hold_is_refused(world, file_format):
    signed = client_of("reader").get(DATA).json()["meta"]["key"]

    answer = export(client_of("reader"), file_format, key=signed)

    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["key"])


@pytest.mark.parametrize(("file_format", "status"), [("svg", 400), ("png", 400), ("nodes.csv", 200)])
def test_too_many_actors_are_a_table_but_no_picture(world, file_format, status, monkeypatch):
    monkeypatch.setattr(forms, "TOO_MANY", 5)

    assert export(client_of("staff"), file_format).status_code == status


@pytest.mark.parametrize(
    "query", [{"colour": "red"}, {"size": "name"}, {"from_year": 2020, "until_year": 2019}]
)
def test_a_bad_question_has_no_file(query):
    answer = export(client_of("staff"), "svg", **query)

    assert (answer.status_code, answer["Content-Type"]) == (400, "application/json")


@pytest.mark.parametrize(
    "query", [{"from_year": 1990, "until_year": 1990}, {"kinds": "none"}, {"sectors": "none"}]
)
@pytest.mark.parametrize("file_format", GRAPH_FORMATS)
def test_nothing_to_show_is_a_whole_file(world, file_format, query):
    assert export(client_of("staff"), file_format, **query).status_code == 200


def test_the_api_gives_the_same_file(world):
    user = UserFactory.create(role="reader")
    page, api = Client(), APIClient()
    page.force_login(user)
    api.force_authenticate(user)
    key = page.get(DATA).json()["meta"]["key"]

    answer = api.get(
        "/api/v1/reports/network/graph/export/gexf/", {"key": key}, headers={"accept-language": "de"}
    )

    assert answer.content == export(page, "gexf", key=key).content
