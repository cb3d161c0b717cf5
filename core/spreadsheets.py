"""The only writer of spreadsheet cells: text stays text, values keep their type, nothing is cut unseen."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from django.utils import formats, timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.worksheet import Worksheet

from core.numbers import outside, plain_zero

Kind = Literal["text", "integer", "decimal", "percent", "date", "time", "datetime"]

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV_TYPE = "text/csv; charset=utf-8"
LONGEST_TEXT = 32_767
LONGEST_TITLE = 31
# What a spreadsheet could take for a formula, the full-width twins of the signs included.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "\uff0d", "\uff20")
FORMATS = {
    "text": "@",
    "integer": "#,##0",
    "date": "dd.mm.yyyy",
    "time": "hh:mm",
    "datetime": "dd.mm.yyyy hh:mm",
}
FACE = "Calibri"
HEAD_FONT = Font(name=FACE, bold=True, color="FFFFFF")
HEAD_FILL = PatternFill("solid", fgColor="14566F")
HEAD_ALIGNMENT = Alignment(vertical="center", wrap_text=True)
TITLE_FONT = Font(name=FACE, bold=True, size=16, color="14566F")
LABEL_FONT = Font(name=FACE, color="53616E")
ROW_BORDER = Border(bottom=Side(style="hair", color="C9D1D7"))
NUMERIC: frozenset[str] = frozenset({"integer", "decimal", "percent"})

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_TITLE_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")


@dataclass(frozen=True)
class SheetColumn:
    """A column of a written table: its head, the kind of its values, and decimal places where they matter."""

    label: str
    kind: Kind = "text"
    digits: int = 1
    width: float | None = None


def safe_text(value: object) -> str:
    """Return text that a cell can hold: no control characters, and a visible mark where it had to be cut."""
    text = _CONTROL.sub("", str(value))
    if len(text) <= LONGEST_TEXT:
        return text
    mark = " " + _("[cut here: the text has %(count)s characters]") % {"count": len(text)}
    return text[: LONGEST_TEXT - len(mark)] + mark


def sheet_title(name: str, taken: Iterable[str] = ()) -> str:
    """Return a legal, unique title of a worksheet, as close to the wanted one as possible."""
    used = {title.casefold() for title in taken}
    bare = _CONTROL.sub("", _TITLE_FORBIDDEN.sub(" ", name)).strip() or _("Sheet")
    title, number = bare[:LONGEST_TITLE].rstrip(), 1
    while title.casefold() in used:
        number += 1
        end = f" ({number})"
        title = bare[: LONGEST_TITLE - len(end)].rstrip() + end
    return title


def number_format(kind: Kind, digits: int = 1) -> str:
    """Return the number format of a kind of values; Excel shows it in the reader's own language."""
    places = f".{'0' * digits}" if digits else ""
    if kind == "decimal":
        return f"#,##0{places}"
    if kind == "percent":
        return f"0{places}%"
    return FORMATS[kind]


def kind_of(value: object) -> Kind:
    """Return the kind of a single value by its type."""
    if isinstance(value, bool):
        return "text"
    if isinstance(value, int):
        return "integer"
    if isinstance(value, float | Decimal):
        return "decimal"
    if isinstance(value, dt.datetime):
        return "datetime"
    if isinstance(value, dt.date):
        return "date"
    return "time" if isinstance(value, dt.time) else "text"


def fill_cell(cell: Any, value: object, kind: Kind | None = None, digits: int = 1) -> Any:
    """Put ``value`` into ``cell``: numbers and dates typed, anything else as text that never is a formula."""
    if value is None or value == "":
        return cell
    kind = kind or kind_of(value)
    if isinstance(value, dt.datetime) and timezone.is_aware(value):
        value = timezone.make_naive(value)
    if kind == "text" or isinstance(value, str | Promise | bool):
        _fill_text(cell, value)
    else:
        cell.value = _plain(value, kind, digits)
        cell.number_format = _neither_none_nor_all(value, kind, digits) or number_format(kind, digits)
    return cell


def _neither_none_nor_all(value: Any, kind: Kind, digits: int) -> str:
    """Return the format that shows ">99%" where Excel would round a share to 100%; empty for all others."""
    beyond = outside(value, digits) if kind == "percent" and isinstance(value, float | Decimal) else None
    if beyond is None:
        return ""
    sign, bound = beyond
    return f'"{sign}{formats.number_format(f"{bound * 100:.{digits}f}", digits)}%"'


def _plain(value: Any, kind: Kind, digits: int) -> Any:
    """Return the value, zero where the cell would show "-0.00"."""
    if kind not in NUMERIC or not isinstance(value, float | Decimal):
        return value
    return plain_zero(value, {"integer": 0, "percent": digits + 2}.get(kind, digits))


def _fill_text(cell: Any, value: object) -> None:
    in_words = (_("yes") if value else _("no")) if isinstance(value, bool) else value
    text = safe_text(in_words)
    cell.value = text
    # openpyxl takes "=…" for a formula and "#N/A" for an error; here both are what somebody typed.
    cell.data_type = "s"
    if text.startswith(DANGEROUS):
        cell.quotePrefix = True


def write_cover(sheet: Worksheet, *, title: str, facts: Sequence[tuple[str, str]]) -> None:
    """Write a cover sheet: the title, and below it what was asked, by whom and when."""
    sheet.sheet_view.showGridLines = False
    sheet.column_dimensions["A"].width = 28
    sheet.column_dimensions["B"].width = 90
    fill_cell(sheet.cell(1, 1), title).font = TITLE_FONT
    sheet.row_dimensions[1].height = 28
    for number, (label, text) in enumerate(facts, start=3):
        fill_cell(sheet.cell(number, 1), label, "text").font = LABEL_FONT
        cell = fill_cell(sheet.cell(number, 2), text, "text")
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.cell(number, 1).alignment = Alignment(vertical="top")
    set_print(sheet, landscape=False)


def set_print(sheet: Worksheet, *, landscape: bool = True, repeat_row: int | None = None) -> None:
    """Set the sheet up for A4: fit to width, page numbers, the head repeated on every page."""
    sheet.page_setup.paperSize = 9
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    if sheet.sheet_properties.pageSetUpPr is not None:
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins = PageMargins(left=0.6, right=0.6, top=0.6, bottom=0.75, header=0.3, footer=0.4)
    set_footer(sheet)
    if repeat_row:
        sheet.print_title_rows = f"{repeat_row}:{repeat_row}"


def set_footer(sheet: Worksheet, text: str = "") -> None:
    """Print the sheet's title, a text and the page number below every page."""
    footer: Any = sheet.oddFooter
    footer.left.text = "&A"
    footer.center.text = text.replace("&", "&&") or None
    footer.right.text = "&P / &N"


def column_width(column: SheetColumn, sample: Iterable[object]) -> float:
    """Return a width that shows the head and most values, within reason."""
    if column.width is not None:
        return column.width
    longest = max((min(len(str(value)), 60) for value in sample if value is not None), default=0)
    return max(9.0, min(60.0, max(len(column.label) * 1.1 + 3, longest * 1.05 + 2)))


def write_table(
    *,
    title: str,
    columns: Sequence[SheetColumn],
    rows: Sequence[Sequence[object]],
    facts: Sequence[tuple[str, str]],
) -> bytes:
    """Return a workbook with a cover sheet and one table, written row by row to keep memory low.

    Parameters
    ----------
    columns, rows
        Each row holds one value per column; None leaves the cell empty.
    facts
        What the cover sheet says: filter, author, date.
    """
    book = Workbook(write_only=True)
    cover_title = sheet_title(_("Cover sheet"))
    cover = book.create_sheet(cover_title)
    _stream_cover(cover, title=title, facts=facts)
    sheet = book.create_sheet(sheet_title(title, [cover_title]))
    sheet.freeze_panes = "A2"
    for number, column in enumerate(columns, start=1):
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = column_width(column, (row[number - 1] for row in rows[:500]))
    set_print(sheet, repeat_row=1)
    sheet.auto_filter.ref = f"A1:{get_column_letter(max(1, len(columns)))}{len(rows) + 1}"
    sheet.append([_head_cell(sheet, column.label) for column in columns])
    for row in rows:
        sheet.append([_typed(sheet, value, column) for value, column in zip(row, columns, strict=True)])
    book.active = 1
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _stream_cover(sheet: Any, *, title: str, facts: Sequence[tuple[str, str]]) -> None:
    sheet.column_dimensions["A"].width = 28
    sheet.column_dimensions["B"].width = 90
    set_print(sheet, landscape=False)
    head = fill_cell(WriteOnlyCell(sheet), title, "text")
    head.font = TITLE_FONT
    sheet.append([head])
    sheet.append([])
    for label, text in facts:
        cell = fill_cell(WriteOnlyCell(sheet), text, "text")
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.append([fill_cell(WriteOnlyCell(sheet), label, "text"), cell])


def _head_cell(sheet: Any, label: str) -> Any:
    return style_head(fill_cell(WriteOnlyCell(sheet), label, "text"))


def style_head(cell: Any) -> Any:
    """Give ``cell`` the look of a table's head."""
    cell.font, cell.fill, cell.alignment = HEAD_FONT, HEAD_FILL, HEAD_ALIGNMENT
    return cell


def _typed(sheet: Any, value: object, column: SheetColumn) -> Any:
    # A plain value is faster than a cell; only text that could be taken for something else needs one.
    if value is None or value == "":
        return None
    kind = kind_of(value)
    if kind == "integer":
        return value
    if kind == "text":
        text = value if isinstance(value, str) else None
        if (
            text is not None
            and len(text) < LONGEST_TEXT
            and not text.startswith((*DANGEROUS, "#"))
            and text.isprintable()
        ):
            return text
    return fill_cell(WriteOnlyCell(sheet), value, kind, column.digits)


def write_csv(*, columns: Sequence[SheetColumn], rows: Sequence[Sequence[object]]) -> bytes:
    """Return the table as CSV for Excel: UTF-8 with mark, semicolons, and no text that runs as a formula."""
    target = io.StringIO()
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
    writer.writerow([_csv_value(column.label) for column in columns])
    writer.writerows([_csv_value(value) for value in row] for row in rows)
    return b"\xef\xbb\xbf" + target.getvalue().encode()


def write_program_csv(*, heads: Sequence[str], rows: Sequence[Sequence[object]]) -> bytes:
    """Return the table as CSV for other programs, which read commas, points and ISO days, and no mark."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow([_csv_value(head) for head in heads])
    writer.writerows([_program_value(value) for value in row] for row in rows)
    return target.getvalue().encode()


def _program_value(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float | Decimal):
        return str(value)
    return value.isoformat() if isinstance(value, dt.date) else _csv_value(value)


def _csv_value(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, float | Decimal):
        return str(value).replace(".", ",")
    if isinstance(value, dt.datetime):
        return date_format(
            timezone.localtime(value) if timezone.is_aware(value) else value, "SHORT_DATETIME_FORMAT"
        )
    if isinstance(value, dt.date):
        return date_format(value, "SHORT_DATE_FORMAT")
    if isinstance(value, int | dt.time):
        return str(value)
    text = _CONTROL.sub("", str(value))
    return f"'{text}" if text.startswith(DANGEROUS) else text
