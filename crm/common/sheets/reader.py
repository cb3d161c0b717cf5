"""One function that reads any table people send: ``read_table``."""

from dataclasses import dataclass, field
from pathlib import Path, PurePath

from crm.common.sheets import errors, limits
from crm.common.sheets.cells import Cell
from crm.common.sheets.csv_text import read_csv
from crm.common.sheets.errors import SheetError
from crm.common.sheets.excel import NumberedRow, read_excel

_TITLE_ROWS = 10
_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
_PAGE_STARTS = (b"<!doctype html", b"<html", b"<table", b"<meta", b"<?xml")
_TEXT_SUFFIXES = {"", ".csv", ".txt", ".tsv", ".tab"}


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


def read_table(source: Path | str | bytes, filename: str = "", *, sheet: str | None = None) -> Sheet:
    """Return the table in the file, or raise ``SheetError`` that says what is wrong and where.

    What counts is what the file contains, not how it is called: a CSV named ``.xlsx`` is refused with a
    reason, an Excel workbook named ``.csv`` is read.
    """
    data = load(source)
    name = filename or (source if isinstance(source, str) else getattr(source, "name", ""))
    suffix = PurePath(str(name)).suffix.lower()
    if data.startswith(_ZIP_MAGIC):
        rows, sheet_name, sheets = read_excel(data, sheet=sheet)
        return _build(rows, sheet_name=sheet_name, sheets=sheets)
    _refuse_other_formats(data, suffix)
    table = read_csv(data)
    result = _build(table.rows, encoding=table.encoding, delimiter=table.delimiter)
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


def _build(
    rows: list[NumberedRow],
    *,
    sheet_name: str = "",
    encoding: str = "",
    delimiter: str = "",
    sheets: list[str] | None = None,
) -> Sheet:
    if not rows:
        raise SheetError(errors.EMPTY_FILE)
    start = _header_index(rows)
    body = rows[start + 1 :]
    if not body:
        raise SheetError(errors.NO_ROWS)
    if len(body) > limits.MAX_ROWS:
        raise SheetError(errors.TOO_MANY_ROWS, row=body[limits.MAX_ROWS][0], limit=limits.MAX_ROWS)
    width = max(_width(cells) for _, cells in rows[start:])
    return Sheet(
        headers=[_header(cell) for cell in _pad(rows[start][1], width)],
        rows=[_pad(cells, width) for _, cells in body],
        source_row_numbers=[number for number, _ in body],
        header_row=rows[start][0],
        sheet_name=sheet_name,
        encoding=encoding,
        delimiter=delimiter,
        sheets=sheets or [],
    )


def _header_index(rows: list[NumberedRow]) -> int:
    """Return where the headings stand: titles above a table fill far fewer cells than the table does."""
    filled = [sum(cell is not None for cell in cells) for _, cells in rows[:_TITLE_ROWS]]
    enough = max(2, 0.6 * max(filled))
    return next((index for index, count in enumerate(filled) if count >= enough), 0)


def _header(cell: Cell) -> str:
    return " ".join(str(cell).split()) if cell is not None else ""


def _width(cells: list[Cell]) -> int:
    return next((index for index in range(len(cells), 0, -1) if cells[index - 1] is not None), 0)


def _pad(cells: list[Cell], width: int) -> list[Cell]:
    return cells[:width] + [None] * (width - len(cells))


def _refuse_ragged(rows: list[NumberedRow], sheet: Sheet) -> None:
    """Refuse CSV rows with too few or too many cells: a shifted row would put values in wrong columns."""
    by_number = dict(rows)
    heading = by_number[sheet.header_row]
    expected = _width(heading)
    for number in sheet.source_row_numbers:
        found = len(by_number[number])
        if found < expected or _width(by_number[number]) > len(heading):
            raise SheetError(errors.RAGGED, row=number, found=found, expected=expected)
