"""Short lists around events: spaces, programmes with their periods, measures with their goals."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from crm.common.views import (
    RecordCreateView,
    RecordDeleteView,
    RecordDetailView,
    RecordListView,
    RecordUpdateView,
)
from events.filtersets import MeasureFilterSet, ProgrammeFilterSet, SpaceFilterSet
from events.forms import MeasureForm, ProgrammeForm, SpaceForm
from events.models import Measure, Programme, Space
from events.tables import MeasureTable, ProgrammeTable, SpaceTable
from events.tables.cells import actor_link, right_of_use

WITH_ROWS = "events/form_with_rows.html"
OF_SPACES = {"list_url_name": "events:space_list", "list_title": _("Rooms")}
OF_PROGRAMMES = {"list_url_name": "events:programme_list", "list_title": _("Programmes")}
OF_MEASURES = {"list_url_name": "events:measure_list", "list_title": _("Measures")}


class SpaceListView(RecordListView):
    """All spaces."""

    model = Space
    filterset_class = SpaceFilterSet
    table_class = SpaceTable
    template_name = "events/short_list.html"
    title = _("Rooms")
    create_url_name = "events:space_create"
    help_text = _("Where things happen, whose it is, and until when it may be used.")
    empty_title = _("No rooms yet")

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("owner")

    def get_table_kwargs(self) -> dict[str, Any]:
        return {"user": self.request.user}


class SpaceDetailView(RecordDetailView):
    """The page of a space."""

    model = Space
    template_name = "events/space_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **{
                "owner": actor_link(self.object.owner, self.request.user),
                "right_until": right_of_use(self.object),
                **kwargs,
            }
        )


class SpaceCreateView(RecordCreateView):
    """Add a space."""

    model = Space
    form_class = SpaceForm
    template_name = "events/form.html"
    extra_context = OF_SPACES
    title = _("New room")


class SpaceUpdateView(RecordUpdateView):
    """Edit a space."""

    model = Space
    form_class = SpaceForm
    template_name = "events/form.html"
    extra_context = OF_SPACES
    title = _("Edit room")


class SpaceDeleteView(RecordDeleteView):
    """Delete a space."""

    model = Space
    template_name = "events/delete.html"
    success_url_name = "events:space_list"
    extra_context = OF_SPACES


class ProgrammeListView(RecordListView):
    """All programmes."""

    model = Programme
    filterset_class = ProgrammeFilterSet
    table_class = ProgrammeTable
    template_name = "events/short_list.html"
    title = _("Programmes")
    create_url_name = "events:programme_create"
    help_text = _("Funding programmes and the periods for which they pay.")
    empty_title = _("No programmes yet")

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().prefetch_related("periods")


class ProgrammeDetailView(RecordDetailView):
    """The page of a programme."""

    model = Programme
    template_name = "events/programme_detail.html"


class ProgrammeCreateView(RecordCreateView):
    """Add a programme."""

    model = Programme
    form_class = ProgrammeForm
    template_name = WITH_ROWS
    extra_context = OF_PROGRAMMES
    title = _("New programme")


class ProgrammeUpdateView(RecordUpdateView):
    """Edit a programme."""

    model = Programme
    form_class = ProgrammeForm
    template_name = WITH_ROWS
    extra_context = OF_PROGRAMMES
    title = _("Edit programme")


class ProgrammeDeleteView(RecordDeleteView):
    """Delete a programme."""

    model = Programme
    template_name = "events/delete.html"
    success_url_name = "events:programme_list"
    extra_context = OF_PROGRAMMES


class MeasureListView(RecordListView):
    """All measures."""

    model = Measure
    filterset_class = MeasureFilterSet
    table_class = MeasureTable
    template_name = "events/short_list.html"
    title = _("Measures")
    create_url_name = "events:measure_create"
    help_text = _("What is done within a programme, with goals that can be counted.")
    empty_title = _("No measures yet")

    def get_queryset(self) -> QuerySet:
        rows = super().get_queryset().select_related("programme", "carrier")
        return rows.annotate(
            goal_count=Count("goals", distinct=True), event_count=Count("events", distinct=True)
        )

    def get_table_kwargs(self) -> dict[str, Any]:
        return {"user": self.request.user}


class MeasureDetailView(RecordDetailView):
    """The page of a measure."""

    model = Measure
    template_name = "events/measure_detail.html"

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("programme", "carrier")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **{"carrier": actor_link(self.object.carrier, self.request.user), **kwargs}
        )


class MeasureCreateView(RecordCreateView):
    """Add a measure."""

    model = Measure
    form_class = MeasureForm
    template_name = WITH_ROWS
    extra_context = OF_MEASURES
    title = _("New measure")


class MeasureUpdateView(RecordUpdateView):
    """Edit a measure."""

    model = Measure
    form_class = MeasureForm
    template_name = WITH_ROWS
    extra_context = OF_MEASURES
    title = _("Edit measure")


class MeasureDeleteView(RecordDeleteView):
    """Delete a measure."""

    model = Measure
    template_name = "events/delete.html"
    success_url_name = "events:measure_list"
    extra_context = OF_MEASURES
