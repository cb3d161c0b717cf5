"""Counts of actors in one report, and which of them readers from outside are told."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from reports.analysis.privacy import BELOW, PUBLISHED, suppress
from reports.builders.shared.links import opened
from reports.report import Cell

BELOW_SIGN, HIDDEN_SIGN = "<5", "•"


class CountSheet:
    """All counts of a report that belong together, so that no table gives away what another hides.

    Counts and sums are put in first; the first cell that is asked for settles what is shown.
    """

    def __init__(self, *, is_outside: bool) -> None:
        self._is_outside = is_outside
        self._values: list[int] = []
        self._places: dict[Hashable, int] = {}
        self._sums: list[tuple[int, list[int]]] = []
        self._marks: list[str] | None = None

    def put(self, name: Hashable, value: int) -> None:
        """Remember a count under a name."""
        if self._marks is not None:
            raise RuntimeError("The counts are settled already.")
        self._places[name] = len(self._values)
        self._values.append(int(value))

    def put_sum(self, total: Hashable, parts: Sequence[Hashable]) -> None:
        """Remember that one count is the sum of others."""
        self._sums.append((self._places[total], [self._places[part] for part in parts]))

    def value(self, name: Hashable) -> int | None:
        """Return a count, None where it is not told."""
        return self._values[self._places[name]] if self._mark(name) == PUBLISHED else None

    def cell(self, name: Hashable, url: str | None = None) -> Cell:
        """Return a count as a cell; zero and what is not told have no link."""
        mark = self._mark(name)
        if mark == PUBLISHED:
            return opened(Cell(self._values[self._places[name]]), url)
        return Cell(BELOW_SIGN if mark == BELOW else HIDDEN_SIGN, is_suppressed=True)

    def _mark(self, name: Hashable) -> str:
        if self._marks is None:
            published = [PUBLISHED] * len(self._values)
            self._marks = suppress(self._values, self._sums) if self._is_outside else published
        return self._marks[self._places[name]]
