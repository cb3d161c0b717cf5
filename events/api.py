"""Events, series, participation and their vocabularies in the REST API."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from core.api import RecordViewSet, TermViewSet
from events import filtersets, models, serializers
from events.services.hours import office_days


class EventViewSet(RecordViewSet):
    """Events, and the editions of series."""

    queryset = models.Event.objects.select_related("event_type", "participation_level").prefetch_related(
        "topics"
    )
    serializer_class = serializers.EventSerializer
    filterset_class = filtersets.EventFilterSet
    ordering_fields = ("start_date", "title", "status", "created_at", "updated_at")


class EventSeriesViewSet(RecordViewSet):
    """Formats that recur."""

    queryset = models.EventSeries.objects.select_related("event_type").prefetch_related("former_names")
    serializer_class = serializers.EventSeriesSerializer
    filterset_class = filtersets.EventSeriesFilterSet
    ordering_fields = ("name", "rhythm", "decision", "funding_until", "updated_at")


class SeriesCarrierViewSet(RecordViewSet):
    """Who carries a series, and when."""

    queryset = models.SeriesCarrier.objects.all()
    serializer_class = serializers.SeriesCarrierSerializer
    filterset_class = filtersets.SeriesCarrierFilterSet
    ordering_fields = ("valid_from", "valid_until", "updated_at")


class ParticipationViewSet(RecordViewSet):
    """Who took part in what."""

    queryset = models.Participation.objects.select_related("role")
    serializer_class = serializers.ParticipationSerializer
    filterset_class = filtersets.ParticipationFilterSet
    ordering_fields = ("event", "actor", "state", "created_at", "updated_at")


class HeadcountViewSet(RecordViewSet):
    """Anonymous numbers of people, beside the names and never added to them."""

    queryset = models.Headcount.objects.all()
    serializer_class = serializers.HeadcountSerializer
    filterset_class = filtersets.HeadcountFilterSet
    ordering_fields = ("event", "count", "updated_at")


class TaskAssignmentViewSet(RecordViewSet):
    """Who carried which task."""

    queryset = models.TaskAssignment.objects.select_related("task")
    serializer_class = serializers.TaskAssignmentSerializer
    filterset_class = filtersets.TaskAssignmentFilterSet
    ordering_fields = ("event", "series", "updated_at")


class AgendaItemViewSet(RecordViewSet):
    """Agendas with their minutes."""

    queryset = models.AgendaItem.objects.all()
    serializer_class = serializers.AgendaItemSerializer
    filterset_class = filtersets.AgendaItemFilterSet
    ordering_fields = ("event", "position", "updated_at")


class DecisionViewSet(RecordViewSet):
    """What was decided."""

    queryset = models.Decision.objects.all()
    serializer_class = serializers.DecisionSerializer
    filterset_class = filtersets.DecisionFilterSet
    ordering_fields = ("event", "position", "updated_at")


class TourStopViewSet(RecordViewSet):
    """Stops of tours."""

    queryset = models.TourStop.objects.all()
    serializer_class = serializers.TourStopSerializer
    filterset_class = filtersets.TourStopFilterSet
    ordering_fields = ("event", "position", "updated_at")


class EventContactViewSet(RecordViewSet):
    """Which contacts belong to which event."""

    queryset = models.EventContact.objects.order_by("pk")
    serializer_class = serializers.EventContactSerializer
    filterset_class = filtersets.EventContactFilterSet
    ordering_fields = ("event", "updated_at")


class EventConcernViewSet(RecordViewSet):
    """Which concerns were brought at which event."""

    queryset = models.EventConcern.objects.order_by("pk")
    serializer_class = serializers.EventConcernSerializer
    filterset_class = filtersets.EventConcernFilterSet
    ordering_fields = ("event", "updated_at")


class ConsultationHoursViewSet(RecordViewSet):
    """Weekly hours in which anybody may come."""

    queryset = models.ConsultationHours.objects.all()
    serializer_class = serializers.ConsultationHoursSerializer
    filterset_class = filtersets.ConsultationHoursFilterSet
    ordering_fields = ("weekday", "start", "updated_at")

    def known_parameters(self, request: Request) -> Collection[str]:
        return {"day"} if self.action == "on" else super().known_parameters(request)

    @extend_schema(
        parameters=[OpenApiParameter("day", dt.date, description="The day asked about; today without it.")],
        responses=serializers.OfficeDaySerializer,
        filters=False,
    )
    @action(detail=False, pagination_class=None, filter_backends=[])
    def on(self, request: Request) -> Response:
        """Tell when the office is open on a day, holidays and closing days taken into account."""
        text = request.query_params.get("day", "")
        try:
            day = dt.date.fromisoformat(text) if text else timezone.localdate()
        except ValueError as error:
            raise ValidationError({"day": [_("Enter a valid date.")]}) from error
        return Response(serializers.OfficeDaySerializer(office_days(day, day)[0]).data)


class SpecialDaysViewSet(RecordViewSet):
    """School holidays and closing days."""

    queryset = models.SpecialDays.objects.all()
    serializer_class = serializers.SpecialDaysSerializer
    filterset_class = filtersets.SpecialDaysFilterSet
    ordering_fields = ("first_day", "final_day", "name", "updated_at")


class SpaceViewSet(RecordViewSet):
    """Places."""

    queryset = models.Space.objects.all()
    serializer_class = serializers.SpaceSerializer
    filterset_class = filtersets.SpaceFilterSet
    ordering_fields = ("name", "right_until", "updated_at")


class ProgrammeViewSet(RecordViewSet):
    """Funding programmes."""

    queryset = models.Programme.objects.all()
    serializer_class = serializers.ProgrammeSerializer
    filterset_class = filtersets.ProgrammeFilterSet
    ordering_fields = ("name", "updated_at")


class FundingPeriodViewSet(RecordViewSet):
    """When programmes pay."""

    queryset = models.FundingPeriod.objects.all()
    serializer_class = serializers.FundingPeriodSerializer
    filterset_class = filtersets.FundingPeriodFilterSet
    ordering_fields = ("valid_from", "valid_until", "updated_at")


class MeasureViewSet(RecordViewSet):
    """Measures."""

    queryset = models.Measure.objects.prefetch_related("topics")
    serializer_class = serializers.MeasureSerializer
    filterset_class = filtersets.MeasureFilterSet
    ordering_fields = ("title", "valid_from", "valid_until", "updated_at")


class MeasureGoalViewSet(RecordViewSet):
    """Goals of measures, with target and actual."""

    queryset = models.MeasureGoal.objects.all()
    serializer_class = serializers.MeasureGoalSerializer
    filterset_class = filtersets.MeasureGoalFilterSet
    ordering_fields = ("measure", "updated_at")


class EventTypeViewSet(TermViewSet):
    """Vocabulary: types of events."""

    queryset = models.EventType.objects.all()
    serializer_class = serializers.EventTypeSerializer


class ParticipationRoleViewSet(TermViewSet):
    """Vocabulary: roles at events."""

    queryset = models.ParticipationRole.objects.all()
    serializer_class = serializers.ParticipationRoleSerializer


class ParticipationLevelViewSet(TermViewSet):
    """Vocabulary: levels of participation."""

    queryset = models.ParticipationLevel.objects.all()
    serializer_class = serializers.ParticipationLevelSerializer


class TaskKindViewSet(TermViewSet):
    """Vocabulary: tasks."""

    queryset = models.TaskKind.objects.all()
    serializer_class = serializers.TaskKindSerializer


ROUTES = {
    "events": EventViewSet,
    "event-series": EventSeriesViewSet,
    "series-carriers": SeriesCarrierViewSet,
    "participations": ParticipationViewSet,
    "headcounts": HeadcountViewSet,
    "tasks": TaskAssignmentViewSet,
    "agenda-items": AgendaItemViewSet,
    "decisions": DecisionViewSet,
    "tour-stops": TourStopViewSet,
    "event-contacts": EventContactViewSet,
    "event-concerns": EventConcernViewSet,
    "consultation-hours": ConsultationHoursViewSet,
    "special-days": SpecialDaysViewSet,
    "spaces": SpaceViewSet,
    "programmes": ProgrammeViewSet,
    "funding-periods": FundingPeriodViewSet,
    "measures": MeasureViewSet,
    "measure-goals": MeasureGoalViewSet,
    "event-types": EventTypeViewSet,
    "participation-roles": ParticipationRoleViewSet,
    "participation-levels": ParticipationLevelViewSet,
    "task-kinds": TaskKindViewSet,
}
