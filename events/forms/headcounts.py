"""The grid of headcounts: age group × sex, in one form."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from core.viewers import SignedIn
from events.forms.numbers import CountField
from events.models import Event, HeadcountGroup, HeadcountMethod, HeadcountSex
from events.services.headcounts import headcount_stamp, save_headcounts


class HeadcountForm(forms.Form):
    """All numbers of one event, and how they came about."""

    stamp = forms.CharField(widget=forms.HiddenInput, required=False, max_length=2000)
    method = forms.ChoiceField(label=_("Method"), required=False)

    def __init__(self, *args: Any, event: Event, user: SignedIn, **kwargs: Any) -> None:
        self.event, self.user = event, user
        stored = {(row.group, row.sex): row for row in event.headcounts.all()}
        super().__init__(*args, **kwargs)
        for group, group_label in HeadcountGroup.choices:
            for sex, sex_label in HeadcountSex.choices:
                row = stored.get((group, sex))
                self.fields[cell_name(group, sex)] = CountField(
                    label=f"{group_label}, {sex_label}", required=False, initial=row.count if row else None
                )
        methods = {row.method for row in stored.values()}
        field: Any = self.fields["method"]
        field.choices = list(HeadcountMethod.choices)
        if len(methods) > 1:
            field.choices = [("", _("various, leave as they are")), *HeadcountMethod.choices]
        field.initial = next(iter(methods), HeadcountMethod.COUNTED) if len(methods) < 2 else ""
        self.fields["stamp"].initial = headcount_stamp(event)

    @property
    def grid(self) -> Iterator[tuple[Any, list[BoundField]]]:
        """The rows of the grid: name of the age group, and one field for each sex."""
        for group, label in HeadcountGroup.choices:
            yield label, [self[cell_name(group, sex)] for sex in HeadcountSex.values]

    @property
    def heads(self) -> list[Any]:
        return list(HeadcountSex.labels)

    def save(self) -> bool:
        """Store the numbers; False, and an error at the form, when somebody else changed them meanwhile."""
        counts = {
            (group, sex): self.cleaned_data[cell_name(group, sex)]
            for group in HeadcountGroup.values
            for sex in HeadcountSex.values
        }
        try:
            save_headcounts(
                event=self.event,
                counts=counts,
                method=self.cleaned_data["method"],
                user=self.user,
                stamp=self.cleaned_data["stamp"],
            )
        except ValidationError as error:
            self.add_error(None, error)
            typed: Any = self.data
            self.data = {**typed.dict(), self.add_prefix("stamp"): headcount_stamp(self.event)}
            return False
        return True


def cell_name(group: str, sex: str) -> str:
    """Return the name of the field of one cell."""
    return f"n_{group}_{sex}"
