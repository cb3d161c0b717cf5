"""CSV files: encoding and separator are found out, and what cannot be right is refused with its row."""

import csv
from collections.abc import Iterator
from io import StringIO
from typing import NamedTuple

from core.sheets import errors, limits
from core.sheets.cells import Cell, clean_text
from core.sheets.errors import SheetError

_DELIMITERS = (";", ",", "\t", "|")
_SAMPLE_ROWS = 100
_TITLE_ROWS = 10
# Stands in no text: with it a line is one cell.
_NO_DELIMITER = "\x1f"
_SAMPLE_CHARS = 256 * 1024
_FORMULA_SIGNS = {*"=+-@\t\r＝＋", "\uff0d", "\uff20"}
_MAX_LINE = limits.MAX_COLUMNS * limits.MAX_CELL_CHARS


class CsvTable(NamedTuple):
    """Numbered rows of text and how they were written."""

    rows: list[tuple[int, list[Cell]]]
    encoding: str
    delimiter: str


def read_csv(data: bytes) -> CsvTable:
    """Return the non-blank rows of a CSV file; rows count records, as a spreadsheet would number them."""
    text, encoding = decode(data)
    text, delimiter = _declared_delimiter(text)
    delimiter = guess_delimiter(text) if delimiter is None else delimiter
    return CsvTable(list(_rows(text, delimiter)), encoding, delimiter)


def decode(data: bytes) -> tuple[str, str]:
    """Return the text and its encoding: UTF-8, UTF-16 (by its mark or its zeros) or Windows-1252."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return _decode(data, encoding), encoding
    head = data[:400]
    if head.count(0) > len(head) // 4:
        encoding = "utf-16-le" if head[1::2].count(0) >= head[::2].count(0) else "utf-16-be"
        return _decode(data, encoding), encoding
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _decode(data, "windows-1252"), "windows-1252"


def _decode(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as fault:
        raise SheetError(errors.NOT_TEXT) from fault


def _declared_delimiter(text: str) -> tuple[str, str | None]:
    """Take away Excel's own first line ``sep=;``, which names the separator."""
    first, newline, rest = text.partition("\n")
    first = first.strip().strip('"')
    if newline and len(first) == 5 and first.lower().startswith("sep="):
        # An empty first line keeps the numbers of the rows below.
        return newline + rest, first[4]
    return text, None


def guess_delimiter(text: str) -> str:
    """Return the separator with which most rows have as many cells as the heading; empty for one column.

    Decimal commas make rows alike among themselves but unlike the heading. Above a heading a title may stand
    alone in its line; not so with commas, which are common inside the texts of a single column.
    """
    best, best_score = "", (0.0, 0)
    sample = text[:_SAMPLE_CHARS]
    for delimiter in _DELIMITERS:
        widths = _sample_widths(sample, delimiter, whole=len(sample) == len(text))
        titles = next((index for index, width in enumerate(widths[:_TITLE_ROWS]) if width > 1), None)
        if titles is None or (titles and delimiter == ","):
            continue
        heading = widths[titles]
        score = (widths.count(heading) / len(widths), heading)
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _sample_widths(sample: str, delimiter: str, *, whole: bool) -> list[int]:
    widths = []
    try:
        for record in csv.reader(StringIO(sample, newline=""), delimiter=delimiter):
            if any(field.strip() for field in record):
                widths.append(len(record))
            if len(widths) >= _SAMPLE_ROWS:
                return widths
    except csv.Error:
        pass
    # The last record of a cut sample is incomplete.
    return widths if whole or len(widths) < 2 else widths[:-1]


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, list[Cell]]]:
    number = 0
    reader = csv.reader(_lines(text), delimiter=delimiter or _NO_DELIMITER, strict=True)
    while True:
        number += 1
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error as fault:
            raise _syntax_error(str(fault), number) from fault
        cells = [_cell(field, number, index) for index, field in enumerate(record)]
        while cells and cells[-1] is None and len(cells) > limits.MAX_COLUMNS:
            cells.pop()
        if len(cells) > limits.MAX_COLUMNS:
            raise SheetError(
                errors.TOO_MANY_COLUMNS, row=number, column=limits.MAX_COLUMNS, limit=limits.MAX_COLUMNS
            )
        if any(cell is not None for cell in cells):
            yield number, cells


def _lines(text: str) -> Iterator[str]:
    for line in StringIO(text, newline=""):
        if len(line) > _MAX_LINE:
            raise csv.Error("field larger than field limit")
        yield line


def _cell(field: str, row: int, column: int) -> Cell:
    if "\0" in field:
        raise SheetError(errors.NUL_CHARACTER, row=row, column=column)
    if len(field) > limits.MAX_CELL_CHARS:
        raise SheetError(errors.CELL_TOO_LONG, row=row, column=column, limit=limits.MAX_CELL_CHARS)
    # Exports put an apostrophe before what a spreadsheet would run as a formula.
    if field.startswith("'") and field[1:2] in _FORMULA_SIGNS:
        field = field[1:]
    return clean_text(field) if field else None


def _syntax_error(fault: str, row: int) -> SheetError:
    if "field larger" in fault:
        return SheetError(errors.CELL_TOO_LONG, row=row, limit=limits.MAX_CELL_CHARS)
    if "unexpected end" in fault:
        return SheetError(errors.OPEN_QUOTE, row=row)
    if "NUL" in fault:
        return SheetError(errors.NUL_CHARACTER, row=row)
    return SheetError(errors.BAD_QUOTE, row=row)
