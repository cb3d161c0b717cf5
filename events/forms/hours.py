"""Forms of consultation hours, special days, their calendar file, and of counting who came."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import RecordForm
from core.viewers import SignedIn
from events.calendar import MOST_BYTES, CalendarFile, read_calendar
from events.models import ConsultationHours, HeadcountGroup, HeadcountSex, SpecialDays, SpecialDaysKind

STEPS = {"1": 1, "-1": -1}
TAPS = [(f"{group}:{step}",) * 2 for group in HeadcountGroup.values for step in STEPS]


class ConsultationHoursForm(RecordForm):
    """Hours of one weekday."""

    class Meta:
        model = ConsultationHours
        fields = ("weekday", "season", "start", "end", "place", "note", "valid_from", "valid_until")

    half = frozenset({"weekday", "season", "start", "end", "valid_from", "valid_until"})

    def __init__(self, *args: Any, user: SignedIn, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.fields["valid_from"].help_text = _("Leave empty if they hold already.")
        self.fields["valid_until"].help_text = _("Leave empty if no end is known.")


class SpecialDaysForm(RecordForm):
    """School holidays or closing days."""

    class Meta:
        model = SpecialDays
        fields = ("kind", "name", "first_day", "final_day")

    half = frozenset({"first_day", "final_day"})


class CalendarUploadForm(forms.Form):
    """A calendar file and what its days are."""

    kind = forms.ChoiceField(
        label=_("These days are"), choices=SpecialDaysKind.choices, initial=SpecialDaysKind.SCHOOL_HOLIDAYS
    )
    file = forms.FileField(
        label=_("Calendar file"),
        help_text=_("iCalendar (.ics), up to 1 MB and 500 entries."),
        widget=forms.ClearableFileInput(attrs={"accept": ".ics,text/calendar"}),
        error_messages={"empty": _("This is not a calendar file (.ics).")},
    )

    def clean_file(self) -> CalendarFile:
        """Return what the file holds; one byte beyond the limit is enough to refuse it."""
        return read_calendar(self.cleaned_data["file"].read(MOST_BYTES + 1))


class CountForm(forms.Form):
    """One tap: somebody of this group came, or is taken back."""

    tap = forms.ChoiceField(choices=TAPS)
    sex = forms.ChoiceField(choices=HeadcountSex.choices, required=False)

    def clean_sex(self) -> str:
        """Nothing said is "not stated"."""
        return self.cleaned_data["sex"] or HeadcountSex.NOT_STATED

    def clean_tap(self) -> tuple[str, int]:
        """Return the group and the step."""
        group, step = self.cleaned_data["tap"].split(":")
        return group, STEPS[step]
