"""The start page: what is due, what comes next, who went quiet, and how long the funding lasts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import F, Prefetch, Q, QuerySet
from django.shortcuts import render
from django.utils import timezone

from actors.models import Actor, Contact, FollowUp
from actors.models.activity import last_contact
from actors.views.follow_up_tools import follow_up_tools
from crm.common.roles import can
from events.models import Event, FundingPeriod

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

SHOWN = 6
LOOK_AHEAD = dt.timedelta(days=7)
QUIET_AFTER = dt.timedelta(days=180)


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


def my_follow_ups(user: Any, *, today: dt.date) -> QuerySet:
    """Return what this user has to come back to within a week, the overdue first."""
    due = FollowUp.objects.visible_to(user).open().due_by(today + LOOK_AHEAD).filter(assignee=user)
    seen = Prefetch("contact__actors", Actor.objects.visible_to(user))
    return due.select_related("actor", "contact", "concern", "point").prefetch_related(seen).order_by("due", "pk")


def quiet_actors(user: Any, *, today: dt.date) -> QuerySet:
    """Return the actors this user is responsible for that nobody spoke to for half a year or ever."""
    since = today - QUIET_AFTER
    mine = Actor.objects.visible_to(user).active_on(today).filter(responsible=user)
    quiet = mine.annotate(last=last_contact(user)).filter(Q(last__lt=since) | Q(last=None))
    return quiet.select_related("actor_type").order_by(F("last").asc(nulls_last=True), "sort_name")


def countdown(user: Any, *, today: dt.date) -> Countdown | None:
    """Return the end of the funding that runs today, else of the latest; None where no end is known."""
    periods = FundingPeriod.objects.visible_to(user).exclude(valid_until=None).select_related("programme")
    latest_first = periods.order_by("-valid_until")
    period = latest_first.active_on(today).first() or latest_first.first()
    if period is None:
        return None
    last: Any = period.last_day  # there is one, or the period would not have been found
    return Countdown(period=period, last_day=last, days=(last - today).days)


def agenda(user: Any, *, today: dt.date) -> dict[str, Any]:
    """Return today's and the next events; where nothing is planned, the last ones that were held."""
    events = Event.objects.visible_to(user).select_related("event_type", "space")
    coming = list(events.upcoming(today)[:SHOWN])
    past = (
        [] if coming else list(events.held().filter(start_date__lt=today).order_by("-start_date", "-pk")[:3])
    )
    return {"coming": coming, "past": past}


def last_contacts(user: Any) -> QuerySet:
    """Return what the office logged last."""
    seen = Prefetch("actors", Actor.objects.visible_to(user))
    contacts = Contact.objects.visible_to(user).newest_first().select_related("channel", "staff")
    return contacts.prefetch_related(seen)[:SHOWN]


def is_empty(user: Any) -> bool:
    """Tell whether this user has nothing to look at yet."""
    return not (Actor.objects.visible_to(user).exists() or Event.objects.visible_to(user).exists())


def home(request: HttpRequest) -> HttpResponse:
    """Show the start page."""
    user, today = request.user, timezone.localdate()
    if is_empty(user):
        return render(request, "home_empty.html", {"may_write": can(user, "add", Actor)})
    follow_ups = my_follow_ups(user, today=today)
    quiet = quiet_actors(user, today=today)
    context = {
        "today": today,
        "follow_ups": follow_ups[:SHOWN],
        "follow_up_count": follow_ups.count(),
        "may_follow_up": can(user, "view", FollowUp),
        "quiet": quiet[:SHOWN],
        "quiet_count": quiet.count(),
        "countdown": countdown(user, today=today),
        "contacts": last_contacts(user),
        "may_see_contacts": can(user, "view", Contact),
        **agenda(user, today=today),
        **follow_up_tools(user),
    }
    return render(request, "home.html", context)
