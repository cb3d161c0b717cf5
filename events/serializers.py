"""Events, series, participation and the rest as other programs see them."""

from __future__ import annotations

from rest_framework import serializers

from core.serializers import PartSerializer, RecordSerializer
from events.models import (
    AgendaItem,
    ConsultationHours,
    Decision,
    Event,
    EventConcern,
    EventContact,
    EventSeries,
    EventType,
    FundingPeriod,
    Headcount,
    Measure,
    MeasureGoal,
    Participation,
    ParticipationLevel,
    ParticipationRole,
    Programme,
    SeriesCarrier,
    SeriesFormerName,
    Space,
    SpecialDays,
    TaskAssignment,
    TaskKind,
    TourStop,
)

STAMPS = ("created_at", "updated_at", "version")
TERM = ("code", "name_de", "name_en", "position", "is_active")
AT_MOST = 50  # names of one series


class EventSerializer(RecordSerializer):
    """One event or one edition of a series."""

    class Meta:
        model = Event
        fields = (
            *("id", "series", "event_type", "title", "start_date", "start_time", "end_date", "end_time"),
            *("status", "mode", "space", "place_note", "measure", "topics", "participation_level"),
            *("description", "external_id"),
            *STAMPS,
        )


class SeriesFormerNameSerializer(PartSerializer):
    """A former name of a series."""

    class Meta:
        model = SeriesFormerName
        owner, key = "series", "name"
        fields = ("name", "used_from", "used_until")


class EventSeriesSerializer(RecordSerializer):
    """A format that recurs, with its former names; a given list of names replaces the stored one."""

    former_names = SeriesFormerNameSerializer(many=True, required=False, max_length=AT_MOST)  # type: ignore[call-arg]

    class Meta:
        model = EventSeries
        parts = ("former_names",)
        fields = (
            *("id", "name", "former_names", "event_type", "rhythm", "description", "space"),
            *("future_carrier", "future_contact", "funding_until", "decision"),
            *STAMPS,
        )


class SeriesCarrierSerializer(RecordSerializer):
    """Who carries a series, and when."""

    class Meta:
        model = SeriesCarrier
        fixed = ("series",)
        fields = ("id", "series", "actor", "valid_from", "valid_until", *STAMPS)


class ParticipationSerializer(RecordSerializer):
    """One actor in one role at one event."""

    class Meta:
        model = Participation
        fixed = ("event",)
        fields = (
            *("id", "event", "actor", "role", "state", "volunteer_hours", "people_brought", "represented_by"),
            *STAMPS,
        )


class HeadcountSerializer(RecordSerializer):
    """An anonymous number of people."""

    class Meta:
        model = Headcount
        fixed = ("event",)
        fields = ("id", "event", "group", "sex", "count", "method", *STAMPS)


class TaskAssignmentSerializer(RecordSerializer):
    """Who carried a task of an event, or is to carry one of a series."""

    class Meta:
        model = TaskAssignment
        fixed = ("event", "series")
        fields = ("id", "event", "series", "task", "actor", "note", *STAMPS)


class AgendaItemSerializer(RecordSerializer):
    """An item of an event's agenda."""

    class Meta:
        model = AgendaItem
        fixed = ("event",)
        fields = ("id", "event", "position", "title", "text", *STAMPS)


class DecisionSerializer(RecordSerializer):
    """What was decided at an event."""

    class Meta:
        model = Decision
        fixed = ("event",)
        fields = ("id", "event", "agenda_item", "position", "text", *STAMPS)


class TourStopSerializer(RecordSerializer):
    """A stop of a tour."""

    class Meta:
        model = TourStop
        fixed = ("event",)
        fields = ("id", "event", "position", "place", "finding", "concern", *STAMPS)


class EventContactSerializer(RecordSerializer):
    """A contact that belongs to an event."""

    class Meta:
        model = EventContact
        fixed = ("event", "contact")
        fields = ("id", "event", "contact", *STAMPS)


class EventConcernSerializer(RecordSerializer):
    """A concern that was brought at an event."""

    class Meta:
        model = EventConcern
        fixed = ("event", "concern")
        fields = ("id", "event", "concern", *STAMPS)


class ConsultationHoursSerializer(RecordSerializer):
    """Weekly hours in which anybody may come."""

    class Meta:
        model = ConsultationHours
        fields = (
            *("id", "weekday", "start", "end", "season", "place", "note", "valid_from", "valid_until"),
            *STAMPS,
        )


class SpecialDaysSerializer(RecordSerializer):
    """School holidays or closing days; the last day is the last of them."""

    class Meta:
        model = SpecialDays
        fields = ("id", "kind", "name", "first_day", "final_day", *STAMPS)


class OpenHoursSerializer(serializers.Serializer):
    """A stretch of a day in which the office is open, by the clock on its wall."""

    start = serializers.TimeField()
    end = serializers.TimeField()
    place = serializers.CharField()
    note = serializers.CharField()


class OfficeDaySerializer(serializers.Serializer):
    """When the office is open on a day, and why not."""

    day = serializers.DateField()
    is_closed = serializers.BooleanField()
    is_holiday = serializers.BooleanField()
    hours = OpenHoursSerializer(many=True)


class SpaceSerializer(RecordSerializer):
    """A place where things happen."""

    class Meta:
        model = Space
        fields = (
            *("id", "name", "address", "owner", "has_permanent_right", "right_until", "is_free", "is_anchor"),
            *STAMPS,
        )


class ProgrammeSerializer(RecordSerializer):
    """A funding programme."""

    class Meta:
        model = Programme
        fields = ("id", "name", "description", *STAMPS)


class FundingPeriodSerializer(RecordSerializer):
    """A time for which a programme pays."""

    class Meta:
        model = FundingPeriod
        fixed = ("programme",)
        fields = ("id", "programme", "valid_from", "valid_until", *STAMPS)


class MeasureSerializer(RecordSerializer):
    """A measure within a programme."""

    class Meta:
        model = Measure
        fields = (
            *("id", "programme", "title", "description", "topics", "carrier", "valid_from", "valid_until"),
            *STAMPS,
        )


class MeasureGoalSerializer(RecordSerializer):
    """A goal of a measure."""

    class Meta:
        model = MeasureGoal
        fixed = ("measure",)
        fields = (
            "id",
            "measure",
            "goal",
            "indicator",
            "direction",
            "target",
            "actual",
            "counted_as",
            *STAMPS,
        )


class EventTypeSerializer(RecordSerializer):
    """What sort of event."""

    class Meta:
        model = EventType
        fields = ("id", *TERM, *STAMPS)


class ParticipationRoleSerializer(RecordSerializer):
    """What somebody did at an event."""

    class Meta:
        model = ParticipationRole
        fields = ("id", *TERM, "is_organising", *STAMPS)


class ParticipationLevelSerializer(RecordSerializer):
    """How far residents could take part."""

    class Meta:
        model = ParticipationLevel
        fields = ("id", *TERM, *STAMPS)


class TaskKindSerializer(RecordSerializer):
    """A task that somebody carries."""

    class Meta:
        model = TaskKind
        fields = ("id", *TERM, *STAMPS)
