"""Filters of spaces, programmes and measures."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from actors.models import Topic
from core.filters import RecordFilterSet, SearchFilter, TermFilter, VisibleChoiceFilter
from core.text import fold, search_forms
from events.filtersets.events import TYPED
from events.models import FundingPeriod, Measure, MeasureGoal, Programme, Space


class ShortListFilterSet(RecordFilterSet):
    """Lists of some dozen rows, searched by words of their names in any spelling."""

    q = SearchFilter()

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
