"""What somebody wants to see of the network."""

from __future__ import annotations

from dataclasses import dataclass

from reports.analysis.ties import DEFAULT_KINDS, Office
from reports.period import Period


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
    def period(self) -> Period:
        """The years that are looked at."""
        return Period.of_years(self.from_year, self.until_year)
