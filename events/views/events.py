"""Pages of events: the list, creating, editing, deleting, and the change of status."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from core.viewers import SignedInRequest
from core.views import RecordCreateView, RecordDeleteView, RecordListView, RecordUpdateView
from events.filtersets import EventFilterSet
from events.forms.event import EventForm, EventTasksForm, MinutesForm, StatusForm, TourStopsForm
from events.models import Event, EventSeries
from events.tables.events import EventTable
from events.views.access import require, visible_or_404

LONG_COLUMNS = ("description", "search_names", "series__description", "series__search_names")


class EventListView(RecordListView):
    """All events."""

    model = Event
    filterset_class = EventFilterSet
    table_class = EventTable
    template_name = "events/event_list.html"
    title = _("Events")
    create_url_name = "events:event_create"
    help_text = _(
        "Everything that took place, was cancelled or is planned. An edition of a format is found by every "
        "name the format ever had."
    )
    empty_title = _("No events yet")
    empty_text = _("Add the first event, or import a list from Excel or CSV.")

    def get_queryset(self) -> QuerySet:
        rows: Any = super().get_queryset().select_related("event_type", "series", "space")
        deferred: QuerySet = rows.defer(*LONG_COLUMNS)
        return deferred

    def get_table_kwargs(self) -> dict[str, Any]:
        return {"user": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"create_label": _("New event"), **kwargs})


class EventCreateView(RecordCreateView):
    """Add an event; with ``?series=`` a new edition, filled in as far as the series says."""

    model = Event
    form_class = EventForm
    template_name = "events/form.html"
    title = _("New event")
    success_message = _("The event was added.")

    def get_initial(self) -> dict[str, Any]:
        key = self.request.GET.get("series", "")
        if not key.isdecimal() or len(key) > 18:
            return {}
        series = visible_or_404(self.request, EventSeries, pk=int(key))
        return {
            "series": series.pk,
            "title": series.name,
            "event_type": series.event_type_id,
            "space": series.space_id,
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **{"cancel_url": reverse("events:event_list"), "another": True, **kwargs}
        )


class EventUpdateView(RecordUpdateView):
    """Edit an event."""

    model = Event
    form_class = EventForm
    template_name = "events/form.html"
    title = _("Edit event")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"cancel_url": self.object.get_absolute_url(), **kwargs})


class EventDeleteView(RecordDeleteView):
    """Delete an event that never was one. What was cancelled stays, as cancelled."""

    model = Event
    template_name = "events/event_delete.html"
    success_url_name = "events:event_list"


class EventPartsUpdateView(RecordUpdateView):
    """Edit one of the lists that belong to an event."""

    model = Event
    template_name = "events/form_with_rows.html"
    back_url_name: ClassVar[str] = "events:event_detail"

    def get_success_url(self) -> str:
        return reverse(self.back_url_name, args=[self.object.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"cancel_url": self.get_success_url(), **kwargs})


class MinutesUpdateView(EventPartsUpdateView):
    """Edit agenda and decisions."""

    form_class = MinutesForm
    title = _("Edit minutes")
    back_url_name = "events:event_minutes"


class TourStopsUpdateView(EventPartsUpdateView):
    """Edit the stops of a tour."""

    form_class = TourStopsForm
    title = _("Edit tour stops")
    back_url_name = "events:event_stops"


class EventTasksUpdateView(EventPartsUpdateView):
    """Edit the tasks."""

    form_class = EventTasksForm
    title = _("Edit tasks")
    back_url_name = "events:event_tasks"


def _reasons(form: StatusForm) -> list[str]:
    """Return why a status cannot be taken: there is none of this name, or the event is still to come."""
    if form.has_error("status", "invalid_choice") or form.has_error("status", "required"):
        return [gettext("This status does not exist.")]
    return [str(text) for texts in form.errors.values() for text in texts]


NEW_STATUS = _("The event is now marked as “%(status)s”.")


@require_POST
def event_status(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change the status of an event, as the menu on its page sends it."""
    event = visible_or_404(request, Event, pk=pk)
    require(request, "change", Event)
    form = StatusForm(request.POST, instance=event)
    if form.is_valid():
        event.save(update_fields=["status"])
        messages.success(request, NEW_STATUS % {"status": event.get_status_display()})
    else:
        messages.error(request, " ".join(_reasons(form)))
    return HttpResponseRedirect(event.get_absolute_url())
