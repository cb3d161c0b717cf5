"""Forms of series, spaces, programmes and measures, each with its lists of rows."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actors.forms.pickers import ActorSelect
from core.forms import RecordForm
from core.row_forms import FormWithRows, RowForm, RowList
from core.text import fold
from core.widgets import TypedSelectMultiple
from events.forms.event import TaskForm
from events.forms.pickers import ProgrammeSelect, SpaceSelect
from events.models import (
    EventSeries,
    FundingPeriod,
    Measure,
    MeasureGoal,
    Programme,
    SeriesCarrier,
    SeriesFormerName,
    Space,
    TaskAssignment,
)
from events.services.series import save_series


class SeriesFormerNameForm(RowForm):
    """A name that the series used to have."""

    class Meta:
        model = SeriesFormerName
        fields = ("name", "used_from", "used_until")


class SeriesCarrierForm(RowForm):
    """Who carried the series, from when until when."""

    class Meta:
        model = SeriesCarrier
        fields = ("actor", "valid_from", "valid_until")
        widgets = {"actor": ActorSelect()}


class SeriesForm(FormWithRows):
    """Create or edit a series. Its old name is kept when it is renamed; a rename never ends a series."""

    keep_former_name = forms.BooleanField(
        label=_("Keep the old name as a former name"),
        required=False,
        initial=True,
        help_text=_("Search still finds the format by it. Take the tick away if only a slip is corrected."),
    )

    class Meta:
        model = EventSeries
        fields = (
            "name",
            "event_type",
            "rhythm",
            "space",
            "description",
            "decision",
            "future_carrier",
            "future_contact",
            "funding_until",
        )
        widgets = {
            "space": SpaceSelect(),
            "description": forms.Textarea(attrs={"rows": 3}),
            "future_carrier": ActorSelect(),
            "future_contact": ActorSelect(kind="person"),
        }

    half = frozenset(
        {"event_type", "rhythm", "space", "decision", "funding_until", "future_carrier", "future_contact"}
    )
    row_lists = {
        "carriers": RowList(SeriesCarrier, SeriesCarrierForm, _("Carriers over time"), _("Add a carrier")),
        "former_names": RowList(
            SeriesFormerName, SeriesFormerNameForm, _("Former names"), _("Add a former name")
        ),
        "tasks": RowList(
            TaskAssignment,
            TaskForm,
            _("Who is to carry which task in future"),
            _("Add a task"),
            fk_name="series",
        ),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.former_name = self.instance.name if self.instance.pk else ""
        if not self.instance.pk:
            del self.fields["keep_former_name"]

    @property
    def fieldsets(self) -> list[tuple[Any, list[str]]]:
        return [
            ("", ["name", "keep_former_name", "event_type", "rhythm", "space", "description"]),
            (_("What is to become of it"), ["decision", "funding_until", "future_carrier", "future_contact"]),
        ]

    def save_record(self) -> EventSeries:
        """Save the series and the name it gave up."""
        is_renamed = bool(self.former_name) and fold(self.former_name) != fold(self.instance.name)
        keep = is_renamed and self.cleaned_data.get("keep_former_name")
        return save_series(
            series=self.instance,
            former_name=self.former_name if keep else "",
            until=timezone.localdate(),
            user=self.user,
        )


class SpaceForm(RecordForm):
    """A place where things happen."""

    class Meta:
        model = Space
        fields = ("name", "address", "owner", "has_permanent_right", "right_until", "is_free", "is_anchor")
        widgets = {"owner": ActorSelect()}


class FundingPeriodForm(RowForm):
    """A period for which a programme pays."""

    class Meta:
        model = FundingPeriod
        fields = ("valid_from", "valid_until")


class ProgrammeForm(FormWithRows):
    """A funding programme with its periods."""

    class Meta:
        model = Programme
        fields = ("name", "description")
        widgets = {"description": forms.Textarea(attrs={"rows": 3})}

    row_lists = {
        "periods": RowList(FundingPeriod, FundingPeriodForm, _("Funding periods"), _("Add a period")),
    }


class MeasureGoalForm(RowForm):
    """A goal with its indicator, target and what was reached."""

    class Meta:
        model = MeasureGoal
        fields = ("goal", "indicator", "direction", "target", "actual", "counted_as")
        localized_fields = ("target", "actual")


class MeasureForm(FormWithRows):
    """A measure with its goals."""

    class Meta:
        model = Measure
        fields = ("title", "programme", "carrier", "valid_from", "valid_until", "topics", "description")
        widgets = {
            "programme": ProgrammeSelect(),
            "carrier": ActorSelect(),
            "topics": TypedSelectMultiple(),
            "description": forms.Textarea(attrs={"rows": 3}),
        }

    half = frozenset({"programme", "carrier", "valid_from", "valid_until"})
    row_lists = {"goals": RowList(MeasureGoal, MeasureGoalForm, _("Goals"), _("Add a goal"))}
