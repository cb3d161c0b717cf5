"""What a cell means: dates, times, numbers and yes/no as people in Germany write them.

Each function takes a cell that is not empty and returns the value, or raises ``ValueProblem``.
"""

import calendar
import re
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from crm.common.sheets.cells import Cell, CellError, show
from crm.common.text import fold
from crm.common.validators import FIRST_DAY, LAST_DAY

_MONTH_NAMES = {
    1: "januar jaenner jan january",
    2: "februar feb february",
    3: "maerz mrz mar march",
    4: "april apr",
    5: "mai may",
    6: "juni jun june",
    7: "juli jul july",
    8: "august aug",
    9: "september sep sept",
    10: "oktober okt oct october",
    11: "november nov",
    12: "dezember dez dec december",
}
_MONTHS = {name: number for number, names in _MONTH_NAMES.items() for name in names.split()}
_TRUE = {"ja", "j", "yes", "y", "x", "wahr", "true", "1", "✓", "✔"}
_FALSE = {"nein", "n", "no", "falsch", "false", "0", "-", "–"}

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ][\d:.]*Z?)?")
_GERMAN = re.compile(r"(\d{1,2})\. ?(\d{1,2})\. ?(\d{2}|\d{4})(?:,? \d{1,2}[:.]\d{2}(?::\d{2})?(?: Uhr)?)?")
_MONTH_YEAR = re.compile(r"(\d{1,2})[./](\d{4})")
_NAMED = re.compile(r"(?:(\d{1,2})\.? )?([^\W\d]+)\.? (\d{4})")
_YEAR = re.compile(r"\d{4}")
_TIME = re.compile(r"(\d{1,2})(?:[:.](\d{2})(?::\d{2})?)?(?: ?(?:Uhr|h))?", re.IGNORECASE)
_THOUSANDS_DOT = re.compile(r"[+-]?[1-9]\d{0,2}(\.\d{3})+(,\d+)?")
_THOUSANDS_COMMA = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3})+\.\d+")
_UNITS = re.compile(r"\s*(?:€|EUR|Euro|%|Std\.?|h)$", re.IGNORECASE)


class ValueProblem(ValueError):
    """A cell that does not hold what its column should; the message is translated when it is read."""

    def __init__(self, message: str | Promise, **params: Any) -> None:
        super().__init__(message)
        self.template = message
        self.params = params

    def __str__(self) -> str:
        return str(self.template) % self.params if self.params else str(self.template)


def refuse_fault(cell: Cell) -> None:
    """Raise when the cell holds an error of the spreadsheet instead of a value."""
    if isinstance(cell, CellError):
        raise ValueProblem(_("The cell holds an error instead of a value: %(value)s"), value=cell.text)


def parse_text(cell: Cell) -> str:
    """Return the cell as text; numbers and dates as a person would write them."""
    refuse_fault(cell)
    return show(cell)


def parse_date(cell: Cell, *, end: bool = False) -> date:
    """Return the date. A year or month alone means its first day, with ``end`` its last day."""
    refuse_fault(cell)
    if isinstance(cell, datetime):
        return _plausible(cell.date(), cell)
    if isinstance(cell, date):
        return _plausible(cell, cell)
    text = " ".join(show(cell).split())
    year, month, day = _date_parts(text)
    try:
        if month is None:
            found = date(year, 12, 31) if end else date(year, 1, 1)
        elif day is None:
            found = date(year, month, calendar.monthrange(year, month)[1] if end else 1)
        else:
            found = date(year, month, day)
    except ValueError as fault:
        raise ValueProblem(_("There is no such day: %(value)s"), value=text) from fault
    return _plausible(found, cell)


def parse_end_date(cell: Cell) -> date:
    """Return the last day that is meant: of a year alone 31 December."""
    return parse_date(cell, end=True)


def _date_parts(text: str) -> tuple[int, int | None, int | None]:
    if match := _ISO.fullmatch(text):
        return int(match[1]), int(match[2]), int(match[3])
    if match := _GERMAN.fullmatch(text):
        return _full_year(match[3]), int(match[2]), int(match[1])
    if _YEAR.fullmatch(text):
        return int(text), None, None
    if match := _MONTH_YEAR.fullmatch(text):
        return int(match[2]), int(match[1]), None
    match = _NAMED.fullmatch(text)
    if match and (month := _MONTHS.get(fold(match[2]))):
        return int(match[3]), month, int(match[1]) if match[1] else None
    raise ValueProblem(_("This is not a date: %(value)s. Please write it like 12.03.2014."), value=text[:40])


def _full_year(text: str) -> int:
    year = int(text)
    if len(text) == 4:
        return year
    return year + (2000 if year < 69 else 1900)


def _plausible(day: date, cell: Cell) -> date:
    if not FIRST_DAY <= day < LAST_DAY:
        raise ValueProblem(_("The year cannot be right: %(value)s"), value=show(cell)[:40])
    return day


def parse_time(cell: Cell) -> time:
    """Return the time of day, from ``18:00``, ``18.00 Uhr``, ``18 Uhr`` or a time cell."""
    refuse_fault(cell)
    if isinstance(cell, datetime):
        return cell.time()
    if isinstance(cell, time):
        return cell
    if isinstance(cell, float) and 0 <= cell < 1:
        minutes = round(cell * 24 * 60)
        return time(minutes // 60 % 24, minutes % 60)
    text = show(cell)
    match = _TIME.fullmatch(text)
    if match and int(match[1]) < 24 and int(match[2] or 0) < 60:
        return time(int(match[1]), int(match[2] or 0))
    raise ValueProblem(
        _("This is not a time of day: %(value)s. Please write it like 18:00."), value=text[:40]
    )


def parse_decimal(cell: Cell) -> Decimal:
    """Return the number; in text a comma is the decimal sign, dots part the thousands."""
    refuse_fault(cell)
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return Decimal(str(cell))
    text = _UNITS.sub("", show(cell)).replace(" ", "").replace("\u00a0", "").replace("\u202f", "")
    if _THOUSANDS_COMMA.fullmatch(text):
        text = text.replace(",", "")
    elif _THOUSANDS_DOT.fullmatch(text) or "," in text:
        text = text.replace(".", "").replace(",", ".")
    try:
        number = Decimal(text)
    except InvalidOperation as fault:
        raise ValueProblem(_("This is not a number: %(value)s"), value=show(cell)[:40]) from fault
    if not number.is_finite():
        raise ValueProblem(_("This is not a number: %(value)s"), value=show(cell)[:40])
    return number


def parse_integer(cell: Cell) -> int:
    """Return the whole number."""
    number = parse_decimal(cell)
    if number != number.to_integral_value():
        raise ValueProblem(_("This is not a whole number: %(value)s"), value=show(cell)[:40])
    return int(number)


def parse_bool(cell: Cell) -> bool:
    """Return whether the cell says yes: ja, x, yes, true, 1 against nein, no, false, 0, –."""
    refuse_fault(cell)
    if isinstance(cell, bool):
        return cell
    text = show(cell).casefold()
    if text in _TRUE or text in _FALSE:
        return text in _TRUE
    raise ValueProblem(_("Please write yes or no, not: %(value)s"), value=show(cell)[:40])
