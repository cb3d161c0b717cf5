"""The sheets of a chapter: what goes on which, and how a single one is written."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from openpyxl.drawing.image import Image
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from core.spreadsheets import FACE, ROW_BORDER, fill_cell, number_format, set_print, style_head
from reports.renderers.texts import explanations, remarks
from reports.renderers.xlsx_charts import ROWS, add_chart, with_bounds
from reports.report import Cell, Column, Figure, Note, Picture, Section, Table

SECTION_FONT = Font(name=FACE, bold=True, size=15, color="14566F")
BLOCK_FONT = Font(name=FACE, bold=True, size=12)
SMALL_FONT = Font(name=FACE, size=9, italic=True, color="53616E")
LINK_FONT = Font(name=FACE, color="14566F", underline="single")
NOTE_FONT = Font(name=FACE, color="53616E")
WARNING_FONT = Font(name=FACE, bold=True, color="8A4B00")
LINE_HEIGHT = 15.0
NARROWEST, WIDEST = 11.0, 58.0
# Charts stand beside a table up to this width (in characters), below a wider one.
BESIDE_UP_TO = 150
TEXT_WIDTH = 90
# About so many rows and a chart fit on one page.
PAGE_ROWS = 30
# A picture is as wide as a page across; a row of normal height is 20 pixels high.
PICTURE_WIDTH, ROW_PIXELS = 920, 20


@dataclass(frozen=True)
class Part:
    """What one sheet holds: tables of the same columns, and on the first sheet of a chapter everything
    else.
    """

    title: str
    section: Section
    tables: tuple[Table, ...]
    notes: tuple[Note, ...] = ()
    figures: tuple[Figure, ...] = ()
    pictures: tuple[Picture, ...] = ()
    is_first: bool = False


def parts_of(section: Section) -> list[Part]:
    """Divide a chapter into sheets, so that every table can be sorted, filtered and printed by itself.

    A figure goes where the table with its key is, any other and all notes to the first sheet.
    """
    tables = [block for block in section.blocks if isinstance(block, Table)]
    figures = [block for block in section.blocks if isinstance(block, Figure)]
    first, *others = _grouped([table for table in tables if table.rows]) or [[]]
    keys = [{table.key for table in group} for group in others]
    elsewhere = set().union(*keys)
    return [
        Part(
            title=section.title,
            section=section,
            tables=(*first, *(table for table in tables if not table.rows)),
            notes=tuple(block for block in section.blocks if isinstance(block, Note)),
            figures=tuple(figure for figure in figures if figure.key not in elsewhere),
            pictures=tuple(block for block in section.blocks if isinstance(block, Picture)),
            is_first=True,
        ),
        *(
            Part(
                title=group[0].title,
                section=section,
                tables=tuple(group),
                figures=tuple(figure for figure in figures if figure.key in own),
            )
            for group, own in zip(others, keys, strict=True)
        ),
    ]


def _grouped(tables: Iterable[Table]) -> list[list[Table]]:
    """Put tables that follow each other and have the same columns together."""
    groups: list[list[Table]] = []
    for table in tables:
        if groups and groups[-1][0].columns == table.columns:
            groups[-1].append(table)
        else:
            groups.append([table])
    return groups


def line_count(text: str, width: float) -> int:
    """Return how many lines a text takes in cells of this width, counted generously."""
    return sum(max(1, -(-int(len(line) * 0.92) // max(int(width) - 1, 1))) for line in text.split("\n"))


class SheetWriter:
    """Writes one sheet from top to bottom, and knows the next free row."""

    def __init__(self, sheet: Worksheet, part: Part, base_url: str) -> None:
        self.sheet = sheet
        self.part = part
        self.base_url = base_url
        self.row = 1
        self.heads: list[tuple[int, Table]] = []
        self.widths = _widths(part)
        self.figures = [figure for figure in part.figures if figure.categories]
        has_rows = any(table.rows for table in part.tables)
        self.is_beside = bool(self.figures) and has_rows and sum(self.widths) <= BESIDE_UP_TO

    def write(self) -> None:
        """Write everything."""
        self.sheet.sheet_view.showGridLines = False
        for number, width in enumerate(self.widths, start=1):
            self.sheet.column_dimensions[get_column_letter(number)].width = width
        self._write_top()
        for table in self.part.tables:
            self._write_table(table)
        self._write_figures()
        for picture in self.part.pictures:
            self._write_picture(picture)
        self._set_up()

    def _write_top(self) -> None:
        self._text(self.part.section.title, SECTION_FONT, height=22)
        if not self.part.is_first:
            return
        if self.part.section.intro:
            self._text(self.part.section.intro, NOTE_FONT)
        self.row += bool(self.part.notes)
        for note in self.part.notes:
            is_warning = note.level == "warning"
            self._text(
                f"⚠ {note.text}" if is_warning else note.text, WARNING_FONT if is_warning else NOTE_FONT
            )

    def _set_up(self) -> None:
        single = self.heads[0] if len(self.heads) == 1 else None
        set_print(self.sheet, repeat_row=single[0] if single else None)
        if single is None:
            return
        row, table = single
        last = f"{get_column_letter(len(table.columns))}{row + len(table.rows)}"
        self.sheet.freeze_panes = f"A{row + 1}"
        self.sheet.auto_filter.ref = f"A{row}:{last}"

    def _text(self, text: str, font: Font, height: float = LINE_HEIGHT) -> None:
        """Write a text over as many columns as it takes to be read well."""
        cell = fill_cell(self.sheet.cell(self.row, 1), text, "text")
        cell.font, cell.alignment = font, Alignment(wrap_text=True, vertical="top")
        # From the first heading on the place beside the table belongs to the charts.
        most = len(self.widths) if self.is_beside and self.heads else 100
        span, width = 0, 0.0
        while width < TEXT_WIDTH and span < most:
            width += self.widths[span] if span < len(self.widths) else NARROWEST
            span += 1
        if span > 1:
            self.sheet.merge_cells(start_row=self.row, end_row=self.row, start_column=1, end_column=span)
        self.sheet.row_dimensions[self.row].height = height * line_count(text, width)
        self.row += 1

    def _write_table(self, table: Table) -> None:
        self.row += 1
        self._text(table.title, BLOCK_FONT, height=18)
        if not table.rows:
            self._text(table.empty_text or _("Nothing to show here."), SMALL_FONT)
            return
        self.heads.append((self.row, table))
        self._write_head(table.columns)
        for pairs in table.pairs():
            self.row += 1
            for number, (column, value) in enumerate(pairs, start=1):
                self._write_value(self.sheet.cell(self.row, number), column, value)
            self._set_height([_cell_text(value) if column.kind == "text" else "" for column, value in pairs])
        self.row += 1
        is_last = table is [filled for filled in self.part.tables if filled.rows][-1]
        for line in (*remarks(table), *(explanations(table) if is_last else ())):
            self._text(line, SMALL_FONT, height=13)

    def _write_head(self, columns: Sequence[Column]) -> None:
        for number, column in enumerate(columns, start=1):
            cell = style_head(fill_cell(self.sheet.cell(self.row, number), column.label, "text"))
            cell.alignment = _aligned(column, vertical="center", wrap=True)
        # Room for the arrow of the filter beside the words.
        self._set_height([f"{column.label}  " for column in columns], least=LINE_HEIGHT * 1.5)

    def _set_height(self, texts: Sequence[str], least: float = LINE_HEIGHT) -> None:
        lines = max(line_count(text, self.widths[at]) for at, text in enumerate(texts))
        self.sheet.row_dimensions[self.row].height = max(least, LINE_HEIGHT * lines + 1)

    def _write_value(self, cell: Any, column: Column, value: Cell) -> None:
        if value.value is None or value.value == "":
            fill_cell(cell, "–" if value.value is None else None, "text")
        else:
            fill_cell(cell, value.marked_value, column.kind, column.digits)
        cell.border = ROW_BORDER
        cell.alignment = _aligned(column, vertical="top", wrap=column.kind == "text")
        if value.url and self.base_url:
            cell.hyperlink = f"{self.base_url}{value.url}"
            cell.font = LINK_FONT

    def _write_figures(self) -> None:
        column = len(self.widths) + 2 if self.is_beside else 1
        row = self.heads[0][0] if self.is_beside else self.row + 1
        if self.figures and self.heads and not self.is_beside and self.row > PAGE_ROWS:
            # On paper a chart must not be cut in two.
            self.sheet.row_breaks.append(Break(id=row - 1))
        for figure in self.figures:
            row = self._write_figure(figure, row, column)
        self.row = max(self.row, row)

    def _write_picture(self, picture: Picture) -> None:
        self.row += 1
        self._text(picture.title, BLOCK_FONT, height=18)
        # What the picture shows comes first: beside or behind it nobody would find the words.
        for line in filter(None, (picture.alt, picture.caption)):
            self._text(line, SMALL_FONT, height=13)
        image = Image(io.BytesIO(picture.drawing.png))
        image.height, image.width = round(image.height * PICTURE_WIDTH / image.width), PICTURE_WIDTH
        self.sheet.add_image(image, f"A{self.row}")
        self.row += image.height // ROW_PIXELS + 1

    def _write_figure(self, figure: Figure, row: int, column: int) -> int:
        """Write a figure beside its data and return the next free row."""
        lines = with_bounds(figure)
        title = fill_cell(self.sheet.cell(row, column), figure.title, "text")
        title.font = BLOCK_FONT
        place = self._columns_of(lines)
        if place is not None:
            head, columns = place
            anchor = f"{get_column_letter(column)}{row + 1}"
            add_chart(self.sheet, figure, anchor=anchor, head=head, names=1, columns=columns)
            return row + ROWS + 2
        self._write_data(lines, row + 1, column)
        beside = column + len(lines.series) + 2
        add_chart(
            self.sheet,
            figure,
            anchor=f"{get_column_letter(beside)}{row + 1}",
            head=row + 1,
            names=column,
            columns=range(column + 1, column + 1 + len(lines.series)),
        )
        return row + max(ROWS, len(figure.categories) + 1) + 2

    def _write_data(self, figure: Figure, row: int, column: int) -> None:
        for number, label in enumerate((_("Category"), *(series.label for series in figure.series))):
            style_head(fill_cell(self.sheet.cell(row, column + number), label, "text"))
            if column > 1:
                letter = get_column_letter(column + number)
                self.sheet.column_dimensions[letter].width = max(NARROWEST, len(label) * 0.8 + 3)
        for offset, category in enumerate(figure.categories, start=1):
            fill_cell(self.sheet.cell(row + offset, column), category, "text").border = ROW_BORDER
            for number, series in enumerate(figure.series, start=1):
                value = series.values[offset - 1]
                cell = fill_cell(self.sheet.cell(row + offset, column + number), value)
                cell.border = ROW_BORDER
                if value is not None:
                    cell.number_format = number_format("integer" if isinstance(value, int) else "decimal")

    def _columns_of(self, figure: Figure) -> tuple[int, list[int]] | None:
        """Find the columns of a table on this sheet that hold just what the figure shows."""
        for head, table in self.heads:
            rows = table.rows[: len(figure.categories)]
            if tuple(row[0].value for row in rows) != figure.categories:
                continue
            values = [tuple(_number(row[at]) for row in rows) for at in range(len(table.columns))]
            at = [values.index(series.values) if series.values in values else -1 for series in figure.series]
            if min(at, default=-1) > 0:
                return head, [position + 1 for position in at]
        return None


def _aligned(column: Column, *, vertical: str, wrap: bool) -> Alignment:
    # Words keep a distance from the number that ends right before them.
    side, indent = ("right", 0) if column.is_number else ("left", 1)
    return Alignment(horizontal=side, indent=indent, vertical=vertical, wrap_text=wrap)


def _number(cell: Cell) -> float | int | None:
    return cell.value if isinstance(cell.value, int | float) else None


def _widths(part: Part) -> list[float]:
    filled = [table for table in part.tables if table.rows]
    if not filled:
        return [NARROWEST] * 8
    width = len(filled[0].columns)
    return [max(_width(table, at) for table in filled) for at in range(width)]


def _width(table: Table, at: int) -> float:
    column = table.columns[at]
    longest_word = max((len(word) for word in column.label.split()), default=0)
    longest = max((len(_cell_text(row[at])) for row in table.rows), default=0)
    head = min(len(column.label), 14) if column.is_number else len(column.label)
    return min(WIDEST, max(NARROWEST, longest_word * 1.05 + 3.5, head * 1.1 + 4, longest * 1.0 + 3))


def _cell_text(cell: Cell) -> str:
    return (
        f"{cell.value:.2f}"
        if isinstance(cell.value, float)
        else ""
        if cell.value is None
        else str(cell.marked_value)
    )
