"""A report as a workbook: read back by openpyxl."""

import datetime as dt
import io
from typing import Any

import openpyxl
import pytest
from django.utils import translation

from reports.renderers.xlsx import render_xlsx
from reports.report import Cell, Column, Figure, Section, Series, Table
from tests.factories.reports import small_picture, small_report


@pytest.fixture
def book() -> Any:
    with translation.override("en"):
        return openpyxl.load_workbook(
            io.BytesIO(render_xlsx(small_report(), base_url="https://netz.example.org"))
        )


def written(section: Section) -> Any:
    with translation.override("en"):
        return openpyxl.load_workbook(io.BytesIO(render_xlsx(small_report(sections=(section,)))))


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
    head = next(row[0].row for row in sheet.iter_rows() if row[0].value == "Jahr")
    beside = [[sheet.cell(row, column).value for column in (7, 8)] for row in range(head, head + 4)]
    assert beside == [["Gehalten", None], ["Category", "Gehalten"], ["2019", 3], ["2020", None]]
    (chart,) = sheet._charts
    assert chart.series[0].val.numRef.f == f"'{sheet.title}'!$H${head + 2}:$H${head + 3}"


def test_a_figure_of_what_a_table_shows_is_drawn_from_the_table_itself():
    columns = (Column("year", "Jahr"), Column("held", "Gehalten", "integer"))
    table = Table(
        "years",
        "Jahre",
        columns,
        ((Cell("2019"), Cell(3)), (Cell("2020"), Cell(5)), (Cell("Summe"), Cell(8))),
    )
    figure = Figure("years", "Jahre", "bar", ("2019", "2020"), (Series("Gehalten", (3, 5)),), "")
    sheet = written(Section("s", "Jahre", (figure, table))).worksheets[1]
    (chart,) = sheet._charts
    assert chart.series[0].val.numRef.f == "'Jahre'!$B$5:$B$6"
    assert not any("Category" in row for row in texts(sheet))


def test_the_bounds_of_a_band_are_lines_and_columns_of_their_own():
    band = Series("Anteil", (0.5, 0.4), low=(0.3, 0.2), high=(0.7, None))
    figure = Figure("f", "Überleben", "line", ("1", "2"), (band, Series("Rest", (1, 1))), "")
    sheet = written(Section("s", "Kapitel", (figure,))).worksheets[1]
    rows = texts(sheet)
    assert rows[rows.index(["Überleben"]) + 1 :][:3] == [
        ["Category", "Anteil", "Anteil, lower bound", "Anteil, upper bound", "Rest"],
        ["1", 0.5, 0.3, 0.7, 1],
        ["2", 0.4, 0.2, 1],
    ]
    (chart,) = sheet._charts
    lines = [series.graphicalProperties.line for series in chart.series]
    assert [line.solidFill.srgbClr for line in lines] == ["2A8C7A", "2A8C7A", "2A8C7A", "4477AA"]
    assert [line.dashStyle for line in lines] == ["solid", "sysDash", "sysDash", "solid"]


def test_a_picture_stands_below_what_it_shows_in_words():
    sheet = written(Section("s", "Kapitel", (small_picture(),))).worksheets[1]
    assert [row[0] for row in texts(sheet) if row][1:] == [
        "Bild des Netzwerks",
        "Zwei Punkte.",
        "Stand 2020.",
    ]
    (image,) = sheet._images
    assert image.anchor._from.row == 6


def test_tables_of_other_columns_get_sheets_of_their_own_with_filter_and_frozen_head():
    one = Table("a", "Eins", (Column("a", "A"),), ((Cell("x"),),))
    same = Table("b", "Zwei", (Column("a", "A"),), ((Cell("y"),),))
    other = Table("c", "Drei", (Column("a", "A"), Column("b", "B", "integer")), ((Cell("z"), Cell(1)),))
    empty = Table("d", "Vier", (Column("b", "B"),), (), empty_text="Keine.")
    book = written(Section("s", "Kapitel", (one, same, other, empty)))
    assert book.sheetnames == ["Cover sheet", "Kapitel", "Drei"]
    first, second = book.worksheets[1:]
    assert ["Keine."] in texts(first)
    assert (first.auto_filter.ref, first.freeze_panes) == (None, None)
    assert (second.auto_filter.ref, second.freeze_panes) == ("A4:B5", "A5")


def test_rows_are_high_enough_for_their_texts():
    long = "Wort " * 60
    sheet = written(
        Section("s", "Kapitel", (Table("a", "Eins", (Column("a", "A"),), ((Cell(long),),)),))
    ).worksheets[1]
    row = next(cell.row for cell in sheet["A"] if cell.value == long)
    assert sheet.column_dimensions["A"].width == 58
    assert sheet.row_dimensions[row].height == 5 * 15 + 1


def test_why_a_value_is_missing_is_said_below_the_table():
    table = Table(
        "a",
        "Eins",
        (Column("a", "A", "percent", explanation="Teil ÷ Ganzes."),),
        ((Cell(None, note="Zu wenige."),),),
    )
    rows = texts(written(Section("s", "Kapitel", (table,))).worksheets[1])
    assert rows[-3:] == [["–"], ["–: Zu wenige."], ["A: Teil ÷ Ganzes."]]


def test_what_is_not_known_is_a_dash_and_what_is_blank_stays_empty():
    columns = tuple(Column(name, name.upper()) for name in "abc")
    table = Table("a", "Eins", columns, ((Cell("x"), Cell(None), Cell("")),))
    sheet = written(Section("s", "Kapitel", (table,))).worksheets[1]
    row = next(row for row in sheet.iter_rows(values_only=True) if row[0] == "x")
    assert row[:3] == ("x", "–", None)


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
