"""Forms of an event and of what belongs to it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from actors.models import Contact
from crm.common.forms import RecordForm
from crm.common.row_forms import FormWithRows, RowForm, RowList
from crm.common.widgets import RemoteSelect
from events.forms.rows import PositionedRowForm
from events.models import AgendaItem, Decision, Event, EventContact, TaskAssignment, TourStop
from events.services import create_edition

TYPED = {"data-tomselect": ""}
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
            "series": forms.Select(attrs=TYPED),
            "space": forms.Select(attrs=TYPED),
            "measure": forms.Select(attrs=TYPED),
            "topics": forms.SelectMultiple(attrs=TYPED),
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

    def save(self, commit: bool = True) -> Event:
        """Save; a new event through the service that also names the organiser."""
        if self.instance.pk:
            event: Event = super().save()
            return event
        created = create_edition(event=self.instance, user=self.user)
        self._save_m2m()  # type: ignore[attr-defined]
        return created


class StatusForm(forms.ModelForm):
    """The status alone, as the menu on the event's page sends it."""

    class Meta:
        model = Event
        fields = ("status",)


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
            "actor": RemoteSelect({"data-placeholder": _("nobody")}, url_name="actors:actor_options"),
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


class EventContactForm(forms.Form):
    """A logged contact that belongs to the event."""

    contact = forms.ModelChoiceField(
        queryset=Contact.objects.none(),
        label=_("Contact"),
        widget=RemoteSelect(url_name="events:contact_options"),
        help_text=_("Type a word of the subject or the name of an actor."),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contact"].queryset = unassigned_contacts(user)  # type: ignore[attr-defined]


def unassigned_contacts(user: Any) -> models.QuerySet:
    """Return the contacts the user sees that belong to no event yet, newest first."""
    taken = EventContact.objects.values("contact")
    return Contact.objects.visible_to(user).exclude(pk__in=taken).newest_first()
