"""What the office has not touched for a year: actors, formats, measures, topics."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.http import urlencode

from actors.models import Actor, Topic
from contacts.models import Contact
from contacts.models.attention import (
    Light,
    attention_of,
    known_to_one,
    lit,
    may_ask,
    with_next_due,
    years_before,
)
from core.accounts.models import User
from core.viewers import SignedIn
from events.models import Event, EventSeries, Measure
from events.models.activity import without_activity

SHOWN = 6


@dataclass(frozen=True)
class Link:
    """Something that was not touched, and where to see it."""

    label: str
    url: str


@dataclass(frozen=True)
class Untouched:
    """The first of what was not touched, and how much there is of it."""

    links: list[Link]
    number: int

    @property
    def more(self) -> int:
        """How many are not named."""
        return self.number - len(self.links)


def quiet_of(user: SignedIn, *, today: dt.date) -> dict[str, Any]:
    """Return who went quiet of those whom ``user`` is responsible for, and how many in the whole office."""
    rows = with_next_due(user, today=today)
    due = lit(rows, Light.RED, Light.YELLOW, today=today)
    mine = list(
        due.filter(responsible=user)
        .select_related("actor_type")
        .only("name", "kind", "active_until", "actor_type")
        .order_by("next_due", "sort_name", "pk")[:SHOWN]
    )
    standing = attention_of(mine, user=user, today=today)
    counts = due.order_by().aggregate(office=Count("pk"), mine=Count("pk", filter=Q(responsible=user)))
    return {
        "quiet": [(actor, standing[actor.pk]) for actor in mine],
        "quiet_mine": counts["mine"],
        "quiet_office": counts["office"],
        "may_ask": may_ask(user),
    }


def known_to_one_of(user: SignedIn, *, today: dt.date) -> dict[str, Any]:
    """Return how many actors are known to one colleague only, and how many of them to one who left."""
    known = list(known_to_one(user, today=today).order_by().values_list("known_by", flat=True))
    closed = set(User.objects.filter(is_active=False).values_list("pk", flat=True))
    return {
        "known_to_one": len(known),
        "known_to_me": sum(key == user.pk for key in known),
        "known_to_closed": sum(key in closed for key in known),
    }


def untouched(user: SignedIn, *, today: dt.date) -> dict[str, Any]:
    """Return what nothing was logged about, and what took no place, for a year."""
    since = years_before(today, 1)
    events = Event.objects.filter(start_date__gte=since).exclude(status="cancelled").order_by()
    return {
        "untouched_actors": untouched_actors(user, today=today).count(),
        "untouched_measures": _links(without(Measure.objects.active_on(today), events, "measure"), "title"),
        "untouched_series": _links(without(going_on(), events, "series"), "name"),
        "untouched_topics": topics_not_talked_about(user, since=since),
    }


def untouched_actors(user: SignedIn, *, today: dt.date) -> QuerySet:
    """Return the active actors that nobody talked to and that were nowhere for a year."""
    rows = Actor.objects.visible_to(user).active_on(today)
    return without_activity(rows, since=years_before(today, 1))


def going_on() -> QuerySet:
    """Return the formats that nobody decided to end."""
    formats: QuerySet = EventSeries.objects.exclude(decision="end")
    return formats


def without(rows: QuerySet, events: QuerySet, field: str) -> QuerySet:
    """Return those of ``rows`` that none of ``events`` belongs to."""
    return rows.filter(~Exists(events.filter(**{field: OuterRef("pk")})))


def _links(rows: QuerySet, order: str) -> Untouched:
    records = list(rows.order_by(order, "pk"))
    return Untouched([Link(str(row), row.get_absolute_url()) for row in records[:SHOWN]], len(records))


def topics_not_talked_about(user: SignedIn, *, since: dt.date) -> Untouched:
    """Return the topics of no contact; the link leads to the older ones."""
    talked = Contact.objects.visible_to(user).filter(date__gte=since).order_by()
    talked_about = talked.filter(topics__isnull=False).values("topics")
    topics = list(Topic.objects.in_use().exclude(pk__in=talked_about))
    address = reverse("contacts:contact_list")
    links = [Link(topic.label, f"{address}?{urlencode({'topic': topic.code})}") for topic in topics]
    return Untouched(links[:SHOWN], len(links))
