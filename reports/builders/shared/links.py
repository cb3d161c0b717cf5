"""Where the figures of one period lead: to lists of events, and to the records they were counted from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.urls import reverse

from events.models import EventStatus
from reports.period import Period
from reports.report import Cell


@dataclass(frozen=True)
class Links:
    """Addresses for a period."""

    period: Period

    def records(self, figure: str, value: str = "") -> str:
        """Return the address of the records behind a figure; see `reports.builders.records`."""
        parameters = {"figure": figure, "value": value, **self.period.years}
        given = {name: text for name, text in parameters.items() if text}
        return f"{reverse('reports:records')}?{urlencode(given)}"

    def events(self, **filters: str) -> str:
        """Return the address of the list of the events of the period."""
        return f"{reverse('events:event_list')}?{urlencode({**filters, **self.period.days})}"

    def held_events(self, **filters: str) -> str:
        """Return the address of the list of the held events of the period."""
        return self.events(status=EventStatus.HELD.value, **filters)


def opened(cell: Cell, address: str | None) -> Cell:
    """Let a figure open its records; where there are none, or the figure is not told, nothing is opened."""
    return replace(cell, url=address) if cell.value and not cell.is_suppressed else cell
