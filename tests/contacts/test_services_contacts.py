"""Contacts are recorded with all that belongs to them, or not at all."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from actors.models import Actor
from actors.services.actors import NewActor
from contacts.models import Contact, FollowUp
from contacts.services.contacts import record_contact, save_contact
from contacts.services.follow_ups import PlannedFollowUp
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory, ActorTypeFactory, TopicFactory
from tests.factories.contacts import ContactChannelFactory, ContactFactory

pytestmark = pytest.mark.django_db
DAY = dt.date(2021, 5, 4)


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
