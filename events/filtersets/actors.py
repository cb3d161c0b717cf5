"""What actors can be filtered by where contacts and events are known: whether anything happened at all."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.filtersets.actors import ActorContactsFilterSet
from contacts.models.attention import may_ask, years_before
from events.models.activity import without_activity

NO_ACTIVITY = "none"


class ActorActivityFilterSet(ActorContactsFilterSet):
    """Actors also by whether they were anywhere or talked to."""

    activity = django_filters.ChoiceFilter(
        label=_("Activity"),
        choices=[(NO_ACTIVITY, _("neither contact nor event for a year"))],
        method="by_activity",
        empty_label=_("any"),
    )

    def kept_back(self) -> list[str]:
        return [*super().kept_back(), *([] if may_ask(self.user) else ["activity"])]

    def by_activity(self, queryset: Any, name: str, value: str) -> QuerySet:
        """Find the actors that nobody talked to and that were nowhere for a year."""
        return without_activity(queryset, since=years_before(timezone.localdate(), 1))
