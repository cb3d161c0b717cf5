"""What somebody should know today: what is due, what comes next, what waits, how long the funding lasts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from actors.models import Actor, ProgrammeDependency
from contacts.concerns import Light
from contacts.models import Concern, Contact, FollowUp, IncomingEmail
from contacts.tables.concerns import light_mark
from core.roles import can
from core.viewers import SignedIn
from events.models import Event, FundingPeriod, Participation
from events.services.hours import OpenHours, hours_on

SHOWN = 6
LOOK_AHEAD = dt.timedelta(days=7)
A_YEAR = dt.timedelta(days=365)


@dataclass(frozen=True)
class Countdown:
    """How long the funding still lasts, or since when it is over."""

    period: FundingPeriod
    last_day: dt.date
    days: int

    @property
    def is_over(self) -> bool:
        """Whether the last day has passed."""
        return self.days < 0

    @property
    def is_near(self) -> bool:
        """Whether less than a year is left to hand over what should remain."""
        return 0 <= self.days < 365

    @property
    def months(self) -> int:
        """The distance in months, for what is too far away to count days."""
        return round(abs(self.days) / 30.44)


def offices_without_period(user: SignedIn, *, today: dt.date) -> QuerySet:
    """Return the offices that organised something within a year for which no paid period is recorded.

    Nobody is asked who may not enter the period.
    """
    if not can(user, "add", ProgrammeDependency):
        return Actor.objects.none()
    paid = ProgrammeDependency.objects.filter(
        Q(valid_from__isnull=True) | Q(valid_from__lte=OuterRef("event__start_date")),
        Q(valid_until__isnull=True) | Q(valid_until__gt=OuterRef("event__start_date")),
        actor=OuterRef("actor"),
    )
    lately = Q(event__start_date__gt=today - A_YEAR, event__start_date__lte=today)
    unpaid = Participation.objects.counted().filter(lately, ~Exists(paid), role__is_organising=True)
    return Actor.objects.visible_to(user).offices().filter(pk__in=unpaid.order_by().values("actor"))


def my_follow_ups(user: SignedIn, *, today: dt.date) -> list[FollowUp]:
    """Return the first of what this user has to come back to within a week, the overdue first.

    Each carries ``seen_contact``, the contact that it is about if the user sees that one.
    """
    due = FollowUp.objects.visible_to(user).open().due_by(today + LOOK_AHEAD).filter(assignee=user)
    seen = Prefetch("contact__actors", Actor.objects.visible_to(user))
    rows = due.select_related("actor", "contact", "concern", "point").prefetch_related(seen)
    first = list(rows.order_by("due", "pk")[:SHOWN])
    for follow_up in first:
        follow_up.seen_contact = follow_up.contact_seen_by(user)
    return first


def countdown(user: SignedIn, *, today: dt.date) -> Countdown | None:
    """Return the end of the funding that runs today, else of the latest; None where no end is known."""
    periods = FundingPeriod.objects.visible_to(user).exclude(valid_until=None).select_related("programme")
    latest_first = periods.order_by("-valid_until")
    period = latest_first.active_on(today).first() or latest_first.first()
    if period is None:
        return None
    last: Any = period.last_day  # there is one, or the period would not have been found
    return Countdown(period=period, last_day=last, days=(last - today).days)


def agenda(user: SignedIn, *, today: dt.date) -> dict[str, Any]:
    """Return today's and the next events; where nothing is planned, the last ones that were held."""
    events = Event.objects.visible_to(user).select_related("event_type", "space")
    coming = list(events.upcoming(today)[:SHOWN])
    past = (
        [] if coming else list(events.held().filter(start_date__lt=today).order_by("-start_date", "-pk")[:3])
    )
    return {"coming": coming, "past": past}


def last_contacts(user: SignedIn) -> QuerySet:
    """Return what the office logged last."""
    seen = Prefetch("actors", Actor.objects.visible_to(user))
    contacts = Contact.objects.visible_to(user).newest_first().select_related("channel", "staff")
    return contacts.prefetch_related(seen)[:SHOWN]


def follow_up_counts(user: SignedIn, *, today: dt.date) -> dict[str, int]:
    """Return how many of this user's follow-ups are overdue, due today, and due within a week."""
    mine = FollowUp.objects.visible_to(user).open().due_by(today + LOOK_AHEAD).filter(assignee=user)
    return mine.aggregate(
        overdue=Count("pk", filter=Q(due__lt=today)),
        today=Count("pk", filter=Q(due=today)),
        week=Count("pk"),
    )


@dataclass(frozen=True)
class Waiting:
    """The open concerns: the oldest of them with their lights, how many in all, and how many are late."""

    oldest: list[tuple[Concern, Any]]
    number: int
    late: int


def waiting_concerns(user: SignedIn, *, today: dt.date) -> Waiting:
    """Return how many concerns wait, how many of them too long, and the oldest."""
    unsettled = Concern.objects.visible_to(user).open()
    oldest = list(
        unsettled.select_related("kind", "status", "forwarded_to").order_by("raised_on", "pk")[:SHOWN]
    )
    marked = [(concern, light_mark(concern.light(today))) for concern in oldest]
    late = unsettled.lit([Light.RED], today=today)
    return Waiting(marked, unsettled.count(), late.count())


def emails_waiting(user: SignedIn) -> int:
    """Return how many e-mails nobody has assigned to actors yet."""
    emails = IncomingEmail.objects.visible_to(user)
    return emails.filter(contact__isnull=True, set_aside_at__isnull=True).count()


def open_today(today: dt.date) -> list[OpenHours]:
    """Return the consultation hours of today."""
    return hours_on(today)
