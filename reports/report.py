"""What a report is, before it becomes a page, a workbook or JSON.

Everything is settled here: words, figures, pseudonyms, suppressed numbers, links. A renderer only draws, so
no format can show what another hides.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal, Protocol

from core.numbers import plain_zero

CellKind = Literal["text", "integer", "decimal", "percent", "date"]
FigureKind = Literal["bar", "stacked_bar", "line"]
NoteLevel = Literal["info", "warning"]
Value = str | int | float | Decimal | dt.date | None
Values = tuple[float | int | None, ...]


@dataclass(frozen=True)
class Cell:
    """One value. ``None`` is shown as "–"; ``url`` opens the records it was counted from.

    ``note`` says why something is missing, ``mark`` what must be known of a name: that the actor has ended.
    """

    value: Value
    url: str | None = None
    note: str = ""
    is_suppressed: bool = False
    mark: str = ""

    @property
    def marked_value(self) -> Value:
        """The value, a marked name with its mark: what every format of a report shows."""
        return f"{self.value} ({self.mark})" if self.mark else self.value


@dataclass(frozen=True)
class Column:
    """A column: stable key for machines, label for people, kind of its values, decimal places."""

    key: str
    label: str
    kind: CellKind = "text"
    digits: int = 1
    explanation: str = ""

    @property
    def is_number(self) -> bool:
        """Whether the values are set flush right."""
        return self.kind in {"integer", "decimal", "percent"}


def _without_minus_zero(cell: Cell, column: Column) -> Cell:
    value = cell.value
    if not isinstance(value, float | Decimal) or value > 0:
        return cell
    digits = column.digits + 2 if column.kind == "percent" else column.digits
    plain = plain_zero(value, digits if column.kind in {"decimal", "percent"} else 0)
    return cell if plain is value else replace(cell, value=plain)


@dataclass(frozen=True)
class Table:
    """A table; each row holds one cell per column."""

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    footnote: str = ""
    empty_text: str = ""

    def __post_init__(self) -> None:
        """Refuse a row with more or fewer cells than there are columns; have no format write "-0.00"."""
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(
                    f"Table {self.key}: a row has {len(row)} cells for {len(self.columns)} columns."
                )
        rows = tuple(tuple(map(_without_minus_zero, row, self.columns)) for row in self.rows)
        object.__setattr__(self, "rows", rows)

    def pairs(self) -> Iterator[tuple[tuple[Column, Cell], ...]]:
        """Yield each row as pairs of column and cell."""
        for row in self.rows:
            yield tuple(zip(self.columns, row, strict=True))


@dataclass(frozen=True)
class Series:
    """The values of one line or of one kind of bars; None leaves a gap.

    ``low`` and ``high``, always both, bound the band around a line: a confidence interval, a null range.
    """

    label: str
    values: Values
    low: Values | None = None
    high: Values | None = None

    def __post_init__(self) -> None:
        """Refuse half a band, and bounds that are more or fewer than the values."""
        if (self.low is None) != (self.high is None):
            raise ValueError(f"Series {self.label}: a band needs its lower and its upper bound.")
        if any(bound is not None and len(bound) != len(self.values) for bound in (self.low, self.high)):
            raise ValueError(f"Series {self.label}: a band needs bounds for each value.")

    @property
    def band(self) -> tuple[Values, Values] | None:
        """Lower and upper bounds; None where the line has no band."""
        return None if self.low is None or self.high is None else (self.low, self.high)


@dataclass(frozen=True)
class Figure:
    """A chart, with the text that says the same to who does not see it."""

    key: str
    title: str
    kind: FigureKind
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    alt: str


@dataclass(frozen=True)
class Note:
    """A sentence that the reader must not miss; ``url`` opens where to act or to look, ``link`` says what."""

    level: NoteLevel
    text: str
    url: str | None = None
    link: str = ""


class Drawing(Protocol):
    """Something drawn, in both formats that documents take; may be drawn when it is first needed."""

    @property
    def svg(self) -> bytes: ...

    @property
    def png(self) -> bytes: ...


@dataclass(frozen=True)
class StoredDrawing:
    """A drawing that is there already."""

    svg: bytes
    png: bytes = b""


@dataclass(frozen=True)
class Picture:
    """A drawing that is no chart, with the text that says the same."""

    key: str
    title: str
    drawing: Drawing
    alt: str
    caption: str = ""


Block = Table | Figure | Note | Picture


@dataclass(frozen=True)
class Section:
    """A chapter of the report."""

    key: str
    title: str
    blocks: tuple[Block, ...]
    intro: str = ""


@dataclass(frozen=True)
class Definition:
    """What a word of the report means."""

    term: str
    text: str


@dataclass(frozen=True)
class Report:
    """A finished report.

    ``parameters`` says what was asked (label and value), ``data_date`` until when the records were entered
    that it counts, ``key`` ties the pseudonyms of one report together, ``notes`` stand on the first page.
    """

    kind: str
    key: str
    title: str
    period: str
    author: str
    created: dt.datetime
    data_date: dt.date
    parameters: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    definitions: tuple[Definition, ...] = ()
    notes: tuple[Note, ...] = ()

    def section(self, key: str) -> Section:
        """Return the section with this key; KeyError if there is none."""
        for section in self.sections:
            if section.key == key:
                return section
        raise KeyError(key)

    def table(self, key: str) -> Table:
        """Return the table with this key; KeyError if there is none."""
        for section in self.sections:
            for block in section.blocks:
                if isinstance(block, Table) and block.key == key:
                    return block
        raise KeyError(key)
