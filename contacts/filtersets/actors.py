"""What actors can be filtered by where the log is known: when somebody talked to them, and should again."""

from __future__ import annotations

import datetime as dt
from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actors.filtersets import ActorFilterSet
from contacts.filtersets.attention import LIGHTS
from contacts.models import Contact
from contacts.models.attention import Light, lit, may_ask, with_next_due
from core.roles import can

NEVER = "never"
DUE, NO_INTERVAL = "due", "none"
QUIET_DAYS = {"90": _("3 months"), "180": _("6 months"), "365": _("1 year"), "730": _("2 years")}


class ActorContactsFilterSet(ActorFilterSet):
    """Actors also by how long nothing was heard of them, and how pressing it is to get in touch."""

    quiet = django_filters.ChoiceFilter(
        label=_("Last contact older than"),
        choices=[*QUIET_DAYS.items(), (NEVER, _("never contacted"))],
        method="by_last_contact",
        empty_label=_("any"),
    )
    attention = django_filters.ChoiceFilter(
        label=_("Next contact"),
        choices=[*LIGHTS, (DUE, _("red and yellow")), (NO_INTERVAL, _("without an interval"))],
        method="by_attention",
        empty_label=_("any"),
    )

    def kept_back(self) -> list[str]:
        quiet = [] if can(self.user, "view", Contact) else ["quiet"]
        return [*super().kept_back(), *quiet, *([] if may_ask(self.user) else ["attention"])]

    def by_attention(self, queryset: Any, name: str, value: str) -> QuerySet:
        """Find the actors by how pressing it is to get in touch."""
        today = timezone.localdate()
        with_interval = with_next_due(self.user, today=today)
        if value == NO_INTERVAL:
            actors: QuerySet = queryset.exclude(pk__in=with_interval.order_by().values("pk"))
        else:
            lights = [Light.RED, Light.YELLOW] if value == DUE else [value]
            actors = queryset.filter(pk__in=lit(with_interval, *lights, today=today).order_by().values("pk"))
        return actors

    def by_last_contact(self, queryset: Any, name: str, value: str) -> QuerySet:
        """Find the actors that nobody talked to for a while, as far as the user may know."""
        contacts = Contact.objects.visible_to(self.user).order_by()
        ever = Exists(contacts.filter(actors=OuterRef("pk")))
        if value == NEVER:
            actors: QuerySet = queryset.filter(~ever)
        else:
            since = timezone.localdate() - dt.timedelta(days=int(value))
            lately = contacts.filter(date__gte=since, actors__isnull=False)
            actors = queryset.filter(ever).exclude(pk__in=lately.values("actors"))
        return actors
