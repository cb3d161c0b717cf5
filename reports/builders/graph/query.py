"""What somebody wants to see of the network."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from reports.analysis.ties import DEFAULT_KINDS, Office


@dataclass(frozen=True)
class GraphQuery:
    """A question to the explorer; what is left at its default restricts nothing.

    ``types``, ``roles``, ``topics``, ``for_organisations`` and ``alpha`` decide which records count at all;
    the rest is a look at them. ``without`` holds public ids: negative ones stand for hidden actors.
    """

    from_year: int | None = None
    until_year: int | None = None
    types: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    kinds: tuple[str, ...] = DEFAULT_KINDS
    for_organisations: bool = False
    alpha: float | None = None
    sectors: tuple[str, ...] | None = None
    minimum: float = 0
    office: Office = "with"
    without: tuple[int, ...] = ()
    hide_isolates: bool = False

    @property
    def start(self) -> dt.date | None:
        """First day of the period; None when open."""
        return dt.date(self.from_year, 1, 1) if self.from_year else None

    @property
    def end(self) -> dt.date | None:
        """Day after the period; None when open."""
        return dt.date(self.until_year + 1, 1, 1) if self.until_year else None
