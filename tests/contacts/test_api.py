"""Contacts and follow-ups over the REST API: who sees what, who writes what, and what belongs together."""

import pytest

from contacts.models import Contact, FollowUp
from tests.api import client_of, everything
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory, PersonFactory
from tests.factories.contacts import ConcernFactory, ContactChannelFactory, ContactFactory, FollowUpFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("path", "factory"),
    [
        ("contacts", ContactFactory),
        ("concerns", ConcernFactory),
        ("follow-ups", FollowUpFactory),
    ],
)
def test_for_readers_the_offices_memory_does_not_exist(path, factory):
    record = factory()
    client = client_of("reader")
    assert client.get(f"/api/v1/{path}/").status_code == 404
    assert client.get(f"/api/v1/{path}/{record.pk}/").status_code == 404


@pytest.mark.parametrize("method", ["get", "put", "patch", "delete"])
def test_an_invisible_record_answers_like_a_missing_one(method):
    secret = ContactFactory(is_confidential=True)
    client = client_of("volunteer")
    before = everything()
    invisible = getattr(client, method)(f"/api/v1/contacts/{secret.pk}/", {"subject": "x"})
    missing = getattr(client, method)("/api/v1/contacts/999999/", {"subject": "x"})
    assert (invisible.status_code, invisible.content) == (missing.status_code, missing.content)
    assert invisible.status_code in {404, 403}
    assert everything() == before


def test_what_the_server_sets_is_not_taken_from_outside():
    client, other = client_of("staff"), UserFactory(role="management")
    actor = ActorFactory()
    ContactChannelFactory(code="phone")
    forged = {
        "id": 77777,
        "staff": other.pk,
        "created_by": other.pk,
        "created_at": "2001-01-01T00:00:00Z",
        "role": "management",
        "is_staff": True,
    }
    body = {"channel": "phone", "actors": [actor.pk], "subject": "Fest", "date": "2020-05-04", **forged}
    answer = client.post("/api/v1/contacts/", body)
    contact = Contact.objects.get()
    assert answer.status_code == 201
    assert (contact.staff, contact.pk == 77777, contact.created_at.year > 2001) == (client.user, False, True)
    client.patch(f"/api/v1/contacts/{contact.pk}/", forged)
    contact.refresh_from_db()
    assert (contact.staff, contact.version) == (client.user, 2)
    client.user.refresh_from_db()
    assert (client.user.role, client.user.is_staff) == ("staff", False)


def test_who_logged_a_contact_stays_when_somebody_else_edits_it():
    contact = ContactFactory()
    logged_by = contact.staff
    client_of("management").patch(f"/api/v1/contacts/{contact.pk}/", {"subject": "Neu"})
    contact.refresh_from_db()
    assert (contact.subject, contact.staff) == ("Neu", logged_by)


def test_a_contact_is_with_somebody():
    ContactChannelFactory(code="phone")
    body = {"channel": "phone", "actors": [], "subject": "Fest", "date": "2020-05-04"}
    answer = client_of("staff").post("/api/v1/contacts/", body)
    assert (answer.status_code, sorted(answer.json())) == (400, ["actors"])
    assert Contact.objects.count() == 0


def test_volunteers_and_readers_change_nothing_of_others():
    contact, actor = ContactFactory(), ActorFactory()
    before = everything()
    got = {}
    for role in ("volunteer", "reader"):
        client = client_of(role)
        for path, record in (("actors", actor), ("contacts", contact)):
            answers = [
                client.put(f"/api/v1/{path}/{record.pk}/", {}),
                client.patch(f"/api/v1/{path}/{record.pk}/", {}),
                client.delete(f"/api/v1/{path}/{record.pk}/"),
            ]
            got[role, path] = [answer.status_code for answer in answers]
    assert got == {
        ("volunteer", "actors"): [403, 403, 403],
        ("volunteer", "contacts"): [404, 404, 403],
        ("reader", "actors"): [403, 403, 403],
        ("reader", "contacts"): [404, 404, 404],
    }
    assert everything() == before


def test_a_record_that_others_need_is_not_deleted():
    person = ConcernFactory(forwarded_to=PersonFactory()).forwarded_to
    before = everything()
    answer = client_of("management").delete(f"/api/v1/actors/{person.pk}/")
    assert answer.status_code == 409
    assert everything() == before


def test_a_follow_up_is_done_by_who_says_so_and_can_be_taken_up_again():
    client, follow_up = client_of("staff"), FollowUpFactory()
    address = f"/api/v1/follow-ups/{follow_up.pk}/done/"
    forged = client.patch(
        f"/api/v1/follow-ups/{follow_up.pk}/", {"done_at": "2020-05-12T10:00:00Z", "done_by": 1}
    )
    assert (forged.json()["done_at"], forged.json()["done_by"]) == (None, None)
    done = client.post(address).json()
    assert (done["done_by"], done["done_at"] is None) == (client.user.pk, False)
    assert client_of("management").post(address).json()["done_by"] == client.user.pk
    reopened = client.delete(address).json()
    assert (reopened["done_by"], reopened["done_at"]) == (None, None)
    assert client.get(address).status_code == 405


def test_volunteers_see_and_tick_off_their_own_follow_ups():
    client = client_of("volunteer")
    own = FollowUpFactory(assignee=client.user)
    FollowUpFactory()
    assert [row["id"] for row in client.get("/api/v1/follow-ups/").json()["results"]] == [own.pk]
    assert client.patch(f"/api/v1/follow-ups/{own.pk}/", {"text": "Anderes"}).status_code == 403
    assert client.post(f"/api/v1/follow-ups/{own.pk}/done/").json()["done_by"] == client.user.pk
    assert FollowUp.objects.filter(done_at=None).count() == 1
