"""Whose contacts of the last two years were all logged by one colleague."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actors.models import Actor, Affiliation
from contacts.models import Contact
from contacts.models.attention import known_to_one, years_before
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory, AffiliationFactory, OfficeFactory, PersonFactory
from tests.factories.contacts import ContactFactory

pytestmark = pytest.mark.django_db
TODAY = dt.date(2024, 2, 29)
SINCE = dt.date(2022, 2, 28)
DAY = dt.timedelta(days=1)


def known(user: Any = None, staff: Any = None) -> dict[int, tuple[int, int, dt.date]]:
    rows = known_to_one(user or UserFactory.create(), staff, today=TODAY)
    return {a.pk: (a.known_by, a.contacts_known, a.last_known) for a in rows}


@pytest.mark.parametrize(
    ("day", "earlier"),
    [
        (dt.date(2024, 2, 29), dt.date(2022, 2, 28)),
        (dt.date(2024, 3, 1), dt.date(2022, 3, 1)),
        (dt.date(2026, 2, 28), dt.date(2024, 2, 28)),
    ],
)
def test_two_years_before_a_leap_day_is_the_last_of_february(day: dt.date, earlier: dt.date):
    assert years_before(day, 2) == earlier


def test_all_contacts_of_two_years_were_logged_by_the_same_colleague():
    mara, nils = UserFactory.create_batch(2)
    alone, shared, once = ActorFactory.create_batch(3)
    for day in (SINCE, TODAY):
        ContactFactory.create(actors=[alone, shared], staff=mara, date=day)
    ContactFactory.create(actors=[alone], staff=nils, date=SINCE - DAY)
    ContactFactory.create(actors=[shared], staff=nils, date=SINCE)
    ContactFactory.create(actors=[once], staff=nils, date=SINCE)
    ContactFactory.create(actors=[ActorFactory.create()], staff=nils, date=SINCE - DAY)
    ActorFactory.create()
    assert known() == {alone.pk: (mara.pk, 2, TODAY), once.pk: (nils.pk, 1, SINCE)}
    assert known(staff=mara).keys() == {alone.pk}


def test_a_colleague_who_knows_somebody_of_an_organisation_knows_the_organisation():
    mara, nils = UserFactory.create_batch(2)
    member = AffiliationFactory.create(valid_until=TODAY)
    association, person = member.organisation, member.person
    both = ContactFactory.create(actors=[association, person], staff=mara, date=TODAY - 9 * DAY)
    assert known() == dict.fromkeys((association.pk, person.pk), (mara.pk, 1, both.date))
    ContactFactory.create(actors=[person], staff=nils, date=TODAY)
    assert known() == {association.pk: (mara.pk, 1, both.date)}
    ContactFactory.create(actors=[person], staff=nils, date=TODAY - DAY)
    assert known() == {}


def test_closed_accounts_are_found_but_neither_ended_actors_nor_the_office():
    gone = UserFactory.create(is_active=False)
    actor = ActorFactory.create()
    others = [ActorFactory.create(active_until=TODAY), OfficeFactory.create()]
    ContactFactory.create(actors=[actor, *others], staff=gone, date=TODAY, is_confidential=True)
    assert known() == {actor.pk: (gone.pk, 1, TODAY)}


@pytest.mark.parametrize("role", ["volunteer", "reader"])
def test_outside_the_office_nobody_is_told(role: str):
    ContactFactory.create(date=TODAY)
    assert known(UserFactory.create(role=role)) == {}


def by_looking_at_every_row() -> dict[int, tuple[int, int, dt.date]]:
    rows: dict[int, list[Contact]] = defaultdict(list)
    for contact in Contact.objects.filter(date__gte=SINCE):
        present = set(contact.actors.values_list("pk", flat=True))
        belonged = Affiliation.objects.filter(person__in=present)
        present |= {a.organisation_id for a in belonged if a.holds_on(contact.date)}
        for key in present:
            rows[key].append(contact)
    return {
        key: (contacts[0].staff_id, len(contacts), max(c.date for c in contacts))
        for key, contacts in rows.items()
        if len({c.staff_id for c in contacts}) == 1
    }


near = st.integers(-5, 5).map(lambda n: SINCE + n * DAY)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_database_finds_what_looking_at_every_row_finds(data: st.DataObject, db: None):
    Contact.objects.all().delete()
    Actor.objects.all().delete()
    colleagues = UserFactory.create_batch(2)
    organisations, persons = ActorFactory.create_batch(2), PersonFactory.create_batch(2)
    for person in persons:
        for _ in range(data.draw(st.integers(0, 2))):
            first, last = sorted([data.draw(near), data.draw(near)])
            Affiliation.objects.get_or_create(
                person=person,
                organisation=data.draw(st.sampled_from(organisations)),
                valid_from=data.draw(st.sampled_from([None, first])),
                defaults={"valid_until": data.draw(st.sampled_from([None, last + DAY]))},
            )
    some = st.lists(st.sampled_from([*organisations, *persons]), min_size=1, max_size=3, unique=True)
    for _ in range(data.draw(st.integers(0, 4))):
        ContactFactory.create(
            actors=data.draw(some), staff=data.draw(st.sampled_from(colleagues)), date=data.draw(near)
        )
    assert known() == by_looking_at_every_row()
