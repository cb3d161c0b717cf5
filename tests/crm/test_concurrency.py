"""Two people save one record at the same moment: one is first, the other is told, and nothing is lost."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from actors.models import Actor
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS = 4


def all_at_once(ask):
    """Let each writer wait for the others, and ask at the same moment; return the statuses."""
    barrier = Barrier(WRITERS)
    clients = [Client() for _ in range(WRITERS)]
    for client in clients:
        client.force_login(UserFactory())

    def write(number):
        try:
            barrier.wait()
            return ask(clients[number], number).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS) as pool:
        return sorted(pool.map(write, range(WRITERS)))


def test_of_those_who_send_a_form_at_once_one_is_first_and_the_others_are_told():
    actor = ActorFactory(district="Alt")
    address = reverse("actors:actor_update", args=[actor.pk])

    def ask(client, number):
        form = {"kind": actor.kind, "actor_type": actor.actor_type_id, "name": actor.name, "version": "1"}
        return client.post(address, form | {"district": f"Bezirk {number}"})

    assert all_at_once(ask) == [302, 422, 422, 422]
    assert Actor.objects.get(pk=actor.pk).version == 2


@pytest.mark.skipif(connection.vendor == "sqlite", reason="locks whole databases, not rows")
def test_what_a_form_changes_is_read_locked():
    actor, client = ActorFactory(), Client()
    client.force_login(UserFactory())
    form = {"kind": actor.kind, "actor_type": actor.actor_type_id, "name": "Neu", "version": "1"}
    with CaptureQueriesContext(connection) as queries:
        answer = client.post(reverse("actors:actor_update", args=[actor.pk]), form)
    reading = [query["sql"] for query in queries if 'FROM "actors_actor"' in query["sql"]]
    assert (answer.status_code, 'FOR UPDATE OF "actors_actor"' in reading[0]) == (302, True)


def test_of_those_who_patch_at_once_one_is_first_and_the_others_are_told():
    actor = ActorFactory(district="Alt")
    address = reverse("api:actors-detail", args=[actor.pk])

    def ask(client, number):
        body = {"district": f"Bezirk {number}", "version": 1}
        return client.patch(address, body, content_type="application/json")

    assert all_at_once(ask) == [200, 409, 409, 409]
    assert Actor.objects.get(pk=actor.pk).version == 2


def test_of_those_who_record_the_same_at_once_one_does_and_nobody_sees_a_crash():
    actor_type = ActorFactory().actor_type
    body = {"kind": "organisation", "actor_type": actor_type.code, "name": "Verein", "external_id": "A1"}
    statuses = all_at_once(
        lambda client, _number: client.post(reverse("api:actors-list"), body, content_type="application/json")
    )
    assert statuses[0] == 201
    assert set(statuses[1:]) <= {400, 409}
    assert Actor.objects.filter(external_id="A1").count() == 1
