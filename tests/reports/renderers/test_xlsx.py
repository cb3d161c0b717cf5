"""A report as a workbook: read back by openpyxl."""

import datetime as dt
import io
from typing import Any

import openpyxl
import pytest
from django.utils import translation

from reports.renderers.xlsx import render_xlsx
from tests.factories.reports import small_report


@pytest.fixture
def book() -> Any:
    with translation.override("en"):
        return openpyxl.load_workbook(
            io.BytesIO(render_xlsx(small_report(), base_url="https://netz.example.org"))
        )


def texts(sheet: Any) -> list[list[Any]]:
    return [[cell.value for cell in row if cell.value is not None] for row in sheet.iter_rows()]


def test_the_cover_sheet_says_what_was_asked_by_whom_and_when(book):
    assert [row for row in texts(book.worksheets[0]) if row] == [
        ["Netzwerkbericht"],
        ["Period", "2019–2020"],
        ["Büro", "mit"],
        ["Author", "Mara Muster"],
        ["Created", "1 Jan 2022, 00:30"],
        ["Data as of", "1 Jan 2022"],
        ["Contents"],
        ["Überblick: [alles]"],
        ["Überblick: [alles]"],
        ["Definitions"],
        ["Gehalten", "Fand statt."],
    ]


def test_sections_become_sheets_with_legal_and_unique_titles_that_the_contents_link_to(book):
    assert book.sheetnames == ["Cover sheet", "Überblick   alles", "Überblick   alles (2)"]
    cover = book.worksheets[0]
    assert [cell.hyperlink.location for cell in cover["A"] if cell.hyperlink] == [
        "'Überblick   alles'!A1",
        "'Überblick   alles (2)'!A1",
    ]


def test_values_are_typed_and_text_is_never_a_formula(book):
    sheet = book.worksheets[1]
    head = next(row for row in sheet.iter_rows() if row[0].value == "Jahr")
    first, second = (sheet[head[0].row + n] for n in (1, 2))
    assert [(cell.value, cell.number_format) for cell in first[:5]] == [
        ("2019", "General"),
        (1234, "#,##0"),
        (0.125, "0.0%"),
        (2.5, "#,##0.00"),
        (dt.datetime(2019, 6, 15), "dd.mm.yyyy"),
    ]
    assert (second[0].value, second[0].data_type, second[0].quotePrefix) == ("=2+2", "s", True)
    assert [cell.value for cell in second[1:5]] == ["–"] * 4
    assert first[0].hyperlink.target == "https://netz.example.org/events/?year=2019"


def test_figures_are_native_charts_beside_their_data(book):
    sheet = book.worksheets[1]
    assert len(sheet._charts) == 1
    assert [row for row in texts(sheet) if row][3:6] == [["Gehalten"], ["Category", "Gehalten"], ["2019", 3]]


def test_sheets_print_on_a4_across_with_the_head_on_every_page(book):
    sheet = book.worksheets[1]
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == (
        9,
        "landscape",
        0,
    )
    head = next(row[0].row for row in sheet.iter_rows() if row[0].value == "Jahr")
    assert sheet.print_title_rows == f"${head}:${head}"


def test_an_empty_table_says_so(book):
    assert ["Nothing to show here."] in texts(book.worksheets[2])


def test_the_file_names_its_author_and_title(book):
    assert (book.properties.creator, book.properties.title) == ("Mara Muster", "Netzwerkbericht")
