"""The network as it leaves the house: what a picture shows and what other programs read.

Everything in it may be told to whom it is made for; renderers add nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

Spell = tuple[date | None, date | None]


@dataclass(frozen=True)
class PictureNode:
    """An actor. `x` and `y` lie in the unit square, y upwards; `community` counts from 1, 0 is none."""

    id: int
    label: str
    kind: str
    sector: str
    sector_label: str
    is_office: bool
    x: float
    y: float
    topics: tuple[str, ...] = ()
    participations: int = 0
    degree: int = 0
    strength: float = 0
    betweenness: float = 0
    community: int = 0
    since: int | None = None
    last: int | None = None


@dataclass(frozen=True)
class PicturePart:
    """What a tie owes to one kind of records in one year, or in a span of years; `None` is an open end.

    `has_day` is false for records without a day, whose years say nothing.
    """

    kind: str
    from_year: int | None
    until_year: int | None
    strength: float
    count: int
    is_office: bool
    has_day: bool = True


@dataclass(frozen=True)
class PictureEdge:
    """A tie between two nodes, given by their positions; `kinds` in the order of the kinds of ties."""

    source: int
    target: int
    strength: float
    count: int
    kinds: tuple[str, ...]
    is_strong: bool
    parts: tuple[PicturePart, ...] = ()


@dataclass(frozen=True)
class Picture:
    """A network to draw or to hand over.

    `kinds` names the kinds of ties, `colours` what the colours stand for (code and label, in the order of the
    colours), `facts` what was asked for, and `notes` what is left out.
    """

    title: str
    period: str
    day: date
    nodes: tuple[PictureNode, ...]
    edges: tuple[PictureEdge, ...]
    kinds: dict[str, str] = field(default_factory=dict)
    colour: str = "sector"
    size: str = "degree"
    facts: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()


def edge_spells(edge: PictureEdge) -> tuple[Spell, ...]:
    """Return when a tie existed: calendar years one after another as one spell; none if at no known time."""
    spans = [(part.from_year, part.until_year) for part in edge.parts if part.has_day]
    return _as_days(_joined(spans))


def node_spells(node: PictureNode) -> tuple[Spell, ...]:
    """Return from when until when an actor was seen; nothing if at no known time."""
    return () if node.since is None else _as_days([(node.since, node.last)])


def _joined(spans: list[tuple[int | None, int | None]]) -> list[tuple[int | None, int | None]]:
    """Join spans that overlap or follow each other."""
    joined: list[tuple[int | None, int | None]] = []
    for first, last in sorted(spans, key=lambda span: (span[0] is not None, span[0] or 0)):
        if joined and (joined[-1][1] is None or first is None or first <= joined[-1][1] + 1):
            end = joined[-1][1]
            later = None if end is None or last is None else max(end, last)
            joined[-1] = (joined[-1][0], later)
        else:
            joined.append((first, last))
    return joined


def _as_days(spans: list[tuple[int | None, int | None]]) -> tuple[Spell, ...]:
    return tuple(
        (
            None if first is None else date(first, 1, 1),
            None if last is None else date(last, 12, 31),
        )
        for first, last in spans
    )
