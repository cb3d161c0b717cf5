"""The start page: what is due, what comes next, who went quiet, how long the funding lasts."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from actors.models import Topic
from contacts.models import IncomingEmail
from crm.home import today as home
from crm.home.untouched import quiet_of, untouched
from crm.home.week import week_in_figures
from tests.factories.accounts import UserFactory
from tests.factories.actors import (
    ActorFactory,
    OfficeFactory,
    PersonFactory,
    ProgrammeDependencyFactory,
    TopicFactory,
)
from tests.factories.contacts import ConcernFactory, ConcernStatusFactory, ContactFactory, FollowUpFactory
from tests.factories.events import (
    EventFactory,
    EventSeriesFactory,
    FundingPeriodFactory,
    MeasureFactory,
    OrganiserRoleFactory,
    ParticipationFactory,
)

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


def test_the_countdown_runs_to_the_end_of_the_funding_that_runs_today() -> None:
    running = FundingPeriodFactory.create(valid_from=dt.date(2018, 1, 1), valid_until=dt.date(2022, 1, 1))
    FundingPeriodFactory.create(valid_from=dt.date(2030, 1, 1), valid_until=dt.date(2031, 1, 1))
    countdown = home.countdown(UserFactory.create(), today=TODAY)
    assert countdown == home.Countdown(period=running, last_day=dt.date(2021, 12, 31), days=199)
    assert (countdown.is_over, countdown.is_near, countdown.months) == (False, True, 7)


def test_the_countdown_says_when_the_funding_is_over() -> None:
    FundingPeriodFactory.create(valid_from=dt.date(2010, 1, 1), valid_until=dt.date(2015, 1, 1))
    latest = FundingPeriodFactory.create(valid_from=dt.date(2015, 1, 1), valid_until=dt.date(2020, 1, 1))
    countdown = home.countdown(UserFactory.create(), today=TODAY)
    assert countdown is not None
    assert (countdown.period, countdown.last_day, countdown.is_over) == (latest, dt.date(2019, 12, 31), True)


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
        client, user = signed_in(role)
        if role == "volunteer":
            ContactFactory.create(subject="Eigenes", staff=user)
        text = client.get("/").text
        texts[role] = [word in text for word in ("Offenes", "Zwiebelturm", "Vertrauliches", "Eigenes")]
    assert texts == {
        "staff": [True, True, True, False],
        "volunteer": [False, False, False, True],
        "reader": [False, False, False, False],
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


@pytest.mark.parametrize("role", ["management", "staff", "volunteer", "reader"])
def test_every_role_has_a_start_page_when_there_is_nothing_to_do(role: str) -> None:
    ActorFactory.create()
    FundingPeriodFactory.create()
    client, _ = signed_in(role)
    response = client.get("/")
    assert response.status_code == 200
    text = response.text
    office, helper = role in {"management", "staff"}, role != "reader"
    assert ("home-follow-ups" in text, "home-concerns" in text) == (helper, office)
    assert ("/reports/continuity/" in text) is (role != "volunteer")
    assert ("/start/quiet/" in text, "/actors/emails/" in text.split("<main")[1]) == (office, office)


@pytest.mark.parametrize(("role", "status"), [("staff", 200), ("volunteer", 404), ("reader", 404)])
@pytest.mark.parametrize("address", ["/start/quiet/", "/start/untouched/"])
def test_what_is_fetched_later_is_for_the_office_alone(address: str, role: str, status: int) -> None:
    client, _ = signed_in(role)
    assert client.get(address).status_code == status
    assert client.get(address, headers={"HX-Request": "true"}).status_code == status


def test_the_glance_counts_my_follow_ups_the_late_concerns_and_e_mails() -> None:
    mara = UserFactory.create()
    for distance in (-2, -1, 0, 7, 8):
        FollowUpFactory.create(assignee=mara, due=TODAY + distance * DAY)
    FollowUpFactory.create(due=TODAY)
    assert home.follow_up_counts(mara, today=TODAY) == {"overdue": 2, "today": 1, "week": 4}
    late = ConcernFactory.create(raised_on=TODAY - 400 * DAY)
    fresh = ConcernFactory.create(raised_on=TODAY)
    ConcernFactory.create(raised_on=TODAY, status=ConcernStatusFactory.create(code="done", is_open=False))
    waiting = home.waiting_concerns(mara, today=TODAY)
    assert [concern for concern, _mark in waiting.oldest] == [late, fresh]
    assert (waiting.number, waiting.late) == (2, 1)
    IncomingEmail.objects.create(message_key="a")
    IncomingEmail.objects.create(message_key="b", set_aside_at=timezone.now())
    IncomingEmail.objects.create(message_key="c", contact=ContactFactory.create())
    assert home.emails_waiting(mara) == 1
    assert home.emails_waiting(UserFactory.create(role="volunteer")) == 0


def test_the_week_counts_from_monday_and_beside_it_the_week_before() -> None:
    mara = UserFactory.create()
    monday = TODAY - DAY  # the 15th of June 2021 is a Tuesday
    for day in (monday - 8 * DAY, monday - DAY, monday - 7 * DAY, monday, TODAY):
        contact = ContactFactory.create(date=day, is_confidential=day == TODAY)
        ConcernFactory.create(raised_on=day, settled_on=day, contact=contact)
        event = EventFactory.create(start_date=day, status="held")
        ParticipationFactory.create(event=event, state="attended")
        ParticipationFactory.create(event=event, state="excused")
        FollowUpFactory.create(done_by=mara, done_at=dt.datetime.combine(day, dt.time(9), dt.UTC))
    figures = week_in_figures(mara, today=TODAY)
    assert [(figure.this_week, figure.week_before) for figure in figures] == [(2, 2)] * 5
    helper = week_in_figures(UserFactory.create(role="volunteer"), today=TODAY)
    assert [(figure.this_week, figure.week_before) for figure in helper] == [(0, 0), (2, 2), (0, 0)]
    reader = week_in_figures(UserFactory.create(role="reader"), today=TODAY)
    assert [(figure.this_week, figure.week_before) for figure in reader] == [(2, 2)]


def test_every_figure_of_the_week_opens_as_many_records() -> None:
    client, user = signed_in()
    today = timezone.localdate()
    for _ in range(3):
        contact = ContactFactory.create(date=today)
        done = ConcernStatusFactory.create(code="done", is_open=False)
        ConcernFactory.create(raised_on=today, settled_on=today, contact=contact, status=done)
        FollowUpFactory.create(done_by=user, done_at=timezone.now(), assignee=user)
        ParticipationFactory.create(
            event=EventFactory.create(start_date=today, status="held"), state="attended"
        )
    for figure in week_in_figures(user, today=today):
        rows = client.get(figure.url).context["table"].page.paginator.count
        assert (figure.label, figure.this_week) == (figure.label, rows)
        assert client.get(figure.url_before).context["table"].page.paginator.count == figure.week_before


def test_a_figure_that_opens_other_records_than_it_counts_says_which() -> None:
    client, user = signed_in()
    event = EventFactory.create(start_date=timezone.localdate(), status="held")
    ParticipationFactory.create_batch(2, event=event, state="attended")
    said = [(figure.this_week, figure.opens) for figure in week_in_figures(user, today=timezone.localdate())]
    opens = "Die Zahl öffnet die Veranstaltungen, zu denen sie gehören."
    assert said == [(0, ""), (2, opens), (0, ""), (0, ""), (0, "")]
    assert opens in client.get("/").content.decode()


def test_an_office_that_works_outside_of_its_paid_periods_is_asked_about() -> None:
    office, other = OfficeFactory.create(name="Büro Westhagen"), OfficeFactory.create()
    period = ProgrammeDependencyFactory.create(actor=office, valid_from=None, valid_until=TODAY - 10 * DAY)
    event = EventFactory.create(start_date=TODAY - 10 * DAY, status="held")
    organiser = OrganiserRoleFactory.create()
    ParticipationFactory.create(event=event, actor=office, role=organiser, state="attended")
    ParticipationFactory.create(event=event, actor=other, state="attended")
    staff, reader = UserFactory.create(), UserFactory.create(role="reader")
    assert list(home.offices_without_period(staff, today=TODAY)) == [office]
    assert list(home.offices_without_period(staff, today=TODAY + 354 * DAY)) == [office]
    assert list(home.offices_without_period(staff, today=TODAY + 355 * DAY)) == []
    assert list(home.offices_without_period(reader, today=TODAY)) == []
    period.valid_until = TODAY - 9 * DAY
    period.save()
    assert list(home.offices_without_period(staff, today=TODAY)) == []


def test_the_start_page_leads_to_where_the_missing_period_is_entered() -> None:
    office = OfficeFactory.create(name="Büro Westhagen")
    event = EventFactory.create(start_date=timezone.localdate(), status="held")
    ParticipationFactory.create(
        event=event, actor=office, role=OrganiserRoleFactory.create(), state="attended"
    )
    client, _user = signed_in()
    page = client.get("/").content.decode()
    assert "Büro Westhagen hat innerhalb eines Jahres Veranstaltungen organisiert" in page
    assert f'href="/actors/{office.pk}/programmes/new/"' in page


def test_quiet_are_those_i_am_responsible_for_beside_the_number_in_the_office() -> None:
    mara = UserFactory.create()
    mine = ActorFactory.create(responsible=mara, contact_interval_days=10)
    other = ActorFactory.create(contact_interval_days=10)
    ContactFactory.create(actors=[mine, other], date=TODAY - 20 * DAY)
    quiet = quiet_of(mara, today=TODAY)
    assert [actor for actor, _standing in quiet["quiet"]] == [mine]
    assert (quiet["quiet_mine"], quiet["quiet_office"]) == (1, 2)


def test_what_was_not_touched_for_a_year_is_named() -> None:
    mara = UserFactory.create()
    since = dt.date(2020, 6, 15)
    fresh, old, met = ActorFactory.create_batch(3)
    OfficeFactory.create()
    topic = TopicFactory.create(code="education")
    contact = ContactFactory.create(actors=[fresh], date=since)
    contact.topics.add(topic)
    ContactFactory.create(actors=[old], date=since - DAY)
    busy, idle = MeasureFactory.create_batch(2)
    series = EventSeriesFactory.create()
    EventSeriesFactory.create(decision="end")
    event = EventFactory.create(start_date=since, status="held", measure=busy)
    ParticipationFactory.create(event=event, actor=met, state="attended")
    idle_ones = untouched(mara, today=TODAY)
    assert idle_ones["untouched_actors"] == 1
    assert [link.label for link in idle_ones["untouched_measures"].links] == [str(idle)]
    assert [link.label for link in idle_ones["untouched_series"].links] == [str(series)]
    topics = Topic.objects.in_use().count()
    assert (idle_ones["untouched_topics"].number, idle_ones["untouched_topics"].more) == (
        topics - 1,
        topics - 7,
    )
