"""Cells hold what somebody typed, never a formula; values keep their type; nothing is cut unseen."""

import csv
import datetime as dt
import io
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.utils import timezone, translation

from core.spreadsheets import (
    LONGEST_TEXT,
    SheetColumn,
    fill_cell,
    safe_text,
    sheet_title,
    write_csv,
    write_table,
)

DANGEROUS = [
    "=1+1",
    "+49 5361 12345",
    "-5 Grad",
    "@SUMME(A1)",
    "\tTab",
    "\rRücklauf",
    "＝1+1",
    "＋1",
    '=HYPERLINK("http://example.org","hier")',
]


def table(rows: list[list[Any]], columns: list[SheetColumn] | None = None, **changes: Any) -> Any:
    columns = columns or [SheetColumn("Name"), SheetColumn("Zahl", "integer")]
    given = {"title": "Akteure", "facts": [("Filter", "keiner")], **changes}
    with translation.override("en"):
        return openpyxl.load_workbook(io.BytesIO(write_table(columns=columns, rows=rows, **given)))


@pytest.mark.parametrize("text", DANGEROUS)
def test_text_that_looks_like_a_formula_stays_text_and_comes_back_unchanged(text):
    sheet = table([[text, 1]], title=text, facts=[(text, text)]).worksheets[1]
    cell = sheet["A2"]
    assert cell.data_type == "s"
    assert cell.value == text
    assert cell.quotePrefix


@pytest.mark.parametrize("text", DANGEROUS)
def test_csv_marks_what_a_spreadsheet_would_run(text):
    body = write_csv(columns=[SheetColumn("=Name")], rows=[[text]]).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(body, newline=""), delimiter=";"))
    assert [row[0][0] for row in rows] == ["'", "'"]
    assert rows[1][0][1:] == text


def test_errors_and_truth_values_are_words():
    with translation.override("en"):
        sheet = openpyxl.Workbook().worksheets[0]
        assert fill_cell(sheet["A1"], "#N/A").data_type == "s"
        assert fill_cell(sheet["A2"], True).value == "yes"
        assert fill_cell(sheet["A3"], False).value == "no"
        assert fill_cell(sheet["A4"], None).value is None


def test_a_text_too_long_for_a_cell_says_that_it_was_cut():
    with translation.override("en"):
        text = safe_text("x" * 40_000)
    assert len(text) == LONGEST_TEXT
    assert text.endswith("x [cut here: the text has 40000 characters]")
    assert safe_text("x" * LONGEST_TEXT) == "x" * LONGEST_TEXT


def test_control_characters_are_removed_and_line_breaks_stay():
    assert safe_text("a\x00b\x0bc\x1fd\ud800e\nf\tg") == "abcde\nf\tg"


def test_values_are_typed():
    columns = [
        SheetColumn("Zahl", "integer"),
        SheetColumn("Anteil", "decimal", 2),
        SheetColumn("Geld", "decimal", 2),
        SheetColumn("Tag", "date"),
        SheetColumn("Zeit", "datetime"),
    ]
    moment = dt.datetime(2021, 6, 1, 10, 30, tzinfo=timezone.get_default_timezone())
    row = [7, 0.5, Decimal("12.50"), dt.date(2021, 6, 1), moment]
    cells = list(table([row], columns).worksheets[1][2])
    assert [(cell.value, cell.number_format) for cell in cells] == [
        (7, "General"),
        (0.5, "#,##0.00"),
        (12.5, "#,##0.00"),
        (dt.datetime(2021, 6, 1), "dd.mm.yyyy"),
        (dt.datetime(2021, 6, 1, 10, 30), "dd.mm.yyyy hh:mm"),
    ]


@pytest.mark.parametrize(
    ("share", "whole", "exact"),
    [
        (0.9998, '">99%"', '">99,9%"'),
        (0.0004, '"<1%"', '"<0,1%"'),
        (1.0, "0%", "0.0%"),
        (0.0, "0%", "0.0%"),
        (1.0004, "0%", "0.0%"),
    ],
)
def test_a_share_that_is_neither_none_nor_all_is_not_shown_as_that(share, whole, exact):
    sheet = openpyxl.Workbook().active
    with translation.override("de"):
        cells = [fill_cell(sheet.cell(1, 1 + digits), share, "percent", digits) for digits in (0, 1)]
    assert [(cell.value, cell.number_format) for cell in cells] == [(share, whole), (share, exact)]


def test_a_list_has_a_cover_sheet_a_frozen_head_and_a_filter():
    book = table([["Verein", 1], ["Schule", 2]])
    cover, sheet = book.worksheets
    assert [[cell.value for cell in row if cell.value] for row in cover.iter_rows() if row[0].value] == [
        ["Akteure"],
        ["Filter", "keiner"],
    ]
    assert (sheet.title, sheet.freeze_panes, sheet.auto_filter.ref) == ("Akteure", "A2", "A1:B3")
    assert (sheet.print_title_rows, sheet.page_setup.orientation) == ("$1:$1", "landscape")
    assert (sheet.oddFooter.left.text, sheet.oddFooter.right.text) == ("&A", "&P / &N")


def test_a_long_list_keeps_every_row():
    sheet = table([[f"Verein {number}", number] for number in range(6_000)]).worksheets[1]
    assert sheet.max_row == 6_001
    assert [cell.value for cell in sheet[6_001]] == ["Verein 5999", 5_999]


def test_an_empty_list_is_still_a_workbook():
    assert [cell.value for cell in table([]).worksheets[1][1]] == ["Name", "Zahl"]


@pytest.mark.parametrize(
    ("name", "taken", "title"),
    [
        ("Akteure", [], "Akteure"),
        ("a/b:c*d?e[f]g", [], "a b c d e f g"),
        ("x" * 40, [], "x" * 31),
        ("Akteure", ["akteure"], "Akteure (2)"),
        ("x" * 40, ["x" * 31], "x" * 27 + " (2)"),
        ("'", [], "Sheet"),
    ],
)
def test_sheet_titles_are_legal_and_unique(name, taken, title):
    with translation.override("en"):
        assert sheet_title(name, taken) == title


def test_csv_is_for_german_excel():
    moment = dt.datetime(2021, 6, 1, 10, 30, tzinfo=timezone.get_default_timezone())
    columns = [SheetColumn(name) for name in ("Name", "Zahl", "Tag", "Zeit", "Ja", "Leer")]
    with translation.override("de"):
        body = write_csv(
            columns=columns, rows=[["Müller; Söhne", 1.5, dt.date(2021, 6, 1), moment, True, None]]
        )
    assert body.startswith(b"\xef\xbb\xbf")
    assert body.decode("utf-8-sig").split("\r\n") == [
        "Name;Zahl;Tag;Zeit;Ja;Leer",
        '"Müller; Söhne";1,5;01.06.2021;01.06.2021, 10:30;ja;',
        "",
    ]
