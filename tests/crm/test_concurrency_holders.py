"""Two people record a chair at the same moment: the second is asked whether the first one ended."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from time import sleep

import pytest
from django.db import connection
from django.test import Client

import actors.forms.ties
import actors.serializers
from actors.models import Affiliation
from actors.services.holders import other_holders
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory, AffiliationFactory, PersonFactory

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS = 3
API = "/api/v1/affiliations/"
JSON = {"content_type": "application/json"}


@pytest.fixture(autouse=True)
def _slowly(monkeypatch):
    """Leave the others time between looking who holds the role and saving."""

    def look(affiliation):
        holders = other_holders(affiliation)
        sleep(0.4)
        return holders

    monkeypatch.setattr(actors.forms.ties, "other_holders", look)
    monkeypatch.setattr(actors.serializers, "other_holders", look)


def at_once(ask):
    """Let each writer wait for the others and ask at the same moment; return the statuses."""
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


@pytest.mark.parametrize("key", ["", "k1"])
def test_of_new_chairs_sent_at_once_the_first_is_stored_and_the_others_are_asked(key):
    organisation, persons = ActorFactory.create(), PersonFactory.create_batch(WRITERS)

    def ask(client, number):
        form = {"other": persons[number].pk, "role": "Vorsitz", "valid_from": "2020-07-01"}
        return client.post(f"/actors/{organisation.pk}/affiliations/new/", form | {"source_key": key})

    assert at_once(ask) == [302, 422, 422]
    assert Affiliation.objects.count() == 1


def test_of_members_who_become_chair_at_once_the_first_is_stored_and_the_others_are_asked():
    organisation = ActorFactory.create()
    members = AffiliationFactory.create_batch(WRITERS, organisation=organisation, role="Mitglied")

    def ask(client, number):
        form = {"other": members[number].person_id, "role": "Vorsitz", "version": "1"}
        return client.post(f"/actors/{organisation.pk}/affiliations/{members[number].pk}/", form)

    assert at_once(ask) == [302, 422, 422]
    assert Affiliation.objects.filter(role="Vorsitz").count() == 1


def test_over_the_api_the_first_is_stored_and_the_others_are_refused():
    organisation, persons = ActorFactory.create(), PersonFactory.create_batch(WRITERS)

    def post(client, number):
        body = {"person": persons[number].pk, "organisation": organisation.pk, "role": "Vorsitz"}
        return client.post(API, body, **JSON)

    assert at_once(post) == [201, 400, 400]


def test_members_who_end_each_other_wait_and_do_not_lock_each_other_out():
    organisation = ActorFactory.create()
    terms = AffiliationFactory.create_batch(
        WRITERS, organisation=organisation, role="Mitglied", valid_from=dt.date(2010, 1, 1)
    )

    def patch(client, number):
        body = {
            "role": "Vorsitz",
            "valid_from": f"201{number + 1}-01-01",
            "other_holder": "end",
            "version": 1,
        }
        return client.patch(f"{API}{terms[number].pk}/", body, **JSON)

    statuses = at_once(patch)
    assert set(statuses) <= {200, 400, 409}
    assert Affiliation.objects.filter(role="Vorsitz", valid_until=None).count() == 1
