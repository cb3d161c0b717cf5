"""What e-mails can be filtered by, on pages and in the REST API."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from contacts.models import Direction, EmailKind, EmailState, IncomingEmail
from core.filters import FromDateFilter, RecordFilterSet, SearchFilter, UntilDateFilter, holds


class IncomingEmailFilterSet(RecordFilterSet):
    """E-mails by where they stand, day and words."""

    q = SearchFilter(label=_("Subject, text or address"))
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=EmailState.choices, method="by_state", empty_label=_("any")
    )
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=EmailKind.choices, empty_label=_("any"))
    direction = django_filters.ChoiceFilter(
        label=_("Direction"), choices=Direction.choices, empty_label=_("any")
    )
    since = FromDateFilter(field_name="sent_at__date", label=_("From"))
    until = UntilDateFilter(field_name="sent_at__date", label=_("Until"))

    class Meta:
        model = IncomingEmail
        fields: list[str] = []

    def search(self, queryset: Any, name: str, value: str) -> QuerySet:
        """Find every word in subject, text, or name and address of who wrote it."""
        for word in value.split():
            queryset = queryset.filter(
                holds("subject", word)
                | holds("text", word)
                | holds("sender", word)
                | holds("sender_name", word)
                | holds("reply_to", word)
                | holds("reply_to_name", word)
            )
        return queryset

    def by_state(self, queryset: Any, name: str, value: str) -> QuerySet:
        """Tell what waits from what is done."""
        emails: QuerySet = queryset.in_state(value)
        return emails
