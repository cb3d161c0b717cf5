"""The demo's present: on the day it is made, the office is at work."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client

from actors.models import ActorGroup
from contacts.models import Concern, ConcernStep, Contact, DiscussionPoint, FollowUp, IncomingEmail
from contacts.models.attention import Light, known_to_one, lit, with_next_due
from core.accounts.models import User
from crm.demo.world import EARLY_END
from events.models import ConsultationHours, Event, EventSeries, FundingPeriod, SpecialDays

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django.plugin import DjangoDbBlocker

pytestmark = pytest.mark.django_db
DAY = dt.date(2024, 2, 29)
LATELY = DAY - dt.timedelta(days=90)


@pytest.fixture(scope="module", autouse=True)
def _register(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Fill the database once for all tests of this file; they only read."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("demo_data", today=DAY, stdout=io.StringIO())
        yield
        transaction.set_rollback(True)


def test_the_team_of_today_logs_contacts_none_of_them_ahead():
    lately = Contact.objects.filter(date__gte=LATELY)
    assert 75 <= lately.count() <= 160
    assert set(lately.values_list("staff__username", flat=True)) == {"leitung", "team"}
    assert not Contact.objects.filter(date__gt=DAY).exists()
    assert DiscussionPoint.objects.count() >= 28
    assert FollowUp.objects.filter(point__isnull=False).exists()


def test_concerns_of_mixed_age_wait_and_each_tells_its_steps():
    waiting = Concern.objects.open()
    assert waiting.count() >= 12
    assert not waiting.filter(raised_on__lt=LATELY).exists()
    assert len({(DAY - day).days // 14 for day in waiting.values_list("raised_on", flat=True)}) >= 3
    for concern in Concern.objects.filter(raised_on__gt=EARLY_END):
        last = concern.steps.order_by("at").last()
        assert last is not None
        assert last.to_status == concern.status
    assert ConcernStep.objects.filter(at__date__gt=DAY).count() == 0


def test_follow_ups_are_overdue_due_today_ahead_and_recurring():
    unfinished = FollowUp.objects.open()
    assert 3 <= unfinished.filter(due__lt=DAY).count() <= 12
    assert unfinished.filter(due=DAY).exists()
    assert unfinished.exclude(repeats="").count() == 4
    assert FollowUp.objects.filter(done_at__date__range=(DAY - dt.timedelta(days=14), DAY)).count() >= 4


def test_something_is_to_come_in_the_next_days_and_weeks():
    coming = Event.objects.upcoming(DAY)
    assert [event.title for event in coming if event.series is None][:4] == [
        "Absprache mit den Hausmeister*innen",
        "Vorbereitung Bürgerfest",
        "Ortstermin Wege und Licht",
        "Kassenprüfung Bürgerfonds",
    ]
    soon = coming.filter(start_date__lt=DAY + dt.timedelta(days=60))
    assert soon.filter(event_type__code="consultation_hour").count() == 2
    assert {event.status for event in soon} == {"confirmed", "planned"}
    assert (ConsultationHours.objects.count(), SpecialDays.objects.count()) == (3, 10)


def test_the_funding_lies_ahead_and_what_is_secured_is_so_measured_from_its_end():
    end = FundingPeriod.objects.programme_end(DAY)
    assert end == dt.date(2025, 12, 31)
    reach = EventSeries.objects.get(name__startswith="Adventsmarkt").funding_until
    assert reach is not None
    assert (reach.year - end.year, reach.month) == (2, 7)  # July 2023, where the funding ended in 2021


def test_all_lights_burn_and_some_actors_are_known_to_one():
    user = User.objects.get(username="leitung")
    rows = with_next_due(user, today=DAY)
    assert all(lit(rows, light, today=DAY).count() >= 3 for light in Light)
    assert lit(rows, Light.GREEN, today=DAY).count() > rows.count() / 2
    assert {actor.known_by for actor in known_to_one(user, today=DAY)} >= {
        user.pk,
        User.objects.get(username="team").pk,
    }
    assert ActorGroup.objects.count() == 3


def test_e_mails_wait_to_be_assigned_from_addresses_that_nobody_has():
    senders = IncomingEmail.objects.filter(contact=None, set_aside_at=None).values_list("sender", flat=True)
    assert len(senders) == 6
    assert {sender.partition("@")[2] for sender in senders} == {"example.org"}


def test_each_record_that_the_daily_log_shows_opens(client: Client):
    client.force_login(User.objects.get(username="leitung"))
    records: list[Any] = [
        *IncomingEmail.objects.all(),
        *Concern.objects.open(),
        *Contact.objects.filter(points__isnull=False).distinct()[:5],
        *Event.objects.filter(start_date__gte=DAY),
    ]
    assert len(records) > 25

    answers = {record.get_absolute_url(): client.get(record.get_absolute_url()) for record in records}

    assert [url for url, answer in answers.items() if answer.status_code != 200] == []
