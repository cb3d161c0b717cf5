"""Contacts, concerns, follow-ups and consents: order, age, and who sees them."""

import datetime as dt

import pytest

from actors.models import Consent
from contacts.models import Concern, Contact, FollowUp
from core.roles import Role
from tests.factories.accounts import UserFactory
from tests.factories.actors import ConsentFactory
from tests.factories.contacts import ConcernFactory, ConcernStatusFactory, ContactFactory, FollowUpFactory

pytestmark = pytest.mark.django_db
ROLES = ("management", "staff", "volunteer", "reader")


def test_the_office_sees_every_contact_and_a_volunteer_those_that_were_logged_by_themselves():
    users = {role: UserFactory(role=role) for role in ROLES}
    foreign = {ContactFactory(), ContactFactory(is_confidential=True)}
    own = {
        ContactFactory(staff=users["volunteer"]),
        ContactFactory(staff=users["volunteer"], is_confidential=True),
    }
    seen = {role: set(Contact.objects.visible_to(user)) for role, user in users.items()}
    assert seen == {
        "management": foreign | own,
        "staff": foreign | own,
        "volunteer": own,
        "reader": set(),
    }
    at_hand = {role: {one for one in foreign | own if one.is_seen_by(user)} for role, user in users.items()}
    assert at_hand == seen


def test_what_somebody_logged_while_a_volunteer_is_hidden_from_the_reader_they_became():
    user = UserFactory(role="volunteer")
    contact = ContactFactory(staff=user)
    user.role = Role.READER
    user.save()
    assert (list(Contact.objects.visible_to(user)), contact.is_seen_by(user)) == ([], False)


def test_concerns_and_consents_are_for_the_office():
    ConcernFactory(), ConsentFactory()
    seen = {
        role: [model.objects.visible_to(UserFactory(role=role)).count() for model in (Concern, Consent)]
        for role in ROLES
    }
    assert seen == {"management": [1, 1], "staff": [1, 1], "volunteer": [0, 0], "reader": [0, 0]}


def test_volunteers_see_their_own_follow_ups_unless_about_what_they_may_not_see():
    volunteer = UserFactory(role="volunteer")
    own = FollowUpFactory(assignee=volunteer)
    logged = FollowUpFactory(
        assignee=volunteer, text="", contact=ContactFactory(staff=volunteer, is_confidential=True)
    )
    follow_up = FollowUpFactory(assignee=volunteer, text="Schlüssel holen", contact=ContactFactory())
    FollowUpFactory(assignee=volunteer, text="", contact=ContactFactory())
    FollowUpFactory(assignee=volunteer, contact=ContactFactory(is_confidential=True))
    FollowUpFactory()
    assert set(FollowUp.objects.visible_to(volunteer)) == {own, logged, follow_up}
    assert (logged.contact_seen_by(volunteer), follow_up.contact_seen_by(volunteer)) == (logged.contact, None)
    assert follow_up.page_for(volunteer) == f"/actors/follow-ups/?state=open#follow-up-{follow_up.pk}"
    assert follow_up.page_for(UserFactory(role="staff")) == follow_up.contact.get_absolute_url()
    assert FollowUp.objects.visible_to(UserFactory(role="staff")).count() == 6
    assert FollowUp.objects.visible_to(UserFactory(role="reader")).count() == 0


def test_the_newest_contact_comes_first_and_one_without_a_time_after_those_of_its_day():
    day = dt.date(2020, 5, 4)
    timeless = ContactFactory(date=day)
    morning = ContactFactory(date=day, time=dt.time(9))
    evening = ContactFactory(date=day, time=dt.time(18))
    older = ContactFactory(date=dt.date(2020, 5, 3))
    assert list(Contact.objects.newest_first()) == [evening, morning, timeless, older]


@pytest.mark.parametrize(
    ("subject", "note", "title"),
    [
        ("Fest", "Ein Wort", "Fest"),
        ("", "Erste Zeile\nzweite", "Erste Zeile"),
        ("", "x" * 200, f"{'x' * 79}…"),
    ],
)
def test_a_contact_is_titled_by_its_subject_or_first_words(subject, note, title):
    assert ContactFactory(subject=subject, note=note).title == title


def test_a_concern_ages_until_it_is_settled():
    concern = ConcernFactory(raised_on=dt.date(2020, 5, 4))
    assert concern.days_open(dt.date(2020, 5, 14)) == 10
    concern.status = ConcernStatusFactory(code="settled", is_open=False)
    assert concern.days_open(dt.date(2020, 5, 14)) is None


def test_what_is_due_is_open_and_not_later():
    due = FollowUpFactory(due=dt.date(2020, 5, 11))
    FollowUpFactory(due=dt.date(2020, 5, 12))
    FollowUpFactory(
        due=dt.date(2020, 5, 1), done_at=dt.datetime(2020, 5, 2, tzinfo=dt.UTC), done_by=UserFactory()
    )
    assert list(FollowUp.objects.open().due_by(dt.date(2020, 5, 11))) == [due]


def test_a_contact_is_found_by_words_of_subject_and_note_in_any_spelling_and_order():
    ContactFactory(subject="Schlüssel für die Küche", note="Herr Łukasz bringt ihn.")
    ContactFactory(subject="Schloss", note="")

    visible = {
        text: Contact.objects.matching(text).count() for text in ("lukasz SCHLUESSEL", "kuche", "schl", "")
    }

    assert visible == {"lukasz SCHLUESSEL": 1, "kuche": 1, "schl": 2, "": 2}


def test_a_changed_note_is_found_by_its_new_words_only():
    contact = ContactFactory(subject="Laterne", note="Kaputt")
    contact.note = "Repariert"
    contact.save(update_fields=["note"])

    assert [Contact.objects.matching(word).count() for word in ("kaputt", "repariert")] == [0, 1]
