"""What happened: series, events, participation, headcounts, tasks, programmes and measures."""

from events.models.attendance import Attendance, AttendanceBasis, People, people_among
from events.models.event import Event, EventMode, EventQuerySet, EventStatus
from events.models.minutes import AgendaItem, Decision, EventContact, TourStop
from events.models.participation import (
    Headcount,
    HeadcountGroup,
    HeadcountMethod,
    HeadcountSex,
    Participation,
    ParticipationState,
    TaskAssignment,
)
from events.models.programme import FundingPeriod, Measure, MeasureGoal, Programme, Space
from events.models.series import ContinuityDecision, EventSeries, Rhythm, SeriesCarrier, SeriesFormerName
from events.models.vocabulary import EventType, ParticipationLevel, ParticipationRole, TaskKind

__all__ = [
    "AgendaItem",
    "Attendance",
    "AttendanceBasis",
    "ContinuityDecision",
    "Decision",
    "Event",
    "EventContact",
    "EventMode",
    "EventQuerySet",
    "EventSeries",
    "EventStatus",
    "EventType",
    "FundingPeriod",
    "Headcount",
    "HeadcountGroup",
    "HeadcountMethod",
    "HeadcountSex",
    "Measure",
    "MeasureGoal",
    "Participation",
    "ParticipationLevel",
    "ParticipationRole",
    "ParticipationState",
    "People",
    "Programme",
    "Rhythm",
    "SeriesCarrier",
    "SeriesFormerName",
    "Space",
    "TaskAssignment",
    "TaskKind",
    "TourStop",
    "people_among",
]
