"""Writes that touch several rows: all of it or nothing."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from actors.models import Actor, Contact, FollowUp, FormerName, PhoneNumber
from actors.services import (
    NewActor,
    Phone,
    PlannedFollowUp,
    finish_follow_up,
    parse_phones,
    postpone_follow_up,
    record_contact,
    reopen_follow_up,
    save_actor,
    save_contact,
)
from tests.factories.accounts import UserFactory
from tests.factories.actors import (
    ActorFactory,
    ActorTypeFactory,
    ContactChannelFactory,
    ContactFactory,
    FollowUpFactory,
    FormerNameFactory,
    PhoneNumberFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db
DAY = dt.date(2021, 5, 4)


def phone_lines(actor):
    return [str(phone) for phone in actor.phone_numbers.all()]


def test_a_contact_is_recorded_with_actors_topics_and_follow_up():
    user, topic, known = UserFactory.create(), TopicFactory.create(), ActorFactory.create()
    new = NewActor(name="Erika Neu", kind="person", actor_type=ActorTypeFactory.create(code="resident"))
    contact = record_contact(
        user=user,
        channel=ContactChannelFactory.create(),
        actors=[known],
        new_actors=[new],
        date=DAY,
        note="Will beim Fest helfen.",
        topics=[topic],
        follow_up=PlannedFollowUp(due=DAY + dt.timedelta(days=7), assignee=user, text="Zurückrufen"),
    )
    follow_up = FollowUp.objects.get()
    assert [a.name for a in contact.actors.all()] == ["Erika Neu", known.name]
    assert (contact.staff, contact.date, list(contact.topics.all())) == (user, DAY, [topic])
    assert (follow_up.contact, follow_up.actor, follow_up.assignee) == (contact, known, user)
    assert (follow_up.due, follow_up.text) == (dt.date(2021, 5, 11), "Zurückrufen")


def test_a_contact_is_of_today_unless_a_day_is_given():
    contact = record_contact(
        user=UserFactory.create(),
        channel=ContactChannelFactory.create(),
        actors=[ActorFactory.create()],
        note="Anruf",
    )
    assert contact.date == timezone.localdate()


@pytest.mark.parametrize(
    "wrong",
    [
        {"note": "", "subject": ""},
        {"date": dt.date(9999, 1, 1)},
        {"note": "x" * 20_001},
        {"note": "mit \x00 darin"},
        {"duration_minutes": 0},
        {"actors": []},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_a_contact_that_is_refused_leaves_nothing_behind(wrong):
    user = UserFactory.create()
    new = NewActor(name="Erika Neu", kind="person", actor_type=ActorTypeFactory.create(code="resident"))
    fields = {"actors": [ActorFactory.create()], "new_actors": [new], "note": "Anruf", **wrong}
    if wrong.get("actors") == []:
        fields["new_actors"] = []
    with pytest.raises(ValidationError):
        record_contact(user=user, channel=ContactChannelFactory.create(), **fields)
    assert (Contact.objects.count(), FollowUp.objects.count(), Actor.objects.persons().count()) == (0, 0, 0)


def test_a_follow_up_that_is_refused_takes_the_contact_with_it():
    user, volunteer = UserFactory.create(), UserFactory.create(role="volunteer")
    with pytest.raises(ValidationError):
        record_contact(
            user=user,
            channel=ContactChannelFactory.create(),
            actors=[ActorFactory.create()],
            note="Vertraulich",
            is_confidential=True,
            follow_up=PlannedFollowUp(due=DAY, assignee=volunteer),
        )
    assert (Contact.objects.count(), FollowUp.objects.count()) == (0, 0)


def test_a_contact_can_get_other_actors_afterwards():
    before, after = ActorFactory.create(), ActorFactory.create()
    contact = ContactFactory.create(actors=[before])
    save_contact(contact=contact, actors=[after])
    assert list(Contact.objects.get().actors.all()) == [after]


def test_an_actor_is_saved_with_its_numbers_and_found_by_them():
    actor = Actor(name="Verein", kind="organisation", actor_type=ActorTypeFactory.create())
    save_actor(actor=actor, phones=[Phone("05361 12345", "Büro"), Phone("0170 999")])
    stored = Actor.objects.matching("0536112345", details=True).get()
    assert (stored, phone_lines(stored)) == (actor, ["Büro: 05361 12345", "0170 999"])


def test_numbers_are_kept_changed_and_taken_away_in_the_order_given():
    actor = ActorFactory.create()
    kept = PhoneNumberFactory.create(actor=actor, number="05361 1111", label="alt")
    PhoneNumberFactory.create(actor=actor, number="05361 2222")
    save_actor(actor=actor, phones=[Phone("05361 3333"), Phone("05361 1111", "neu")])
    assert phone_lines(actor) == ["05361 3333", "neu: 05361 1111"]
    assert PhoneNumber.objects.filter(pk=kept.pk).exists()
    assert not Actor.objects.matching("053612222", details=True).exists()


def test_numbers_stay_when_nothing_is_said_about_them():
    actor = PhoneNumberFactory.create(number="05361 1111").actor
    save_actor(actor=actor)
    assert phone_lines(actor) == ["05361 1111"]


def test_a_name_given_up_is_kept_and_still_found():
    actor = ActorFactory.create(name="Sprecherkreis")
    actor.name = "Freunde Westhagens"
    save_actor(actor=actor, former_name="Sprecherkreis", until=dt.date(2014, 5, 1))
    former = FormerName.objects.get()
    assert (former.name, former.used_until) == ("Sprecherkreis", dt.date(2014, 5, 1))
    assert Actor.objects.matching("sprecherkreis").get() == actor


def test_a_name_given_up_twice_is_kept_once():
    actor = ActorFactory.create(name="Neu")
    FormerNameFactory.create(actor=actor, name="Alt")
    save_actor(actor=actor, former_name="Alt", until=DAY)
    assert FormerName.objects.count() == 1


def test_telephone_lines_are_read_with_what_they_are_for():
    text = "Büro: 05361 12345\n\n  +49 5361 777  \nMo: Di: 0170 123"
    assert parse_phones(text) == [
        Phone("05361 12345", "Büro"),
        Phone("+49 5361 777"),
        Phone("0170 123", "Mo: Di"),
    ]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("05361 12345\nabc\n0170 1x", [2, 3]),
        ("Büro:", [1]),
        ("05361 12345\nauch: 05361/12345", [2]),
        (f"{'x' * 41}: 05361 12345", [1]),
        ("Büro\x00: 05361 12345", [1]),
    ],
)
def test_a_bad_telephone_line_is_named_by_its_number(text, lines):
    with pytest.raises(ValidationError) as refused:
        parse_phones(text)
    assert [error.params["line"] for error in refused.value.error_list] == lines


def test_a_follow_up_is_done_and_open_again():
    user, follow_up = UserFactory.create(), FollowUpFactory.create()
    finish_follow_up(follow_up=follow_up, user=user)
    assert FollowUp.objects.get().done_by == user
    reopen_follow_up(follow_up=follow_up)
    assert list(FollowUp.objects.open()) == [follow_up]


def test_a_follow_up_is_not_put_off_to_an_impossible_day():
    follow_up = FollowUpFactory.create()
    with pytest.raises(ValidationError):
        postpone_follow_up(follow_up=follow_up, due=dt.date(9999, 1, 1))
    assert FollowUp.objects.get().due == dt.date(2020, 5, 11)
