"""Pages of series."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.fields import last_day
from core.viewers import SignedIn
from core.views import RecordCreateView, RecordDeleteView, RecordDetailView, RecordListView, RecordUpdateView
from events.filtersets import EventSeriesFilterSet
from events.forms.series import SeriesForm
from events.models import (
    ContinuityDecision,
    Event,
    EventQuerySet,
    EventSeries,
    EventStatus,
    SeriesCarrier,
    TaskAssignment,
)
from events.tables.cells import DECISION_TAGS, STATUS_TAGS, attendance_text, day_text, may_see
from events.tables.series import SeriesTable

MOST_MARKS = 12
MOST_EDITIONS = 100
IN_TRAIL = {"list_url_name": "events:series_list", "list_title": _("Formats")}
HELD, CANCELLED = Q(events__status=EventStatus.HELD), Q(events__status=EventStatus.CANCELLED)


class SeriesListView(RecordListView):
    """All series."""

    model = EventSeries
    filterset_class = EventSeriesFilterSet
    table_class = SeriesTable
    template_name = "events/short_list.html"
    title = _("Formats")
    create_url_name = "events:series_create"
    help_text = _(
        "Formats that recur. A format keeps its former names and all its editions, cancelled ones too."
    )
    empty_title = _("No formats yet")
    empty_text = _("Add what recurs: a festival, a forum, a consultation hour.")

    def get_queryset(self) -> QuerySet:
        carriers = SeriesCarrier.objects.visible_to(self.request.user).select_related("actor")
        return (
            super()
            .get_queryset()
            .select_related("event_type", "future_carrier")
            .prefetch_related("former_names", Prefetch("carriers", carriers))
            .annotate(
                held=Count("events", filter=HELD),
                cancelled=Count("events", filter=CANCELLED),
                last_held=Max("events__start_date", filter=HELD),
            )
        )

    def get_table_kwargs(self) -> dict[str, Any]:
        return {"user": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"create_label": _("New format"), **kwargs})


@dataclass(frozen=True)
class Edition:
    """One edition as the page of its series shows it."""

    event: Event
    day: str
    tag: str
    attendance: str


@dataclass(frozen=True)
class Year:
    """One year of the strip: how many editions were held, and how many were cancelled or postponed."""

    year: int
    held: int
    dropped: int
    planned: int

    @property
    def short(self) -> str:
        """The last two figures, as they stand below the strip."""
        return f"{self.year % 100:02d}"

    @property
    def marks(self) -> list[str]:
        """One mark for each edition, as many as there is room for."""
        marks = ["held"] * self.held + ["dropped"] * self.dropped + ["planned"] * self.planned
        return marks[:MOST_MARKS]


def editions_of(events: EventQuerySet, *, user: SignedIn) -> list[Edition]:
    """Return the newest editions, cancelled ones included."""
    newest = list(events.select_related("space").defer("description", "search_names")[:MOST_EDITIONS])
    attendances = Event.objects.filter(pk__in=[event.pk for event in newest]).attendances()
    return [
        Edition(
            event=event,
            day=day_text(event),
            tag=STATUS_TAGS[EventStatus(event.status)],
            attendance=attendance_text(attendances[event.pk], user),
        )
        for event in newest
    ]


def strip_of(events: EventQuerySet) -> list[Year]:
    """Return the years from the first to the last edition, those without any included."""
    by_year: dict[int, list[str]] = defaultdict(list)
    for day, status in events.filter(start_date__isnull=False).values_list("start_date", "status"):
        by_year[day.year].append(status)
    if not by_year:
        return []
    dropped = {EventStatus.CANCELLED, EventStatus.POSTPONED}
    return [
        Year(
            year=year,
            held=by_year[year].count(EventStatus.HELD),
            dropped=sum(status in dropped for status in by_year[year]),
            planned=sum(status not in {*dropped, EventStatus.HELD} for status in by_year[year]),
        )
        for year in range(min(by_year), max(by_year) + 1)
    ]


class SeriesDetailView(RecordDetailView):
    """The page of a series: its editions by year, its names, who carries it and who will."""

    model = EventSeries
    template_name = "events/series_detail.html"

    def get_queryset(self) -> QuerySet:
        carriers = SeriesCarrier.objects.visible_to(self.request.user).select_related("actor__actor_type")
        return (
            super()
            .get_queryset()
            .select_related("event_type", "space", "future_carrier", "future_contact")
            .prefetch_related("former_names", Prefetch("carriers", carriers))
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        series, user = self.object, self.request.user
        events = Event.objects.visible_to(user).filter(series=series)
        tasks = TaskAssignment.objects.visible_to(user).filter(series=series)
        return super().get_context_data(
            **{
                "series": series,
                "series_key": str(series.pk),
                "editions": editions_of(events, user=user),
                "edition_count": events.count(),
                "carriers": list(series.carriers.all()),
                "former_names": list(series.former_names.all()),
                "funding_until": last_day(series.funding_until),
                "years": strip_of(events),
                "carrier": series.carrier_on(timezone.localdate()),
                "future_carrier": _seen(series.future_carrier, user),
                "future_contact": _seen(series.future_contact, user),
                "future_tasks": tasks.select_related("task", "actor"),
                "decision_tag": DECISION_TAGS[ContinuityDecision(series.decision)],
                **kwargs,
            }
        )


def _seen(actor: Any, user: SignedIn) -> Any:
    return actor if actor is not None and may_see(actor, user) else None


class SeriesCreateView(RecordCreateView):
    """Add a series."""

    model = EventSeries
    form_class = SeriesForm
    template_name = "events/form_with_rows.html"
    extra_context = IN_TRAIL
    title = _("New format")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"cancel_url": reverse("events:series_list"), **kwargs})


class SeriesUpdateView(RecordUpdateView):
    """Edit a series; its old name is kept."""

    model = EventSeries
    form_class = SeriesForm
    template_name = "events/form_with_rows.html"
    extra_context = IN_TRAIL
    title = _("Edit format")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"cancel_url": self.object.get_absolute_url(), **kwargs})


class SeriesDeleteView(RecordDeleteView):
    """Delete a series that has no editions."""

    model = EventSeries
    template_name = "events/delete.html"
    success_url_name = "events:series_list"
    extra_context = IN_TRAIL
