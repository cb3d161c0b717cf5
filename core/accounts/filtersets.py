"""What accounts can be filtered by."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from core.accounts.models import User
from core.filters import RecordFilterSet, SearchFilter, holds
from core.roles import Role


class UserFilterSet(RecordFilterSet):
    """Accounts by name, role and whether they are open."""

    q = SearchFilter(label=_("Name"))
    role = django_filters.MultipleChoiceFilter(
        label=_("Role"), choices=Role.choices, distinct=False, widget=forms.CheckboxSelectMultiple
    )
    is_active = django_filters.ChoiceFilter(
        label=_("State"),
        choices=[("true", _("open")), ("false", _("closed"))],
        method="by_state",
        empty_label=_("any"),
    )

    class Meta:
        model = User
        fields: list[str] = []

    def search(self, queryset: Any, name: str, value: str) -> Any:
        """Find every word in the name; e-mail addresses are nobody's business here."""
        for word in value.split():
            queryset = queryset.filter(
                holds("first_name", word) | holds("last_name", word) | holds("username", word)
            )
        return queryset

    def by_state(self, queryset: Any, name: str, value: str) -> Any:
        """Tell open from closed accounts."""
        return queryset.filter(is_active=value == "true")
