"""E-mails over the REST API: the same reading, matching and rights as on the pages."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from contacts.emails import errors
from contacts.models import Contact, IncomingEmail
from tests.api import client_of, everything
from tests.contacts.emails.messages import eml, with_file
from tests.factories.actors import ActorFactory
from tests.factories.contacts import AttachmentFactory, ContactFactory, IncomingEmailFactory

pytestmark = pytest.mark.django_db
LIST = "/api/v1/emails/"


def test_an_e_mail_is_given_with_its_files_and_what_was_not_kept():
    missing = {"name": "alles.zip", "size": 900, "reason": "archive"}
    attachment = AttachmentFactory(email=IncomingEmailFactory(not_kept=[missing]))
    got = client_of("staff").get(f"{LIST}{attachment.email.pk}/").json()
    assert (got["state"], got["sender"], got["not_kept"]) == ("waiting", "petra@verein.example", [missing])
    assert got["attachments"] == [
        {
            "id": attachment.pk,
            "name": "Einladung.pdf",
            "content_type": "application/pdf",
            "size": 8,
            "url": reverse("contacts:attachment_file", args=[attachment.pk]),
        }
    ]


def test_an_e_mail_is_taken_in_once_as_a_file_or_as_source():
    client = client_of("staff")
    mail = with_file(b"%PDF-1", "a.pdf")
    first = client.post(LIST, {"file": SimpleUploadedFile("a.eml", mail.as_bytes())}, format="multipart")
    again = client.post(LIST, {"raw": mail.as_string()})
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert [file["name"] for file in first.json()["attachments"]] == ["a.pdf"]


def test_a_copied_text_is_taken_in():
    got = client_of("staff").post(LIST, {"text": "Von: Ada <ada@example.org>\nBetreff: Hallo\n\n<b>Text</b>"})
    assert got.status_code == 201
    assert (got.json()["sender"], got.json()["subject"], got.json()["text"]) == (
        "ada@example.org",
        "Hallo",
        "<b>Text</b>",
    )


@pytest.mark.parametrize("body", [{}, {"text": "a", "raw": "b"}, {"text": {}}, {"file": "a.eml"}, []])
def test_anything_but_one_e_mail_is_refused(body: object):
    client = client_of("staff")
    before = everything()
    assert client.post(LIST, body).status_code == 400
    assert everything() == before


def test_each_way_of_giving_an_e_mail_is_named_where_none_is_taken():
    assert sorted(client_of("staff").post(LIST, {}).json()) == ["file", "raw", "text"]


def test_what_is_no_e_mail_is_refused_with_the_reason():
    got = client_of("staff").post(LIST, {"raw": "nichts\nals Text"})
    assert (got.status_code, got.json()) == (400, {"raw": [str(errors.NOT_AN_EMAIL)]})


def test_assigning_logs_a_contact_once():
    client, email, actor = client_of("staff"), IncomingEmailFactory(), ActorFactory()
    url = f"{LIST}{email.pk}/assign/"
    first = client.post(url, {"actors": [actor.pk], "is_confidential": True})
    again = client.post(url, {"actors": [actor.pk]})
    contact = Contact.objects.get()
    assert (first.status_code, first.json()["contact"], again.status_code) == (200, contact.pk, 409)
    assert (list(contact.actors.all()), contact.is_confidential, contact.staff) == (
        [actor],
        True,
        client.user,
    )


@pytest.mark.parametrize("actors", [[], [0], ["x"], None])
def test_assigning_to_nobody_is_refused(actors: object):
    client, email = client_of("staff"), IncomingEmailFactory()
    before = everything()
    assert client.post(f"{LIST}{email.pk}/assign/", {"actors": actors}).status_code == 400
    assert everything() == before


def test_setting_aside_and_filtering_by_state():
    client = client_of("management")
    waiting, aside = IncomingEmailFactory(), IncomingEmailFactory()
    logged = IncomingEmailFactory(contact=ContactFactory())
    assert client.post(f"{LIST}{aside.pk}/set-aside/").json()["state"] == "set-aside"
    assert client.post(f"{LIST}{logged.pk}/set-aside/").status_code == 409
    senders = {
        state: [row["id"] for row in client.get(LIST, {"state": state}).json()["results"]]
        for state in ("waiting", "logged", "set-aside")
    }
    assert senders == {"waiting": [waiting.pk], "logged": [logged.pk], "set-aside": [aside.pk]}


@pytest.mark.parametrize("role", ["volunteer", "reader"])
def test_for_others_there_are_no_e_mails(role: str):
    client, email = client_of(role), IncomingEmailFactory()
    before = everything()
    answers = [
        client.get(LIST),
        client.get(f"{LIST}{email.pk}/"),
        client.post(LIST, {"raw": eml().decode()}),
        client.post(f"{LIST}{email.pk}/assign/", {"actors": []}),
    ]
    assert [answer.status_code for answer in answers] == [404] * 4
    assert everything() == before


def test_the_list_asks_as_often_for_many_as_for_one(django_assert_max_num_queries):
    client = client_of("staff")
    for _number in range(3):
        AttachmentFactory.create_batch(2, email=IncomingEmailFactory())
    with django_assert_max_num_queries(8):
        assert len(client.get(LIST).json()["results"]) == IncomingEmail.objects.count()


def test_what_an_e_mail_is_and_why_it_is_no_contact_is_told():
    client = client_of("staff")
    raw = (
        "Auto-Submitted: auto-replied\nReply-To: ada@example.org\n" + eml(text="Bin fort.\n\n> Wo?").decode()
    )
    got = client.post(LIST, {"raw": raw}).json()
    assert {name: got[name] for name in ("state", "kind", "reason", "reply_to", "text", "note")} == {
        "state": "waiting",
        "kind": "automatic",
        "reason": str(errors.NO_CONTACT["automatic"]),
        "reply_to": "ada@example.org",
        "text": "Bin fort.\n\n> Wo?",
        "note": "Bin fort.",
    }


def test_e_mails_are_filtered_by_kind():
    client = client_of("staff")
    IncomingEmailFactory()
    broken = IncomingEmailFactory(kind="broken", fault="empty")
    got = client.get(LIST, {"kind": "broken"}).json()["results"]
    assert [(row["id"], row["reason"]) for row in got] == [(broken.pk, str(errors.EMPTY_FILE))]


def test_what_is_no_contact_by_itself_is_logged_where_somebody_says_so():
    client, actor = client_of("staff"), ActorFactory()
    email = IncomingEmailFactory(kind="bulk")
    got = client.post(f"{LIST}{email.pk}/assign/", {"actors": [actor.pk]})
    assert (got.status_code, got.json()["state"], Contact.objects.get().actors.get()) == (
        200,
        "logged",
        actor,
    )
