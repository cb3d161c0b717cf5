"""When the office is open: weekly hours, turned into days with the exceptions taken into account."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import NamedTuple

from django.utils import timezone

from core.fields import ONE_DAY
from events.models import ConsultationHours, Season, SpecialDays, SpecialDaysKind

LONGEST_LOOK = dt.timedelta(days=366)


class OpenHours(NamedTuple):
    """One stretch of a day in which anybody may come. The times are those on the clock in the office."""

    start: dt.time
    end: dt.time
    place: str
    note: str


@dataclass(frozen=True)
class OfficeDay:
    """A day as it is shown: when the office is open, and what is special about it."""

    day: dt.date
    hours: list[OpenHours]
    special: list[SpecialDays] = field(default_factory=list)

    @property
    def is_closed(self) -> bool:
        """Whether the office is closed on purpose, whatever the weekly hours say."""
        return any(row.kind == SpecialDaysKind.CLOSED for row in self.special)

    @property
    def is_holiday(self) -> bool:
        """Whether schools have holidays."""
        return any(row.kind == SpecialDaysKind.SCHOOL_HOLIDAYS for row in self.special)


def office_days(first: dt.date, last: dt.date) -> list[OfficeDay]:
    """Return every day from ``first`` to ``last``, both included, in two questions to the database."""
    weekly = list(ConsultationHours.objects.select_related("place"))
    special = list(SpecialDays.objects.filter(first_day__lte=last, final_day__gte=first))
    days = [first + number * ONE_DAY for number in range((last - first).days + 1)]
    return [_office_day(day, weekly, [row for row in special if row.holds_on(day)]) for day in days]


def _office_day(day: dt.date, weekly: list[ConsultationHours], special: list[SpecialDays]) -> OfficeDay:
    office_day = OfficeDay(day, [], special)
    if office_day.is_closed:
        return office_day
    seasons = {Season.ALWAYS, Season.HOLIDAYS if office_day.is_holiday else Season.TERM}
    hours = [
        OpenHours(row.start, row.end, row.place.name if row.place else "", row.note)
        for row in weekly
        if row.weekday == day.weekday() and row.season in seasons and row.holds_on(day)
    ]
    return OfficeDay(day, sorted(hours), special)


def hours_on(day: dt.date) -> list[OpenHours]:
    """Return when the office is open on ``day``, earliest first; nothing on a closing day."""
    return office_days(day, day)[0].hours


def next_hours(today: dt.date, n: int) -> list[tuple[dt.date, OpenHours]]:
    """Return the next ``n`` consultation hours from ``today`` on, today's included; at most a year ahead."""
    coming = [(day.day, hours) for day in office_days(today, today + LONGEST_LOOK) for hours in day.hours]
    return coming[:n]


def is_open_at(moment: dt.datetime) -> bool:
    """Tell whether the office is open at ``moment``, by the clock on its wall (summer time included)."""
    local = timezone.localtime(moment)
    return any(hours.start <= local.time() < hours.end for hours in hours_on(local.date()))
