"""What every format of a report says alike: values in the reader's language, and the facts of its head."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from core.numbers import outside
from reports.report import Cell, Column, Report, Table

NARROW_SPACE = "\u202f"
NOTHING = "–"


def cell_text(cell: Cell, column: Column) -> str:
    """Return what a cell shows; "–" where nothing is known."""
    value = cell.marked_value
    if value is None or value == "":
        return NOTHING
    if isinstance(value, str):
        return value
    if isinstance(value, dt.date):
        return date_format(value, "SHORT_DATE_FORMAT")
    return _number(value, column)


def _number(value: float | Decimal, column: Column) -> str:
    if column.kind == "percent":
        sign, told = outside(value, column.digits) or ("", float(value))
        return f"{sign}{_rounded(told * 100, column.digits)}{NARROW_SPACE}%"
    # Years and other labels that happen to be numbers come as text; here a thousand gets its point.
    return _rounded(value, column.digits if column.kind == "decimal" else 0)


def _rounded(value: float | Decimal, digits: int) -> str:
    # Django would cut the rest off: 38.59 to one place is 38.6 and not 38.5.
    return str(number_format(f"{value:.{digits}f}", digits, force_grouping=True)).replace("-", "−")


def report_facts(report: Report) -> list[tuple[str, str]]:
    """Return what was asked, by whom and when: label and value."""
    return [
        (_("Period"), report.period),
        *report.parameters,
        (_("Author"), report.author),
        (_("Created"), date_format(timezone.localtime(report.created), "SHORT_DATETIME_FORMAT")),
        (_("Data as of"), date_format(report.data_date, "SHORT_DATE_FORMAT")),
    ]


def remarks(table: Table) -> Iterable[str]:
    """Yield what is to be said below a table: its footnote, and why something is missing.

    A footnote speaks of the rows: without any it would be false beside the text that says why there are none.
    """
    if table.footnote and table.rows:
        yield table.footnote
    for note in dict.fromkeys(cell.note for row in table.rows for cell in row if cell.note):
        yield f"{NOTHING}: {note}"


def explanations(table: Table) -> Iterable[str]:
    """Yield what the columns mean that say so."""
    return (f"{column.label}: {column.explanation}" for column in table.columns if column.explanation)
