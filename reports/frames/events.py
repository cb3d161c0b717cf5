"""What is known of events and of the time that is paid for, without reading the register."""

from __future__ import annotations

import datetime as dt

from events.models import Event, FundingPeriod


def load_programme_end(today: dt.date) -> dt.date | None:
    """Return the last day of the funding that is recorded; None if not known."""
    return FundingPeriod.objects.programme_end(today)


def has_held_events(first: dt.date, last: dt.date) -> bool:
    """Tell whether anything was held from one day to another, both included."""
    return Event.objects.held().filter(start_date__gte=first, start_date__lte=last).exists()
