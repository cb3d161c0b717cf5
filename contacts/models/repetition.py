"""What comes back: every week, month, quarter, half year or year."""

from __future__ import annotations

import datetime as dt
from itertools import count

from dateutil.relativedelta import relativedelta
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.validators import LAST_DAY


class Repeats(models.TextChoices):
    """How often something comes back."""

    NEVER = "", _("once")
    WEEK = "week", _("every week")
    MONTH = "month", _("every month")
    QUARTER = "quarter", _("every quarter")
    HALF_YEAR = "half_year", _("every half year")
    YEAR = "year", _("every year")


PERIODS = {
    Repeats.WEEK: relativedelta(weeks=1),
    Repeats.MONTH: relativedelta(months=1),
    Repeats.QUARTER: relativedelta(months=3),
    Repeats.HALF_YEAR: relativedelta(months=6),
    Repeats.YEAR: relativedelta(years=1),
}


def next_due(repeats: str, *, start: dt.date, after: dt.date) -> dt.date | None:
    """Return the first day of a series later than ``after``; None where nothing comes back.

    Every day is counted from ``start``, the first of the series, not from the one before: what began on the
    31st stands on the last of February and on 31 March again, and 29 February comes back in leap years.

    >>> next_due("quarter", start=dt.date(2027, 11, 30), after=dt.date(2028, 1, 10))
    datetime.date(2028, 2, 29)
    """
    if repeats not in PERIODS or not start <= after < LAST_DAY:
        return None
    days = (start + number * PERIODS[Repeats(repeats)] for number in count(1))
    coming = next(day for day in days if day > after)
    return coming if coming <= LAST_DAY else None
