"""What a report is asked for."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from crm.common.forms import DateInput
from crm.common.validators import FIRST_DAY, LAST_DAY, validate_plausible_date
from reports.builders.records import FIGURES


class PeriodForm(forms.Form):
    """Calendar years of a report, both included; empty bounds are open."""

    from_year = forms.IntegerField(
        label=_("From year"), required=False, min_value=FIRST_DAY.year, max_value=LAST_DAY.year
    )
    until_year = forms.IntegerField(
        label=_("Until year"), required=False, min_value=FIRST_DAY.year, max_value=LAST_DAY.year - 1
    )

    def clean(self) -> dict[str, Any]:
        """Refuse swapped years."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("from_year"), cleaned.get("until_year")
        if first is not None and last is not None and last < first:
            raise ValidationError({"until_year": _("This year lies before the first year.")})
        return cleaned

    @property
    def start(self) -> dt.date | None:
        """First day of the period; None when open."""
        year = self.cleaned_data.get("from_year")
        return dt.date(year, 1, 1) if year else None

    @property
    def end(self) -> dt.date | None:
        """Day after the period; None when open."""
        year = self.cleaned_data.get("until_year")
        return dt.date(year + 1, 1, 1) if year else None


class RecordsForm(PeriodForm):
    """Asks for the records behind one figure of a report."""

    figure = forms.ChoiceField(choices=[(name, name) for name in FIGURES], widget=forms.HiddenInput)
    value = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)


class ContinuityForm(PeriodForm):
    """The continuity report also asks when the programme ends."""

    programme_end = forms.DateField(
        label=_("Programme ends on"),
        required=False,
        widget=DateInput,
        validators=[validate_plausible_date],
        help_text=_("Last day of the funding. Empty: the end of the funding period that is recorded."),
    )
