"""What was talked about with actors lately, as far as the person who asks may know."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, DateField, IntegerField, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from actors.models.actor import Actor
from contacts.models.contact import Contact
from contacts.models.follow_up import FollowUp
from core.viewers import Viewer


def last_contact(user: Viewer) -> Subquery:
    """Return the day of the latest contact of the outer actor that ``user`` may see."""
    own = Contact.objects.visible_to(user).filter(actors=OuterRef("pk")).order_by().values("actors")
    return Subquery(own.annotate(day=Max("date")).values("day"), output_field=DateField())


def contact_count(user: Viewer) -> Coalesce:
    """Return how many contacts of the outer actor ``user`` may see."""
    links: QuerySet = Contact.actors.through._default_manager.filter(actor=OuterRef("pk")).order_by()
    visible = Contact.objects.visible_to(user)
    if visible.query.where:  # whoever sees every contact need not look at them to count
        links = links.filter(contact__in=visible)
    counted = links.values("actor").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


@dataclass
class Activity:
    """What the log says about one actor: contacts in all and by year, the last of them, what is overdue."""

    contacts: int = 0
    contacts_of_years: tuple[int, ...] = ()
    last_contact: dt.date | None = None
    is_overdue: bool = False


def activity_of(
    actors: Iterable[Actor] | QuerySet, *, user: Viewer, today: dt.date, years: Sequence[int] = ()
) -> dict[int, Activity]:
    """Return the activity of each of ``actors``, however many they are.

    Contacts are also counted for each of ``years``.
    """
    keys: Any = actors.order_by().values("pk") if isinstance(actors, QuerySet) else [a.pk for a in actors]
    activities: dict[int, Activity] = {}
    contacts = Contact.objects.visible_to(user).filter(actors__in=keys).order_by().values_list("actors")
    figures = contacts.annotate(n=Count("pk"), day=Max("date"), **{f"in_{y}": in_year(y) for y in years})
    for actor, number, latest, *of_years in figures:
        activities[actor] = Activity(number, tuple(of_years), latest)
    for actor in overdue_actors(keys, user=user, today=today):
        activities.setdefault(actor, Activity()).is_overdue = True
    return activities


def in_year(year: int) -> Count:
    """Return the number of contacts in a year; by bounds, as SQLite is slow to ask each day for its year."""
    return Count("pk", filter=Q(date__gte=dt.date(year, 1, 1), date__lt=dt.date(year + 1, 1, 1)))


def overdue_actors(keys: Any, *, user: Viewer, today: dt.date) -> set[int]:
    """Return which of the actors have a follow-up that ``user`` sees and that is overdue."""
    overdue = FollowUp.objects.visible_to(user).open().filter(due__lt=today).order_by()
    themselves = overdue.filter(actor__in=keys).values_list("actor", flat=True)
    seen = overdue.filter(contact__in=Contact.objects.visible_to(user), contact__actors__in=keys)
    return {*themselves, *seen.values_list("contact__actors", flat=True)}
