"""What the search box finds of what happened: series by any name they had, events by theirs."""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from core.names import NamesInMemory
from core.search import Searched, found_by_name, hints_of_each
from events.models import Event, EventSeries, SeriesFormerName


def _series_spellings() -> Iterator[tuple[int, str]]:
    yield from EventSeries.objects.order_by("pk").values_list("pk", "search_names")


def _event_spellings() -> Iterator[tuple[int, str]]:
    yield from Event.objects.order_by("pk").values_list("pk", "search_names")


SERIES = NamesInMemory([EventSeries, SeriesFormerName], _series_spellings)
EVENTS = NamesInMemory([Event], _event_spellings)


def beside_event(event: Event) -> Iterator[str]:
    """Yield the day and the type of an event."""
    if event.start_date:
        yield date_format(event.start_date, "SHORT_DATE_FORMAT")
    yield event.event_type.label


SEARCHED = [
    Searched(
        model=EventSeries,
        label=_("Formats"),
        icon="repeat",
        list_name="events:series_list",
        find=found_by_name(EventSeries, SERIES, along="event_type"),
        title=attrgetter("name"),
        hints=hints_of_each(lambda series: [series.event_type.label]),
    ),
    Searched(
        model=Event,
        label=_("Events"),
        icon="calendar-event",
        list_name="events:event_list",
        find=found_by_name(Event, EVENTS, along="event_type"),
        title=attrgetter("title"),
        hints=hints_of_each(beside_event),
    ),
]
