"""Forms of an event and of what belongs to it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from actors.forms.pickers import ActorSelect
from contacts.models import Contact
from core.forms import RecordForm
from core.picking import PickingForm
from core.row_forms import FormWithRows, RowForm, RowList
from core.viewers import SignedIn
from core.widgets import RemoteSelect, TypedSelect, TypedSelectMultiple
from events.forms.numbers import CountField
from events.forms.pickers import SpaceSelect
from events.models import AgendaItem, Decision, Event, EventContact, TaskAssignment, TourStop
from events.services.series import create_edition

LAST = 9999
SHORT_TEXT = forms.Textarea(attrs={"rows": 2})


class EventForm(RecordForm):
    """Create or edit an event. A new edition of a series gets the series' carrier as organiser."""

    class Meta:
        model = Event
        fields = (
            "title",
            "event_type",
            "series",
            "status",
            "start_date",
            "start_time",
            "end_date",
            "end_time",
            "mode",
            "space",
            "place_note",
            "measure",
            "topics",
            "participation_level",
            "description",
            "external_id",
        )
        widgets = {
            "series": TypedSelect(),
            "space": SpaceSelect(),
            "measure": TypedSelect(),
            "topics": TypedSelectMultiple(),
            "description": forms.Textarea(attrs={"rows": 4}),
        }

    half = frozenset(
        {
            "event_type",
            "series",
            "status",
            "mode",
            "start_date",
            "start_time",
            "end_date",
            "end_time",
            "space",
            "place_note",
            "participation_level",
            "measure",
        }
    )
    fieldsets = (
        (
            "",
            ["title", "event_type", "series", "start_date", "start_time", "end_date", "end_time", "status"],
        ),
        (_("Place"), ["mode", "space", "place_note"]),
        (
            _("Particulars"),
            ["topics", "participation_level", "measure", "description", "external_id"],
        ),
    )

    @transaction.atomic
    def save(self, commit: bool = True) -> Event:
        """Save; a new event through the service that also names the organiser."""
        if self.instance.pk:
            event: Event = super().save()
            return event
        self.add_newcomers()
        created = create_edition(event=self.instance, user=self.user)
        self._save_m2m()  # type: ignore[attr-defined]
        return created


class StatusForm(forms.ModelForm):
    """The status alone, as the menu on the event's page sends it."""

    class Meta:
        model = Event
        fields = ("status",)


class PositionedRowForm(RowForm):
    """Form of a row that has its place in the list."""

    position = CountField(label=_("No."), required=False, max_value=LAST)

    def clean_position(self) -> int:
        """A row without a number goes to the end."""
        number: int | None = self.cleaned_data.get("position")
        return LAST if number is None else number


class AgendaItemForm(PositionedRowForm):
    """An agenda item with what was said."""

    class Meta:
        model = AgendaItem
        fields = ("position", "title", "text")
        widgets = {"text": SHORT_TEXT}


class DecisionForm(PositionedRowForm):
    """A decision."""

    class Meta:
        model = Decision
        fields = ("position", "text")
        widgets = {"text": SHORT_TEXT}


class TourStopForm(PositionedRowForm):
    """A stop of a tour with its finding."""

    class Meta:
        model = TourStop
        fields = ("position", "place", "finding")
        widgets = {"finding": SHORT_TEXT}


class TaskForm(RowForm):
    """A task and who carries it; nobody is an answer too."""

    class Meta:
        model = TaskAssignment
        fields = ("task", "actor", "note")
        widgets = {
            "actor": ActorSelect({"data-placeholder": _("nobody")}),
        }


class EventPartsForm(FormWithRows):
    """Lists that belong to an event; of the event itself only the version is watched."""

    class Meta:
        model = Event
        fields: tuple[str, ...] = ()

    def save_record(self) -> Event:
        """The event itself stays as it is."""
        event: Event = self.instance
        return event


class MinutesForm(EventPartsForm):
    """Agenda and decisions of an event."""

    row_lists = {
        "agenda": RowList(AgendaItem, AgendaItemForm, _("Agenda"), _("Add an agenda item")),
        "decisions": RowList(Decision, DecisionForm, _("Decisions"), _("Add a decision")),
    }


class TourStopsForm(EventPartsForm):
    """Stops of a tour."""

    row_lists = {"stops": RowList(TourStop, TourStopForm, _("Tour stops"), _("Add a stop"))}


class EventTasksForm(EventPartsForm):
    """Tasks of an event."""

    row_lists = {
        "tasks": RowList(TaskAssignment, TaskForm, _("Tasks"), _("Add a task"), fk_name="event"),
    }


class EventContactForm(PickingForm):
    """A logged contact that belongs to the event."""

    contact = forms.ModelChoiceField(
        queryset=Contact.objects.none(),
        label=_("Contact"),
        widget=RemoteSelect(url_name="events:contact_options"),
        help_text=_("Type a word of the subject or the name of an actor."),
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), _("Choose a contact that does not belong to an event yet.")
        ),
    )

    def __init__(self, *args: Any, user: SignedIn, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.offer("contact", unassigned_contacts(user))


def unassigned_contacts(user: SignedIn) -> models.QuerySet:
    """Return the contacts the user sees that belong to no event yet, newest first."""
    taken = EventContact.objects.values("contact")
    return Contact.objects.visible_to(user).exclude(pk__in=taken).newest_first()
