"""The typed values a cell can hold, and their form in JSON. Imports no Django: the Excel child uses it."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, TypeAlias

from core.text import compose


@dataclass(frozen=True, slots=True)
class CellError:
    """A cell that holds no value but a fault, such as ``#REF!`` or a date that does not exist."""

    text: str


Cell: TypeAlias = str | int | float | bool | date | datetime | time | CellError | None

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_POINT_ZERO = re.compile(r"(-?\d+)[.,]0+")
# Excel writes control characters of a text as _x000D_ and the like.
_ESCAPED_CONTROLS = re.compile("_x00(?:0[0-9a-fA-F]|1[0-9a-fA-F])_")


def clean_text(text: str) -> str | None:
    """Return the text without control characters and outer blanks; None when nothing is left."""
    if not text.isascii():
        text = compose(_SURROGATES.sub("\ufffd", text))
    text = _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    return text or None


def clean_excel_text(text: str) -> str | None:
    """Return the text of an Excel cell, its escaped control characters removed as well."""
    if "_x00" in text:
        text = _ESCAPED_CONTROLS.sub("", text)
    return clean_text(text)


def to_json(cell: Cell) -> Any:
    """Return the cell as a JSON value; dates, times and faults become an object of one key."""
    if isinstance(cell, datetime):
        return {"datetime": cell.isoformat()}
    if isinstance(cell, date):
        return {"date": cell.isoformat()}
    if isinstance(cell, time):
        return {"time": cell.isoformat()}
    if isinstance(cell, CellError):
        return {"error": cell.text}
    return cell


def from_json(value: Any) -> Cell:
    """Return the cell that ``to_json`` wrote."""
    if not isinstance(value, dict):
        plain: Cell = value
        return plain
    ((kind, text),) = value.items()
    if kind == "date":
        return date.fromisoformat(text)
    if kind == "datetime":
        return datetime.fromisoformat(text)
    if kind == "time":
        return time.fromisoformat(text)
    return CellError(text)


def whole(text: str) -> str:
    """Return a text as it is, but a whole number without the ".0" that programs give it on its way into CSV.

    >>> whole("38440.0"), whole("17,0"), whole("1.5"), whole("05361")
    ('38440', '17', '1.5', '05361')
    """
    match = _POINT_ZERO.fullmatch(text)
    return match[1] if match else text


def show(cell: Cell) -> str:
    """Return the cell as a person would type it: German dates, no trailing ``.0``."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return f"{cell:%d.%m.%Y %H:%M}"
    if isinstance(cell, date):
        return f"{cell:%d.%m.%Y}"
    if isinstance(cell, time):
        return f"{cell:%H:%M}"
    if isinstance(cell, CellError):
        return cell.text
    if isinstance(cell, bool):
        return "ja" if cell else "nein"
    if isinstance(cell, float):
        return f"{cell:.15g}".replace(".", ",")
    return str(cell)
