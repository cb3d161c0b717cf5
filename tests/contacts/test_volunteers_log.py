"""Volunteers log contacts: by the form, the quick note and the API; they see and correct their own only."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from actors.models import Actor
from contacts.models import Contact, FollowUp
from tests.api import client_of as program_of
from tests.api import everything
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory, PersonFactory, PhoneNumberFactory
from tests.factories.contacts import ContactChannelFactory, ContactFactory, DiscussionPointFactory
from tests.factories.events import EventFactory

pytestmark = pytest.mark.django_db
NEW, NOTE, LIST = "/actors/contacts/new/", "/actors/contacts/note/", "/actors/contacts/"
JSON = {"headers": {"Accept": "application/json"}}


@pytest.fixture
def volunteer() -> Any:
    return UserFactory(role="volunteer")


@pytest.fixture
def helper(volunteer: Any) -> Client:
    client = Client()
    client.force_login(volunteer)
    return client


def form_of(actor: Actor, **changes: Any) -> dict[str, Any]:
    ContactChannelFactory(code="phone")
    form = {
        "actors": [actor.pk],
        "note": "Rief an",
        "channel": ContactChannelFactory(code="phone").pk,
        "direction": "in",
        "date": timezone.localdate().isoformat(),
    }
    return form | changes


def test_the_form_logs_a_contact_and_the_list_shows_it(helper: Client, volunteer: Any) -> None:
    ContactFactory(subject="Fremdes")
    assert helper.post(NEW, form_of(ActorFactory())).status_code == 302
    contact = Contact.objects.get(note="Rief an")
    assert contact.staff == volunteer
    text = helper.get(LIST).text
    assert ("Rief an" in text, "Fremdes" in text) == (True, False)


def test_the_quick_note_logs_a_contact_with_a_follow_up_of_ones_own(helper: Client, volunteer: Any) -> None:
    ActorFactory(name="Bürgerverein")
    answer = helper.post(NOTE, {"text": '@"Bürgerverein" rief an. Wv +1w'}, **JSON)
    assert (answer.status_code, answer.json()["ok"]) == (200, True)
    contact = Contact.objects.get(pk=answer.json()["id"])
    assert contact.staff == volunteer
    assert list(FollowUp.objects.visible_to(volunteer)) == list(contact.follow_ups.all())
    assert helper.get(answer.json()["url"]).status_code == 200


def test_what_was_just_logged_can_be_taken_back(helper: Client) -> None:
    ActorFactory(name="Bürgerverein")
    undo = helper.post(NOTE, {"text": '@"Bürgerverein" rief an'}, **JSON).json()["undo_url"]
    helper.post(undo)
    assert Contact.objects.count() == 0


def test_the_api_logs_a_contact_and_its_points() -> None:
    client = program_of("volunteer")
    ContactChannelFactory(code="phone")
    body = {"channel": "phone", "actors": [ActorFactory().pk], "subject": "Fest", "date": "2020-05-04"}
    made = client.post("/api/v1/contacts/", body)
    assert (made.status_code, made.json()["staff"]) == (201, client.user.pk)
    point = client.post("/api/v1/discussion-points/", {"contact": made.json()["id"], "text": "Bänke"})
    assert point.status_code == 201
    assert [row["subject"] for row in client.get("/api/v1/contacts/").json()["results"]] == ["Fest"]
    note = client.post("/api/v1/contacts/note/", {"text": "rief an", "actors": [ActorFactory().pk]})
    assert (note.status_code, note.json()["staff"]) == (201, client.user.pk)


def test_one_corrects_what_one_logged(helper: Client, volunteer: Any) -> None:
    contact = ContactFactory(staff=volunteer, is_confidential=True)
    changes = {"note": "Rief zweimal an", "is_confidential": "on", "version": contact.version}
    form = form_of(contact.actors.get(), **changes)
    answer = helper.post(f"{contact.get_absolute_url()}edit/", form)
    contact.refresh_from_db()
    assert (answer.status_code, contact.note, contact.staff) == (302, "Rief zweimal an", volunteer)
    assert "Rief zweimal an" in helper.get(contact.get_absolute_url()).text


def test_the_contacts_of_others_do_not_exist(helper: Client, volunteer: Any) -> None:
    foreign, own = ContactFactory(), ContactFactory(staff=volunteer)
    point = DiscussionPointFactory(contact=foreign)
    client = program_of("volunteer")
    client.force_authenticate(volunteer)
    before = everything()
    pages = [foreign.get_absolute_url(), f"{foreign.get_absolute_url()}edit/"]
    assert [helper.get(page).status_code for page in pages] == [404, 404]
    assert helper.post(pages[1], form_of(ActorFactory())).status_code == 404
    for method in ("get", "put", "patch"):
        for address in (f"contacts/{foreign.pk}", f"discussion-points/{point.pk}"):
            assert getattr(client, method)(f"/api/v1/{address}/", {}).status_code == 404
    # A point under somebody else's contact answers like one under a contact that is not there.
    answers = [
        client.post("/api/v1/discussion-points/", {"contact": key, "text": "x"})
        for key in (foreign.pk, 999_999)
    ]
    assert [answer.status_code for answer in answers] == [400, 400]
    said = [answer.json()["contact"][0] for answer in answers]
    assert said[0].replace(str(foreign.pk), "999999") == said[1]
    assert helper.get(own.get_absolute_url()).status_code == 200
    after = everything()
    assert after["contacts.Contact"] == before["contacts.Contact"]
    assert after["contacts.DiscussionPoint"] == before["contacts.DiscussionPoint"]


def test_a_contact_is_not_deleted_by_a_volunteer(helper: Client, volunteer: Any) -> None:
    own = ContactFactory(staff=volunteer)
    assert helper.post(f"{own.get_absolute_url()}delete/").status_code == 403
    assert Contact.objects.filter(pk=own.pk).exists()


@pytest.mark.parametrize("address", [NEW, f"{NEW}?actor=1"])
def test_the_form_does_not_offer_to_add_actors(helper: Client, address: str) -> None:
    field = str(helper.get(address).context["form"]["actors"])
    assert "data-create" not in field
    assert 'data-no-results="Nichts gefunden. Was fehlt, kann das Büro eintragen."' in field


def test_a_name_that_is_not_in_the_register_is_said_and_adds_nobody(helper: Client) -> None:
    actor = ActorFactory()
    said = "„Erika Neu“ steht nicht in der Liste."
    answer = helper.post(NEW, form_of(actor, actors=[actor.pk, "new:Erika Neu"]))
    assert (answer.status_code, said in answer.context["form"].errors["actors"][0]) == (422, True)
    said = "„Erika Neu“ steht nicht im Verzeichnis, und nur das Büro legt Akteur*innen an."
    answer = helper.post(NOTE, {"text": '@"Erika Neu" rief an'}, **JSON)
    assert (answer.status_code, said in answer.json()["errors"]["actors"][0]) == (422, True)
    assert list(Actor.objects.all()) == [actor]
    assert Contact.objects.count() == 0


def test_an_event_and_its_contact_are_tied_when_it_is_logged_there(helper: Client, volunteer: Any) -> None:
    event, actor = EventFactory(), ActorFactory(name="Bürgerverein")
    helper.post(
        reverse("events:event_note_save", args=[event.pk]), {"text": f'@"{actor}" will helfen'}, **JSON
    )
    contact = Contact.objects.get()
    assert (contact.staff, contact.event_contact.event) == (volunteer, event)
    assert "will helfen" in helper.get(reverse("events:event_contacts", args=[event.pk])).text


def test_every_page_offers_to_log_a_contact(helper: Client) -> None:
    ActorFactory()
    text = helper.get("/").text
    assert (NEW in text, LIST in text, "/events/new/" in text) == (True, True, False)
    assert ("Meine letzten Kontakte" in text, "Kontakte des Büros" in text) == (True, False)


# --- how an actor is reached ---


def test_how_an_organisation_is_reached_stands_on_its_page_for_volunteers() -> None:
    club = ActorFactory(email="buero@example.org", street="Gasse 1", city="Yburg", notes="Ruft gern an")
    PhoneNumberFactory(actor=club, number="+49 5361 12345")
    seen = {}
    for role in ("staff", "volunteer", "reader"):
        client = Client()
        client.force_login(UserFactory(role=role))
        text = client.get(club.get_absolute_url()).text
        words = ("tel:0536112345", "buero@example.org", "Gasse 1", "Ruft gern an")
        seen[role] = [word in text for word in words]
    assert seen == {
        "staff": [True, True, True, True],
        "volunteer": [True, True, True, False],
        "reader": [False, False, False, False],
    }


@pytest.mark.parametrize("typed", ["buero@example", "0536112345"])
def test_page_search_and_api_tell_each_role_the_same(typed: str) -> None:
    club = ActorFactory(name="Verein", email="buero@example.org")
    person = PersonFactory(given_name="Ada", family_name="Zeisig", email="buero@example.net")
    for actor in (club, person):
        PhoneNumberFactory(actor=actor, number="+49 5361 12345")
    expected = {"staff": [club.name, person.name], "volunteer": [club.name], "reader": []}
    for role, names in expected.items():
        user = UserFactory(role=role)
        client, program = Client(), program_of(role)
        client.force_login(user)
        listed = client.get("/actors/", {"q": typed}).context["table"].data
        options = client.get("/actors/options/", {"q": typed}).json()["results"]
        groups = client.get("/search/", {"q": typed}).context["groups"]
        served = program.get("/api/v1/actors/", {"q": typed}).json()["results"]
        assert sorted(actor.name for actor in listed) == sorted(names)
        assert sorted(option["text"] for option in options) == sorted(names)
        assert sorted(hit.title for group in groups for hit in group.hits) == sorted(names)
        assert sorted(row["name"] for row in served) == sorted(names)
