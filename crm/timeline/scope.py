"""Whose entries the timeline of an actor shows: its own, and those of others while they belonged together."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import F, Q, QuerySet

from actors.models import Actor, Affiliation
from core.roles import can
from core.viewers import Viewer


@dataclass(frozen=True)
class Scope:
    """An actor with its persons or organisations, as far as the reader may know them."""

    actor: Actor
    others: dict[int, str] = field(default_factory=dict)

    def own_and_theirs(self, rows: QuerySet, *, actor: str, date: str, key: str = "pk") -> Q:
        """Return the condition that a key is among those of ``rows`` that belong here.

        ``actor`` and ``date`` are the columns of ``rows`` that name somebody and the day it happened.
        """
        own = rows.filter(**{actor: self.actor}).order_by()
        is_own = Q(pk__in=own.values(key))
        if not self.others:
            return is_own
        return is_own | Q(pk__in=self.theirs(rows, actor=actor, date=date).values(key))

    def theirs(self, rows: QuerySet, *, actor: str, date: str) -> QuerySet:
        """Return what others did while they belonged to the actor; by a join, however many they are."""
        if not self.others:
            return rows.none()
        ties, side = ("members", "person") if self.actor.is_person else ("affiliations", "organisation")
        tie = f"{actor}__{ties}"
        begun = Q(**{f"{tie}__valid_from__isnull": True}) | Q(**{f"{tie}__valid_from__lte": F(date)})
        not_over = Q(**{f"{tie}__valid_until__isnull": True}) | Q(**{f"{tie}__valid_until__gt": F(date)})
        return rows.filter(begun, not_over, **{f"{tie}__{side}": self.actor}).order_by()

    def via(self, keys: set[int]) -> str:
        """Say through whom an entry came here; nothing when it is the actor's own."""
        if self.actor.pk in keys:
            return ""
        return ", ".join(sorted(self.others[key] for key in keys & self.others.keys()))


def scope_of(actor: Actor, *, user: Viewer) -> Scope:
    """Return whose entries belong into the timeline of ``actor``, as far as ``user`` may know."""
    if not can(user, "view", Affiliation):
        return Scope(actor)
    side, other = ("person", "organisation") if actor.is_person else ("organisation", "person")
    rows = Affiliation.objects.visible_to(user).filter(**{side: actor}).order_by()
    return Scope(actor, dict(rows.values_list(f"{other}_id", f"{other}__name")))
