"""Two colleagues log at once: nothing is lost, nothing is there twice."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client

from actors.models import Actor
from contacts.models import Contact, FollowUp
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory

pytestmark = pytest.mark.django_db(transaction=True)
SAVE = "/actors/contacts/note/"
EACH = 100
JSON = {"HTTP_ACCEPT": "application/json"}


def signed_in():
    client = Client()
    client.force_login(UserFactory())
    return client


def at_once(clients, work):
    """Let each client work in a thread of its own, all from the same moment on."""
    barrier = Barrier(len(clients))

    def run(number):
        try:
            barrier.wait()
            return work(clients[number], number)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(clients)) as pool:
        return list(pool.map(run, range(len(clients))))


def test_two_hundred_contacts_logged_by_two_at_once_are_all_there():
    actor = ActorFactory.create()

    def log(client, number):
        notes = [{"text": f"tel Notiz {number}-{i} wv +1w", "source_key": f"k{i}"} for i in range(EACH)]
        return [client.post(SAVE, {**note, "actors": actor.pk}, **JSON).status_code for note in notes]

    assert at_once([signed_in(), signed_in()], log) == [[200] * EACH] * 2
    logged = sorted(Contact.objects.values_list("note", flat=True))
    assert logged == sorted(f"Notiz {number}-{i}" for number in range(2) for i in range(EACH))
    assert (FollowUp.objects.count(), actor.contacts.count()) == (2 * EACH, 2 * EACH)


def test_one_draft_sent_from_several_windows_at_once_is_logged_once():
    client = signed_in()
    windows = [Client() for _ in range(4)]
    for window in windows:
        window.cookies = client.cookies
    note = {"text": "tel @Neu wv +1w", "source_key": "k1"}
    answers = at_once(windows, lambda window, _number: window.post(SAVE, note, **JSON).json())
    assert len({answer["id"] for answer in answers}) == 1
    assert sorted(answer["is_new"] for answer in answers) == [False, False, False, True]
    assert (Contact.objects.count(), FollowUp.objects.count(), Actor.objects.count()) == (1, 1, 1)


def test_of_two_texts_under_one_key_at_once_one_is_logged_and_the_other_is_told():
    client, actor = signed_in(), ActorFactory.create()
    windows = [Client(), Client()]
    for window in windows:
        window.cookies = client.cookies

    def log(window, number):
        note = {"text": f"Text {number}", "source_key": "k1", "actors": actor.pk}
        return window.post(SAVE, note, **JSON).status_code

    assert sorted(at_once(windows, log)) == [200, 422]
    assert Contact.objects.count() == 1
