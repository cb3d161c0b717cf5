"""Rows of an event's lists that have a place."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from crm.common.row_forms import RowForm
from events.forms.numbers import CountField

LAST = 9999


class PositionedRowForm(RowForm):
    """Form of a row that has its place in the list."""

    position = CountField(label=_("No."), required=False, max_value=LAST)

    def clean_position(self) -> int:
        """A row without a number goes to the end."""
        number: int | None = self.cleaned_data.get("position")
        return LAST if number is None else number
