"""What a cell means: dates, times, numbers and yes/no as people in Germany write them.

Each function takes a cell that is not empty and returns the value, or raises ``ValueProblem``.
"""

import re
from datetime import datetime, time
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext_lazy as _

from core.sheets.cells import Cell, show, whole
from core.sheets.days import parse_date, parse_end_date
from core.sheets.errors import ValueProblem, refuse_fault

__all__ = [
    "ValueProblem",
    "is_sign",
    "parse_bool",
    "parse_code",
    "parse_date",
    "parse_decimal",
    "parse_end_date",
    "parse_integer",
    "parse_text",
    "parse_time",
    "refuse_fault",
    "says_nothing",
]

# What people write into a cell to say that they have nothing to say.
_NOTHING = {
    *("na", "n/a", "n.a", "#n/a", "#nv", "k.a", "ka", "keineangabe", "keineangaben", "o.a", "ohneangabe"),
    *("unbekannt", "unbek", "nichtbekannt", "nochunbekannt", "unknown", "unklar", "entfällt", "none", "null"),
    *("nan", "nil", "leer", "tbd", "tba"),
}
_SIGNS = re.compile(r"[-–—_?.…/\\*\s]+")

_TRUE = {"ja", "j", "yes", "y", "x", "wahr", "true", "1", "✓", "✔"}
_FALSE = {"nein", "n", "no", "falsch", "false", "0", "-", "–"}

_TIME = re.compile(r"(\d{1,2})(?:[:.](\d{2})(?::\d{2})?)?(?: ?(?:Uhr|h))?", re.IGNORECASE)
_THOUSANDS_DOT = re.compile(r"[+-]?[1-9]\d{0,2}(\.\d{3})+(,\d+)?")
_THOUSANDS_COMMA = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3})+\.\d+")
_SHORTENED = re.compile(r"[+-]?\d(?:[.,]\d+)?E\+\d{2,}", re.IGNORECASE)
_UNITS = re.compile(r"\s*(?:€|EUR|Euro|%|Std\.?|h)$", re.IGNORECASE)


def says_nothing(cell: Cell) -> bool:
    """Tell whether the cell says that there is nothing to say: "–", "?", "k. A.", "n/a", "unbekannt".

    A text may mean just that ("NA" is the name of an association); so this is asked where a day, a number or
    a word of a list is expected.
    """
    if not isinstance(cell, str):
        return False
    return is_sign(cell) or re.sub(r"\s", "", cell).casefold().rstrip(".") in _NOTHING


def is_sign(cell: Cell) -> bool:
    """Tell whether the cell holds nothing but dashes, dots and question marks."""
    return isinstance(cell, str) and bool(_SIGNS.fullmatch(cell))


def parse_text(cell: Cell) -> str:
    """Return the cell as text; numbers and dates as a person would write them."""
    refuse_fault(cell)
    return show(cell)


def parse_code(cell: Cell) -> str:
    """Return a key, postal code or telephone number: digits that name something and count nothing.

    "5,36112E+09" is what a spreadsheet made of a long one: the missing digits are in no cell any more.
    """
    refuse_fault(cell)
    text = show(cell)
    if _SHORTENED.fullmatch(text):
        raise ValueProblem(
            _("The spreadsheet has shortened this number: %(value)s. Please format its column as text."),
            value=text[:40],
        )
    return whole(text)


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
    text = whole(show(cell).casefold())
    if text in _TRUE or text in _FALSE:
        return text in _TRUE
    raise ValueProblem(_("Please write yes or no, not: %(value)s"), value=show(cell)[:40])
