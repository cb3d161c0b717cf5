"""Pages of the e-mails: upload, what waits, whose contact one is, files for those who may have them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from actors.models import Actor
from contacts.emails import errors
from contacts.models import Contact, EmailKind, FollowUp, IncomingEmail
from contacts.services.emails import log_email
from tests.api import everything
from tests.contacts.emails.messages import eml, with_file
from tests.downloads import file_names_of
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory, PersonFactory
from tests.factories.contacts import AttachmentFactory, ContactFactory, IncomingEmailFactory

pytestmark = pytest.mark.django_db
UPLOAD = reverse("contacts:email_create")
SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(1)>"


def client_of(role: str = "staff", **fields: Any) -> Client:
    client = Client()
    client.force_login(UserFactory(role=role, **fields))
    return client


def file(data: bytes, name: str = "mail.eml") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def assignment(**fields: Any) -> dict[str, Any]:
    usual = {"subject": "Anfrage", "note": "Text", "date": "2020-05-04", "direction": "in"}
    return {**usual, **fields}


def test_one_file_leads_to_the_question_whose_contact_it_is():
    actor = PersonFactory(email="petra@verein.example")
    client = client_of(email="buero@westhagen.example")
    answer = client.post(UPLOAD, {"emails": file(eml())}, follow=True)
    email = IncomingEmail.objects.get()
    assert answer.redirect_chain == [(email.get_absolute_url(), 302)]
    assert answer.context["is_sure"]
    sent = client.post(email.get_absolute_url(), assignment(actors=[actor.pk]))
    contact = Contact.objects.get()
    assert (sent.url, list(contact.actors.all())) == (contact.get_absolute_url(), [actor])


def test_of_several_files_each_has_its_own_outcome():
    IncomingEmailFactory()
    client = client_of()
    outlook = file(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "y.msg")
    files = [file(eml()), file(eml()), file(b"nichts", "x.eml"), outlook]
    answer = client.post(UPLOAD, {"emails": files, "text": "Von: a@b.example\nBetreff: Kopie\n\nText"})
    taken = answer.context["taken"]
    assert [(each.is_new, each.refusal) for each in taken] == [
        (True, ""),
        (False, ""),
        (False, str(errors.NOT_AN_EMAIL)),
        (False, str(errors.OUTLOOK_FILE)),
        (True, ""),
    ]
    assert (answer.status_code, IncomingEmail.objects.count()) == (200, 3)


def test_a_logged_e_mail_that_is_uploaded_again_leads_to_its_contact():
    client = client_of()
    client.post(UPLOAD, {"emails": file(eml())})
    email = IncomingEmail.objects.get()
    contact, _is_new = log_email(email=email, user=UserFactory(), actors=[ActorFactory()])
    page = client.post(UPLOAD, {"emails": file(eml())}, follow=True).content.decode()
    assert contact.get_absolute_url() in page


@pytest.mark.parametrize("data", [{}, {"text": " \n"}, {"emails": [file(b"x") for _n in range(21)]}])
def test_nothing_or_too_much_at_once_is_refused(data: dict[str, Any]):
    before = everything()
    assert client_of().post(UPLOAD, data).status_code == 422
    assert everything() == before


def test_an_e_mail_is_shown_as_text_only():
    email = IncomingEmailFactory(subject=SCRIPT, text=SCRIPT + "\u202eabc", sender_name=SCRIPT)
    page = client_of().get(email.get_absolute_url()).content.decode()
    assert "alert(1)</script>" not in page
    assert "<img src=x" not in page
    assert "⟨U+202E⟩" in page


def test_strangers_are_added_known_ones_chosen_and_doubts_settled():
    club, known = ActorFactory(email="zwei@b.example"), ActorFactory(email="")
    ActorFactory(email="zwei@b.example")
    email = IncomingEmailFactory(
        recipients=[
            {"kind": "to", "name": "", "address": "zwei@b.example"},
            {"kind": "cc", "name": "", "address": "neu@b.example"},
            {"kind": "cc", "name": "", "address": "werbung@b.example"},
        ]
    )
    client = client_of()
    choices = {
        "p0-choice": "new",
        "p0-name": "Petra Müller",
        "p0-kind": "person",
        "p0-actor_type": "resident",
        "p1-choice": f"actor:{club.pk}",
        "p2-choice": "known",
        "p2-known": known.pk,
        "p3-choice": "",
    }
    answer = client.post(email.get_absolute_url(), assignment(is_confidential="on", **choices))
    contact = Contact.objects.get()
    added = Actor.objects.get(name="Petra Müller")
    assert (answer.status_code, set(contact.actors.all())) == (302, {club, known, added})
    known.refresh_from_db()
    assert (added.email, known.email, contact.is_confidential) == (
        "petra@verein.example",
        "neu@b.example",
        True,
    )


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"p0-choice": "known"},
        {"p0-choice": "new", "p0-name": ""},
        {"p0-choice": "actor:1"},
        {"p0-choice": "nonsense"},
        {"actors": ["999999"]},
        {"follow_up_text": "Antworten"},
    ],
)
def test_what_is_missing_is_asked_for_and_nothing_is_written(fields: dict[str, Any]):
    email = IncomingEmailFactory(recipients=[])
    client = client_of()
    before = everything()
    assert client.post(email.get_absolute_url(), assignment(**fields)).status_code == 422
    assert everything() == before


def test_a_follow_up_is_planned_in_the_same_go():
    email, actor, user = IncomingEmailFactory(), ActorFactory(), UserFactory()
    client = client_of()
    fields = {"follow_up_due": "2027-01-04", "follow_up_text": "Antworten", "follow_up_assignee": user.pk}
    client.post(email.get_absolute_url(), assignment(actors=[actor.pk], **fields))
    assert FollowUp.objects.values_list("text", "assignee", "contact__email").get() == (
        "Antworten",
        user.pk,
        email.pk,
    )


def test_setting_aside_offers_to_take_it_back():
    email, client = IncomingEmailFactory(), client_of()
    page = client.post(reverse("contacts:email_set_aside", args=[email.pk]), follow=True).content.decode()
    undo = reverse("contacts:email_take_up", args=[email.pk])
    assert undo in page
    client.post(undo)
    assert IncomingEmail.objects.waiting().get() == email


def test_the_list_opens_with_what_waits():
    waiting = IncomingEmailFactory()
    IncomingEmailFactory(contact=ContactFactory())
    answer = client_of().get(reverse("contacts:email_list"), follow=True)
    assert answer.redirect_chain == [("/actors/emails/?state=waiting", 302)]
    assert [row.record for row in answer.context["table"].rows] == [waiting]


def queries_of(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_the_list_asks_as_often_for_many_as_for_one():
    client, url = client_of(), f"{reverse('contacts:email_list')}?state="
    AttachmentFactory(email__taken_in_by=UserFactory())
    queries_of(client, url)
    few = queries_of(client, url)
    for _number in range(3):
        AttachmentFactory.create_batch(2, email=IncomingEmailFactory(taken_in_by=UserFactory()))
    assert queries_of(client, url) == few


def test_a_file_is_handed_out_to_be_saved_and_nothing_else():
    attachment = AttachmentFactory(name='Größe "1".pdf')
    answer = client_of().get(reverse("contacts:attachment_file", args=[attachment.pk]))
    assert b"".join(answer.streaming_content) == b"%PDF-1.7"
    assert file_names_of(answer) == ("Groesse 1.pdf", "Größe 1.pdf")
    said = [answer[name] for name in ("X-Content-Type-Options", "Content-Security-Policy", "Content-Type")]
    assert said == ["nosniff", "default-src 'none'; sandbox", "application/pdf"]


def test_a_file_that_is_gone_does_not_exist():
    attachment = AttachmentFactory()
    attachment.file.storage.delete(attachment.file.name)
    url = reverse("contacts:attachment_file", args=[attachment.pk])
    assert client_of().get(url).status_code == 404


def test_the_contact_shows_the_files_to_the_office_only():
    email = IncomingEmailFactory(not_kept=[{"name": "alles.zip", "size": 9, "reason": "archive"}])
    attachment = AttachmentFactory(email=email)
    contact, _is_new = log_email(email=email, user=UserFactory(), actors=[ActorFactory()])
    url = reverse("contacts:attachment_file", args=[attachment.pk])
    page = client_of("staff").get(contact.get_absolute_url()).content.decode()
    assert (url in page, "alles.zip" in page) == (True, True)
    assert client_of("volunteer").get(contact.get_absolute_url()).status_code == 404


def test_the_menu_says_how_many_wait():
    IncomingEmailFactory.create_batch(3)
    page = client_of().get("/").content.decode()
    assert '<span class="cnt">3</span></a>' in page


def test_an_uploaded_e_mail_brings_its_files():
    client = client_of()
    client.post(UPLOAD, {"emails": file(with_file(b"%PDF-1", "Plan.pdf").as_bytes())})
    page = client.get(IncomingEmail.objects.get().get_absolute_url()).content.decode()
    assert "Plan.pdf" in page


@pytest.mark.parametrize("kind", [kind for kind in EmailKind.values if kind not in {"letter", "broken"}])
def test_the_page_says_why_an_e_mail_is_no_contact_by_itself(kind: str):
    PersonFactory(email="petra@verein.example")
    email = IncomingEmailFactory(kind=kind, recipients=[])
    answer = client_of().get(email.get_absolute_url())
    assert escape(str(errors.NO_CONTACT[kind])) in answer.content.decode()
    assert not answer.context["is_sure"]


@pytest.mark.parametrize("fault", list(errors.FAULTS))
def test_a_broken_e_mail_is_listed_with_its_reason_its_original_and_a_way_to_put_it_aside(fault: str):
    email = IncomingEmailFactory(kind="broken", fault=fault, subject="", text="")
    original = AttachmentFactory(email=email, name="E-Mail.eml", content_type="message/rfc822")
    client = client_of()
    listed = client.get(reverse("contacts:email_list"), follow=True).content.decode()
    page = client.get(email.get_absolute_url()).content.decode()
    assert [text in listed for text in (email.get_absolute_url(), str(EmailKind.BROKEN.label))] == [True] * 2
    query = (
        escape(str(errors.FAULTS[fault])),
        reverse("contacts:attachment_file", args=[original.pk]),
        reverse("contacts:email_set_aside", args=[email.pk]),
    )
    assert [text in page for text in query] == [True] * 3


def test_the_list_of_what_waits_says_how_much_was_put_aside_by_itself():
    now = timezone.now()
    for kind, days in (("automatic", 1), ("bulk", 13), ("receipt", 15), ("letter", 1)):
        IncomingEmailFactory(kind=kind, set_aside_at=now - dt.timedelta(days=days))
    IncomingEmailFactory(kind="automatic")
    client = client_of()
    counts = [
        client.get(f"{reverse('contacts:email_list')}?state={state}").context["put_aside"]
        for state in ("waiting", "set-aside")
    ]
    assert counts == [2, 0]


def test_e_mails_are_filtered_by_kind_and_found_by_who_gets_the_answers():
    bulk = IncomingEmailFactory(kind="bulk")
    form = IncomingEmailFactory(reply_to="ada@example.org", reply_to_name="Ada Beispiel")
    client = client_of()
    lists = [
        [row.record for row in client.get(reverse("contacts:email_list"), query).context["table"].rows]
        for query in ({"kind": "bulk"}, {"q": "ada@example"}, {"q": "Beispiel"})
    ]
    assert lists == [[bulk], [form], [form]]


def test_earlier_messages_are_folded_away_from_the_text_and_from_the_note():
    email = IncomingEmailFactory(text="Ja, gern.\n\nAm 1.6.2026 schrieb das Büro:\n> Kommen Sie?")
    answer = client_of().get(email.get_absolute_url())
    assert (answer.context["text"], answer.context["history"], answer.context["form"].initial["note"]) == (
        "Ja, gern.",
        "Am 1.6.2026 schrieb das Büro:\n> Kommen Sie?",
        "Ja, gern.",
    )
    folded = answer.content.decode().partition("email-history")[2]
    assert "&gt; Kommen Sie?" in folded.partition("</details>")[0]


def test_a_stranger_written_family_first_is_offered_as_a_person():
    email = IncomingEmailFactory(sender_name="Müller, Anna", recipients=[])
    [row] = client_of().get(email.get_absolute_url()).context["strangers"]
    assert (row.initial["name"], row.initial["kind"]) == ("Anna Müller", "person")


def test_who_filled_in_a_form_is_asked_about_and_the_form_is_not():
    email = IncomingEmailFactory(
        sender_name="Formular",
        sender="noreply@website.example",
        reply_to_name="Ada Beispiel",
        reply_to="ada@example.org",
        recipients=[],
    )
    answer = client_of().get(email.get_absolute_url())
    assert [row.person.address for row in answer.context["strangers"]] == ["ada@example.org"]
    assert "noreply@website.example" in answer.content.decode()


def test_of_a_long_text_only_the_beginning_is_drawn_first_even_of_piled_marks():
    text = "a" + "\u0301\u0323" * 1000
    email = IncomingEmailFactory(text=text)
    content = client_of().get(email.get_absolute_url()).text
    assert f">{text[:799]}…<" in content
