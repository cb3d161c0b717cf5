"""The start page: what is due, what comes next, who went quiet, how long the funding lasts."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from crm import home
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory, ContactFactory, FollowUpFactory, PersonFactory
from tests.factories.events import EventFactory, FundingPeriodFactory

pytestmark = pytest.mark.django_db
TODAY = dt.date(2021, 6, 15)
DAY = dt.timedelta(days=1)


def signed_in(role: str = "staff") -> tuple[Client, Any]:
    user = UserFactory.create(role=role)
    client = Client()
    client.force_login(user)
    return client, user


def test_the_first_visit_names_three_steps() -> None:
    client, _ = signed_in()
    response = client.get("/")
    assert response.status_code == 200
    assert response.templates[0].name == "home_empty.html"
    assert response.context["may_write"] is True


@pytest.mark.parametrize("role", ["volunteer", "reader"])
def test_who_may_not_write_is_not_asked_to(role: str) -> None:
    client, _ = signed_in(role)
    response = client.get("/")
    assert response.context["may_write"] is False
    assert "/actors/new/" not in response.text


@pytest.mark.parametrize("role", ["management", "staff", "volunteer", "reader"])
def test_every_role_has_a_start_page(role: str) -> None:
    ContactFactory.create(actors=[ActorFactory.create()])
    client, _ = signed_in(role)
    response = client.get("/")
    assert response.status_code == 200
    assert response.templates[0].name == "home.html"


def test_nobody_sees_it_without_signing_in() -> None:
    response = Client().get("/")
    assert (response.status_code, response["Location"]) == (302, "/accounts/login/?next=/")


def test_my_follow_ups_are_those_due_within_a_week_the_overdue_first() -> None:
    mara = UserFactory.create()
    today = FollowUpFactory.create(assignee=mara, due=TODAY)
    overdue = FollowUpFactory.create(assignee=mara, due=TODAY - 30 * DAY)
    soon = FollowUpFactory.create(assignee=mara, due=TODAY + 7 * DAY)
    FollowUpFactory.create(assignee=mara, due=TODAY + 8 * DAY)
    FollowUpFactory.create(assignee=mara, due=TODAY, done_at=timezone.now(), done_by=mara)
    FollowUpFactory.create(due=TODAY)
    assert list(home.my_follow_ups(mara, today=TODAY)) == [overdue, today, soon]


def test_quiet_are_my_actors_without_a_contact_for_half_a_year_or_ever() -> None:
    mara = UserFactory.create()
    never = ActorFactory.create(responsible=mara, name="Nie")
    long_ago = ActorFactory.create(responsible=mara, name="Lange her")
    ContactFactory.create(date=TODAY - 181 * DAY, actors=[long_ago])
    lately = ActorFactory.create(responsible=mara, name="Neulich")
    ContactFactory.create(date=TODAY - 400 * DAY, actors=[lately])
    ContactFactory.create(date=TODAY - 180 * DAY, actors=[lately])
    ActorFactory.create(responsible=mara, name="Aufgelöst", active_until=TODAY)
    ActorFactory.create(responsible=UserFactory.create(), name="Fremd")
    found = home.quiet_actors(mara, today=TODAY)
    assert [(actor.pk, actor.last) for actor in found] == [
        (long_ago.pk, TODAY - 181 * DAY),
        (never.pk, None),
    ]


def test_a_confidential_contact_does_not_count_for_a_volunteer() -> None:
    helper = UserFactory.create(role="volunteer")
    actor = ActorFactory.create(responsible=helper)
    ContactFactory.create(date=TODAY, actors=[actor], is_confidential=True)
    assert [found.last for found in home.quiet_actors(helper, today=TODAY)] == [None]


def test_the_countdown_runs_to_the_end_of_the_funding_that_runs_today() -> None:
    running = FundingPeriodFactory.create(valid_from=dt.date(2018, 1, 1), valid_until=dt.date(2022, 1, 1))
    FundingPeriodFactory.create(valid_from=dt.date(2030, 1, 1), valid_until=dt.date(2031, 1, 1))
    found = home.countdown(UserFactory.create(), today=TODAY)
    assert found == home.Countdown(period=running, last_day=dt.date(2021, 12, 31), days=199)
    assert (found.is_over, found.is_near, found.months) == (False, True, 7)


def test_the_countdown_says_when_the_funding_is_over() -> None:
    FundingPeriodFactory.create(valid_from=dt.date(2010, 1, 1), valid_until=dt.date(2015, 1, 1))
    latest = FundingPeriodFactory.create(valid_from=dt.date(2015, 1, 1), valid_until=dt.date(2020, 1, 1))
    found = home.countdown(UserFactory.create(), today=TODAY)
    assert found is not None
    assert (found.period, found.last_day, found.is_over) == (latest, dt.date(2019, 12, 31), True)


def test_without_a_known_end_there_is_no_countdown() -> None:
    FundingPeriodFactory.create(valid_until=None)
    assert home.countdown(UserFactory.create(), today=TODAY) is None


def test_the_agenda_holds_what_comes_without_what_was_called_off() -> None:
    user = UserFactory.create()
    tomorrow = EventFactory.create(start_date=TODAY + DAY, status="planned")
    today = EventFactory.create(start_date=TODAY, status="confirmed")
    running = EventFactory.create(start_date=TODAY - DAY, end_date=TODAY + DAY, status="confirmed")
    EventFactory.create(start_date=TODAY + DAY, status="cancelled")
    EventFactory.create(start_date=TODAY - DAY, status="held")
    assert home.agenda(user, today=TODAY) == {"coming": [running, today, tomorrow], "past": []}


def test_with_nothing_planned_the_agenda_shows_the_last_events_held() -> None:
    user = UserFactory.create()
    held = [EventFactory.create(start_date=TODAY - n * DAY, status="held") for n in range(1, 5)]
    assert home.agenda(user, today=TODAY) == {"coming": [], "past": held[:3]}


def test_the_page_names_only_whom_one_may_see() -> None:
    ContactFactory.create(subject="Offenes", actors=[PersonFactory.create(family_name="Zwiebelturm")])
    ContactFactory.create(subject="Vertrauliches", is_confidential=True)
    EventFactory.create()
    texts = {}
    for role in ("staff", "volunteer", "reader"):
        client, _ = signed_in(role)
        text = client.get("/").text
        texts[role] = [word in text for word in ("Offenes", "Zwiebelturm", "Vertrauliches")]
    assert texts == {
        "staff": [True, True, True],
        "volunteer": [True, True, False],
        "reader": [False, False, False],
    }


def test_its_queries_do_not_grow_with_its_rows(django_assert_max_num_queries: Any) -> None:
    client, user = signed_in()

    def fill() -> None:
        actors = ActorFactory.create_batch(2, responsible=user)
        contact = ContactFactory.create(actors=actors, staff=user)
        FollowUpFactory.create(assignee=user, contact=contact, due=timezone.localdate())
        EventFactory.create(start_date=timezone.localdate())

    fill()
    with django_assert_max_num_queries(100) as few:
        client.get("/")
    for _ in range(3):
        fill()
    with django_assert_max_num_queries(100) as many:
        client.get("/")
    assert len(many) == len(few)
