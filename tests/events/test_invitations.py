"""Inviting many: who may be invited, who must be left out, and what is stored."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from actors.models import Actor, ConsentPurpose
from events.models import Event, Participation, ParticipationRole
from events.services.invitations import invite, sort_invitees
from tests.events.pages import client_of
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory, ActorGroupFactory, ConsentFactory, PersonFactory
from tests.factories.events import EventFactory, ParticipationFactory, ParticipationRoleFactory

pytestmark = pytest.mark.django_db
INVITE = "/events/invite/"
TODAY = dt.date(2021, 6, 1)


def coming(**fields: Any) -> Event:
    day = timezone.localdate() + dt.timedelta(days=14)
    return EventFactory.create(**{"start_date": day, "status": "planned", **fields})


def willing(**fields: Any) -> Actor:
    person = PersonFactory.create(**fields)
    ConsentFactory.create(person=person, purpose=ConsentPurpose.INVITATIONS)
    return person


def role() -> ParticipationRole:
    return ParticipationRoleFactory.create()


def sorted_out(*actors: Actor, event: Event | None = None) -> dict[str, list[Actor]]:
    sorted_invitees = sort_invitees(event=event, actors=actors, today=TODAY)
    return {
        "invited": list(sorted_invitees.invited),
        "present": [one.actor for one in sorted_invitees.present],
        "refused": [one.actor for one in sorted_invitees.refused],
    }


def test_a_person_needs_a_consent_to_invitations_that_holds_today():
    club, yes, never, other = (
        ActorFactory.create(),
        PersonFactory.create(),
        PersonFactory.create(),
        PersonFactory.create(),
    )
    withdrawn, again, later = PersonFactory.create(), PersonFactory.create(), PersonFactory.create()
    given = {"purpose": ConsentPurpose.INVITATIONS, "given_on": dt.date(2020, 1, 1)}
    ConsentFactory.create(person=yes, **given)
    ConsentFactory.create(person=other, purpose=ConsentPurpose.NEWSLETTER, given_on=dt.date(2020, 1, 1))
    ConsentFactory.create(person=withdrawn, **given, withdrawn_on=TODAY)
    ConsentFactory.create(person=again, **given, withdrawn_on=dt.date(2020, 2, 1))
    ConsentFactory.create(person=again, **{**given, "given_on": dt.date(2021, 1, 1)})
    ConsentFactory.create(person=later, **{**given, "given_on": dt.date(2021, 6, 2)})
    sorted_invitees = sorted_out(club, yes, never, other, withdrawn, again, later)
    assert sorted_invitees == {
        "invited": [club, yes, again],
        "present": [],
        "refused": [never, other, withdrawn, later],
    }


def test_who_has_ended_is_left_out_and_who_is_on_the_list_stays_as_it_is():
    event = EventFactory.create()
    ended = ActorFactory.create(active_until=TODAY)
    participant = ParticipationFactory.create(event=event, state="registered").actor
    assert sorted_out(ended, participant, event=event) == {
        "invited": [],
        "present": [participant],
        "refused": [ended],
    }


def test_the_reason_says_since_when_a_consent_is_withdrawn():
    person = PersonFactory.create()
    ConsentFactory.create(
        person=person,
        purpose=ConsentPurpose.INVITATIONS,
        given_on=dt.date(2020, 1, 1),
        withdrawn_on=dt.date(2020, 5, 9),
    )
    [refused] = sort_invitees(event=None, actors=[person], today=TODAY).refused
    assert "09.05.2020" in refused.reason


def test_inviting_writes_all_or_nothing_and_twice_changes_nothing(django_assert_max_num_queries):
    event, user = coming(), UserFactory.create(role="staff")
    actors = [ActorFactory.create() for _number in range(8)]
    participant = ParticipationFactory.create(event=event, actor=actors[0], role=role(), state="registered")
    for _time in range(2):
        with django_assert_max_num_queries(12):
            invite(event=event, actors=actors, role=role(), user=user, today=timezone.localdate())
    states = dict(Participation.objects.filter(event=event).values_list("actor", "state"))
    assert states == {participant.actor.pk: "registered"} | {actor.pk: "invited" for actor in actors[1:]}


@pytest.mark.parametrize("who", ["volunteer", "reader"])
def test_only_the_office_invites(who):
    with pytest.raises(PermissionDenied):
        invite(event=coming(), actors=[], role=role(), user=UserFactory.create(role=who), today=TODAY)


def test_a_group_is_invited_in_two_clicks():
    event, club, person, silent = coming(), ActorFactory.create(), willing(), PersonFactory.create()
    group = ActorGroupFactory.create(members=[club, person, silent])
    client = client_of()
    page = client.get(INVITE, {"group": group.pk})
    invitees = page.context["invitees"]
    assert (page.context["event"], set(invitees.invited)) == (event, {club, person})
    assert [one.actor for one in invitees.refused] == [silent]
    sent = {"ids": page.context["selection"].text, "event": event.pk, "role": role().pk}
    answer = client.post(f"{INVITE}?group={group.pk}", sent)
    assert (answer.status_code, answer["Location"]) == (302, f"{event.get_absolute_url()}?state=invited")
    assert set(event.participations.values_list("actor", "state")) == {
        (club.pk, "invited"),
        (person.pk, "invited"),
    }


def test_a_consent_withdrawn_after_the_page_was_shown_counts():
    event, person = coming(), willing()
    page = client_of().get(INVITE, {"ids": person.pk})
    assert page.context["selection"].ids == (person.pk,)
    person.consents.update(withdrawn_on=timezone.localdate())
    client_of().post(INVITE, {"ids": person.pk, "event": event.pk, "role": role().pk})
    assert event.participations.count() == 0


def test_the_result_of_a_filter_is_invited_as_well():
    coming()
    club, _shop = ActorFactory.create(district="Nord"), ActorFactory.create(district="Süd")
    assert client_of().get(INVITE, {"district": "Nord"}).context["invitees"].invited == (club,)


def test_without_a_filter_nobody_is_chosen_and_one_is_asked_for_a_group():
    event = coming()
    ActorFactory.create()
    ActorGroupFactory.create(name="Runder Tisch")
    page = client_of().get(INVITE, {"event": event.pk})
    assert (page.context["invitees"].invited, "Runder Tisch" in page.content.decode()) == ((), True)


@pytest.mark.parametrize("fields", [{}, {"status": "cancelled"}, {"start_date": dt.date(2001, 1, 1)}])
def test_only_a_coming_event_takes_invitations(fields):
    club = ActorFactory.create()
    event = coming(**fields) if fields else EventFactory.create(start_date=None, status="planned")
    answer = client_of().post(INVITE, {"ids": club.pk, "event": event.pk, "role": role().pk})
    assert (answer.status_code, Participation.objects.count()) == (422, 0)


@pytest.mark.parametrize(
    "query", ["ids=x", "group=999", "event=x&ids=1", "event=999999999999999999999&role=x&ids=1"]
)
def test_nonsense_invites_nobody(query):
    coming()
    page = client_of().get(f"{INVITE}?{query}")
    assert (page.status_code, page.context["invitees"].invited) == (200, ())


def test_the_number_of_queries_does_not_grow(django_assert_max_num_queries):
    coming()
    group, client = ActorGroupFactory.create(members=[willing()]), client_of()
    client.get(INVITE, {"group": group.pk})
    with django_assert_max_num_queries(40) as few:
        client.get(INVITE, {"group": group.pk})
    group.members.add(*(willing() for _number in range(5)), *(PersonFactory.create() for _number in range(5)))
    with django_assert_max_num_queries(len(few)):
        client.get(INVITE, {"group": group.pk})


def test_the_page_of_a_coming_event_leads_there():
    event = coming()
    assert (
        f"{reverse('events:invite')}?event={event.pk}"
        in client_of().get(event.get_absolute_url()).content.decode()
    )
