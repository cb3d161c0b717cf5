"""E-mails are taken in once, matched to actors, logged, set aside and taken up again."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as site
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from actors.emails import read_eml
from actors.models import Actor, Attachment, Contact, FollowUp, IncomingEmail
from actors.services import PlannedFollowUp
from actors.services import emails as services
from actors.services.email_people import likeliest, people_of
from actors.services.emails import NewSender, draft_of, log_email, log_if_sure, set_aside, take_in, take_up
from tests.actors.emails.messages import NOW, eml, with_file
from tests.factories.accounts import UserFactory
from tests.factories.actors import (
    ActorFactory,
    ActorTypeFactory,
    ContactFactory,
    IncomingEmailFactory,
    OfficeFactory,
    PersonFactory,
)

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
    found = people_of(email)
    assert [(p.kind, p.actor, p.is_office, p.user) for p in found] == [
        ("from", petra, False, None),
        ("to", None, True, None),
        ("cc", None, True, colleague),
        ("cc", None, False, None),
    ]
    assert office.pk not in {p.actor.pk for p in found if p.actor}


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
