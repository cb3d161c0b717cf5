"""Short lists around events: spaces, programmes with their periods, measures with their goals."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from core.record_views import record_views
from core.roles import HELPER_ROLES, role_of
from core.views import RecordDetailView, RecordListView
from events.filtersets import MeasureFilterSet, ProgrammeFilterSet, SpaceFilterSet
from events.forms.series import MeasureForm, ProgrammeForm, SpaceForm
from events.models import Event, Measure, MeasureCounts, Programme, Space, counts_of_measures
from events.tables.cells import right_of_use, seen_actor
from events.tables.series import MeasureTable, ProgrammeTable, SpaceTable

WITH_ROWS = "events/form_with_rows.html"
UNDER_EVENTS = (_("Events"), "events:event_list")


class SpaceList(RecordListView):
    """Spaces with their owners, as far as the user may see them."""

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("owner")

    def get_table_kwargs(self) -> dict[str, Any]:
        return {"user": self.request.user}


class SpaceDetail(RecordDetailView):
    """A space with its owner, and until when it may be used."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        facts = {
            "owner": seen_actor(self.object.owner, self.request.user),
            "right_until": right_of_use(self.object),
        }
        return super().get_context_data(**{**facts, **kwargs})


SPACES = record_views(
    Space,
    "events:space",
    filterset_class=SpaceFilterSet,
    table_class=SpaceTable,
    form_class=SpaceForm,
    title=_("Spaces"),
    new_title=_("New space"),
    edit_title=_("Edit space"),
    under=UNDER_EVENTS,
    bases={"list": SpaceList, "detail": SpaceDetail},
    help_text=_("Where things happen, whose it is, and until when it may be used."),
    empty_title=_("No spaces yet"),
)


class ProgrammeList(RecordListView):
    """Programmes with the periods for which they pay."""

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().prefetch_related("periods")


PROGRAMMES = record_views(
    Programme,
    "events:programme",
    filterset_class=ProgrammeFilterSet,
    table_class=ProgrammeTable,
    form_class=ProgrammeForm,
    title=_("Programmes"),
    new_title=_("New programme"),
    edit_title=_("Edit programme"),
    under=UNDER_EVENTS,
    form_template=WITH_ROWS,
    bases={"list": ProgrammeList},
    help_text=_("Funding programmes and the periods for which they pay."),
    empty_title=_("No programmes yet"),
)


class MeasureList(RecordListView):
    """Measures with how many goals and events they have."""

    def get_queryset(self) -> QuerySet:
        rows = super().get_queryset().select_related("programme", "carrier")
        return rows.annotate(
            goal_count=Count("goals", distinct=True), event_count=Count("events", distinct=True)
        )

    def get_table_kwargs(self) -> dict[str, Any]:
        return {"user": self.request.user}


class MeasureDetail(RecordDetailView):
    """A measure with its goals and what was reached of them, by the events the user may see."""

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("programme", "carrier")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        events = Event.objects.visible_to(user).filter(measure=self.object)
        counts = counts_of_measures(events).get(self.object.pk, MeasureCounts())
        is_helper = role_of(user) in HELPER_ROLES
        facts = {
            "carrier": seen_actor(self.object.carrier, user),
            "goals": [
                (goal, counts.number(goal.counted_as), is_helper or counts.is_public(goal.counted_as))
                for goal in self.object.goals.all()
            ],
        }
        return super().get_context_data(**{**facts, **kwargs})


MEASURES = record_views(
    Measure,
    "events:measure",
    filterset_class=MeasureFilterSet,
    table_class=MeasureTable,
    form_class=MeasureForm,
    title=_("Measures"),
    new_title=_("New measure"),
    edit_title=_("Edit measure"),
    under=UNDER_EVENTS,
    form_template=WITH_ROWS,
    bases={"list": MeasureList, "detail": MeasureDetail},
    help_text=_("What is done within a programme, with goals that can be counted."),
    empty_title=_("No measures yet"),
)
