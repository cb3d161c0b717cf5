"""The visits of the activity report: of each event, type, year and measure, and which readers are told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.models import EventQuerySet
from reports.analysis.privacy import SMALL
from reports.builders.shared.counts import BELOW_SIGN, HIDDEN_SIGN
from reports.builders.shared.digits import grouped
from reports.report import Cell

WHOLE = ("whole",)


class VisitCounts:
    """The visits of held events and their sums; sums have the names `year`, `type` and `measure` with a key.

    Readers from outside are not told the visits of an event to which one to four people came, and none of
    their sums counts them. So nothing of such an event comes out, whatever is set against each other: the
    sums of one report, reports of two periods, or a sum and the list of events.
    """

    def __init__(self, events: EventQuerySet, *, is_outside: bool) -> None:
        self._visits: dict[int, int] = {}
        self._hidden: set[int] = set()
        self._sums: Counter[Hashable] = Counter()
        self._counted: Counter[Hashable] = Counter()
        self._left_out: Counter[Hashable] = Counter()
        # Of how many of the counted ones nobody wrote down who or how many came: not that nobody did.
        self._unknown: Counter[Hashable] = Counter()
        for event in events.held().with_attendance().select_related("event_type"):
            visits = event.attendance.total
            self._visits[event.pk] = visits
            if is_outside and 0 < visits < SMALL:
                self._hidden.add(event.pk)
            year = event.start_date.year if event.start_date else None
            names = (("year", year), ("type", event.event_type.code), ("measure", event.measure_id), WHOLE)
            for name in names:
                if event.pk in self._hidden:
                    self._left_out[name] += 1
                else:
                    self._sums[name] += visits
                    self._counted[name] += 1
                    self._unknown[name] += not visits

    def of_event(self, event_id: int, url: str | None = None) -> Cell:
        """Return the visits of one held event."""
        if event_id in self._hidden:
            return Cell(BELOW_SIGN, is_suppressed=True)
        return Cell(self._visits[event_id], url)

    def value(self, name: Hashable) -> int | None:
        """Return a sum; None where there is none that is told."""
        return None if self._left_out[name] and not self._counted[name] else self._sums[name]

    def cell(self, name: Hashable, url: str | None = None) -> Cell:
        """Return a sum as a cell; what is not told has no link."""
        value = self.value(name)
        return Cell(HIDDEN_SIGN, is_suppressed=True) if value is None else Cell(value, url)

    def mean(self, name: Hashable) -> Cell:
        """Return the visits per event, of the events that the sum counts and whose attendance is recorded."""
        if not self._counted[name]:
            return Cell(HIDDEN_SIGN, is_suppressed=True)
        known = self._counted[name] - self._unknown[name]
        return Cell(self._sums[name] / known) if known else Cell(None, note=_("No attendance is recorded."))

    @property
    def footnote(self) -> str:
        """Say which events are not in the sums or not in the mean; empty where all are."""
        return " ".join(filter(None, (self._unknown_text(), self._hidden_text())))

    def _unknown_text(self) -> str:
        count = self._unknown[WHOLE]
        if not count:
            return ""
        text = ngettext(
            "%(count)s held event has no recorded attendance: it adds nothing to the visits and is left out "
            "of the visits per event.",
            "%(count)s held events have no recorded attendance: they add nothing to the visits and are left "
            "out of the visits per event.",
            count,
        )
        return text % {"count": grouped(count)}

    def _hidden_text(self) -> str:
        if not self._hidden:
            return ""
        return _(
            "Events to which fewer than five people came are not counted in the visits, nor in the visits "
            "per event."
        )
