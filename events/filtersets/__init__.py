"""What events, series, participation and the rest can be filtered by, on pages and in the REST API alike."""

from events.filtersets.actors import ActorActivityFilterSet
from events.filtersets.events import (
    EventFilterSet,
    EventSeriesFilterSet,
)
from events.filtersets.hours import ConsultationHoursFilterSet, SpecialDaysFilterSet
from events.filtersets.parts import (
    AgendaItemFilterSet,
    DecisionFilterSet,
    EventConcernFilterSet,
    EventContactFilterSet,
    HeadcountFilterSet,
    OfEventFilterSet,
    ParticipationFilterSet,
    SeriesCarrierFilterSet,
    SeriesFormerNameFilterSet,
    TaskAssignmentFilterSet,
    TourStopFilterSet,
)
from events.filtersets.programmes import (
    FundingPeriodFilterSet,
    MeasureFilterSet,
    MeasureGoalFilterSet,
    ProgrammeFilterSet,
    ShortListFilterSet,
    SpaceFilterSet,
)

__all__ = [
    "ActorActivityFilterSet",
    "AgendaItemFilterSet",
    "ConsultationHoursFilterSet",
    "DecisionFilterSet",
    "EventConcernFilterSet",
    "EventContactFilterSet",
    "EventFilterSet",
    "EventSeriesFilterSet",
    "FundingPeriodFilterSet",
    "HeadcountFilterSet",
    "MeasureFilterSet",
    "MeasureGoalFilterSet",
    "OfEventFilterSet",
    "ParticipationFilterSet",
    "ProgrammeFilterSet",
    "SeriesCarrierFilterSet",
    "SeriesFormerNameFilterSet",
    "ShortListFilterSet",
    "SpaceFilterSet",
    "SpecialDaysFilterSet",
    "TaskAssignmentFilterSet",
    "TourStopFilterSet",
]
