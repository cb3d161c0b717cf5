"""What a cell shows on a page."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import translation

from reports.renderers.texts import cell_text, remarks
from reports.report import Cell, Column, Table


@pytest.mark.parametrize(
    ("value", "kind", "digits", "text"),
    [
        (None, "integer", 0, "–"),
        ("", "text", 0, "–"),
        (0, "integer", 0, "0"),
        (12345, "integer", 0, "12.345"),
        (0.125, "percent", 1, "12,5\u202f%"),
        (2.5, "decimal", 2, "2,50"),
        (1234.5678, "decimal", 2, "1.234,57"),
        (0.9998, "percent", 0, ">99\u202f%"),
        (Decimal("0.999"), "percent", 0, ">99\u202f%"),
        (1.0, "percent", 0, "100\u202f%"),
        (1.002, "percent", 0, "100\u202f%"),
        (0.0004, "percent", 1, "<0,1\u202f%"),
        (0.0, "percent", 1, "0,0\u202f%"),
        (-0.0384, "percent", 1, "−3,8\u202f%"),
        (dt.date(2019, 12, 31), "date", 0, "31.12.2019"),
        ("<b>", "text", 0, "<b>"),
    ],
)
def test_a_cell_speaks_german(value, kind, digits, text):
    with translation.override("de"):
        assert cell_text(Cell(value), Column("c", "C", kind, digits)) == text


def test_a_footnote_is_said_only_below_rows():
    columns = (Column("name", "Name"),)
    full = Table("a", "A", columns, ((Cell("x"),),), footnote="Alle waren dort.", empty_text="Niemand.")
    empty = Table("a", "A", columns, (), footnote="Alle waren dort.", empty_text="Niemand.")

    assert list(remarks(full)) == ["Alle waren dort."]
    assert list(remarks(empty)) == []
