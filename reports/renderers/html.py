"""A report as a page: values in the reader's language, ready for the template."""

from __future__ import annotations

import base64
import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.formats import date_format, number_format

from reports.report import Block, Cell, Column, Figure, Note, Picture, Report, Table

NARROW_SPACE = "\u202f"


def cell_text(cell: Cell, column: Column) -> str:
    """Return what a cell shows; "–" where nothing is known."""
    value = cell.value
    if value is None or value == "":
        return "–"
    if isinstance(value, str):
        return value
    if isinstance(value, dt.date):
        return date_format(value, "SHORT_DATE_FORMAT")
    return _number(value, column)


def _number(value: float | Decimal, column: Column) -> str:
    if column.kind == "percent":
        return f"{number_format(float(value) * 100, column.digits, force_grouping=True)}{NARROW_SPACE}%"
    digits = column.digits if column.kind == "decimal" else 0
    # Years and other labels that happen to be numbers come as text; here a thousand gets its point.
    return str(number_format(value, digits, force_grouping=True))


KINDS: dict[type[Block], str] = {Note: "note", Figure: "figure", Picture: "picture", Table: "table"}


def block_kind(block: Block) -> str:
    """Return which partial draws the block."""
    return KINDS[type(block)]


def picture_address(picture: Picture) -> str:
    """Return the drawing as an address that needs no second request; in an <img> no script of it runs."""
    return f"data:image/svg+xml;base64,{base64.b64encode(picture.svg).decode('ascii')}"


def render_html(report: Report, *, request: HttpRequest, context: Mapping[str, Any]) -> str:
    """Return the whole page of ``report``; ``context`` brings the form and the links to the other formats."""
    return render_to_string("reports/report.html", {"report": report, **context}, request=request)
