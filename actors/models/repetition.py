"""What comes back: every week, month, quarter, half year or year."""

from __future__ import annotations

import calendar
import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.common.validators import LAST_DAY


class Repeats(models.TextChoices):
    """How often something comes back."""

    NEVER = "", _("once")
    WEEK = "week", _("every week")
    MONTH = "month", _("every month")
    QUARTER = "quarter", _("every quarter")
    HALF_YEAR = "half_year", _("every half year")
    YEAR = "year", _("every year")


MONTHS = {Repeats.MONTH: 1, Repeats.QUARTER: 3, Repeats.HALF_YEAR: 6, Repeats.YEAR: 12}
DAYS_OF_A_WEEK = 7


def months_later(day: dt.date, months: int) -> dt.date:
    """Return the same day some months later; a day that the month does not have becomes its last.

    >>> months_later(dt.date(2027, 1, 31), 1)
    datetime.date(2027, 2, 28)
    """
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(day.day, last))


def next_due(repeats: str, *, start: dt.date, after: dt.date) -> dt.date | None:
    """Return the first day of a series later than ``after``; None where nothing comes back.

    Every day is counted from ``start``, the first of the series, not from the one before: what began on the
    31st stands on the last of February and on 31 March again, and 29 February comes back in leap years.

    >>> next_due("quarter", start=dt.date(2027, 11, 30), after=dt.date(2028, 1, 10))
    datetime.date(2028, 2, 29)
    """
    if repeats not in Repeats.values or repeats == Repeats.NEVER or not start <= after < LAST_DAY:
        return None
    if repeats == Repeats.WEEK:
        found = after + dt.timedelta(days=DAYS_OF_A_WEEK - (after - start).days % DAYS_OF_A_WEEK)
    else:
        period = MONTHS[Repeats(repeats)]
        passed = (after.year - start.year) * 12 + after.month - start.month
        count = passed // period
        found = months_later(start, count * period)
        if found <= after:
            found = months_later(start, (count + 1) * period)
    return found if found <= LAST_DAY else None
