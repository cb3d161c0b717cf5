"""The table of actors with contacts and the events at which they were."""

from __future__ import annotations

from functools import cached_property

import django_tables2 as tables
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from actors.models import Actor
from actors.tables.actors import NUMBER
from contacts.tables.actors import ActorContactsTable
from events.models.activity import attended_by, attended_count


class ActorActivityTable(ActorContactsTable):
    """Actors with all that is known about what they did."""

    participations = tables.Column(_("Participations"), empty_values=(), attrs=NUMBER, accessor="pk")

    class Meta(ActorContactsTable.Meta):
        sequence = (
            *("name", "actor_type", "district"),
            *("last_contact", "attention", "spark", "contacts", "participations"),
            *("status", "responsible"),
        )

    @cached_property
    def attended(self) -> dict[int, int]:
        """At how many events the actors of this page were, asked once for all of them."""
        return attended_by(self.drawn)

    def render_participations(self, record: Actor) -> int:
        return self.attended.get(record.pk, 0)

    def order_participations(self, queryset: QuerySet, is_descending: bool) -> tuple[QuerySet, bool]:
        return self._order(queryset.annotate(_key=attended_count()), is_descending)
