"""What e-mails can be filtered by, on pages and in the REST API."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from actors.models import Direction, EmailState, IncomingEmail
from crm.common.filters import FromDateFilter, RecordFilterSet, UntilDateFilter, holds


class IncomingEmailFilterSet(RecordFilterSet):
    """E-mails by where they stand, day and words."""

    q = django_filters.CharFilter(label=_("Subject, text or address"), method="search")
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=EmailState.choices, method="by_state", empty_label=_("any")
    )
    direction = django_filters.ChoiceFilter(
        label=_("Direction"), choices=Direction.choices, empty_label=_("any")
    )
    since = FromDateFilter(field_name="sent_at__date", label=_("From"))
    until = UntilDateFilter(field_name="sent_at__date", label=_("Until"))

    class Meta:
        model = IncomingEmail
        fields: list[str] = []

    def search(self, queryset: Any, name: str, value: str) -> QuerySet:
        """Find every word in subject, text, or name and address of the sender."""
        for word in value.split():
            queryset = queryset.filter(
                holds("subject", word)
                | holds("text", word)
                | holds("sender", word)
                | holds("sender_name", word)
            )
        return queryset

    def by_state(self, queryset: Any, name: str, value: str) -> QuerySet:
        """Tell what waits from what is done."""
        found: QuerySet = queryset.in_state(value)
        return found
