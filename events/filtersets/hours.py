"""Filters of consultation hours and special days."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from core.filters import FromDateFilter, RecordFilterSet, UntilDateFilter
from events.filtersets.programmes import ShortListFilterSet
from events.models import ConsultationHours, SpecialDays, SpecialDaysKind


class ConsultationHoursFilterSet(RecordFilterSet):
    """Weekly hours."""

    class Meta:
        model = ConsultationHours
        fields = ["weekday", "season"]


class SpecialDaysFilterSet(ShortListFilterSet):
    """School holidays and closing days by name, kind and time."""

    kind = django_filters.MultipleChoiceFilter(
        choices=SpecialDaysKind.choices, label=_("Kind"), widget=forms.CheckboxSelectMultiple
    )
    date_from = FromDateFilter(field_name="final_day", label=_("From"))
    date_until = UntilDateFilter(field_name="first_day", label=_("Until"))

    class Meta:
        model = SpecialDays
        fields: list[Any] = []
