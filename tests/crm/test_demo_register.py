"""What the demo data look like: every row valid, and a district as the reports expect to find one."""

from __future__ import annotations

import datetime as dt
import io
from collections import Counter, defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from django.apps import apps
from django.contrib.auth.hashers import check_password
from django.core.management import call_command
from django.db import transaction
from django.db.models import Sum

from actors.models import Actor, ActorKind, Affiliation, ProgrammeDependency, Sector
from contacts.concerns import may_follow
from contacts.models import Concern, Contact, FollowUp
from core.accounts.models import User
from core.phone_numbers import phone_digits
from crm.demo.accounts import PASSWORD
from crm.demo.world import EARLY_END
from events.models import (
    Event,
    EventSeries,
    EventStatus,
    FundingPeriod,
    Participation,
    TaskAssignment,
)
from tests.crm.demo_rows import check_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django.plugin import DjangoDbBlocker


DAY = dt.date(2024, 2, 29)
pytestmark = pytest.mark.django_db  # by which the file alone gets its database, too


@pytest.fixture(scope="module", autouse=True)
def _register(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Fill the database once for all tests of this file; they only read."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("demo_data", today=DAY, stdout=io.StringIO())
        yield
        transaction.set_rollback(True)


def actors_by_year() -> dict[int, set[int]]:
    actors = defaultdict(set)
    counted = Participation.objects.counted()
    for actor, year in counted.values_list("actor", "event__start_date__year"):
        actors[year].add(actor)
    return dict(actors)


def office_share(first: int, last: int) -> float:
    """Return the share of assigned tasks that the office carried."""
    tasks = TaskAssignment.objects.assigned().filter(event__start_date__year__range=(first, last))
    return tasks.filter(actor__actor_type__sector=Sector.OFFICE).count() / tasks.count()


def test_each_role_can_sign_in_and_former_colleagues_cannot():
    accounts = User.objects.order_by("pk").values_list("username", "role", "is_active", "password")
    sign_ins = [
        (name, role, is_open and check_password(PASSWORD, key)) for name, role, is_open, key in accounts
    ]
    assert sign_ins == [
        ("leitung", "management", True),
        ("team", "staff", True),
        ("helfer", "volunteer", True),
        ("gast", "reader", True),
        ("frueher", "staff", False),
        ("ehedem", "staff", False),
        ("vormals", "staff", False),
    ]


@pytest.mark.parametrize("label", ["actors", "contacts", "events"])
def test_every_row_passes_the_rules_of_its_form(label: str):
    check_rows(apps.get_app_config(label).get_models())


def test_derived_columns_are_as_saving_would_leave_them():
    for model in (Actor, Contact, Event, EventSeries):
        derived = {"name", "title", "sort_name", "search_names", "search_details", "search_text"}
        fields = [field.name for field in model._meta.concrete_fields if field.name in derived]
        for row in model._base_manager.all():
            before = {name: getattr(row, name) for name in fields}
            row.derive()
            assert {name: getattr(row, name) for name in fields} == before


def test_the_register_has_the_size_of_a_real_one():
    old = Contact.objects.filter(date__lte=EARLY_END)
    assert (Actor.objects.count(), old.count(), EventSeries.objects.count()) == (288, 900, 14)
    assert 400 <= Event.objects.count() <= 440
    assert 4800 <= Participation.objects.count() <= 5400
    assert Contact.objects.values("staff").distinct().count() == 5
    assert Contact.objects.filter(is_confidential=True).count() > 20


def test_nobody_can_be_reached_by_what_is_written_here():
    emails = Actor.objects.exclude(email="").values_list("email", flat=True)
    assert {email.partition("@")[2] for email in emails} == {"example.org"}
    numbers = Actor.objects.exclude(phone_numbers=None).values_list("phone_numbers__number", flat=True)
    kept_free = ("03023125", "04066969", "017139200")
    assert [number for number in numbers if not phone_digits(number).startswith(kept_free)] == []


def test_old_names_still_find_body_and_festival():
    assert [actor.name for actor in Actor.objects.matching("sprecherkreis")] == ["Freunde Westhagens"]
    assert [series.name for series in EventSeries.objects.matching("stadtteilfest")] == ["Bürgerfest"]
    festival = EventSeries.objects.get(name="Bürgerfest")
    titles = festival.events.filter(start_date__year__in=(2018, 2019)).order_by("start_date")
    assert [event.title for event in titles] == ["Stadtteilfest 2018", "Bürgerfest 2019"]


def test_the_office_changes_hands_without_a_gap():
    offices = Actor.objects.offices().order_by("programme_dependencies__valid_from").distinct()
    days = [dt.date(2003, 1, 1), dt.date(2003, 7, 1), dt.date(2020, 12, 31), dt.date(2021, 1, 1)]
    names = [sorted({office.name for office in offices.active_on(day)}) for day in days]
    assert names == [
        ["Stadtteilbüro Westhagen (Träger: Büro Raumfahrt)"],
        ["Stadtteilbüro Westhagen (Träger: Planungsbüro Probe)"],
        ["Stadtteilbüro Westhagen (Träger: Planungsbüro Probe)"],
        ["Stadtteilbüro Westhagen (Träger: Stadt)"],
    ]
    assert FundingPeriod.objects.programme_end(EARLY_END) == dt.date(2021, 12, 31)
    running = dict(ProgrammeDependency.objects.active_on(DAY).values_list("actor__name", "share_percent"))
    assert running == {"Stadtteilbüro Westhagen (Träger: Stadt)": 100, "Familienlots*innen Westhagen": 50}


def test_persons_who_change_organisation_keep_their_history():
    tenures: dict[int, list[Affiliation]] = defaultdict(list)
    main = Affiliation.objects.filter(is_main_contact=True, organisation__kind=ActorKind.ORGANISATION)
    for affiliation in main.order_by("valid_from"):
        tenures[affiliation.person_id].append(affiliation)
    moved = [pair for rows in tenures.values() for pair in pairwise(rows)]
    assert len(moved) >= 10
    assert [old for old, new in moved if old.valid_until != new.valid_from] == []


def test_the_pandemic_cancelled_postponed_and_moved_online():
    during = Event.objects.filter(start_date__range=("2020-03-13", "2021-06-12"))
    statuses = Counter(during.values_list("status", flat=True))
    assert {EventStatus.CANCELLED, EventStatus.POSTPONED, EventStatus.HELD} == set(statuses)
    assert during.filter(mode="online", status=EventStatus.HELD).count() >= 5
    assert statuses[EventStatus.CANCELLED] > statuses[EventStatus.HELD] / 2
    assert Event.objects.get(title="Bürgerfest 2021 (Nachholtermin)").status == EventStatus.HELD


def test_most_come_again_some_are_new_and_the_pandemic_shows():
    years = actors_by_year()
    assert sorted(years) == list(range(2003, 2025))
    retention = {
        year: len(years[year] & years[year - 1]) / len(years[year - 1]) for year in sorted(years)[1:]
    }
    ordinary = [share for year, share in retention.items() if year < 2020 or 2022 <= year < 2024]
    assert 0.5 < min(ordinary) < max(ordinary) < 0.9
    assert retention[2020] < min(ordinary)
    seen: set[int] = set()
    newcomers = []
    for year in sorted(years):
        newcomers.append(len(years[year] - seen))
        seen |= years[year]
    assert min(newcomers) > 0
    assert len(years[2012]) > len(years[2003])


def test_the_office_carries_most_tasks_at_first_and_still_holds_the_festival_together():
    assert office_share(2003, 2006) > 0.75
    assert 0.2 < office_share(2018, 2021) < 0.45
    central = TaskAssignment.objects.assigned().filter(
        event__series__name="Bürgerfest",
        event__start_date__year__gte=2012,
        task__code__in=("permits", "cash"),
    )
    by_office = central.filter(actor__actor_type__sector=Sector.OFFICE).count()
    assert by_office / central.count() > 0.5
    assert TaskAssignment.objects.filter(actor=None, event__status=EventStatus.HELD).count() > 5


def test_festivals_are_counted_in_heads():
    heads = Event.objects.held().filter(series__name="Bürgerfest").annotate(heads=Sum("headcounts__count"))
    counts = [event.heads for event in heads]
    assert len(counts) == 20
    assert min(counts) > 400
    assert max(counts) < 4000


def test_some_things_are_still_to_be_done():
    later = FollowUp.objects.open().filter(point=None, contact=None, repeats="")
    assert list(later.values_list("due", flat=True)) == [dt.date(2027, 12, 31), dt.date(2031, 12, 31)]
    assert Concern.objects.filter(raised_on__lte=EARLY_END, settled_on__gt=EARLY_END).count() > 5
    assert Event.objects.held().filter(start_date__gte=DAY).count() == 0


def test_every_concern_has_the_steps_that_lead_to_how_it_stands():
    concerns = Concern.objects.select_related("status").prefetch_related(
        "steps__from_status", "steps__to_status"
    )
    for concern in concerns:
        steps = list(concern.steps.all())
        assert (steps[0].from_status, steps[-1].to_status) == (None, concern.status)
        for before, step in pairwise(steps):
            assert (step.from_status, before.at <= step.at) == (before.to_status, True)
            assert may_follow(step.to_status, after=before.to_status)
        assert (concern.settled_on is None) == concern.status.is_open
        assert concern.status.code != "forwarded" or concern.forwarded_to is not None
