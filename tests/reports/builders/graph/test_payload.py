"""The data of the explorer: plain, bounded, without a hidden name, and the same every time."""

import datetime as dt
import json
from typing import Any

import pytest
from django.utils import timezone, translation

from actors.models import ActorKind
from reports.analysis.ties import TIE_KINDS
from reports.builders.graph import drawn, payload, view
from reports.builders.graph.query import GraphQuery
from reports.models import Placement
from tests.factories.accounts import UserFactory
from tests.factories.actors import (
    ActorFactory,
    ActorTypeFactory,
    AffiliationFactory,
    OfficeFactory,
    PersonFactory,
    ProgrammeDependencyFactory,
    RelationFactory,
    TopicFactory,
)
from tests.factories.contacts import ContactFactory
from tests.factories.events import EventTypeFactory, OrganiserRoleFactory, TaskAssignmentFactory
from tests.reports.requests import request_for

pytestmark = pytest.mark.django_db


def build(role: str = "staff", key: str = "k", **filters: Any) -> dict[str, Any]:
    query = GraphQuery(**({"kinds": TIE_KINDS} | filters))
    with translation.override("en"):
        seen = view.load_view(request_for(UserFactory.create(role=role), key=key, now=timezone.now()), query)
        content: dict[str, Any] = json.loads(payload.graph_json(seen, signed_key="signed"))
    return content


def ties(content: dict[str, Any]) -> dict[tuple[str, ...], list[list[Any]]]:
    labels = [node["label"] for node in content["nodes"]]
    codes = [kind["code"] for kind in content["kinds"]]
    return {
        tuple(sorted((labels[source], labels[target]))): [[codes[kind], *rest] for kind, *rest in parts]
        for source, target, parts in content["edges"]
    }


def test_an_empty_register_is_an_empty_picture():
    graph = build()

    assert graph["meta"] == {
        "years": None,
        "n_actors": 0,
        "n_events": 0,
        "bounded": None,
        "key": "signed",
        "too_many": False,
        "backbone": None,
    }
    assert (graph["nodes"], graph["edges"]) == ([], [])
    assert graph["sectors"][0] == {"code": "association", "label": "Association"}
    assert graph["kinds"][:2] == [
        {"code": "attendance", "label": "Shared events", "strong": False, "default": True},
        {"code": "organising", "label": "Organised together", "strong": True, "default": True},
    ]
    assert {"code": "festival", "label": "Festival"} in graph["event_types"]


def test_a_node_tells_who_it_is_and_since_when(meet):
    club = ActorFactory.create(name="Verein")
    club.topics.add(TopicFactory.create(code="sports"), TopicFactory.create(code="education"))
    alone = ActorFactory.create(name="Allein")
    for day in (dt.date(2018, 5, 1), dt.date(2020, 5, 1), None):
        meet(club, start_date=day)

    graph = build()

    nodes = {node["label"]: node for node in graph["nodes"]}
    codes = [topic["code"] for topic in graph["topics"]]
    place = Placement.objects.get(actor=club)
    assert nodes["Verein"] == {
        "id": club.pk,
        "label": "Verein",
        "url": f"/actors/{club.pk}/",
        "kind": "organisation",
        "sector": "association",
        "is_office": False,
        "x": round(place.x, 5),
        "y": round(place.y, 5),
        "topics": sorted(codes.index(code) for code in ("sports", "education")),
        "participations": 3,
        "since": 2018,
        "last": 2020,
    }
    assert (nodes["Allein"]["id"], nodes["Allein"]["since"]) == (alone.pk, None)
    assert graph["meta"]["years"] == [2018, 2020]


def test_actors_of_one_name_are_told_apart_for_whoever_reads_their_names(meet):
    """Those who have their name alone, and those who stand under a pseudonym, need no hint."""
    school = ActorFactory.create(name="Lesekreis", street="Am Markt 1")
    club = ActorFactory.create(name="Lesekreis", street="Weg 2", active_until=dt.date(2020, 1, 1))
    persons = PersonFactory.create_batch(2, given_name="Ada", family_name="Muster")
    meet(school, club, *persons, ActorFactory.create(name="Verein"))

    def hints(role: str) -> dict[str, list[str]]:
        told: dict[str, list[str]] = {}
        for node in build(role)["nodes"]:
            told.setdefault(node["label"], []).append(node.get("hint", ""))
        return {label: sorted(texts) for label, texts in told.items()}

    staff, reader = hints("staff"), hints("reader")
    assert len(set(staff["Ada Muster"])) == 2
    assert sorted(text.split(" · ")[-1] for text in staff["Lesekreis"]) == ["Am Markt 1", "Weg 2"]
    assert sum("31 Dec 2019" in text for text in staff["Lesekreis"]) == 1
    assert (staff["Verein"], reader["Verein"]) == ([""], [""])
    assert "Ada Muster" not in reader
    assert {text for label in reader if label != "Lesekreis" for text in reader[label]} == {""}


def test_a_tie_tells_its_parts_by_kind_year_and_office(meet):
    office, club = OfficeFactory.create(name="Büro"), ActorFactory.create(name="Verein")
    ProgrammeDependencyFactory.create(actor=office, valid_until=dt.date(2019, 1, 1))
    meet(office, club, ActorFactory.create(name="Dritter"), start_date=dt.date(2018, 5, 1))
    meet(office, club, start_date=None)
    planned = meet(office, club, start_date=dt.date(2019, 1, 1), role=OrganiserRoleFactory.create())
    TaskAssignmentFactory.create(event=planned, actor=office)
    TaskAssignmentFactory.create(event=planned, actor=club)
    RelationFactory.create(source=club, target=office, strength=3, valid_from=dt.date(2019, 1, 1))
    ContactFactory.create(date=dt.date(2018, 12, 31), actors=[club])

    assert ties(build())["Büro", "Verein"] == [
        ["attendance", 0, 0, 1.0, 1, 1],
        ["attendance", 2018, 2018, 0.5, 1, 1],
        ["attendance", 2019, 2019, 1.0, 1, 3],
        ["organising", 2019, 2019, 1.0, 1, 3],
        ["tasks", 2019, 2019, 1.0, 1, 3],
        ["relations", 2019, None, 3.0, 1, 1],
        ["contacts", 2018, 2018, 1.0, 1, 1],
    ]


def test_years_are_both_included_and_leave_the_nodes_as_they_are(meet):
    for year in (2017, 2018, 2019):
        meet(*ActorFactory.create_batch(2), start_date=dt.date(year, 12, 31))

    graph = build(from_year=2018, until_year=2018)

    assert [len(graph[name]) for name in ("nodes", "edges")] == [6, 1]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"types": ("market",)}, {("A", "B")}),
        ({"topics": ("sports",)}, {("A", "C")}),
        ({"roles": ("organiser",)}, {("B", "C")}),
        ({"kinds": ("attendance",), "sectors": ("business", "association")}, {("A", "B"), ("A", "C")}),
        ({"kinds": ()}, set()),
        ({"sectors": ()}, set()),
        ({"minimum": 1.5}, set()),
    ],
)
def test_a_question_leaves_only_what_it_asks_for(meet, filters, expected):
    club = ActorTypeFactory.create(code="association")
    trade = ActorTypeFactory.create(code="business", sector="business")
    city = ActorTypeFactory.create(code="administration", sector="administration")
    a, b, c = (
        ActorFactory.create(name=name, actor_type=kind)
        for name, kind in zip("ABC", (club, trade, city), strict=True)
    )
    meet(a, b, event_type=EventTypeFactory.create(code="market"))
    meet(a, c).topics.add(TopicFactory.create(code="sports"))
    meet(b, c, role=OrganiserRoleFactory.create())
    edges = set(ties(build(**filters)))
    if filters.get("sectors"):
        expected = {("A", "B")}
    assert edges == expected


def test_actors_taken_out_keep_their_place_but_have_no_tie(meet):
    a, b, c = (ActorFactory.create(name=name) for name in "ABC")
    meet(a, b, c)

    graph = build(without=(b.pk,))

    assert (set(ties(graph)), len(graph["nodes"])) == ({("A", "C")}, 3)


def test_a_participation_can_count_for_the_organisation(meet):
    club, other = ActorFactory.create(name="Verein"), ActorFactory.create(name="Andere")
    person = AffiliationFactory.create(organisation=club).person
    meet(person, other, start_date=dt.date(2019, 5, 1))

    edges = ties(build(for_organisations=True, kinds=("attendance",)))

    assert set(edges) == {("Andere", "Verein")}


def test_the_same_register_gives_the_same_picture(meet):
    meet(*ActorFactory.create_batch(5))
    meet(*ActorFactory.create_batch(70))

    assert build() == build()


def test_too_many_ties_are_bounded_and_the_picture_says_so(meet, monkeypatch):
    monkeypatch.setattr(drawn, "MOST_TIES", 6)
    meet(*ActorFactory.create_batch(5))

    graph = build()

    assert len(graph["edges"]) == 6
    assert graph["meta"]["bounded"] == (
        "The picture shows the 6 strongest of 10 ties; figures are those of all."
    )


def test_a_large_register_shows_only_who_has_ties_or_took_part(meet, monkeypatch):
    monkeypatch.setattr(view, "EVERYBODY_UP_TO", 2)
    ActorFactory.create()
    meet(*ActorFactory.create_batch(2))

    graph = build()

    assert len(graph["nodes"]) == 2
    assert graph["meta"]["bounded"] == "Actors who took part in nothing are left out of so large a picture."


def test_more_actors_than_a_screen_shows_are_said_to_be_too_many(meet, monkeypatch):
    monkeypatch.setattr(payload, "TOO_MANY", 1)
    meet(*ActorFactory.create_batch(2))

    assert build()["meta"]["too_many"] is True


def test_whoever_was_at_every_event_is_told_like_others(meet):
    always = ActorFactory.create(name="Immer")
    for number in range(6):
        meet(always, *ActorFactory.create_batch(2), start_date=dt.date(2010 + number, 1, 1))

    graph = build()

    assert [node["participations"] for node in graph["nodes"] if node["label"] == "Immer"] == [6]
    assert len(graph["edges"]) == 18


def hidden_world(meet: Any) -> list[Any]:
    """Record five residents, two politicians and a club that met; the club has a declared tie to one."""
    people = PersonFactory.create_batch(5, given_name="Geheim")
    politics = ActorTypeFactory.create(code="politics", sector="politics")
    people += PersonFactory.create_batch(2, given_name="Geheim", actor_type=politics)
    club = ActorFactory.create(name="Turnverein")
    meet(*people, club)
    RelationFactory.create(source=club, target=people[0])
    AffiliationFactory.create(person=people[0], organisation=club)
    ContactFactory.create(actors=people)
    people[0].topics.add(TopicFactory.create())
    return people


def test_readers_see_hidden_persons_without_name_number_or_address(meet):
    people = hidden_world(meet)

    graph = build("reader")

    text = json.dumps(graph)
    hidden = [node for node in graph["nodes"] if node["id"] < 0]
    assert [name for name in ("Geheim", "Beispiel") if name in text] == []
    assert {node["id"] for node in graph["nodes"]} & {person.pk for person in people} == set()
    assert [node["topics"] for node in hidden] == [[]] * 6
    assert {node["kind"] for node in hidden} == {ActorKind.PERSON}
    assert sorted(node["label"] for node in hidden) == [
        "Politics (fewer than 5)",
        *(f"Resident {number}" for number in range(1, 6)),
    ]
    assert {kind["code"] for kind in graph["kinds"]} == {"attendance", "organising", "tasks", "relations"}


def test_pseudonyms_numbers_and_places_hold_for_one_key_only(meet):
    hidden_world(meet)
    build()

    one, same, other = build("reader", "one"), build("reader", "one"), build("reader", "two")

    assert one == same
    places = [
        {(node["x"], node["y"]) for node in content["nodes"] if node["id"] < 0} for content in (one, other)
    ]
    assert places[0] & places[1] == set()
    ends = [
        [node["id"] for node in content["nodes"] if node["label"].startswith("Res")]
        for content in (one, other)
    ]
    assert ends[0] != ends[1]
    assert [node for node in one["nodes"] if node["id"] > 0] == [
        node for node in other["nodes"] if node["id"] > 0
    ]


def test_the_real_number_of_a_hidden_person_takes_nobody_out(meet):
    people = hidden_world(meet)

    assert build("reader", without=tuple(person.pk for person in people)) == build("reader")
