"""The report itself."""

import io
from dataclasses import replace
from decimal import Decimal

import docx
import openpyxl
import pytest
from django.utils import translation

from reports.renderers.files import FILE_FORMATS
from reports.renderers.json import report_data
from reports.renderers.texts import cell_text
from reports.report import Cell, Column, Report, Section, Series, Table
from tests.factories.reports import small_report


def test_a_row_that_does_not_fit_the_columns_is_refused():
    with pytest.raises(ValueError, match="Table t: a row has 2 cells for 1 columns"):
        Table("t", "T", (Column("a", "A"),), ((Cell(1), Cell(2)),))


def test_tables_and_sections_are_found_by_their_key():
    report = small_report()
    assert (report.section("rest").key, report.table("none").title) == ("rest", "Leer")
    with pytest.raises(KeyError):
        report.table("nowhere")


def test_half_a_band_or_one_of_other_length_is_refused():
    with pytest.raises(ValueError, match="lower and its upper bound"):
        Series("S", (1, 2), low=(0, 1))
    with pytest.raises(ValueError, match="bounds for each value"):
        Series("S", (1, 2), low=(0, 1), high=(2,))
    assert Series("S", (1,)).band is None


def columns() -> tuple[Column, ...]:
    return (
        Column("index", "Index", "decimal", 2),
        Column("share", "Anteil", "percent", 0),
        Column("count", "Zahl", "integer"),
        Column("same", "Bleibt", "decimal", 2),
    )


def nearly_nothing() -> Report:
    cells = (Cell(-0.004, url="/1/"), Cell(-0.0049), Cell(Decimal("-0.4")), Cell(-0.0051))
    section = Section("s", "S", (Table("t", "T", columns(), (cells,)),))
    return replace(small_report(), sections=(section,))


def test_no_form_of_a_report_writes_a_minus_before_a_zero():
    report = nearly_nothing()

    assert [[cell.value for cell in row] for row in report.table("t").rows] == [[0, 0, 0, -0.0051]]
    assert report.table("t").rows[0][0].url == "/1/"
    with translation.override("de"):
        written = [cell_text(cell, column) for column, cell in next(report.table("t").pairs())]
        assert written == ["0,00", "0\u202f%", "0", "−0,01"]
        sheet = openpyxl.load_workbook(io.BytesIO(FILE_FORMATS["xlsx"].render(report, "")))["S"]
        numbers = [cell.value for row in sheet.iter_rows() for cell in row if cell.data_type == "n"]
        assert [number for number in numbers if number is not None] == [0, 0, 0, -0.0051]
        document = docx.Document(io.BytesIO(FILE_FORMATS["docx"].render(report, "")))
        assert ["0,00", "0\u202f%", "0", "−0,01"] in [
            [cell.text for cell in row.cells] for table in document.tables for row in table.rows
        ]
        rows = report_data(report)["sections"][0]["blocks"][0]["rows"]
        assert [str(cell["value"]) for cell in rows[0]] == ["0.0", "0.0", "0.0", "-0.0051"]
