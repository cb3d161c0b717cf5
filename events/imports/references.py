"""Events and the short lists around them that a table names by key, title or name."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.imports.fields import DateField, ImportField
from core.imports.rows import Row
from core.imports.suggestions import KnownNames, name_key, one_of
from core.sheets.cells import Cell, show, whole
from core.sheets.values import ValueProblem, refuse_fault
from core.text import one_line
from events.models import (
    Event,
    EventSeries,
    Measure,
    SeriesFormerName,
    Space,
)


def series_names() -> Iterable[tuple[str, EventSeries]]:
    """Yield the series by their present and former names."""
    all_series = EventSeries.objects.in_bulk()
    yield from ((series.name, series) for series in all_series.values())
    for name, pk in SeriesFormerName.objects.values_list("name", "series_id"):
        yield name, all_series[pk]


def space_names() -> Iterable[tuple[str, Space]]:
    """Return the spaces by name."""
    return ((space.name, space) for space in Space.objects.all())


def measure_names() -> Iterable[tuple[str, Measure]]:
    """Return the measures by title."""
    return ((measure.title, measure) for measure in Measure.objects.all())


class KnownEvent(NamedTuple):
    """An event that rows can mean: one of the register, or one that an earlier row creates."""

    event: Event
    row: Row | None = None

    def __str__(self) -> str:
        notes = filter(None, [show(self.event.start_date), self.event.external_id])
        return f"{self.event.title} ({', '.join(notes) or '–'})"


class EventIndex:
    """All events by external key and by title, read with one query."""

    def __init__(self) -> None:
        self.by_key: dict[str, KnownEvent] = {}
        self.by_title: dict[str, list[KnownEvent]] = defaultdict(list)
        self.known_titles = KnownNames(lambda: {k: same[0].event.title for k, same in self.by_title.items()})
        for pk, title, day, key in Event.objects.order_by("pk").values_list(
            "pk", "title", "start_date", "external_id"
        ):
            self.add(KnownEvent(Event(pk=pk, title=title, start_date=day, external_id=key)))

    def add(self, known: KnownEvent) -> None:
        """Let later rows find this event."""
        if known.event.external_id:
            self.by_key[whole(known.event.external_id)] = known
        self.by_title[name_key(known.event.title)].append(known)

    def find(self, text: str, days: tuple[dt.date, dt.date] | None) -> KnownEvent:
        """Return the one event with this key or title, in these days where they are known."""
        if whole(text) in self.by_key:
            return self.by_key[whole(text)]
        matches = self.by_title.get(name_key(text), [])
        if not matches:
            raise self.known_titles.unknown(text)
        if days is not None:
            matches = [k for k in matches if k.event.start_date and days[0] <= k.event.start_date <= days[1]]
            if not matches:
                raise ValueProblem(_("There is no event “%(title)s” at this time."), title=text[:60])
        known: KnownEvent = one_of(text, matches)
        return known


class EventReference(ImportField):
    """An event, named by external key or by title; the day of the row decides between editions."""

    def read(self, cell: Cell) -> str:
        """Return the text; which event it means is settled together with the day."""
        refuse_fault(cell)
        return one_line(show(cell))

    def current(self, instance: models.Model) -> Any:
        return instance.event  # type: ignore[attr-defined]


class DaysField(DateField):
    """A day, several days, a month or a year that tells editions of an event apart."""

    def read(self, cell: Cell) -> tuple[dt.date, dt.date]:
        """Return the first and last day that are meant."""
        days = self.read_days(cell)
        return days.first, days.last
