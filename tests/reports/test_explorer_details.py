"""Figures, the records behind a tie, and a new arrangement: what each role is told."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from rest_framework.test import APIClient

from reports.builders.graph import keys
from reports.models import Placement
from tests.factories.accounts import UserFactory
from tests.factories.actors import (
    ActorFactory,
    AffiliationFactory,
    OfficeFactory,
    PersonFactory,
    RelationFactory,
)
from tests.factories.contacts import ContactFactory
from tests.factories.events import (
    EventFactory,
    OrganiserRoleFactory,
    ParticipationFactory,
    ParticipationRoleFactory,
    TaskAssignmentFactory,
)

pytestmark = pytest.mark.django_db
DATA, FIGURES, TIE, LAYOUT = (f"/reports/explorer/{name}/" for name in ("data", "figures", "tie", "layout"))


def client_of(role: str) -> Client:
    client = Client()
    client.force_login(UserFactory.create(role=role))
    return client


@pytest.fixture
def world() -> dict[str, Any]:
    """Record a club and a person that have ties of every kind."""
    office = OfficeFactory.create(name="Büro")
    club = ActorFactory.create(name="Verein")
    ada = PersonFactory.create(given_name="Ada", family_name="Muster")
    PersonFactory.create_batch(5)
    fete = EventFactory.create(title="Fest", start_date=dt.date(2019, 6, 15))
    meeting = EventFactory.create(title="Runde", start_date=None)
    organiser, attendee = OrganiserRoleFactory.create(), ParticipationRoleFactory.create()
    for actor in (office, club, ada):
        ParticipationFactory.create(event=fete, actor=actor, role=organiser)
        ParticipationFactory.create(event=meeting, actor=actor, role=attendee)
    TaskAssignmentFactory.create(event=fete, actor=club)
    TaskAssignmentFactory.create(event=fete, actor=office)
    RelationFactory.create(source=club, target=office, strength=3, valid_from=dt.date(2018, 1, 1))
    AffiliationFactory.create(person=ada, organisation=club, role="Vorstand", valid_until=dt.date(2020, 1, 1))
    ContactFactory.create(actors=[club, ada], subject="Anruf", date=dt.date(2019, 7, 1))
    ContactFactory.create(actors=[club], subject="Vertraulich", is_confidential=True)
    return {"office": office, "club": club, "ada": ada, "fete": fete, "meeting": meeting}


ALL = ["attendance", "organising", "tasks", "relations", "affiliations", "contacts"]


def titles(answer: dict[str, Any]) -> dict[str, list[tuple[Any, ...]]]:
    return {
        group["kind"]: [(row["date"], row["title"], row["text"]) for row in group["records"]]
        for group in answer["groups"]
    }


def test_a_tie_opens_all_its_records(world):
    query = {"a": world["club"].pk, "b": world["office"].pk, "kinds": ALL}

    answer = client_of("staff").get(TIE, query).json()

    assert (answer["a"], answer["b"], answer["total"], answer["hidden"]) == ("Verein", "Büro", 6, 0)
    assert titles(answer) == {
        "attendance": [
            ("2019-06-15", "Fest", "Veranstalter · Veranstalter"),
            (None, "Runde", "Teilnahme · Teilnahme"),
        ],
        "organising": [("2019-06-15", "Fest", "Veranstalter · Veranstalter")],
        "tasks": [("2019-06-15", "Fest", "Organisation · Organisation")],
        "relations": [("2018-01-01", "Büro · arbeitet zusammen mit · Verein", "eng, seit 2018")],
        "contacts": [("2020-05-04", "Vertraulich", "Telefon"), ("2019-07-01", "Anruf", "Telefon")],
    }
    assert answer["groups"][0]["records"][0]["url"] == f"/events/{world['fete'].pk}/"


def test_a_tie_tells_only_what_period_and_kinds_leave(world):
    query = {"a": world["club"].pk, "b": world["ada"].pk, "kinds": ["attendance", "affiliations"]}

    answer = client_of("staff").get(TIE, query | {"from_year": 2019}).json()

    assert (answer["total"], sorted(titles(answer))) == (2, ["affiliations", "attendance"])
    assert titles(answer)["affiliations"][0][1] == "Ada Muster · Verein"


def test_readers_see_no_contact_and_of_hidden_persons_only_the_number(world):
    reader = client_of("reader")
    data = reader.get(DATA).json()
    key = data["meta"]["key"]
    hidden = [node["id"] for node in data["nodes"] if node["participations"] == 2 and node["id"] < 0]

    open_tie = reader.get(TIE, {"a": world["club"].pk, "b": world["office"].pk, "kinds": ALL, "key": key})
    hidden_tie = reader.get(TIE, {"a": world["club"].pk, "b": hidden[0], "kinds": ALL, "key": key})

    assert sorted(titles(open_tie.json())) == ["attendance", "organising", "relations", "tasks"]
    assert (hidden_tie.json()["groups"], hidden_tie.json()["total"], hidden_tie.json()["hidden"]) == (
        [],
        2,
        2,
    )
    for answer in (open_tie, hidden_tie):
        text = answer.content.decode()
        assert [word for word in ("Ada", "Muster", "Vertraulich", "Anruf", "Vorstand") if word in text] == []
    assert "Fest" not in hidden_tie.content.decode()


@pytest.mark.parametrize("other", ["hidden", "missing", "itself"])
def test_there_is_no_tie_with_somebody_one_does_not_see(world, other):
    number = {"hidden": world["ada"].pk, "missing": 999_999, "itself": world["club"].pk}[other]

    answer = client_of("reader").get(TIE, {"a": world["club"].pk, "b": number})

    assert answer.status_code == 404


@pytest.mark.parametrize("address", [FIGURES, TIE])
@pytest.mark.parametrize("foreign", [True, False])
def test_figures_and_ties_refuse_a_key_that_does_not_hold(world, address, foreign, monkeypatch):
    reader = client_of("reader")
    signed = reader.get(DATA).json()["meta"]["key"]
    if foreign:
        reader = client_of("reader")
    else:
        monkeypatch.setattr(keys, "VALID_SECONDS", -1)

    answer = reader.get(address, {"key": signed, "a": world["club"].pk, "b": world["office"].pk})

    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["key"])


def test_figures_come_in_the_order_of_the_nodes(world):
    reader = client_of("reader")
    data = reader.get(DATA).json()

    answer = reader.get(FIGURES, {"key": data["meta"]["key"], "from_year": 2019}).json()

    assert answer["order"] == [node["id"] for node in data["nodes"]]
    assert sorted(answer["degree"], reverse=True)[:4] == [2, 2, 2, 0]


@pytest.mark.parametrize(
    ("role", "status"), [("management", 302), ("staff", 302), ("volunteer", 404), ("reader", 403)]
)
def test_only_the_office_arranges_the_picture_anew(world, role, status):
    assert client_of(role).post(LAYOUT).status_code == status
    assert Placement.objects.count() == (8 if status == 302 else 0)


@pytest.mark.parametrize("method", ["get", "head", "put"])
def test_a_new_arrangement_is_asked_for_by_post(method):
    assert getattr(client_of("staff"), method)(LAYOUT).status_code == 405


def test_the_api_tells_the_same_as_the_page(world):
    user = UserFactory.create(role="reader")
    page, api = Client(), APIClient()
    page.force_login(user)
    api.force_authenticate(user)
    key = page.get(DATA).json()["meta"]["key"]
    parameters = {"key": key, "kinds": ALL}
    ends = {"a": world["club"].pk, "b": world["office"].pk}
    german = {"accept-language": "de"}

    for name, address, more in (("", DATA, {}), ("figures/", FIGURES, {}), ("tie/", TIE, ends)):
        answer = api.get(f"/api/v1/reports/network/graph/{name}", parameters | more, headers=german)
        assert answer.json() == page.get(address, parameters | more).json()


@pytest.mark.parametrize(
    ("name", "query", "status"),
    [
        ("figures/", {"key": "x"}, 400),
        ("tie/", {"a": 1, "b": 999_999}, 404),
        ("tie/", {"a": "x"}, 400),
        ("", {"kinds": "friends"}, 400),
    ],
)
def test_the_api_refuses_bad_questions(name, query, status):
    api = APIClient()
    api.force_authenticate(UserFactory.create(role="staff"))
    assert api.get(f"/api/v1/reports/network/graph/{name}", query).status_code == status


@pytest.mark.parametrize("address", [DATA, FIGURES, TIE])
@pytest.mark.parametrize("extra", [0, 5])
def test_the_number_of_queries_does_not_grow_with_the_register(
    world, address, extra, django_assert_max_num_queries
):
    for actor in ActorFactory.create_batch(extra):
        ParticipationFactory.create(event=world["fete"], actor=actor)
        RelationFactory.create(source=world["club"], target=actor)
    staff = client_of("staff")
    parameters = {"kinds": ALL, "a": world["club"].pk, "b": world["office"].pk}
    staff.get(DATA)

    with django_assert_max_num_queries(26):
        assert staff.get(address, parameters).status_code == 200
