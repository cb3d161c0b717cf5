"""The picture in the network report: drawn as long as one dot can be told from another."""

import json

import pytest

from reports import pictures
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory
from tests.factories.events import EventFactory, ParticipationFactory

pytestmark = pytest.mark.django_db


def chapters(client):
    client.force_login(UserFactory(role="staff"))
    report = json.loads(client.get("/reports/network/", {"format": "json"}).content)
    return {section["key"]: section for section in report["sections"]}


@pytest.fixture
def three_who_met():
    event = EventFactory()
    for _number in range(3):
        ParticipationFactory(event=event, actor=ActorFactory())


@pytest.mark.parametrize(("most", "block_type"), [(3, "picture"), (2, "note")])
def test_of_too_many_actors_there_are_words_instead_of_a_picture(
    client, three_who_met, monkeypatch, most, block_type
):
    monkeypatch.setattr(pictures, "MOST_DRAWN", most)
    assert [block["type"] for block in chapters(client)["picture"]["blocks"]] == [block_type]


def test_where_nobody_met_there_is_no_picture(client):
    assert "picture" not in chapters(client)


def test_the_words_for_the_picture_name_the_actors_once(client, three_who_met):
    (block,) = chapters(client)["picture"]["blocks"]

    assert "Akteure: 3" in block["alt"].split(" · ")


def test_whoever_has_no_tie_is_not_among_those_with_the_most(client):
    ActorFactory(name="Ähre")
    event = EventFactory()
    for name in ("Öse", "Übel"):
        ParticipationFactory(event=event, actor=ActorFactory(name=name))

    (block,) = chapters(client)["picture"]["blocks"]

    words = "Akteure als Punkte: 3; Verbindungen als Linien: 1. Die meisten Verbindungen: Öse, Übel. "
    assert block["alt"].startswith(words)
