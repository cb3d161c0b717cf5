"""A contact has one writer: by whichever door it comes, the same is stored."""

import json

import pytest

from contacts.models import Contact, FollowUp
from contacts.services.contacts import save_contact
from tests.actors.pages import client_of as page_client
from tests.api import client_of as api_client
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory, TopicFactory
from tests.factories.contacts import ContactChannelFactory, ContactFactory

pytestmark = pytest.mark.django_db
NOTE = "Der Verein Nord braucht die Halle\nab März."
DAY, DUE = "2021-05-04", "2030-01-02"
BY_HAND = {"channel": "visit", "direction": "out", "date": DAY, "duration": "15", "confidential": True}
PASSING = {"id", "created_at", "updated_at"}


def by_form(club, channel, topic):
    fields = {
        "actors": [club.pk],
        "note": NOTE,
        "channel": channel.pk,
        "topics": [topic.pk],
        "direction": "out",
    }
    rest = {"date": DAY, "duration_minutes": 15, "is_confidential": "on", "follow_up_due": DUE}
    page_client().post("/actors/contacts/new/", {**fields, **rest, "follow_up_due": DUE})


def by_quick_note(club, channel, topic):
    choices = {**BY_HAND, "due": DUE, "topics": {topic.code: True}}
    data = {"text": NOTE, "actors": [club.pk], "choices": json.dumps(choices)}
    page_client().post("/actors/contacts/note/", data, HTTP_ACCEPT="application/json")


def by_api(club, channel, topic):
    fields = {"actors": [club.pk], "note": NOTE, "channel": channel.code, "topics": [topic.code]}
    rest = {"date": DAY, "duration_minutes": 15, "direction": "out", "is_confidential": True}
    client = api_client("staff")
    stored = client.post("/api/v1/contacts/", {**fields, **rest}, format="json").json()
    follow_up = {"due": DUE, "contact": stored["id"], "actor": club.pk, "assignee": client.user.pk}
    client.post("/api/v1/follow-ups/", follow_up, format="json")


def stored_rows():
    """Return the contact and its follow-up as they are stored; people are named by their part in it."""
    contact, follow_up = Contact.objects.get(), FollowUp.objects.get()
    rows = [
        {
            column.attname: getattr(record, column.attname)
            for column in record._meta.concrete_fields
            if column.attname not in PASSING | {"staff_id", "assignee_id", "contact_id"}
        }
        for record in (contact, follow_up)
    ]
    lists = [[row.pk for row in related.all()] for related in (contact.actors, contact.topics)]
    return rows, lists, follow_up.contact == contact, follow_up.assignee == contact.staff


def test_form_quick_note_and_api_leave_the_same_rows():
    club, topic = ActorFactory.create(name="Verein Nord"), TopicFactory.create()
    channel = ContactChannelFactory.create(code="visit")
    left = []
    for door in (by_form, by_quick_note, by_api):
        door(club, channel, topic)
        left.append(stored_rows())
        Contact.objects.all().delete()
    [(contact, follow_up), lists, *tied] = left[0]
    assert (contact["note"], contact["duration_minutes"], contact["is_confidential"]) == (NOTE, 15, True)
    assert (str(follow_up["due"]), lists, tied) == (DUE, [[club.pk], [topic.pk]], [True, True])
    assert left[1:] == left[:1] * 2


@pytest.mark.parametrize("door", [by_form, by_quick_note, by_api])
def test_every_door_ends_in_the_one_writer(door, monkeypatch):
    written = []

    def write(**fields):
        written.append(save_contact(**fields))
        return written[-1]

    for place in ("services.contacts", "forms.contacts", "serializers.log"):
        monkeypatch.setattr(f"contacts.{place}.save_contact", write)
    door(ActorFactory.create(), ContactChannelFactory.create(code="visit"), TopicFactory.create())
    assert list(Contact.objects.all()) == written


def test_a_contact_corrected_by_the_api_keeps_what_was_not_sent():
    topic, club = TopicFactory.create(), ActorFactory.create()
    contact = ContactFactory.create(actors=[club], staff=UserFactory.create())
    contact.topics.set([topic])
    answer = api_client("staff").patch(f"/api/v1/contacts/{contact.pk}/", {"note": "Neu"}, format="json")
    stored = Contact.objects.get()
    assert (answer.status_code, stored.note, stored.staff) == (200, "Neu", contact.staff)
    assert (list(stored.actors.all()), list(stored.topics.all())) == ([club], [topic])
