"""What an actor did lately, as far as the person who asks may know."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, DateField, IntegerField, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from actors.models.actor import Actor
from actors.models.contact import Contact

# Participation belongs to a room above this one and is only named here.
ATTENDED = Q(participations__state="attended", participations__event__status="held")


def last_contact(user: Any) -> Subquery:
    """Return the day of the latest contact of the outer actor that ``user`` may see."""
    contacts = Contact.actors.through.objects.filter(
        actor=OuterRef("pk"), contact__in=Contact.objects.visible_to(user)
    )
    return Subquery(
        contacts.order_by().values("actor").annotate(day=Max("contact__date")).values("day"),
        output_field=DateField(),
    )


def contact_count(user: Any) -> Coalesce:
    """Return how many contacts of the outer actor ``user`` may see."""
    contacts = Contact.actors.through.objects.filter(
        actor=OuterRef("pk"), contact__in=Contact.objects.visible_to(user)
    )
    counted = contacts.order_by().values("actor").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def attended_count() -> Coalesce:
    """Return at how many held events the outer actor was."""
    counted = (
        Actor.objects.filter(ATTENDED, pk=OuterRef("pk"))
        .order_by()
        .values("pk")
        .annotate(n=Count("participations__event", distinct=True))
        .values("n")
    )
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
