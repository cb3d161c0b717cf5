"""Tables of events, series, spaces, programmes and measures, on the page and in an export."""

from events.tables.events import EventTable
from events.tables.hours import SpecialDaysTable
from events.tables.series import MeasureTable, ProgrammeTable, SeriesTable, SpaceTable

__all__ = [
    "EventTable",
    "MeasureTable",
    "ProgrammeTable",
    "SeriesTable",
    "SpaceTable",
    "SpecialDaysTable",
]
