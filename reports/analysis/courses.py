"""How long concerns take: to be passed on, to be answered, to be settled."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean, median
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Course:
    """What became of one concern, in days; None where it did not happen."""

    raised_on: dt.date
    kind: str
    topic: str | None
    department: int | None
    is_open: bool
    to_forward: int | None = None
    to_answer: int | None = None
    to_settle: int | None = None
    is_told: bool = False


@dataclass(frozen=True)
class Durations:
    """How long something took: in how many cases, the middle one, on average, at most."""

    count: int
    median: float | None
    mean: float | None
    longest: int | None


@dataclass(frozen=True)
class Lot:
    """The concerns that have something in common, counted."""

    number: int
    open: int
    settled: int
    forwarded: int
    answered: int
    told: int
    settling: Durations


def durations(days: Iterable[int | None]) -> Durations:
    """Summarise days; what did not happen does not count."""
    known = [day for day in days if day is not None]
    if not known:
        return Durations(0, None, None, None)
    return Durations(len(known), float(median(known)), fmean(known), max(known))


def lot(courses: Sequence[Course]) -> Lot:
    """Count concerns."""
    return Lot(
        number=len(courses),
        open=sum(course.is_open for course in courses),
        settled=sum(not course.is_open for course in courses),
        forwarded=sum(course.to_forward is not None for course in courses),
        answered=sum(course.to_answer is not None for course in courses),
        told=sum(course.is_told for course in courses),
        settling=durations(course.to_settle for course in courses),
    )


def lots_by(courses: Iterable[Course], what: Callable[[Course], Key]) -> dict[Key, Lot]:
    """Count concerns by something, in the order in which it first comes up."""
    groups: dict[Key, list[Course]] = {}
    for course in courses:
        groups.setdefault(what(course), []).append(course)
    return {key: lot(group) for key, group in groups.items()}


def ages(courses: Iterable[Course], *, today: dt.date) -> Durations:
    """Summarise for how long the open concerns have been waiting."""
    return durations((today - course.raised_on).days for course in courses if course.is_open)
