"""At which events actors were, and who was at none and was talked to by nobody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from actors.models import Actor, Sector
from contacts.models import Contact
from events.models.participation import Participation


def counted_participations() -> QuerySet:
    """Return the participations that count: attended, at an event that was held.

    Asking them, not the actors joined with them, lets SQLite start from the few actors of a page.
    """
    counted: QuerySet = Participation.objects.counted().order_by()
    return counted


def attended_count() -> Coalesce:
    """Return at how many held events the outer actor was."""
    attended = counted_participations().filter(actor=OuterRef("pk")).values("actor")
    counted = attended.annotate(n=Count("event", distinct=True)).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def attended_events(actor: int) -> int:
    """Return at how many held events the actor with this key was."""
    return counted_participations().filter(actor=actor).values("event").distinct().count()


def attended_by(actors: Iterable[Actor] | QuerySet) -> dict[int, int]:
    """Return by key at how many held events each of ``actors`` was, in one query."""
    keys: Any = actors.order_by().values("pk") if isinstance(actors, QuerySet) else [a.pk for a in actors]
    attended = counted_participations().filter(actor__in=keys).values_list("actor")
    return dict(attended.annotate(n=Count("event", distinct=True)))


def without_activity(actors: QuerySet, *, since: dt.date) -> QuerySet:
    """Return those of ``actors`` who had no contact and were at no event since a day, the office left out."""
    talked = Contact.actors.through._default_manager.filter(contact__date__gte=since).order_by()
    attended = counted_participations().filter(event__start_date__gte=since)
    quiet: QuerySet = actors.exclude(pk__in=talked.values("actor")).exclude(pk__in=attended.values("actor"))
    return quiet.exclude(actor_type__sector=Sector.OFFICE)
