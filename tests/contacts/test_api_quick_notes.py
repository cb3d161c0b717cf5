"""The quick note for other programs: the same reading, the same rules, logged once."""

import pytest

from contacts.models import Contact, FollowUp
from tests.api import client_of
from tests.factories.actors import ActorFactory

pytestmark = pytest.mark.django_db
NOTE = "/api/v1/contacts/note/"


def test_a_text_is_read_like_the_quick_note():
    client = client_of("staff")
    actor = ActorFactory.create(name="Verein Beispiel")
    body = {"text": "tel raus @Verein Beispiel Halle #Sport 15min wv +1w", "source_key": "k1"}
    first, second = (client.post(NOTE, body, content_type="application/json") for _ in range(2))
    assert (first.status_code, second.status_code, first.json()) == (201, 200, second.json())
    stored = first.json()
    assert (stored["note"], stored["channel"], stored["direction"]) == (
        "Verein Beispiel Halle Sport",
        "phone",
        "out",
    )
    assert (stored["actors"], stored["topics"], stored["duration_minutes"]) == (
        [actor.pk],
        ["sports_leisure"],
        15,
    )
    assert (Contact.objects.count(), FollowUp.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "text"),
        ({"text": "x" * 20_001}, "text"),
        ({"text": "wv gestern"}, "due"),
        ({"text": "Halle", "actors": []}, "actors"),
        ({"text": "Halle", "actors": ["x"]}, "actors"),
        ({"text": "Halle", "source_key": "a b"}, "source_key"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(body, field):
    body = {"actors": [ActorFactory.create().pk], **body}
    answer = client_of("staff").post(NOTE, body, content_type="application/json")
    assert (answer.status_code, list(answer.json()), Contact.objects.count()) == (400, [field], 0)


def test_another_text_under_the_same_key_is_a_conflict():
    client = client_of("staff")
    body = {"text": "Halle", "actors": [ActorFactory.create().pk], "source_key": "k1"}
    client.post(NOTE, body, content_type="application/json")
    answer = client.post(NOTE, {**body, "text": "Anderes"}, content_type="application/json")
    assert (answer.status_code, Contact.objects.count()) == (409, 1)


def test_more_names_than_one_note_takes_are_refused():
    text = " ".join(f"@Gruppe{number}," for number in range(500))
    answer = client_of("staff").post(NOTE, {"text": text}, content_type="application/json")
    assert (answer.status_code, list(answer.json()), Contact.objects.count()) == (400, ["text"], 0)
