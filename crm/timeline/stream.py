"""Merging streams of rows into one list, page by page.

Each stream is one question to the database, ordered by day and key. A page takes so many rows of each as it
shows at most, begins after the last entry of the page before, and so costs the same however far down it is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Max, Min, Q, QuerySet

from crm.timeline.entries import Entry

STEP = 40
NO_SHIFT = dt.timedelta()
ONE_DAY = dt.timedelta(days=1)
# What stands above what on the same day. A cursor names its stream by the code.
CODES = (
    "consent_withdrawn",
    "consent_given",
    "told",
    "step",
    "follow_up",
    "contact",
    "concern",
    "decision",
    "event",
    "name",
    "affiliation_end",
    "relation_end",
    "affiliation",
    "relation",
)
RANKS = {code: rank for rank, code in enumerate(CODES)}
NEVER = Q(pk__in=())


@dataclass(frozen=True)
class Stream:
    """Rows of one kind, each of which becomes one entry on the day in a column.

    ``shift`` is how many days the column lies behind the day shown; ``is_long`` says that its first and last
    day are worth asking for when years are offered to choose from.
    """

    code: str
    kind: str
    rows: QuerySet
    date: str
    entries: Callable[[list[Any]], Iterable[Entry]]
    shift: dt.timedelta = NO_SHIFT
    is_long: bool = False

    @property
    def rank(self) -> int:
        """The place of the stream among the others on the same day."""
        return RANKS[self.code]

    def day_of(self, row: Any) -> dt.date | None:
        """Return the day on which a row is shown."""
        column: dt.date | None = getattr(row, self.date)
        return None if column is None else column - self.shift


@dataclass(frozen=True)
class Cursor:
    """The last entry that was shown: its day, its stream and its key."""

    day: dt.date | None
    code: str
    key: int

    def __str__(self) -> str:
        return f"{self.day.isoformat() if self.day else ''}~{self.code}~{self.key}"

    @classmethod
    def read(cls, text: str) -> Cursor | None:
        """Return the cursor as it was written; None for anything else."""
        day, _mark, rest = text.partition("~")
        code, _mark, key = rest.partition("~")
        if code not in RANKS or not (key.isascii() and key.isdecimal()) or len(key) > 18:
            return None
        try:
            return cls(dt.date.fromisoformat(day) if day else None, code, int(key))
        except ValueError:
            return None

    def beyond(self, stream: Stream) -> Q:
        """Return which rows of ``stream`` come after this entry."""
        rank = RANKS[self.code]
        same_day = Q() if stream.rank > rank else Q(pk__lt=self.key) if stream.rank == rank else NEVER
        undated = Q(**{f"{stream.date}__isnull": True})
        if self.day is None:
            return undated & same_day
        column = _shifted(self.day, stream.shift)
        on_that_day = Q(**{stream.date: column}) & same_day
        return Q(**{f"{stream.date}__lt": column}) | on_that_day | undated


@dataclass(frozen=True)
class Window:
    """The period that is asked for, both days included; an empty bound is open."""

    since: dt.date | None = None
    until: dt.date | None = None

    def on(self, stream: Stream) -> Q:
        """Return the condition that an entry lies in the period."""
        inside = Q()
        if self.since is not None:
            inside &= Q(**{f"{stream.date}__gte": _shifted(self.since, stream.shift)})
        if self.until is not None:
            inside &= Q(**{f"{stream.date}__lte": _shifted(self.until, stream.shift)})
        return inside


@dataclass(frozen=True)
class Page:
    """A part of the timeline, and where the next part begins; None where there is none."""

    entries: list[Entry]
    next: Cursor | None = None


ALL_TIME = Window()


def page_of(
    streams: Iterable[Stream], *, window: Window = ALL_TIME, after: Cursor | None = None, size: int = STEP
) -> Page:
    """Return the newest entries, or those that follow ``after``, in one question for each stream."""
    candidates = [
        (_place(stream, row), stream, row)
        for stream in streams
        for row in _rows(stream, window=window, after=after, size=size + 1)
    ]
    candidates.sort(key=lambda one: one[0])
    page = candidates[:size]
    if not page:
        return Page([])
    _place_of_last, stream, row = page[-1]
    more = Cursor(stream.day_of(row), stream.code, row.pk) if len(candidates) > size else None
    return Page(_described([(stream, row) for _place_of_one, stream, row in page]), more)


def years_of(streams: Iterable[Stream]) -> list[int]:
    """Return the years from the first entry to the last, newest first."""
    days: list[dt.date] = []
    for stream in streams:
        if stream.is_long:
            bounds = stream.rows.order_by().aggregate(first=Min(stream.date), last=Max(stream.date))
            days += [day for day in bounds.values() if day is not None]
    return list(range(max(days).year, min(days).year - 1, -1)) if days else []


def _rows(stream: Stream, *, window: Window, after: Cursor | None, size: int) -> QuerySet:
    rows = stream.rows.filter(window.on(stream))
    if after is not None:
        rows = rows.filter(after.beyond(stream))
    return rows.order_by(F(stream.date).desc(nulls_last=True), "-pk")[:size]


def _place(stream: Stream, row: Any) -> tuple[int, int, int]:
    """Return what entries are sorted by: the newest first, those without a day last."""
    day = stream.day_of(row)
    return (-day.toordinal() if day else 0, stream.rank, -row.pk)


def _described(pairs: list[tuple[Stream, Any]]) -> list[Entry]:
    """Let each stream put its rows into words, all of them at once."""
    rows_of: dict[str, list[Any]] = {}
    streams = {}
    for stream, row in pairs:
        rows_of.setdefault(stream.code, []).append(row)
        streams[stream.code] = stream
    entries = {code: iter(streams[code].entries(rows)) for code, rows in rows_of.items()}
    return [next(entries[stream.code]) for stream, _row in pairs]


def _shifted(day: dt.date, shift: dt.timedelta) -> dt.date:
    return day + shift if day < dt.date.max else day
