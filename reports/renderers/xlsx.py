"""A report as an Excel workbook: a cover sheet, then a sheet per section, typed cells, native charts."""

from __future__ import annotations

import io
from collections.abc import Sequence

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.chart.label import DataLabelList
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from crm.common.spreadsheets import (
    ROW_BORDER,
    SheetColumn,
    column_width,
    fill_cell,
    number_format,
    set_print,
    sheet_title,
    style_head,
    write_cover,
)
from reports.report import Block, Cell, Column, Definition, Figure, Note, Report, Section, Table

SECTION_FONT = Font(bold=True, size=14, color="14566F")
BLOCK_FONT = Font(bold=True, size=12)
SMALL_FONT = Font(size=9, italic=True, color="53616E")
LINK_FONT = Font(color="14566F", underline="single")
WRAP = Alignment(wrap_text=True, vertical="top")
CHART_COLOURS = ("2A8C7A", "4477AA", "C2503D", "B8860B", "8B6FB0", "54606B")
CHART_ROWS = 16
TEXT_COLUMNS = 8


def render_xlsx(report: Report, *, base_url: str = "") -> bytes:
    """Return the workbook of ``report``.

    Parameters
    ----------
    base_url
        Scheme and host put before the links to records (``https://netz.example.org``); without it
        there are no links.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    cover = book.create_sheet(sheet_title(_("Cover sheet")))
    titles = [cover.title]
    for section in report.sections:
        title = sheet_title(section.title, titles)
        titles.append(title)
        _SectionSheet(book.create_sheet(title), section, base_url).write()
    write_cover(cover, title=report.title, facts=_facts(report))
    _write_contents(cover, report, titles[1:])
    book.properties.title = report.title
    book.properties.creator = report.author
    book.properties.created = report.created.replace(tzinfo=None)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _facts(report: Report) -> list[tuple[str, str]]:
    return [
        (_("Period"), report.period),
        *report.parameters,
        (_("Author"), report.author),
        (_("Created"), date_format(timezone.localtime(report.created), "SHORT_DATETIME_FORMAT")),
        (_("Data as of"), date_format(report.data_date, "SHORT_DATE_FORMAT")),
    ]


def _write_contents(cover: Worksheet, report: Report, titles: Sequence[str]) -> None:
    row = cover.max_row + 2
    fill_cell(cover.cell(row, 1), _("Contents"), "text").font = BLOCK_FONT
    for section, title in zip(report.sections, titles, strict=True):
        row += 1
        cell = fill_cell(cover.cell(row, 1), section.title, "text")
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{title}'!A1")
        cell.font = LINK_FONT
        cell.alignment = WRAP
    if report.definitions:
        _write_definitions(cover, report.definitions, row + 2)


def _write_definitions(cover: Worksheet, definitions: Sequence[Definition], row: int) -> None:
    fill_cell(cover.cell(row, 1), _("Definitions"), "text").font = BLOCK_FONT
    for definition in definitions:
        row += 1
        fill_cell(cover.cell(row, 1), definition.term, "text").alignment = WRAP
        fill_cell(cover.cell(row, 2), definition.text, "text").alignment = WRAP


class _SectionSheet:
    """Writes one section from top to bottom, and knows the next free row."""

    def __init__(self, sheet: Worksheet, section: Section, base_url: str) -> None:
        self.sheet = sheet
        self.section = section
        self.base_url = base_url
        self.row = 1
        self.heads: list[int] = []

    def write(self) -> None:
        self.sheet.sheet_view.showGridLines = False
        self._set_widths()
        self._text(self.section.title, SECTION_FONT)
        if self.section.intro:
            self._text(self.section.intro)
        for block in self.section.blocks:
            self.row += 1
            self._write_block(block)
        set_print(self.sheet, repeat_row=self.heads[0] if len(self.heads) == 1 else None)
        if len(self.heads) == 1:
            self.sheet.freeze_panes = f"A{self.heads[0] + 1}"

    def _write_block(self, block: Block) -> None:
        if isinstance(block, Note):
            mark = "⚠ " if block.level == "warning" else ""
            self._text(mark + block.text, Font(bold=block.level == "warning", color="8A4B00"))
        elif isinstance(block, Table):
            self._write_table(block)
        else:
            self._write_figure(block)

    def _text(self, text: str, font: Font | None = None) -> None:
        cell = fill_cell(self.sheet.cell(self.row, 1), text, "text")
        cell.alignment = WRAP
        if font is not None:
            cell.font = font
        self.sheet.merge_cells(start_row=self.row, end_row=self.row, start_column=1, end_column=TEXT_COLUMNS)
        widths = [self.sheet.column_dimensions[get_column_letter(n + 1)].width for n in range(TEXT_COLUMNS)]
        lines = -(-len(text) // max(40, int(sum(widths))))
        self.sheet.row_dimensions[self.row].height = (22 if font is SECTION_FONT else 15.5) * max(1, lines)
        self.row += 1

    def _write_table(self, table: Table) -> None:
        self._text(table.title, BLOCK_FONT)
        if not table.rows:
            self._text(table.empty_text or _("Nothing to show here."), SMALL_FONT)
            return
        self.heads.append(self.row)
        for number, column in enumerate(table.columns, start=1):
            style_head(fill_cell(self.sheet.cell(self.row, number), column.label, "text"))
        self.sheet.row_dimensions[self.row].height = 32
        for pairs in table.pairs():
            self.row += 1
            for number, (column, value) in enumerate(pairs, start=1):
                self._write_value(self.sheet.cell(self.row, number), column, value)
        self.row += 1
        if table.footnote:
            self._text(table.footnote, SMALL_FONT)

    def _write_value(self, cell: SheetCell, column: Column, value: Cell) -> None:
        if value.value is None:
            fill_cell(cell, "–", "text")
        else:
            fill_cell(cell, value.value, column.kind, column.digits)
        cell.border = ROW_BORDER
        horizontal = "right" if column.is_number else "left"
        cell.alignment = Alignment(horizontal=horizontal, vertical="top", wrap_text=column.kind == "text")
        if value.url and self.base_url:
            cell.hyperlink = f"{self.base_url}{value.url}"
            cell.font = LINK_FONT

    def _write_figure(self, figure: Figure) -> None:
        self._text(figure.title, BLOCK_FONT)
        first = self.row
        labels = [_("Category"), *(series.label for series in figure.series)]
        for number, label in enumerate(labels, start=1):
            style_head(fill_cell(self.sheet.cell(first, number), label, "text"))
        for offset, category in enumerate(figure.categories, start=1):
            fill_cell(self.sheet.cell(first + offset, 1), category, "text")
            for number, series in enumerate(figure.series, start=2):
                value = series.values[offset - 1]
                cell = fill_cell(self.sheet.cell(first + offset, number), value)
                if value is not None:
                    cell.number_format = number_format("integer" if isinstance(value, int) else "decimal")
        last = first + len(figure.categories)
        if figure.categories:
            anchor = f"{get_column_letter(len(labels) + 2)}{first}"
            self.sheet.add_chart(_chart(self.sheet, figure, first, last), anchor)
        self.row = max(last, first + CHART_ROWS) + 2

    def _set_widths(self) -> None:
        for number in range(1, self._widest() + 1):
            self.sheet.column_dimensions[get_column_letter(number)].width = self._width(number - 1)

    def _widest(self) -> int:
        tables = [len(block.columns) for block in self.section.blocks if isinstance(block, Table)]
        return max([TEXT_COLUMNS, *tables])

    def _width(self, index: int) -> float:
        widths = [12.0]
        for block in self.section.blocks:
            if isinstance(block, Table) and index < len(block.columns):
                column = block.columns[index]
                sample = (_shown(row[index], column) for row in block.rows)
                widths.append(min(column_width(SheetColumn(column.label), sample), 44.0))
            elif isinstance(block, Figure):
                texts = [series.label for series in block.series] if index else list(block.categories)
                widths.append(min(22.0, max((len(text) + 2 for text in texts), default=12)))
        return max(widths)


def _shown(cell: Cell, column: Column) -> str:
    if isinstance(cell.value, float) and column.is_number:
        return f"{cell.value:,.{column.digits}f}"
    return "" if cell.value is None else str(cell.value)


def _chart(sheet: Worksheet, figure: Figure, first: int, last: int) -> BarChart | LineChart:
    chart: BarChart | LineChart = LineChart() if figure.kind == "line" else BarChart()
    data = Reference(sheet, min_col=2, max_col=len(figure.series) + 1, min_row=first, max_row=last)
    chart.add_data(data, titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=1, min_row=first + 1, max_row=last))
    chart.title = None
    chart.height, chart.width = 8.0, 17.0
    # openpyxl hides the axes of a chart unless told otherwise.
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.y_axis.numFmt = "#,##0"
    chart.legend = None if len(figure.series) == 1 else chart.legend
    if chart.legend is not None:
        chart.legend.position = "b"
    if isinstance(chart, BarChart) and figure.kind == "stacked_bar":
        chart.grouping, chart.overlap = "stacked", 100
    if isinstance(chart, BarChart):
        chart.gapWidth = 60
        if len(figure.series) == 1 and len(figure.categories) <= 12:
            chart.dataLabels = DataLabelList(
                showVal=True, showSerName=False, showCatName=False, showLegendKey=False
            )
    _colour(chart)
    return chart


def _colour(chart: BarChart | LineChart) -> None:
    for number, series in enumerate(chart.series):
        colour = CHART_COLOURS[number % len(CHART_COLOURS)]
        if isinstance(chart, LineChart):
            series.graphicalProperties.line.solidFill = colour
            series.smooth = False
        else:
            series.graphicalProperties.solidFill = colour
