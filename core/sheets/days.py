"""Days as people write them into tables: "Sa, 6.4.2019", "6.–7.4.2019", "05/2020", "27-10-2021", "3/4/21".

Day and month of "03/04/2021" cannot be told apart: which comes first is seen from the whole column, or asked.
What is wrong is said without the day itself: it stands beside, and the same fault of many rows is said once.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.calendar_names import MONTHS, WEEKDAYS
from core.sheets.cells import Cell, show, whole
from core.sheets.errors import ValueProblem, refuse_fault
from core.text import fold
from core.validators import FIRST_DAY, LAST_DAY

YEARS_AHEAD = 20  # so far a year of two figures may lie in the future

_LEAD = re.compile(
    rf"(?:(?:am|vom)\s+)?(?:(?:{'|'.join(WEEKDAYS)})\b[.,]{{0,2}}\s*)?(?:den\s+)?", re.IGNORECASE
)
_CLOCK = re.compile(
    r"(?:,? |T)(?:um )?\d{1,2}(?:[:.]\d{2}(?::\d{2})?(?:\.\d+)?(?: ?Uhr| ?h|Z)?| ?Uhr)$", re.IGNORECASE
)
_ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})")
_GERMAN = re.compile(r"(\d{1,2})\. ?(\d{1,2})\. ?(\d{4}|\d{2})")
_EITHER = re.compile(r"(\d{1,2})([/-])(\d{1,2})\2(\d{4}|\d{2})")
_MONTH_YEAR = re.compile(r"(\d{1,2}) ?[./-] ?(\d{4})")
_NAMED = re.compile(r"(?:(\d{1,2})\.? ?)?([^\W\d]+)\.? ['’]?(\d{4}|\d{2})")
_YEAR = re.compile(r"\d{4}")
_SHORT_YEAR = re.compile(r"['’]?(\d{2})")
_FROM = re.compile(r"(\d{1,2})\.?(?: ?(\d{1,2})\.?| ?([^\W\d]+)\.?)?")
_RANGE = re.compile(r"\s*(?:–|—|-|/|\bbis(?: zum)?\b|\bund\b|\bu\.|&|\+)\s*")


@dataclass(frozen=True)
class Days:
    """The first and the last day that are meant; ``is_exact`` unless only a month or year was written."""

    first: date
    last: date
    is_exact: bool = True


@dataclass(frozen=True)
class Reading:
    """How days are to be read.

    ``month_first`` decides what could be either, None leaves it open. ``is_past``: a year of two figures is
    the last one that was, and may stand alone, as in the year of a foundation.
    """

    month_first: bool | None = None
    is_past: bool = False


AS_WRITTEN = Reading()
_Parts = tuple[int, int | None, int | None]


def parse_date(cell: Cell, *, end: bool = False, reading: Reading = AS_WRITTEN) -> date:
    """Return the date. A year or month alone means its first day, with ``end`` its last day."""
    days = parse_days(cell, reading=reading)
    if days.is_exact and days.first != days.last:
        raise ValueProblem(_("These are several days. Only one can be kept here."))
    return days.last if end else days.first


def parse_end_date(cell: Cell) -> date:
    """Return the last day that is meant: of a year alone 31 December."""
    return parse_date(cell, end=True)


def parse_days(cell: Cell, *, reading: Reading = AS_WRITTEN) -> Days:
    """Return first and last day of what is written: a day, several days, a month or a year."""
    refuse_fault(cell)
    if isinstance(cell, date):
        day = cell.date() if isinstance(cell, datetime) else cell
        return _plausible(Days(day, day))
    text = whole(" ".join(show(cell).split()))
    try:
        days = _read(text, reading)
    except ValueProblem:
        raise
    except ValueError as fault:
        raise ValueProblem(_("There is no such day.")) from fault
    if days is None:
        raise ValueProblem(_("This is not a date. Please write it like 12.03.2014."))
    return _plausible(days)


def month_comes_first(cells: Iterable[Cell]) -> bool | None:
    """Tell from the cells of a column which comes first; None where some cell could be either."""
    orders = {order for cell in cells if (order := _order(cell)) is not None}
    is_clear = "either" not in orders or len(orders) == 2
    return "month" in orders if is_clear else None


def _order(cell: Cell) -> str | None:
    match = _EITHER.fullmatch(_bare(" ".join(cell.split()))) if isinstance(cell, str) else None
    if match is None:
        return None
    first, second = int(match[1]), int(match[3])
    if first == second:
        return None
    if first > 12 or second > 12:
        return "day" if first > 12 else "month"
    return "either"


def clock_behind(cell: Cell, *, reading: Reading = AS_WRITTEN) -> time | None:
    """Return the time of day that stands behind a day; midnight of a date cell and other zones are none."""
    if isinstance(cell, datetime):
        return cell.time() if cell.time() != time.min else None
    text = " ".join(show(cell).split())
    match = _CLOCK.search(text)
    # "6. 4.19" is a day, and no "6." at 4:19.
    if match is None or match[0].upper().endswith("Z") or _parts(text, reading) is not None:
        return None
    hour, minute = (*map(int, re.findall(r"\d+", match[0])[:2]), 0)[:2]
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _bare(text: str) -> str:
    """Return the text without weekday and time of day."""
    return _CLOCK.sub("", text[match.end() :] if (match := _LEAD.match(text)) else text).strip()


def _read(text: str, reading: Reading) -> Days | None:
    for spelling in dict.fromkeys((text, _bare(text))):
        parts = _parts(spelling, reading)
        if parts is not None:
            return _days(*parts)
    return _read_range(_bare(text), reading)


def _parts(text: str, reading: Reading) -> _Parts | None:
    """Return year, month and day of one day, month or year."""
    if match := _ISO.fullmatch(text):
        return int(match[1]), int(match[3]), int(match[4])
    if match := _GERMAN.fullmatch(text):
        return _full_year(match[3], reading), int(match[2]), int(match[1])
    if match := _EITHER.fullmatch(text):
        return _either(match, reading)
    if _YEAR.fullmatch(text):
        return int(text), None, None
    if match := _MONTH_YEAR.fullmatch(text):
        return int(match[2]), int(match[1]), None
    match = _NAMED.fullmatch(text)
    if match and (month := MONTHS.get(fold(match[2]))):
        return _full_year(match[3], reading), month, int(match[1]) if match[1] else None
    match = _SHORT_YEAR.fullmatch(text) if reading.is_past else None
    return (_full_year(match[1], reading), None, None) if match else None


def _either(match: re.Match[str], reading: Reading) -> _Parts:
    first, second, year = int(match[1]), int(match[3]), _full_year(match[4], reading)
    if first > 12 or second > 12 or first == second:
        month_first = second > 12
    elif reading.month_first is None:
        raise ValueProblem(_("Day and month cannot be told apart. Please choose their order."))
    else:
        month_first = reading.month_first
    return (year, first, second) if month_first else (year, second, first)


def _full_year(text: str, reading: Reading) -> int:
    year = int(text)
    if len(text) == 4:
        return year
    latest = timezone.localdate().year + (0 if reading.is_past else YEARS_AHEAD)
    return 2000 + year if 2000 + year <= latest else 1900 + year


def _days(year: int, month: int | None, day: int | None) -> Days:
    """Return the days that are meant; ``ValueError`` for one that does not exist."""
    if month is None:
        return Days(date(year, 1, 1), date(year, 12, 31), is_exact=False)
    if day is None:
        return Days(
            date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]), is_exact=False
        )
    return Days(date(year, month, day), date(year, month, day))


def _read_range(text: str, reading: Reading) -> Days | None:
    """Read "6.–7.4.2019", "30. April bis 2. Mai 2019", "28.12.–2.1.2020"."""
    for match in _RANGE.finditer(text):
        until = _parts(_bare(text[match.end() :]), reading)
        since = _beginning(text[: match.start()], until, reading) if until and until[2] else None
        if until and since:
            first, last = _days(*since).first, _days(*until).first
            if last < first:
                raise ValueError
            return Days(first, last)
    return None


def _beginning(text: str, until: _Parts, reading: Reading) -> _Parts | None:
    """Read the first day of several, which may lack what the last one says."""
    parts = _parts(text, reading)
    if parts is not None:
        return parts if parts[2] else None
    match = _FROM.fullmatch(text)
    if match is None:
        return None
    year, month, _day = until
    named = MONTHS.get(fold(match[3])) if match[3] else None
    if match[3] and named is None:
        return None
    first_month = named or (int(match[2]) if match[2] else month)
    is_year_before = bool(first_month and month and first_month > month)
    return year - is_year_before, first_month, int(match[1])


def _plausible(days: Days) -> Days:
    if not (days.first >= FIRST_DAY and days.last < LAST_DAY):
        raise ValueProblem(_("The year cannot be right."))
    return days
