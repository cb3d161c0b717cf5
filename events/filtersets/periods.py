"""Filters by year and by period."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Max, Min
from django.utils.choices import CallableChoiceIterator
from django.utils.translation import gettext_lazy as _

from core.validators import FIRST_DAY, LAST_DAY
from events.models import Event


class PeriodForm(forms.Form):
    """Refuses a period that ends before it begins."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("date_from"), cleaned.get("date_until")
        if first and last and last < first:
            self.add_error(
                "date_until", ValidationError(_("The end lies before the beginning."), code="order")
            )
        return cleaned


class YearField(forms.IntegerField):
    """A year, chosen from those since the first event; any plausible year is understood."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            **kwargs, min_value=FIRST_DAY.year, max_value=LAST_DAY.year, widget=forms.Select(choices=())
        )
        self.widget.choices = CallableChoiceIterator(years_with_events)


def years_with_events() -> list[tuple[str | int, Any]]:
    """Return the choices of a year filter: none, then the years from the last event back to the first."""
    span = Event.objects.aggregate(first=Min("start_date"), last=Max("start_date"))
    if span["first"] is None:
        return [("", _("any"))]
    years = range(span["last"].year, span["first"].year - 1, -1)
    return [("", _("any")), *((year, year) for year in years)]


class YearFilter(django_filters.Filter):
    """Rows of one calendar year."""

    field_class = YearField
