"""What events, series, participation and the rest can be filtered by, on pages and in the REST API alike."""

from __future__ import annotations

import datetime as dt
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q
from django.utils.choices import CallableChoiceIterator
from django.utils.translation import gettext_lazy as _

from actors.models import Actor, Topic
from crm.common.filters import (
    FromDateFilter,
    RecordFilterSet,
    RemoteChoiceFilter,
    TermFilter,
    UntilDateFilter,
    VisibleChoiceFilter,
)
from crm.common.text import fold, search_forms
from crm.common.validators import FIRST_DAY, LAST_DAY
from events.models import (
    AgendaItem,
    ContinuityDecision,
    Decision,
    Event,
    EventContact,
    EventQuerySet,
    EventSeries,
    EventStatus,
    EventType,
    FundingPeriod,
    Headcount,
    Measure,
    MeasureGoal,
    Participation,
    ParticipationRole,
    ParticipationState,
    Programme,
    SeriesCarrier,
    SeriesFormerName,
    Space,
    TaskAssignment,
    TaskKind,
    TourStop,
)

TYPED = {"data-tomselect": ""}
OPTIONS_OF_ACTORS = "actors:actor_options"


class PeriodForm(forms.Form):
    """Refuses a period that ends before it begins."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("date_from"), cleaned.get("date_until")
        if first and last and last < first:
            self.add_error(
                "date_until", ValidationError(_("The end lies before the beginning."), code="order")
            )
        return cleaned


class YearField(forms.IntegerField):
    """A year, chosen from those that have events; any plausible year is understood."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            **kwargs, min_value=FIRST_DAY.year, max_value=LAST_DAY.year, widget=forms.Select(choices=())
        )
        self.widget.choices = CallableChoiceIterator(years_with_events)


def years_with_events() -> list[tuple[str | int, Any]]:
    """Return the choices of a year filter: none, then the years that have events, newest first."""
    days = Event.objects.dates("start_date", "year", order="DESC")
    return [("", _("any")), *((day.year, day.year) for day in days)]


class YearFilter(django_filters.Filter):
    """Rows of one calendar year."""

    field_class = YearField


class SearchMixin(django_filters.FilterSet):
    """A filter set whose ``q`` asks the rows' own search."""

    q = django_filters.CharFilter(method="search", label=_("Search"), max_length=200)

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
        queryset=EventSeries.objects.all(), label=_("Series"), widget=forms.Select(attrs=TYPED)
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

    class Meta:
        model = Event
        fields: list[str] = []
        form = PeriodForm

    def of_year(self, queryset: EventQuerySet, name: str, value: int) -> EventQuerySet:
        return queryset.between(dt.date(value, 1, 1), dt.date(value + 1, 1, 1))

    def by_participants(self, queryset: EventQuerySet, name: str, value: str) -> EventQuerySet:
        named = Exists(Participation.objects.visible_to(self.user).filter(event=OuterRef("pk")))
        return queryset.filter(named if value == "with" else ~named)

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


class OfEventFilterSet(RecordFilterSet):
    """Rows that belong to an event."""

    event = VisibleChoiceFilter(queryset=Event.objects.all(), label=_("Event"))


class ParticipationFilterSet(OfEventFilterSet):
    """Participations by event, actor, role, state and the year of the event."""

    actor = RemoteChoiceFilter(queryset=Actor.objects.all(), url_name=OPTIONS_OF_ACTORS, label=_("Actor"))
    role = TermFilter(queryset=ParticipationRole.objects.all(), label=_("Role"))
    state = django_filters.MultipleChoiceFilter(choices=ParticipationState.choices, label=_("State"))
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

    series = VisibleChoiceFilter(queryset=EventSeries.objects.all(), label=_("Series"))
    task = TermFilter(queryset=TaskKind.objects.all(), label=_("Task"))
    actor = RemoteChoiceFilter(
        queryset=Actor.objects.all(), url_name=OPTIONS_OF_ACTORS, label=_("Carried by")
    )
    unassigned = django_filters.BooleanFilter(
        field_name="actor", lookup_expr="isnull", label=_("Carried by nobody")
    )

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


class SeriesCarrierFilterSet(RecordFilterSet):
    """Carriers of a series."""

    series = VisibleChoiceFilter(queryset=EventSeries.objects.all(), label=_("Series"))
    actor = RemoteChoiceFilter(queryset=Actor.objects.all(), url_name=OPTIONS_OF_ACTORS, label=_("Carrier"))

    class Meta:
        model = SeriesCarrier
        fields: list[str] = []


class SeriesFormerNameFilterSet(RecordFilterSet):
    """Former names of a series."""

    series = VisibleChoiceFilter(queryset=EventSeries.objects.all(), label=_("Series"))

    class Meta:
        model = SeriesFormerName
        fields: list[str] = []


class ShortListFilterSet(RecordFilterSet):
    """Lists of some dozen rows, searched by words of their names in any spelling."""

    q = django_filters.CharFilter(method="search", label=_("Search"), max_length=200)

    def search(self, queryset: Any, name: str, value: str) -> Any:
        # No search column is worth its upkeep here, and the databases fold umlauts differently.
        words = fold(value).split()
        return queryset.filter(
            pk__in=[row.pk for row in queryset if all(word in search_forms(str(row)) for word in words)]
        )


class SpaceFilterSet(ShortListFilterSet):
    """Spaces."""

    class Meta:
        model = Space
        fields = ["is_free", "is_anchor"]


class ProgrammeFilterSet(ShortListFilterSet):
    """Programmes."""

    class Meta:
        model = Programme
        fields: list[str] = []


class FundingPeriodFilterSet(RecordFilterSet):
    """Funding periods of a programme."""

    programme = VisibleChoiceFilter(queryset=Programme.objects.all(), label=_("Programme"))

    class Meta:
        model = FundingPeriod
        fields: list[str] = []


class MeasureFilterSet(ShortListFilterSet):
    """Measures by title, programme and topic."""

    programme = VisibleChoiceFilter(
        queryset=Programme.objects.all(), label=_("Programme"), widget=forms.Select(attrs=TYPED)
    )
    topics = TermFilter(queryset=Topic.objects.all(), label=_("Topic"))

    class Meta:
        model = Measure
        fields: list[str] = []


class MeasureGoalFilterSet(RecordFilterSet):
    """Goals of a measure."""

    measure = VisibleChoiceFilter(queryset=Measure.objects.all(), label=_("Measure"))

    class Meta:
        model = MeasureGoal
        fields: list[str] = []
