"""Logging a contact from an event's page: it belongs to the event, and can be taken back with its tie."""

import pytest

from contacts.models import Contact
from events.models import EventContact
from tests.actors.pages import contact, signed_in
from tests.factories.actors import ActorFactory
from tests.factories.events import EventFactory

pytestmark = pytest.mark.django_db
JSON = {"HTTP_ACCEPT": "application/json"}


def tied():
    return list(EventContact.objects.values_list("event", "contact"))


def test_a_note_from_the_event_s_page_belongs_to_the_event_once():
    client, _user = signed_in()
    event, actor = EventFactory.create(status="planned"), ActorFactory.create()
    assert event.title in client.get(f"/events/{event.pk}/note/dialog/").content.decode()
    note = {"text": "tel Bühne bestellt", "actors": actor.pk, "source_key": "k1"}
    answers = [client.post(f"/events/{event.pk}/note/", note, **JSON).json() for _ in range(2)]
    assert tied() == [(event.pk, Contact.objects.get().pk)]
    event.refresh_from_db()
    assert event.status == "planned"
    client.post(answers[0]["undo_url"])
    assert (Contact.objects.count(), tied()) == (0, [])


def test_the_full_form_belongs_to_the_event_as_well():
    client, _user = signed_in()
    event = EventFactory.create()
    form = contact(actors=[ActorFactory.create().pk])
    answer = client.post(f"/events/{event.pk}/contacts/new/", form)
    assert answer["Location"] == f"/events/{event.pk}/contacts/"
    assert tied() == [(event.pk, Contact.objects.get().pk)]


def test_what_was_not_taken_is_tied_to_nothing():
    client, _user = signed_in()
    event = EventFactory.create()
    assert client.post(f"/events/{event.pk}/note/", {"text": "Halle"}, **JSON).status_code == 422
    assert client.post("/events/999999/note/", {"text": "Halle"}, **JSON).status_code == 404
    assert tied() == []
