"""At the same moment: a form that is sent twice is stored once, and undo that is pressed twice works once."""

import json
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.urls import reverse

from actors.models import Actor
from contacts.models import Contact
from events.models import Event, Participation
from tests.actors.pages import contact, signed_in
from tests.crm.test_stored_once import create_forms
from tests.factories.actors import ActorFactory
from tests.factories.events import EventFactory, ParticipationFactory, ParticipationRoleFactory

pytestmark = pytest.mark.django_db(transaction=True)
WINDOWS = 4


def from_all_windows(client: Client, address: str, form: dict[str, Any]) -> list[Any]:
    """Send the same form from several windows of one browser at the same moment."""
    barrier = Barrier(WINDOWS)
    windows = [Client() for _ in range(WINDOWS)]
    for window in windows:
        window.cookies = client.cookies

    def send(window: Client) -> Any:
        try:
            barrier.wait()
            return window.post(address, form)
        finally:
            connection.close()

    with ThreadPoolExecutor(WINDOWS) as pool:
        return list(pool.map(send, windows))


@pytest.mark.parametrize("kind", ["actor", "concern", "event", "series", "relation"])
def test_a_form_sent_from_several_windows_at_once_is_stored_once(kind):
    client, _user = signed_in()
    address, form, model = create_forms()[kind]
    before = model.objects.count()
    answers = from_all_windows(client, address, form | {"source_key": "k1"})
    assert [answer.status_code for answer in answers] == [302] * WINDOWS
    assert len({answer["Location"] for answer in answers}) == 1
    assert model.objects.count() == before + 1


def test_a_contact_with_a_new_actor_sent_at_once_is_logged_once():
    client, _user = signed_in()
    form = contact(actors=["new:Club Nord"], source_key="k1")
    answers = from_all_windows(client, reverse("contacts:contact_create"), form)
    assert [answer.status_code for answer in answers] == [302] * WINDOWS
    assert (Contact.objects.count(), Actor.objects.count()) == (1, 1)


def test_undo_that_is_pressed_in_several_windows_at_once_works_once():
    client, _user = signed_in()
    event = EventFactory.create()
    ParticipationFactory.create_batch(3, event=event)
    answer = client.post(reverse("events:event_delete", args=[event.pk]))
    [message] = get_messages(answer.wsgi_request)
    answers = from_all_windows(client, message.extra_tags, {})
    messages = sorted(str(list(get_messages(each.wsgi_request))[-1]) for each in answers)
    done = "Das lässt sich nicht rückgängig machen. Es wurde schon rückgängig gemacht."
    assert messages == [*[done] * (WINDOWS - 1), f"„{event.title}“ ist wieder da."]
    assert (Event.objects.count(), Participation.objects.count()) == (1, 3)


def test_undo_of_what_somebody_builds_on_at_that_moment_is_one_or_the_other():
    client, _user = signed_in()
    event, role = EventFactory.create(), ParticipationRoleFactory.create()
    form = {"actors": [ActorFactory.create().pk], "role": role.pk, "state": "registered"}
    answer = client.post(reverse("events:participation_add", args=[event.pk]), form, HTTP_HX_REQUEST="true")
    row = Participation.objects.get()
    undo = json.loads(answer["HX-Trigger"])["showMessage"]["undo"]
    toggle = reverse("events:participation_toggle", args=[row.pk])
    barrier = Barrier(2)
    windows = [(Client(), undo), (Client(), toggle)]
    for window, _address in windows:
        window.cookies = client.cookies

    def press(pair: tuple[Client, str]) -> int:
        try:
            barrier.wait()
            return pair[0].post(pair[1], HTTP_HX_REQUEST="true").status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        statuses = list(pool.map(press, windows))
    left = list(Participation.objects.values_list("state", "version"))
    assert (statuses, left) in [([302, 404], []), ([302, 200], [("attended", 2)])]
