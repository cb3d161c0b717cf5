"""What happened: series, events, participation, headcounts, tasks, programmes and measures."""

from events.models.attendance import Attendance, AttendanceBasis, People, people_among
from events.models.event import Event, EventMode, EventQuerySet, EventStatus
from events.models.goal import GoalCount, GoalDirection, MeasureCounts, MeasureGoal, counts_of_measures
from events.models.hours import ConsultationHours, Season, SpecialDays, SpecialDaysKind
from events.models.minutes import AgendaItem, Decision, EventConcern, EventContact, TourStop
from events.models.participation import (
    Headcount,
    HeadcountGroup,
    HeadcountMethod,
    HeadcountSex,
    Participation,
    ParticipationState,
    TaskAssignment,
)
from events.models.programme import FundingPeriod, Measure, Programme, Space
from events.models.series import ContinuityDecision, EventSeries, Rhythm, SeriesCarrier, SeriesFormerName
from events.models.vocabulary import EventType, ParticipationLevel, ParticipationRole, TaskKind

__all__ = [
    "AgendaItem",
    "Attendance",
    "AttendanceBasis",
    "ConsultationHours",
    "ContinuityDecision",
    "Decision",
    "Event",
    "EventConcern",
    "EventContact",
    "EventMode",
    "EventQuerySet",
    "EventSeries",
    "EventStatus",
    "EventType",
    "FundingPeriod",
    "GoalCount",
    "GoalDirection",
    "Headcount",
    "HeadcountGroup",
    "HeadcountMethod",
    "HeadcountSex",
    "Measure",
    "MeasureCounts",
    "MeasureGoal",
    "Participation",
    "ParticipationLevel",
    "ParticipationRole",
    "ParticipationState",
    "People",
    "Programme",
    "Rhythm",
    "Season",
    "SeriesCarrier",
    "SeriesFormerName",
    "Space",
    "SpecialDays",
    "SpecialDaysKind",
    "TaskAssignment",
    "TaskKind",
    "TourStop",
    "counts_of_measures",
    "people_among",
]
