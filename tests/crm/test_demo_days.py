"""The demo reaches the day it is made for, whichever that is."""

from __future__ import annotations

import datetime as dt
import io
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command
from django.db import transaction
from django.db.models import Sum

from actors.models import Actor, ProgrammeDependency
from events.models import Event, EventStatus, FundingPeriod, Headcount, Measure, Participation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django.plugin import DjangoDbBlocker

pytestmark = pytest.mark.django_db
LEFT_OPEN = ["Ortstermin Spielplatz Märchenring", "Redaktion der Stadtteilseite"]
CLOSED = [EventStatus.HELD, EventStatus.CANCELLED, EventStatus.POSTPONED]


@pytest.fixture(
    scope="module",
    params=["2022-07-01", "2026-01-01", "2028-02-29", "2035-12-31"],
)
def made_for(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[dt.date]:
    """Make the demo once for the tests that only read."""
    day = dt.date.fromisoformat(request.param)
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("demo_data", today=day, stdout=io.StringIO())
        yield day
        transaction.set_rollback(True)


def test_the_story_reaches_the_day_and_nothing_was_held_later(made_for: dt.date):
    assert not Event.objects.held().filter(start_date__gte=made_for).exists()
    lately = Event.objects.held().filter(start_date__gte=made_for - dt.timedelta(days=60))
    assert lately.count() >= 3
    assert Participation.objects.counted().filter(event__in=lately).count() >= 10
    assert Headcount.objects.filter(event__in=lately).exists()
    coming = Event.objects.upcoming(made_for)
    assert coming.filter(start_date__lte=made_for + dt.timedelta(days=21)).count() >= 3
    assert coming.count() >= 15


def test_all_that_lies_behind_is_closed_but_what_was_forgotten_lately(made_for: dt.date):
    behind = Event.objects.filter(start_date__lt=made_for).exclude(status__in=CLOSED)
    assert sorted(behind.values_list("title", flat=True)) == LEFT_OPEN


def test_each_year_since_the_pandemic_has_its_festival_and_its_fund_sessions(made_for: dt.date):
    for year in range(2022, made_for.year):
        held = Event.objects.held().filter(start_date__year=year)
        assert 28 <= held.count() <= 45
        assert held.filter(series__name="Bürgerfest").count() == 1
        assert held.filter(event_type__code="fund_session").count() in {3, 4}
        heads = Headcount.objects.filter(event__in=held.filter(series__name="Bürgerfest"))
        assert 700 < sum(heads.values_list("count", flat=True)) < 4000
        hours = Participation.objects.counted().filter(event__in=held).aggregate(sum=Sum("volunteer_hours"))
        assert 100 < hours["sum"] < 900


def test_the_funding_runs_on_the_day_and_for_another_year(made_for: dt.date):
    running = FundingPeriod.objects.active_on(made_for).get(programme__name="Sozialer Zusammenhalt")
    assert running.valid_until is not None
    assert (running.valid_until - made_for).days >= 365
    paid = ProgrammeDependency.objects.active_on(made_for).filter(actor__in=Actor.objects.offices())
    assert [(row.actor.name, row.valid_until) for row in paid] == [
        ("Stadtteilbüro Westhagen (Träger: Stadt)", running.valid_until)
    ]
    periods = FundingPeriod.objects.filter(programme=running.programme, valid_from__gte=dt.date(2022, 1, 1))
    spans = list(periods.order_by("valid_from").values_list("valid_from", "valid_until"))
    assert spans[0][0] == dt.date(2022, 1, 1)
    assert [one for one, other in pairwise(spans) if one[1] != other[0]] == []
    assert set(Measure.objects.active_on(made_for).values_list("title", flat=True)) >= {
        "Stadtteilbüro Westhagen",
        "Bürgerfest und Nachbarschaft",
    }
