"""What the message offers to take back: deleting on every page, taking off lists, pasting and picking."""

import json
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils.http import urlencode

from actors.models import Actor
from contacts.models import Contact, FollowUp
from core.models.undo import UndoStep
from events.models import Event, EventContact, Participation
from tests.actors.pages import HTMX, client_of, signed_in
from tests.core.test_undoing import all_rows
from tests.crm.matrix import MATRIX
from tests.crm.test_permission_matrix import url_of
from tests.crm.world import World
from tests.factories.actors import ActorFactory, ActorGroupFactory, PersonFactory
from tests.factories.contacts import ContactFactory, FollowUpFactory
from tests.factories.events import (
    EventContactFactory,
    EventFactory,
    ParticipationFactory,
    ParticipationRoleFactory,
)

pytestmark = pytest.mark.django_db
DELETE_PAGES = [
    line for line in MATRIX if line.route.endswith("_delete") and line.expected.get("get", [0])[0] == 200
]


def messages_of(answer: Any) -> list[tuple[str, str]]:
    """Return the messages of an answer, each with the address that takes back what it says."""
    return [(str(message), message.extra_tags) for message in get_messages(answer.wsgi_request)]


def rows_of_records() -> dict[str, Any]:
    ours = ("actors.", "contacts.", "events.", "reports.")
    return {label: rows for label, rows in all_rows().items() if label.startswith(ours)}


@pytest.mark.parametrize("line", DELETE_PAGES, ids=str)
def test_what_a_page_deletes_the_message_brings_back(line):
    client, user = signed_in("management")
    address = url_of(line, World(follow_ups_of=user))
    before = rows_of_records()
    answer = client.post(address)
    [(text, undo)] = messages_of(answer)
    assert rows_of_records() != before
    assert text.endswith("gelöscht.")
    page = client.get(answer["Location"], follow=True).content.decode()
    assert f'action="{undo}"' in page
    back = client.post(undo)
    assert rows_of_records() == before
    assert "ist wieder da" in messages_of(back)[-1][0]
    assert client.get(back["Location"], follow=True).status_code == 200


def test_whoever_takes_it_back_sees_the_record_again():
    client = client_of()
    event = EventFactory.create()
    answer = client.post(reverse("events:event_delete", args=[event.pk]))
    back = client.post(messages_of(answer)[0][1], {"next": reverse("events:event_list")})
    assert back["Location"] == event.get_absolute_url()


def test_a_follow_up_is_seen_again_where_it_was_deleted():
    client, contact = client_of(), ContactFactory.create()
    follow_up = FollowUpFactory.create(contact=contact)
    address = reverse("contacts:follow_up_delete", args=[follow_up.pk])
    listed = "/actors/follow-ups/?state=overdue"
    for sent_to, back_on in (
        (f"{address}?{urlencode({'next': listed})}", listed),
        (address, contact.get_absolute_url()),
    ):
        back = client.post(messages_of(client.post(sent_to))[-1][1])
        assert back["Location"] == back_on
        assert FollowUp.objects.get() == follow_up


def test_a_second_press_says_that_it_was_done_and_leads_back():
    client = client_of()
    answer = client.post(reverse("events:event_delete", args=[EventFactory.create().pk]))
    undo = messages_of(answer)[0][1]
    client.post(undo)
    again = client.post(undo, {"next": "/events/"})
    assert (again["Location"], messages_of(again)[-1][0]) == (
        "/events/",
        "Das lässt sich nicht rückgängig machen. Es wurde schon rückgängig gemacht.",
    )
    assert Event.objects.count() == 1


def test_nobody_else_can_take_it_back_and_no_other_site():
    client = client_of()
    answer = client.post(reverse("events:event_delete", args=[EventFactory.create().pk]))
    undo = messages_of(answer)[0][1]
    stranger = client_of("management")
    assert messages_of(stranger.post(undo))[-1][0] == (
        "Das lässt sich nicht rückgängig machen. Das kann nur, wer es getan hat, und nur 15 Minuten lang."
    )
    assert stranger.get(undo).status_code == 405
    assert stranger.post(undo, {"next": "https://example.org/"})["Location"] == "/"
    assert Event.objects.count() == 0


def test_a_page_that_refuses_remembers_nothing():
    client = client_of()
    actor = ParticipationFactory.create().actor
    assert client.post(reverse("actors:actor_delete", args=[actor.pk])).status_code == 409
    assert UndoStep.objects.count() == 0


def test_the_api_deletes_without_remembering():
    contact = ContactFactory.create()
    client_of().delete(reverse("api:contacts-detail", args=[contact.pk]))
    assert (Contact.objects.count(), UndoStep.objects.count()) == (0, 0)


def toast(answer: Any) -> dict[str, str]:
    return json.loads(answer["HX-Trigger"])["showMessage"]


def test_who_was_taken_off_the_list_is_on_it_again():
    client = client_of("volunteer")
    row = ParticipationFactory.create(people_brought=3)
    before = rows_of_records()
    said = toast(client.post(reverse("events:participation_delete", args=[row.pk]), **HTMX))
    assert (Participation.objects.count(), "von der Liste" in said["text"]) == (0, True)
    page = row.event.get_absolute_url()
    assert client.post(said["undo"], {"next": page})["Location"] == page
    assert rows_of_records() == before


def test_a_contact_that_was_taken_off_an_event_belongs_to_it_again():
    client, row = client_of(), EventContactFactory.create()
    before = rows_of_records()
    answer = client.post(reverse("events:event_contact_remove", args=[row.pk]))
    assert EventContact.objects.count() == 0
    assert client.post(messages_of(answer)[0][1])["Location"] == answer["Location"]
    assert rows_of_records() == before


def test_who_was_taken_out_of_a_group_is_in_it_again():
    client, actor = client_of(), ActorFactory.create()
    group = ActorGroupFactory.create(members=[actor, ActorFactory.create()])
    before = rows_of_records()
    answer = client.post(reverse("actors:group_member_remove", args=[group.pk, actor.pk]))
    assert group.members.count() == 1
    client.post(messages_of(answer)[0][1])
    assert rows_of_records() == before


def paste(client: Any, event: Event, text: str, **more: Any) -> Any:
    """Send a pasted list and confirm what the comparison proposes."""
    address = reverse("events:participation_paste", args=[event.pk])
    form = {"text": text, "role": ParticipationRoleFactory.create().pk, "state": "attended", **more}
    review = client.post(address, form)
    for row, _tag, _label in review.context["rows"]:
        bound = [row[name] for name in row.fields]
        form |= {field.html_name: field.value() for field in bound if field.value() is not None}
    return client.post(address, form | {"_confirm": "1"})


def test_a_pasted_list_is_taken_back_with_whom_it_brought_into_the_register():
    client, event = client_of(), EventFactory.create()
    role = ParticipationRoleFactory.create()
    known = PersonFactory.create(given_name="Ada", family_name="Muster")
    ParticipationFactory.create(event=event, actor=known, role=role, state="registered")
    free = PersonFactory.create(given_name="Bea", family_name="Beispiel")
    before = rows_of_records()
    answer = paste(client, event, "Ada Muster\nBea Beispiel\nCarla Neumann\nDora Neumann")
    assert (event.participations.count(), Actor.objects.count()) == (4, 4)
    assert event.participations.get(actor=known).state == "attended"
    [(_text, undo)] = messages_of(answer)
    back = client.post(undo, {"next": event.get_absolute_url()})
    assert back["Location"] == event.get_absolute_url()
    assert (rows_of_records(), free.participations.count()) == (before, 0)


def test_whom_somebody_has_noted_elsewhere_since_stays_in_the_register():
    client, event = client_of(), EventFactory.create()
    answer = paste(client, event, "Carla Neumann\nDora Neumann")
    carla = Actor.objects.get(given_name="Carla")
    ContactFactory.create(actors=[carla])
    client.post(messages_of(answer)[0][1])
    assert (event.participations.count(), list(Actor.objects.persons())) == (0, [carla])


def test_a_list_in_which_somebody_has_written_since_stays():
    client, event = client_of(), EventFactory.create()
    answer = paste(client, event, "Carla Neumann\nDora Neumann")
    row = event.participations.first()
    row.people_brought = 2
    row.save()
    back = client.post(messages_of(answer)[0][1])
    assert f"„{row}“ wurde seitdem geändert." in messages_of(back)[-1][0]
    assert event.participations.count() == 2


def test_marking_all_as_present_is_taken_back_for_exactly_those():
    client, event = client_of(), EventFactory.create()
    for state in ("registered", "registered", "attended", "absent"):
        ParticipationFactory.create(event=event, state=state)
    before = rows_of_records()
    said = toast(client.post(reverse("events:participations_present", args=[event.pk]), **HTMX))
    assert event.participations.filter(state="attended").count() == 3
    client.post(said["undo"])
    assert rows_of_records() == before


def test_picked_participants_are_taken_back():
    client, event, actor = client_of(), EventFactory.create(), ActorFactory.create()
    form = {"actors": [actor.pk], "role": ParticipationRoleFactory.create().pk, "state": "attended"}
    said = toast(client.post(reverse("events:participation_add", args=[event.pk]), form, **HTMX))
    assert event.participations.count() == 1
    client.post(said["undo"])
    assert (event.participations.count(), Actor.objects.count()) == (0, 1)
