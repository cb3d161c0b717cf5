"""Filters of what belongs to an event or a series."""

from __future__ import annotations

import datetime as dt
from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from actors.models import Actor
from core.filters import RecordFilterSet, RemoteChoiceFilter, TermFilter, VisibleChoiceFilter, YesNoFilter
from events.filtersets.events import OPTIONS_OF_ACTORS
from events.filtersets.periods import YearFilter
from events.models import (
    AgendaItem,
    Decision,
    Event,
    EventConcern,
    EventContact,
    EventSeries,
    Headcount,
    Participation,
    ParticipationRole,
    ParticipationState,
    SeriesCarrier,
    SeriesFormerName,
    TaskAssignment,
    TaskKind,
    TourStop,
)


class OfEventFilterSet(RecordFilterSet):
    """Rows that belong to an event."""

    event = VisibleChoiceFilter(queryset=Event.objects.all(), label=_("Event"))


class ParticipationFilterSet(OfEventFilterSet):
    """Participations by event, actor, role, state and the year of the event."""

    actor = RemoteChoiceFilter(queryset=Actor.objects.all(), url_name=OPTIONS_OF_ACTORS, label=_("Actor"))
    role = TermFilter(queryset=ParticipationRole.objects.all(), label=_("Role"))
    state = django_filters.MultipleChoiceFilter(
        choices=ParticipationState.choices, label=pgettext_lazy("of a participation", "State")
    )
    year = YearFilter(method="of_year", label=_("Year"))

    class Meta:
        model = Participation
        fields: list[str] = []

    def of_year(self, queryset: Any, name: str, value: int) -> Any:
        return queryset.filter(
            event__start_date__gte=dt.date(value, 1, 1), event__start_date__lt=dt.date(value + 1, 1, 1)
        )


class HeadcountFilterSet(OfEventFilterSet):
    """Headcounts of an event."""

    class Meta:
        model = Headcount
        fields = ["group", "sex", "method"]


class TaskAssignmentFilterSet(OfEventFilterSet):
    """Tasks by event or series, kind and who carries them."""

    series = VisibleChoiceFilter(queryset=EventSeries.objects.all(), label=_("Format"))
    task = TermFilter(queryset=TaskKind.objects.all(), label=_("Task"))
    actor = RemoteChoiceFilter(
        queryset=Actor.objects.all(), url_name=OPTIONS_OF_ACTORS, label=_("Carried by")
    )
    unassigned = YesNoFilter(field_name="actor", lookup_expr="isnull", label=_("Carried by nobody"))

    class Meta:
        model = TaskAssignment
        fields: list[str] = []


class AgendaItemFilterSet(OfEventFilterSet):
    """Agenda items of an event."""

    class Meta:
        model = AgendaItem
        fields: list[str] = []


class DecisionFilterSet(OfEventFilterSet):
    """Decisions of an event."""

    class Meta:
        model = Decision
        fields: list[str] = []


class TourStopFilterSet(OfEventFilterSet):
    """Stops of a tour."""

    class Meta:
        model = TourStop
        fields: list[str] = []


class EventContactFilterSet(OfEventFilterSet):
    """Contacts of an event."""

    class Meta:
        model = EventContact
        fields: list[str] = []


class EventConcernFilterSet(OfEventFilterSet):
    """Concerns of an event."""

    class Meta:
        model = EventConcern
        fields: list[str] = []


class SeriesCarrierFilterSet(RecordFilterSet):
    """Carriers of a series."""

    series = VisibleChoiceFilter(queryset=EventSeries.objects.all(), label=_("Format"))
    actor = RemoteChoiceFilter(queryset=Actor.objects.all(), url_name=OPTIONS_OF_ACTORS, label=_("Carrier"))

    class Meta:
        model = SeriesCarrier
        fields: list[str] = []


class SeriesFormerNameFilterSet(RecordFilterSet):
    """Former names of a series."""

    series = VisibleChoiceFilter(queryset=EventSeries.objects.all(), label=_("Format"))

    class Meta:
        model = SeriesFormerName
        fields: list[str] = []
