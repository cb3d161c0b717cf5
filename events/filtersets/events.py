"""Filters of events and series."""

from __future__ import annotations

import datetime as dt
from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actors.models import Actor, Topic
from core.filters import (
    FromDateFilter,
    RecordFilterSet,
    RemoteChoiceFilter,
    SearchFilter,
    TermFilter,
    UntilDateFilter,
    VisibleChoiceFilter,
)
from events.filtersets.periods import PeriodForm, YearFilter
from events.models import (
    ContinuityDecision,
    Event,
    EventQuerySet,
    EventSeries,
    EventStatus,
    EventType,
    Measure,
    Participation,
    SeriesCarrier,
    Space,
)

TYPED = {"data-tomselect": ""}
OPTIONS_OF_ACTORS = "actors:actor_options"


class SearchMixin(django_filters.FilterSet):
    """A filter set whose ``q`` asks the rows' own search."""

    q = SearchFilter()

    def search(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.matching(value)


class EventFilterSet(SearchMixin, RecordFilterSet):
    """Events by name, period, kind and what hangs on them."""

    year = YearFilter(method="of_year", label=_("Year"))
    date_from = FromDateFilter(field_name="start_date", label=_("From"))
    date_until = UntilDateFilter(field_name="start_date", label=_("Until"))
    status = django_filters.MultipleChoiceFilter(
        choices=EventStatus.choices, label=_("Status"), widget=forms.CheckboxSelectMultiple
    )
    event_type = TermFilter(queryset=EventType.objects.all(), label=_("Type"))
    series = VisibleChoiceFilter(
        queryset=EventSeries.objects.all(),
        label=_("Format"),
        widget=forms.Select(attrs=TYPED),
    )
    topics = TermFilter(queryset=Topic.objects.all(), label=_("Topic"))
    measure = VisibleChoiceFilter(
        queryset=Measure.objects.all(), label=_("Measure"), widget=forms.Select(attrs=TYPED)
    )
    space = VisibleChoiceFilter(
        queryset=Space.objects.all(), label=_("Space"), widget=forms.Select(attrs=TYPED)
    )
    participants = django_filters.ChoiceFilter(
        method="by_participants",
        label=_("Participants"),
        empty_label=_("any"),
        choices=[("with", _("with participants")), ("without", _("without participants"))],
    )
    dated = django_filters.ChoiceFilter(
        method="by_day",
        label=_("Day"),
        empty_label=_("any"),
        choices=[("yes", _("with a day")), ("no", _("without a day"))],
    )

    left_open = django_filters.ChoiceFilter(
        method="by_closing",
        label=_("Past and not closed"),
        empty_label=_("any"),
        choices=[("yes", _("only what is over and neither held, cancelled nor postponed"))],
    )

    class Meta:
        model = Event
        fields: list[str] = []
        form = PeriodForm

    def of_year(self, queryset: EventQuerySet, name: str, value: int) -> EventQuerySet:
        return queryset.between(dt.date(value, 1, 1), dt.date(value + 1, 1, 1))

    def by_participants(self, queryset: EventQuerySet, name: str, value: str) -> EventQuerySet:
        named = Exists(Participation.objects.visible_to(self.user).filter(event=OuterRef("pk")))
        return queryset.filter(named if value == "with" else ~named)

    def by_closing(self, queryset: EventQuerySet, name: str, value: str) -> EventQuerySet:
        return queryset.left_open(timezone.localdate())

    def by_day(self, queryset: EventQuerySet, name: str, value: str) -> EventQuerySet:
        return queryset.filter(start_date__isnull=value == "no")


class EventSeriesFilterSet(SearchMixin, RecordFilterSet):
    """Series by any name they ever had, type, decision and carrier."""

    event_type = TermFilter(queryset=EventType.objects.all(), label=_("Type"))
    decision = django_filters.MultipleChoiceFilter(
        choices=ContinuityDecision.choices,
        label=_("Continuity decision"),
        widget=forms.CheckboxSelectMultiple,
    )
    carrier = RemoteChoiceFilter(
        queryset=Actor.objects.all(),
        url_name=OPTIONS_OF_ACTORS,
        method="carried_by",
        label=_("Carrier, present, former or planned"),
    )

    class Meta:
        model = EventSeries
        fields: list[str] = []

    def carried_by(self, queryset: Any, name: str, value: Actor) -> Any:
        carried = SeriesCarrier.objects.visible_to(self.user).filter(actor=value).values("series")
        return queryset.filter(Q(pk__in=carried) | Q(future_carrier=value))
