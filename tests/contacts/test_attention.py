"""Who went quiet: whose interval holds, what counts as a contact, and when the lights change."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actors.models import Actor, Affiliation
from contacts.models import Contact
from contacts.models.attention import Attention, Light, attention_of, light_of, lit, with_next_due
from tests.factories.accounts import UserFactory
from tests.factories.actors import (
    ActorFactory,
    ActorGroupFactory,
    ActorTypeFactory,
    AffiliationFactory,
    OfficeFactory,
    PersonFactory,
)
from tests.factories.contacts import ContactChannelFactory, ContactFactory

pytestmark = pytest.mark.django_db
TODAY = dt.date(2024, 2, 29)


def days(number: int) -> dt.timedelta:
    return dt.timedelta(days=number)


def entered(actor: Actor, day: dt.date) -> Actor:
    """Pretend that the actor was entered on ``day``, at noon."""
    Actor.objects.filter(pk=actor.pk).update(created_at=dt.datetime.combine(day, dt.time(12), dt.UTC))
    return actor


def actor_with(interval: int | None, **fields: Any) -> Actor:
    return entered(ActorFactory.create(contact_interval_days=interval, **fields), dt.date(2020, 1, 1))


def standing(actor: Actor, *, role: str = "staff", today: dt.date = TODAY) -> Attention | None:
    return attention_of([actor], user=UserFactory.create(role=role), today=today).get(actor.pk)


def test_the_next_contact_is_due_an_interval_after_the_last():
    actor = actor_with(90)
    ContactFactory.create(actors=[actor], date=TODAY - days(200))
    ContactFactory.create(actors=[actor], date=TODAY - days(30))
    assert standing(actor) == Attention(90, TODAY - days(30), TODAY + days(60), Light.GREEN)


@pytest.mark.parametrize(
    ("own", "of_groups", "of_type", "expected"),
    [
        (30, [10, 20], 5, 30),
        (None, [20, 10, None], 5, 10),
        (None, [None], 5, 5),
        (None, [], 5, 5),
        (None, [], None, None),
    ],
)
def test_an_own_interval_comes_before_the_shortest_of_the_groups_and_that_of_the_type(
    own: int | None, of_groups: list[int | None], of_type: int | None, expected: int | None
):
    kind = ActorTypeFactory.create(code="club", sector="association", contact_interval_days=of_type)
    actor = actor_with(own, actor_type=kind)
    for interval in of_groups:
        ActorGroupFactory.create(contact_interval_days=interval, members=[actor])
    state = standing(actor)
    assert (state.interval if state else None) == expected


@pytest.mark.parametrize(
    ("interval", "passed", "light"),
    [
        (10, 9, Light.GREEN),
        (10, 10, Light.YELLOW),
        (10, 14, Light.YELLOW),
        (10, 15, Light.RED),
        (7, 7, Light.YELLOW),
        (7, 10, Light.YELLOW),
        (7, 11, Light.RED),
        (1, 0, Light.GREEN),
        (1, 1, Light.YELLOW),
        (1, 2, Light.RED),
    ],
)
def test_yellow_begins_on_the_day_it_is_due_and_red_half_an_interval_later(
    interval: int, passed: int, light: Light
):
    actor = actor_with(interval)
    ContactFactory.create(actors=[actor], date=TODAY - days(passed))
    user = UserFactory.create()
    rows = with_next_due(user, today=TODAY)
    assert standing(actor) == Attention(
        interval, TODAY - days(passed), TODAY + days(interval - passed), light
    )
    assert {each for each in Light if lit(rows, each, today=TODAY).exists()} == {light}


def test_a_leap_day_is_a_day_like_any_other():
    actor = actor_with(366)
    ContactFactory.create(actors=[actor], date=dt.date(2024, 2, 29))
    state = standing(actor)
    assert state is not None
    assert state.next_due == dt.date(2025, 3, 1)


def test_a_message_on_the_answering_machine_is_no_contact():
    actor = actor_with(30)
    ContactFactory.create(actors=[actor], date=TODAY - days(100))
    machine = ContactChannelFactory.create(code="voicemail", is_real_contact=False)
    ContactFactory.create(actors=[actor], date=TODAY, channel=machine)
    assert standing(actor) == Attention(30, TODAY - days(100), TODAY - days(70), Light.RED)


def test_who_was_never_spoken_to_is_due_an_interval_after_being_entered():
    actor = entered(ActorFactory.create(contact_interval_days=30), TODAY - days(30))
    assert standing(actor) == Attention(30, None, TODAY, Light.YELLOW)


def test_who_begins_later_is_waited_for_from_then_on():
    actor = entered(ActorFactory.create(contact_interval_days=30, active_from=TODAY), TODAY - days(300))
    assert standing(actor) == Attention(30, None, TODAY + days(30), Light.GREEN)


def test_an_actor_entered_after_midnight_was_entered_on_the_day_of_the_office():
    actor = ActorFactory.create(contact_interval_days=30)
    late = dt.datetime(2024, 1, 31, 23, 30, tzinfo=dt.UTC)  # already February in Germany
    Actor.objects.filter(pk=actor.pk).update(created_at=late)
    state = standing(actor)
    assert state is not None
    assert state.next_due == dt.date(2024, 2, 1) + days(30)


def test_a_talk_with_a_person_counts_for_the_organisation_the_person_belonged_to_on_that_day():
    association = actor_with(30)
    person = PersonFactory.create()
    AffiliationFactory.create(
        person=person,
        organisation=association,
        valid_from=TODAY - days(100),
        valid_until=TODAY - days(10),
    )
    ContactFactory.create(actors=[person], date=TODAY - days(101))
    assert standing(association).last is None
    ContactFactory.create(actors=[person], date=TODAY - days(100))
    ContactFactory.create(actors=[person], date=TODAY - days(10))
    assert standing(association).last == TODAY - days(100)
    ContactFactory.create(actors=[person], date=TODAY - days(11))
    assert standing(association).last == TODAY - days(11)
    assert standing(person) is None


def test_a_talk_with_an_organisation_does_not_count_for_its_persons():
    person = entered(PersonFactory.create(contact_interval_days=30), TODAY - days(10))
    association = ActorFactory.create()
    AffiliationFactory.create(person=person, organisation=association)
    ContactFactory.create(actors=[association], date=TODAY)
    assert standing(person) == Attention(30, None, TODAY + days(20), Light.GREEN)


def test_neither_what_has_ended_nor_the_office_ever_is_quiet():
    ended = actor_with(1, active_until=TODAY)
    ending = actor_with(1, active_until=TODAY + days(1))
    office = entered(OfficeFactory.create(contact_interval_days=1), dt.date(2020, 1, 1))
    user = UserFactory.create()
    assert attention_of([ended, office, ending], user=user, today=TODAY).keys() == {ending.pk}


@pytest.mark.parametrize(("role", "sees"), [("management", 1), ("staff", 1), ("volunteer", 0), ("reader", 0)])
def test_only_the_office_may_ask_as_a_day_would_tell_of_a_confidential_contact(role: str, sees: int):
    actor = actor_with(30)
    ContactFactory.create(actors=[actor], date=TODAY, is_confidential=True)
    user = UserFactory.create(role=role)
    assert len(attention_of([actor], user=user, today=TODAY)) == sees
    assert with_next_due(user, today=TODAY).count() == sees


def test_how_many_actors_there_are_does_not_change_the_number_of_queries(
    django_assert_num_queries: Any,
):
    user = UserFactory.create()
    for _ in range(3):
        ContactFactory.create(actors=[actor_with(30), actor_with(60)], date=TODAY - days(40))
    actors = list(Actor.objects.all())
    with django_assert_num_queries(1):
        assert len(attention_of(actors, user=user, today=TODAY)) == 6


# --- the same in plain Python ---


def reference(actor: Actor, today: dt.date) -> Attention | None:
    """Return how it stands with an actor, found by looking at every row."""
    of_groups = [g.contact_interval_days for g in actor.groups.all() if g.contact_interval_days]
    interval = actor.contact_interval_days or min(of_groups, default=actor.actor_type.contact_interval_days)
    if not interval or actor.sector == "office" or (actor.active_until and actor.active_until <= today):
        return None
    spoken = [c.date for c in Contact.objects.all() if c.channel.is_real_contact and counts_for(c, actor)]
    last = max(spoken, default=None)
    begins = max(actor.created_at.date(), actor.active_from or dt.date.min)
    due = (last or begins) + days(interval)
    return Attention(interval, last, due, light_of(next_due=due, interval=interval, today=today))


def counts_for(contact: Contact, actor: Actor) -> bool:
    """Tell whether a contact was with an actor, or with a person who belonged to it then."""
    present = {one.pk for one in contact.actors.all()}
    belonged = (a for a in Affiliation.objects.filter(organisation=actor) if a.holds_on(contact.date))
    return actor.pk in present or any(a.person_id in present for a in belonged)


near = st.integers(-40, 0).map(lambda n: TODAY + days(n))
until = st.none() | near
lengths = st.none() | st.integers(1, 30)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_database_finds_what_looking_at_every_row_finds(data: st.DataObject, db: None):
    # Examples share one database, so each makes a register of its own and asks about that alone.
    Contact.objects.all().delete()
    Actor.objects.all().delete()
    kind = ActorTypeFactory.create(code="club", sector="association")
    kind.contact_interval_days = data.draw(lengths)
    kind.save()
    actors = [
        entered(
            ActorFactory.create(
                actor_type=kind, contact_interval_days=data.draw(lengths), active_from=data.draw(until)
            ),
            data.draw(near),
        )
        for _ in range(3)
    ]
    group = ActorGroupFactory.create(contact_interval_days=data.draw(lengths), members=actors[:2])
    persons = PersonFactory.create_batch(2)
    for person in persons:
        bounds = sorted([data.draw(near), data.draw(near) + days(1)])
        AffiliationFactory.create(
            person=person,
            organisation=data.draw(st.sampled_from(actors)),
            valid_from=data.draw(st.sampled_from([None, bounds[0]])),
            valid_until=data.draw(st.sampled_from([None, bounds[1] + days(1)])),
        )
    channels = [
        ContactChannelFactory.create(code="phone"),
        ContactChannelFactory.create(code="voicemail", is_real_contact=False),
    ]
    for _ in range(data.draw(st.integers(0, 5))):
        chosen = data.draw(
            st.lists(st.sampled_from([*actors, *persons]), min_size=1, max_size=2, unique=True)
        )
        ContactFactory.create(
            actors=chosen, date=data.draw(near), channel=data.draw(st.sampled_from(channels))
        )
    user = UserFactory.create()
    register = list(Actor.objects.order_by("pk"))
    expected = {actor.pk: state for actor in register if (state := reference(actor, TODAY))}
    assert attention_of(register, user=user, today=TODAY) == expected
    rows = with_next_due(user, today=TODAY)
    for light in Light:
        keys = set(lit(rows, light, today=TODAY).values_list("pk", flat=True))
        assert keys == {key for key, state in expected.items() if state.light == light}
    group.delete()
