"""What a timeline is asked for."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.forms import DateInput
from core.validators import FIRST_DAY, LAST_DAY, validate_plausible_date
from crm.timeline.stream import Cursor, Window
from crm.timeline.subjects import KINDS


class TimelineForm(forms.Form):
    """Kind, year or days, and where to go on. What makes no sense is left out of account on pages."""

    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=list(KINDS.items()))
    year = forms.IntegerField(
        label=_("Year"), required=False, min_value=FIRST_DAY.year, max_value=LAST_DAY.year - 1
    )
    since = forms.DateField(
        label=_("From"), required=False, widget=DateInput, validators=[validate_plausible_date]
    )
    until = forms.DateField(
        label=_("Until"), required=False, widget=DateInput, validators=[validate_plausible_date]
    )
    after = forms.CharField(required=False, max_length=80)

    def clean_after(self) -> Cursor | None:
        """Read where to go on."""
        text = self.cleaned_data["after"]
        cursor = Cursor.read(text) if text else None
        if text and cursor is None:
            raise ValidationError(_("This place in the timeline does not exist."))
        return cursor

    def value_of(self, name: str) -> Any:
        """Return what was asked and made sense."""
        self.is_valid()
        return self.cleaned_data.get(name) or None

    @property
    def window(self) -> Window:
        """The period: the days given, inside the year given."""
        year, since, until = self.value_of("year"), self.value_of("since"), self.value_of("until")
        if year:
            since = max(since or dt.date.min, dt.date(year, 1, 1))
            until = min(until or dt.date.max, dt.date(year, 12, 31))
        return Window(since, until)
