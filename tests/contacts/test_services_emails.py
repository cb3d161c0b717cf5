"""E-mails are taken in once, matched to actors, logged, set aside and taken up again."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as site
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError
from django.utils.translation import gettext as _

from actors.models import Actor
from contacts.emails import errors, read_eml
from contacts.models import Attachment, Contact, FollowUp, IncomingEmail
from contacts.services import emails as services
from contacts.services.email_people import likeliest, people_of, spoken_name
from contacts.services.email_reading import take_in_bytes
from contacts.services.emails import NewSender, draft_of, log_email, log_if_sure, set_aside, take_in, take_up
from contacts.services.follow_ups import PlannedFollowUp
from tests.contacts.emails.messages import NOW, eml, with_file
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory, ActorTypeFactory, OfficeFactory, PersonFactory
from tests.factories.contacts import ContactFactory, IncomingEmailFactory

pytestmark = pytest.mark.django_db


def taken(data: bytes, user: Any = None) -> IncomingEmail:
    return take_in(message=read_eml(data, now=NOW), user=user or UserFactory())[0]


def stored_files() -> list[Path]:
    return [path for path in Path(site.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_the_same_e_mail_is_stored_once():
    user = UserFactory()
    message = read_eml(with_file(b"%PDF-1", "a.pdf").as_bytes(), now=NOW)
    (first, is_new), (again, is_new_again) = [take_in(message=message, user=user) for _run in range(2)]
    assert (first.pk, is_new, is_new_again) == (again.pk, True, False)
    assert (IncomingEmail.objects.count(), len(stored_files())) == (1, 1)


def test_a_file_is_stored_under_a_name_that_tells_nothing():
    email = taken(with_file(b"%PDF-1", "Geheim.pdf").as_bytes())
    attachment = email.attachments.get()
    assert (attachment.name, "geheim" in attachment.file.name.lower()) == ("Geheim.pdf", False)


def test_nothing_stays_behind_when_storing_fails(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(Attachment, "save", lambda self: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        taken(with_file(b"%PDF-1", "a.pdf").as_bytes())
    assert (IncomingEmail.objects.count(), stored_files()) == (0, [])


def test_deleting_an_e_mail_deletes_its_files(django_capture_on_commit_callbacks: Any):
    email = taken(with_file(b"%PDF-1", "a.pdf").as_bytes())
    with django_capture_on_commit_callbacks(execute=True):
        email.delete()
    assert (Attachment.objects.count(), stored_files()) == (0, [])


def test_addresses_are_matched_in_any_case_and_the_office_is_known():
    office = OfficeFactory(name="Stadtteilbüro Westhagen", email="buero@westhagen.example")
    colleague = UserFactory(email="Kollege@stadt.example")
    petra = PersonFactory(email="PETRA@verein.example")
    email = taken(eml(cc="kollege@stadt.example, fremd@example.org"))
    people = people_of(email)
    assert [(p.kind, p.actor, p.is_office, p.user) for p in people] == [
        ("from", petra, False, None),
        ("to", None, True, None),
        ("cc", None, True, colleague),
        ("cc", None, False, None),
    ]
    assert office.pk not in {p.actor.pk for p in people if p.actor}


def test_what_the_office_sends_is_outgoing():
    UserFactory(email="petra@verein.example")
    assert taken(eml()).direction == "out"
    assert taken(eml(number="<2@x>", sender="other@verein.example")).direction == "in"


def test_of_several_actors_with_one_address_the_person_is_meant():
    club, person = ActorFactory(email="a@b.example"), PersonFactory(email="a@b.example")
    ended = ActorFactory(email="a@b.example", active_until=dt.date(2020, 1, 1))
    assert likeliest([club, person, ended]) == person
    assert likeliest([club, ended]) == club
    assert likeliest([club, ActorFactory()]) is None
    assert likeliest([]) is None


def test_a_fully_matched_e_mail_is_logged_as_it_came():
    petra, user = PersonFactory(email="petra@verein.example"), UserFactory()
    colleague = UserFactory(email="buero@westhagen.example")
    email = taken(eml(), user)
    contact = log_if_sure(email=email, user=user)
    assert contact is not None
    assert (
        (contact.subject, contact.note, contact.date, contact.time, contact.channel.code, contact.direction),
        (list(contact.actors.all()), contact.staff, contact.is_confidential),
    ) == (
        (
            "Sommerfest",
            "Guten Tag,\nkommen Sie am Freitag?",
            dt.date(2026, 11, 23),
            dt.time(9, 15),
            "email",
            "in",
        ),
        ([petra], colleague, False),
    )


@pytest.mark.parametrize("cc", ["fremd@example.org", "twice@b.example"])
def test_an_e_mail_with_a_stranger_or_a_doubt_waits(cc: str):
    PersonFactory(email="petra@verein.example")
    UserFactory(email="buero@westhagen.example")
    ActorFactory.create_batch(2, email="twice@b.example")
    assert log_if_sure(email=taken(eml(cc=cc)), user=UserFactory()) is None
    assert Contact.objects.count() == 0


def test_logging_twice_gives_the_same_contact():
    email, user, actor = IncomingEmailFactory(), UserFactory(), ActorFactory()
    first, is_new = log_email(email=email, user=user, actors=[actor])
    again, is_new_again = log_email(email=email, user=user, actors=[ActorFactory()])
    assert (first, is_new, is_new_again, list(again.actors.all())) == (again, True, False, [actor])


def test_strangers_are_added_and_addresses_kept():
    email, user = IncomingEmailFactory(), UserFactory()
    known = ActorFactory(email="")
    has_one = ActorFactory(email="alt@b.example")
    new = NewSender("Petra Müller", "petra@verein.example", "person", ActorTypeFactory(code="resident"))
    contact, _is_new = log_email(
        email=email,
        user=user,
        new_senders=[new],
        addresses=[(known, "neu@b.example"), (has_one, "neu@b.example")],
        is_confidential=True,
        follow_up=PlannedFollowUp(due=dt.date(2027, 1, 4), assignee=user, text="Antworten"),
    )
    added = Actor.objects.get(email="petra@verein.example")
    assert (added.family_name, set(contact.actors.all())) == ("Müller", {known, has_one, added})
    known.refresh_from_db()
    has_one.refresh_from_db()
    assert (known.email, has_one.email) == ("neu@b.example", "alt@b.example")
    assert FollowUp.objects.get(contact=contact).text == "Antworten"


def test_a_long_text_is_shortened_in_the_contact_with_a_visible_mark():
    draft = draft_of(IncomingEmailFactory(text="wort " * 10_000, subject="Betreff " * 60))
    assert len(draft.note) <= 20_000
    assert draft.note.endswith(_("[The full text is kept with the e-mail.]"))
    assert (len(draft.subject) <= 200, draft.subject[-1]) == (True, "…")


def test_the_day_is_the_one_on_the_clocks_of_the_office():
    midnight = dt.datetime(2026, 6, 30, 22, 30, tzinfo=dt.UTC)
    assert draft_of(IncomingEmailFactory(sent_at=midnight)).date == dt.date(2026, 7, 1)


def test_an_e_mail_without_anybody_is_not_logged():
    with pytest.raises(ValidationError):
        log_email(email=IncomingEmailFactory(), user=UserFactory())
    assert (Contact.objects.count(), IncomingEmail.objects.waiting().count()) == (0, 1)


def test_setting_aside_and_taking_up_again():
    email = IncomingEmailFactory()
    set_aside(email=email)
    email.refresh_from_db()
    assert email.state == "set-aside"
    take_up(email=email)
    email.refresh_from_db()
    assert email.state == "waiting"


def test_a_logged_e_mail_is_not_set_aside():
    email = IncomingEmailFactory(contact=ContactFactory())
    with pytest.raises(ValidationError):
        set_aside(email=email)


def test_an_e_mail_waits_again_when_its_contact_is_deleted():
    email, actor = IncomingEmailFactory(), ActorFactory()
    contact, _is_new = log_email(email=email, user=UserFactory(), actors=[actor])
    contact.delete()
    email.refresh_from_db()
    assert email.state == "waiting"
    assert log_email(email=email, user=UserFactory(), actors=[actor])[1]


def test_probably_the_same_e_mail_is_found():
    sent = dt.datetime(2026, 11, 23, 8, 15, 20, tzinfo=dt.UTC)
    email = IncomingEmailFactory(subject="Fest", sent_at=sent)
    pasted = IncomingEmailFactory(subject="Fest", sent_at=sent.replace(second=0))
    IncomingEmailFactory(subject="Fest", sent_at=sent + dt.timedelta(minutes=2))
    assert services.similar_emails(email) == [pasted]


FORM = "Kontaktformular <noreply@website.example>"


def form_mail(
    *, sender: str = FORM, reply_to: str = "Ada Beispiel <ada@example.org>", **fields: str
) -> bytes:
    return f"Reply-To: {reply_to}\r\n".encode() + eml(sender=sender, **fields)


@pytest.mark.parametrize("sender", [FORM, "wordpress@website.example", "buero@westhagen.example"])
def test_who_filled_in_a_form_is_the_sender(sender: str, settings: Any):
    settings.OFFICE_EMAILS = ["buero@westhagen.example"]
    ada = PersonFactory(email="ada@example.org")
    email = taken(form_mail(sender=sender))
    people = people_of(email)
    assert [(p.kind, p.name, p.actor, p.is_asked_about) for p in people[:2]] == [
        ("from", "Ada Beispiel", ada, True),
        ("via", "Kontaktformular" if sender == FORM else "", None, False),
    ]
    contact: Any = log_if_sure(email=email, user=UserFactory())
    assert (email.direction, list(contact.actors.all()), contact.direction) == ("in", [ada], "in")


def test_a_form_that_the_office_wrote_to_itself_with_stays_outgoing(settings: Any):
    settings.OFFICE_EMAILS = ["buero@westhagen.example"]
    UserFactory(email="kollege@westhagen.example")
    email = taken(form_mail(sender="buero@westhagen.example", reply_to="kollege@westhagen.example"))
    assert ([p.kind for p in people_of(email)], email.direction) == (["from", "to"], "out")


def test_who_gets_the_answers_to_a_strangers_letter_is_offered_beside_the_sender():
    email = taken(form_mail(sender="Fremd <fremd@b.example>"))
    assert [(p.kind, p.address) for p in people_of(email)[:2]] == [
        ("from", "fremd@b.example"),
        ("reply-to", "ada@example.org"),
    ]


@pytest.mark.parametrize("reply_to", ["Verein <info@verein.example>", "Petra Müller <petra@privat.example>"])
def test_a_known_sender_with_another_address_of_the_same_house_or_name_stays_the_sender(reply_to: str):
    petra = PersonFactory(email="petra@verein.example")
    UserFactory(email="buero@westhagen.example")
    email = taken(form_mail(sender="Petra Müller <petra@verein.example>", reply_to=reply_to))
    assert log_if_sure(email=email, user=UserFactory()).actors.get() == petra


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        ("letter", "logged"),
        ("automatic", "set-aside"),
        ("bulk", "set-aside"),
        ("receipt", "set-aside"),
        ("calendar-reply", "set-aside"),
        ("invitation", "waiting"),
        ("encrypted", "waiting"),
        ("parcel", "waiting"),
        ("broken", "waiting"),
    ],
)
def test_only_a_letter_is_logged_by_itself(kind: str, state: str):
    PersonFactory(email="petra@verein.example")
    email = IncomingEmailFactory(kind=kind, recipients=[])
    settled = services.settle(email=email, user=UserFactory())
    email.refresh_from_db()
    assert (settled, str(email.state), Contact.objects.count()) == (state, state, int(kind == "letter"))


def test_a_person_may_log_what_is_no_contact_by_itself():
    email, actor = IncomingEmailFactory(kind="automatic"), ActorFactory()
    set_aside(email=email)
    contact, is_new = log_email(email=email, user=UserFactory(), actors=[actor])
    email.refresh_from_db()
    assert (is_new, list(contact.actors.all()), str(email.state)) == (True, [actor], "logged")


def test_the_note_begins_with_what_is_new_and_the_history_stays_with_the_e_mail():
    text = "Ja, gern.\n\nAm 1.6.2026 schrieb das Büro:\n> Kommen Sie?"
    email, actor = IncomingEmailFactory(text=text), ActorFactory()
    contact, _is_new = log_email(email=email, user=UserFactory(), actors=[actor])
    email.refresh_from_db()
    assert (contact.note, email.text) == ("Ja, gern.", text)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Müller, Anna", "Anna Müller"),
        ("Anna Müller", "Anna Müller"),
        ("Müller, Anna, Stadt", "Müller, Anna, Stadt"),
        ("Nähgruppe, Verein", "Nähgruppe, Verein"),
        ("", ""),
    ],
)
def test_a_name_written_family_first_is_spoken_given_first(name: str, expected: str):
    assert spoken_name(name) == expected


def test_an_error_that_is_no_twin_is_not_taken_for_one(monkeypatch: pytest.MonkeyPatch):
    def fail(*args: Any) -> None:
        raise IntegrityError("something else")

    monkeypatch.setattr(services, "_store", fail)
    with pytest.raises(IntegrityError, match="something else"):
        taken(eml())


def test_an_upload_that_cannot_be_stored_is_refused_in_words(monkeypatch: pytest.MonkeyPatch):
    def fail(*args: Any) -> None:
        raise DataError("invalid byte sequence")

    monkeypatch.setattr(services, "_store", fail)
    outcome = take_in_bytes(eml(), user=UserFactory())
    assert (outcome.email, outcome.refusal, outcome.fault) == (None, str(errors.NOT_STORED), "not-stored")


def test_what_is_logged_about_a_broken_e_mail_quotes_nothing_of_it(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    def fail(*args: Any) -> None:
        raise RuntimeError("petra@verein.example")

    monkeypatch.setattr("contacts.emails.eml.read_content", fail)
    take_in_bytes(eml(), user=UserFactory())
    assert [record.getMessage().partition(", line")[0] for record in caplog.records] == [
        "An e-mail was refused: RuntimeError in fail"
    ]
