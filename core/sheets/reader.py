"""One function that reads any table people send: ``read_table``."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Any

from core.sheets import errors, limits
from core.sheets.cells import Cell, show
from core.sheets.csv_text import read_csv
from core.sheets.errors import SheetError
from core.sheets.excel import NumberedRow, read_excel

TITLE_ROWS = 10
# In place of the number of their row.
NO_HEADINGS = 0
_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
_PAGE_STARTS = (b"<!doctype html", b"<html", b"<table", b"<meta", b"<?xml")
_TEXT_SUFFIXES = {"", ".csv", ".txt", ".tsv", ".tab"}


Recognise = Callable[[Sequence[str]], int]
_FACTS = (
    *("sheet_name", "encoding", "delimiter", "sheets"),
    *("hidden_rows", "hidden_columns", "hidden_sheets"),
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as it was sent: headings, rows of typed cells, and where each row stands in the file."""

    headers: list[str]
    rows: list[list[Cell]]
    source_row_numbers: list[int]
    header_row: int = 1
    sheet_name: str = ""
    encoding: str = ""
    delimiter: str = ""
    sheets: list[str] = field(default_factory=list)
    # What one does not see in the workbook: numbers of rows, indexes of columns, names of sheets.
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    hidden_sheets: list[str] = field(default_factory=list)
    # The rows down to the headings, so that another one can be taken for them.
    head: list[NumberedRow] = field(default_factory=list, compare=False)


def read_table(
    source: Path | str | bytes,
    filename: str = "",
    *,
    sheet: str | None = None,
    headings: int | None = None,
    recognise: Recognise = lambda texts: 0,
) -> Sheet:
    """Return the table in the file, or raise ``SheetError`` that says what is wrong and where.

    What counts is what the file contains, not how it is called: a CSV named ``.xlsx`` is refused with a
    reason, an Excel workbook named ``.csv`` is read.

    Parameters
    ----------
    headings
        Number of the row that holds the headings, ``NO_HEADINGS`` where the first row is data; None guesses.
    recognise
        Returns how many of these texts are known to be headings.
    """
    data = load(source)
    name = filename or (source if isinstance(source, str) else getattr(source, "name", ""))
    suffix = PurePath(str(name)).suffix.lower()
    if data.startswith(_ZIP_MAGIC):
        book = read_excel(data, sheet=sheet)
        return _build(
            book.rows,
            headings,
            recognise,
            sheet_name=book.sheet,
            sheets=book.sheets,
            hidden_rows=book.hidden_rows,
            hidden_columns=book.hidden_columns,
            hidden_sheets=book.hidden_sheets,
        )
    _refuse_other_formats(data, suffix)
    if sheet is not None:
        raise SheetError(errors.NO_SUCH_SHEET)
    table = read_csv(data)
    result = _build(table.rows, headings, recognise, encoding=table.encoding, delimiter=table.delimiter)
    _refuse_ragged(table.rows, result)
    return result


def load(source: Path | str | bytes) -> bytes:
    """Return the content of the file; too large a one is not read at all."""
    if not isinstance(source, bytes):
        path = Path(source)
        if path.stat().st_size > limits.MAX_FILE_BYTES:
            raise SheetError(errors.TOO_LARGE, limit=limits.MAX_FILE_BYTES // limits.MEBIBYTE)
        source = path.read_bytes()
    if len(source) > limits.MAX_FILE_BYTES:
        raise SheetError(errors.TOO_LARGE, limit=limits.MAX_FILE_BYTES // limits.MEBIBYTE)
    if not source.strip():
        raise SheetError(errors.EMPTY_FILE)
    return source


def _refuse_other_formats(data: bytes, suffix: str) -> None:
    if data.startswith(_OLE_MAGIC):
        raise SheetError(errors.PROTECTED if _ENCRYPTED in data else errors.OLD_EXCEL)
    if data.startswith(b"%PDF"):
        raise SheetError(errors.PDF)
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:20].lower().startswith(_PAGE_STARTS):
        raise SheetError(errors.WEB_PAGE)
    by_suffix = {
        ".xlsx": errors.DAMAGED,
        ".xlsm": errors.MACROS,
        ".xls": errors.OLD_EXCEL,
        ".xlsb": errors.NOT_A_WORKBOOK,
        ".ods": errors.OPEN_DOCUMENT,
        ".pdf": errors.PDF,
    }
    if suffix in by_suffix:
        raise SheetError(by_suffix[suffix])
    if suffix not in _TEXT_SUFFIXES:
        raise SheetError(errors.UNKNOWN_FORMAT)


def _build(rows: list[NumberedRow], headings: int | None, recognise: Recognise, **facts: Any) -> Sheet:
    if not rows:
        raise SheetError(errors.EMPTY_FILE)
    start = _header_index(rows, recognise) if headings is None else _index_of(rows, headings)
    body = rows[start + 1 :]
    if not body:
        raise SheetError(errors.NO_ROWS)
    if len(body) > limits.MAX_ROWS:
        raise SheetError(errors.TOO_MANY_ROWS, row=body[limits.MAX_ROWS][0], limit=limits.MAX_ROWS)
    heading = rows[start][1] if start >= 0 else []
    width = max(_width(cells) for cells in [heading, *(cells for _, cells in body)])
    return Sheet(
        headers=_texts(_pad(heading, width)),
        rows=[_pad(cells, width) for _, cells in body],
        source_row_numbers=[number for number, _ in body],
        header_row=rows[start][0] if start >= 0 else NO_HEADINGS,
        head=rows[: start + 1],
        **facts,
    )


def with_headings(sheet: Sheet, headings: int) -> Sheet:
    """Return the same table with its headings in another row, or with none."""
    rows = [*sheet.head, *zip(sheet.source_row_numbers, sheet.rows, strict=True)]
    kept = {name: getattr(sheet, name) for name in _FACTS}
    return _build(rows, headings, lambda texts: 0, **kept)


def _index_of(rows: list[NumberedRow], headings: int) -> int:
    """Return where the row of this number is; before the first one where the table has no headings."""
    if headings == NO_HEADINGS:
        return -1
    numbers = [number for number, _ in rows[:TITLE_ROWS]]
    if headings not in numbers:
        raise SheetError(errors.NO_SUCH_ROW)
    return numbers.index(headings)


def _header_index(rows: list[NumberedRow], recognise: Recognise) -> int:
    """Return where the headings stand: titles above a table fill far fewer cells than the table does.

    A later row is taken instead when more of its cells are known headings, and at least every other one is.
    """
    filled = [sum(cell is not None for cell in cells) for _, cells in rows[:TITLE_ROWS]]
    enough = max(2, 0.6 * max(filled))
    usual = next((index for index, count in enumerate(filled) if count >= enough), 0)
    known = [recognise(_texts(cells)) for _, cells in rows[:TITLE_ROWS]]
    best = known.index(max(known))
    return best if known[best] > known[usual] and 2 * known[best] >= filled[best] else usual


def _texts(cells: list[Cell]) -> list[str]:
    return [" ".join(show(cell).split()) for cell in cells]


def _width(cells: list[Cell]) -> int:
    return next((index for index in range(len(cells), 0, -1) if cells[index - 1] is not None), 0)


def _pad(cells: list[Cell], width: int) -> list[Cell]:
    return cells[:width] + [None] * (width - len(cells))


def _refuse_ragged(rows: list[NumberedRow], sheet: Sheet) -> None:
    """Refuse CSV rows with too few or too many cells: a shifted row would put values in wrong columns."""
    by_number = dict(rows)
    heading = by_number[sheet.header_row or rows[0][0]]
    expected = _width(heading)
    for number in sheet.source_row_numbers:
        cells = len(by_number[number])
        if cells < expected or _width(by_number[number]) > len(heading):
            raise SheetError(errors.RAGGED, row=number, found=cells, expected=expected)
