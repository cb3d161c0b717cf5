"""The period of a report: half-open, in days, in years and in words, made in this one place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Period:
    """The days from ``start`` to before ``end``; an open bound is None."""

    start: dt.date | None = None
    end: dt.date | None = None

    @classmethod
    def of_years(cls, first: int | None = None, last: int | None = None) -> Period:
        """Return the calendar years from ``first`` to ``last``, both included; None leaves a bound open."""
        return cls(dt.date(first, 1, 1) if first else None, dt.date(last + 1, 1, 1) if last else None)

    @property
    def is_open(self) -> bool:
        """Whether it is the whole time."""
        return self.start is None and self.end is None

    @property
    def last(self) -> dt.date | None:
        """The last day; None when open."""
        return self.end - ONE_DAY if self.end else None

    @property
    def first_year(self) -> int | None:
        """The year of the first day; None when open."""
        return self.start.year if self.start else None

    @property
    def last_year(self) -> int | None:
        """The year of the last day; None when open."""
        return self.last.year if self.last else None

    @property
    def years(self) -> dict[str, str]:
        """First and last year, as the reports ask for them; open bounds are left out."""
        return _given(from_year=self.first_year, until_year=self.last_year)

    @property
    def days(self) -> dict[str, str]:
        """First and last day, as the lists of events ask for them; open bounds are left out."""
        return _given(date_from=self.start, date_until=self.last)

    def last_day(self, today: dt.date) -> dt.date:
        """Return the last day that a report speaks of: of the period, and no later than today."""
        return min(self.last, today) if self.last else today

    def end_by(self, today: dt.date) -> dt.date:
        """Return the day after the last one that a report speaks of."""
        return self.last_day(today) + ONE_DAY

    def last_begun_year(self, today: dt.date) -> int | None:
        """Return the last year that was asked for, as far as it has begun; None when open."""
        return min(self.last_year, today.year) if self.last_year else None

    @property
    def label(self) -> str:
        """The period in words, its last day included."""
        if self.is_open:
            return _("Whole time")
        if _is_new_year(self.start) and _is_new_year(self.end):
            return self._years_in_words()
        days = [date_format(day, "SHORT_DATE_FORMAT") for day in (self.start, self.last) if day]
        if self.start and self.last:
            return " – ".join(days)
        text = _("until %(day)s") if self.start is None else _("since %(day)s")
        return text % {"day": days[0]}

    def _years_in_words(self) -> str:
        if self.first_year is None:
            return _("until %(day)s") % {"day": self.last_year}
        if self.last_year is None:
            return _("since %(day)s") % {"day": self.first_year}
        one, other = self.first_year, self.last_year
        return str(one) if one == other else f"{one}–{other}"


WHOLE_TIME = Period()


def unfinished_year(years: Iterable[int | None], today: dt.date) -> str:
    """Say that the last of some years is not over, so that nobody compares it with whole ones."""
    if today.year not in years or (today.month, today.day) == (12, 31):
        return ""
    text = _("%(year)s is not over: its figures go up to %(day)s.")
    return text % {"year": today.year, "day": date_format(today, "SHORT_DATE_FORMAT")}


def begin_of_unfinished_year(today: dt.date) -> dt.date:
    """Return the first day of the year that is not over; on its last day the year counts as over."""
    return dt.date((today + ONE_DAY).year, 1, 1)


def _given(**bounds: int | dt.date | None) -> dict[str, str]:
    return {name: str(bound) for name, bound in bounds.items() if bound}


def _is_new_year(day: dt.date | None) -> bool:
    return day is None or (day.month, day.day) == (1, 1)
