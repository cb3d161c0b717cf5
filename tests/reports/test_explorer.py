"""What the explorer asks the server for: rights, keys, bad questions."""

import datetime as dt
import gzip
import json
from typing import Any

import pytest
from django.core import signing
from django.test import Client
from django.utils.translation import gettext

from reports.builders.graph import keys
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory, PersonFactory
from tests.factories.events import EventFactory, ParticipationFactory

pytestmark = pytest.mark.django_db
DATA = "/reports/explorer/data/"
CHOOSE = "Bitte eine gültige Auswahl treffen."


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(UserFactory.create(role="staff"))
    return client


@pytest.fixture
def reader(client: Client) -> Client:
    client.force_login(UserFactory.create(role="reader"))
    return client


def meeting(*names: str, day: dt.date | None = dt.date(2019, 6, 15)) -> None:
    event = EventFactory.create(start_date=day)
    for name in names:
        ParticipationFactory.create(event=event, actor=ActorFactory.create(name=name))


def hidden_meeting(count: int = 6) -> list[Any]:
    event = EventFactory.create()
    people = PersonFactory.create_batch(count)
    for person in people:
        ParticipationFactory.create(event=event, actor=person)
    return people


def test_the_graph_tells_actors_ties_and_their_years(staff):
    meeting("Ähre", "Öse", "Übel", day=dt.date(2019, 12, 31))
    meeting("Solo", day=dt.date(2020, 1, 1))

    graph = staff.get(DATA).json()

    labels = [node["label"] for node in graph["nodes"]]
    ties = sorted(
        (*sorted((labels[source], labels[target])), parts) for source, target, parts in graph["edges"]
    )
    part = [[0, 2019, 2019, 0.5, 1, 0]]
    assert ties == [("Ähre", "Öse", part), ("Ähre", "Übel", part), ("Öse", "Übel", part)]
    assert graph["meta"]["years"] == [2019, 2020]
    assert sorted(labels) == ["Solo", "Ähre", "Öse", "Übel"]


@pytest.mark.parametrize(
    ("query", "errors"),
    [
        (
            {"from_year": 2020, "until_year": 2019},
            {"until_year": ["Dieses Jahr liegt vor dem ersten Jahr."]},
        ),
        (
            {"types": "picnic"},
            {"types": ["Bitte eine gültige Auswahl treffen. picnic ist keine gültige Auswahl."]},
        ),
        (
            {"office": "maybe"},
            {"office": ["Bitte eine gültige Auswahl treffen. maybe ist keine gültige Auswahl."]},
        ),
        (
            {"backbone": "0.5"},
            {"backbone": ["Bitte eine gültige Auswahl treffen. 0.5 ist keine gültige Auswahl."]},
        ),
        ({"minimum": "-1"}, {"minimum": ["Dieser Wert muss größer oder gleich 0 sein."]}),
        ({"minimum": "nan"}, {"minimum": ["Bitte eine Zahl eingeben."]}),
        ({"without": "1;2"}, {"without": [gettext("Give the numbers of actors, separated by commas.")]}),
    ],
)
def test_a_bad_question_is_refused_at_the_right_field(staff, query, errors):
    answer = staff.get(DATA, query)
    assert (answer.status_code, answer.json()) == (400, {"errors": errors})


@pytest.mark.parametrize(
    "query",
    [
        {"from_year": 1990, "until_year": 1990},
        {"kinds": "none"},
        {"without": "999999,-3"},
        {"minimum": "1e300"},
        {"colour": "community", "actor": "12"},
    ],
)
def test_a_question_without_an_answer_is_no_mistake(staff, query):
    meeting("Ähre", "Öse")
    expected = 400 if query.get("minimum") else 200
    assert staff.get(DATA, query).status_code == expected


def test_a_large_answer_is_compressed_for_browsers_that_take_it(staff):
    meeting(*(f"Verein {number}" for number in range(12)))

    plain = staff.get(DATA)
    packed = staff.get(DATA, headers={"accept-encoding": "gzip, br"})

    assert (packed["Content-Encoding"], packed["Cache-Control"]) == ("gzip", "private, no-store")
    assert "Accept-Encoding" in packed["Vary"]
    assert json.loads(gzip.decompress(packed.content))["nodes"] == plain.json()["nodes"]
    assert "Content-Encoding" not in plain


def test_readers_see_residents_under_pseudonyms_that_differ_from_picture_to_picture(reader):
    people = hidden_meeting()

    first, second = (reader.get(DATA) for _time in range(2))

    text = first.content.decode()
    hidden = [node for node in first.json()["nodes"] if node["url"] is None]
    assert [name for name in (person.name for person in people) if name in text] == []
    assert len(hidden) == 6
    assert not {node["id"] for node in hidden} & {person.pk for person in people}
    assert first.json()["meta"]["key"] != second.json()["meta"]["key"]
    assert first.json()["nodes"] != second.json()["nodes"]


def test_with_the_key_of_the_page_the_pseudonyms_stay(reader):
    hidden_meeting()
    first = reader.get(DATA).json()

    again = reader.get(DATA, {"key": first["meta"]["key"]}).json()

    assert again == first


@pytest.mark.parametrize("fault", ["forged", "old", "foreign", "other salt"])
def test_a_bad_key_is_replaced_by_a_new_one(reader, fault, monkeypatch):
    hidden_meeting()
    signed = reader.get(DATA).json()["meta"]["key"]
    if fault == "forged":
        signed = f"{signed[:-1]}x"
    elif fault == "old":
        monkeypatch.setattr(keys, "VALID_SECONDS", -1)
    elif fault == "other salt":
        signed = signing.dumps({"user": 1, "key": "00"}, salt="sessions")
    else:
        signed = keys.new_key(UserFactory.create()).signed

    answer = reader.get(DATA, {"key": signed})

    assert (answer.status_code, answer.json()["meta"]["key"] == signed) == (200, False)
