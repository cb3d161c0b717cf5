"""The child process that parses one Excel file: ``python -m core.sheets.excel_child [SHEET] < file``.

It runs without Django and without secrets, under limits of memory and time, because the file is a stranger's.
It prints one JSON value a line: first the sheets, then ``[row number, [cells]]`` for each row with content,
then what is hidden in the sheet, last ``{"end": true}`` or ``{"error": code, "row": …, "column": …}``.
"""

import contextlib
import json
import math
import os
import sys
import warnings
import zipfile
from collections.abc import Generator, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, BinaryIO

from core.sheets import limits
from core.sheets.cells import Cell, CellError, clean_excel_text, to_json

# Neither is needed to read cells; numpy alone would use up the memory limit.
sys.modules["numpy"] = None  # type: ignore[assignment]
sys.modules["PIL"] = None  # type: ignore[assignment]
os.environ["OPENPYXL_LXML"] = "False"

import openpyxl  # noqa: E402  after the switches above, which it reads once
from openpyxl.reader.excel import ExcelReader  # noqa: E402
from openpyxl.styles.stylesheet import apply_stylesheet  # noqa: E402
from openpyxl.worksheet._reader import COL_TAG, ROW_TAG, WorkSheetParser  # noqa: E402
from openpyxl.xml.functions import iterparse  # noqa: E402

Row = tuple[int, list[Cell]]


class Refused(Exception):
    """The file breaks a limit or makes no sense; ``code`` is a name in ``errors.py``."""

    def __init__(self, code: str, *, row: int | None = None, column: int | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.row = row
        self.column = column


class SharedStrings(list[str]):
    """The texts of the workbook; a negative index is a fault here, not the text counted from the end."""

    def __getitem__(self, index: Any) -> Any:
        """Return the text at this index."""
        if index < 0:
            raise IndexError(index)
        return super().__getitem__(index)


class SheetParser(WorkSheetParser):
    """Reads rows, and which rows and columns are hidden; turns a broken cell into a fault of that cell alone.

    openpyxl tells what is hidden only where it holds the whole sheet in memory.
    """

    row_is_hidden = False

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.hidden_columns: set[int] = set()

    def parse(self) -> Generator[tuple[int, list[dict[str, Any]]], None, None]:
        """Yield row number and cells of each row, in the order of the file."""
        for _, element in iterparse(self.source):
            if element.tag == COL_TAG:
                self.hidden_columns.update(hidden_columns(element))
            elif element.tag == ROW_TAG:
                self.row_is_hidden = is_hidden(element, "ht")
                if len(element) > limits.MAX_COLUMNS * 100:
                    raise Refused("TOO_MANY_COLUMNS", row=self.row_counter + 1, column=limits.MAX_COLUMNS)
                yield self.parse_row(element)
                element.clear()

    def parse_cell(self, element: Any) -> dict[str, Any]:
        """Return the cell; a value that cannot be read becomes an error value."""
        before = self.col_counter
        try:
            cell: dict[str, Any] = super().parse_cell(element)
        except (ValueError, IndexError, TypeError, OverflowError, AttributeError):
            if element.get("r") is None:
                self.col_counter = before + 1
            text = (element.findtext("{*}v") or "?")[:40]
            cell = {"column": self.col_counter, "value": text, "data_type": "e"}
        return cell


def is_hidden(element: Any, size: str) -> bool:
    """Tell whether a row or column is not to be seen: hidden, by a filter too, or of no size."""
    return element.get("hidden") in ("1", "true") or element.get(size) in ("0", "0.0")


def hidden_columns(element: Any) -> range:
    """Return the indexes of the columns that this entry hides, as far as a table may reach."""
    if not is_hidden(element, "width"):
        return range(0)
    try:
        first, last = int(element.get("min", "")), int(element.get("max", ""))
    except ValueError:
        return range(0)
    return range(max(first, 1) - 1, min(last, limits.MAX_COLUMNS))


def limit_resources() -> None:
    """Bind this process to its share of memory and time; where the system knows no limits, do without."""
    try:
        import resource  # noqa: PLC0415  exists on Unix only
    except ImportError:
        return
    for kind, value in (
        (resource.RLIMIT_AS, limits.CHILD_MEMORY_BYTES),
        (resource.RLIMIT_CPU, limits.CHILD_CPU_SECONDS),
        (resource.RLIMIT_FSIZE, limits.CHILD_OUTPUT_BYTES),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (value, value))


def read_workbook(stream: BinaryIO, sheet_name: str | None) -> Iterator[Any]:
    """Yield the lines that this program prints for one workbook."""
    reader = ExcelReader(stream, read_only=True, data_only=True, keep_links=False)
    reader.read_manifest()
    reader.read_strings()
    reader.read_workbook()
    apply_stylesheet(reader.archive, reader.wb)
    tables = [
        (sheet, rel.target)
        for sheet, rel in reader.parser.find_sheets()
        if "chartsheet" not in rel.Type and rel.target in reader.valid_files
    ]
    sheets = {sheet.name: target for sheet, target in tables if sheet.state == "visible"}
    head = {"sheets": list(sheets), "hidden_sheets": [s.name for s, _ in tables if s.state != "visible"]}
    if len(reader.parser.sheets) > limits.MAX_SHEETS:
        raise Refused("TOO_MANY_SHEETS")
    if sheet_name is not None and sheet_name not in sheets:
        raise Refused("NO_SUCH_SHEET")
    for name in [sheet_name] if sheet_name is not None else in_order_of_likelihood(reader, sheets):
        hidden: dict[str, list[int]] = {"rows": [], "columns": []}
        rows = non_blank_rows(reader, sheets[name], hidden)
        first = next(rows, None)
        if first is not None or name == sheet_name:
            yield head | {"sheet": name}
            yield from ([] if first is None else [first])
            yield from rows
            yield hidden
            return
    yield head | {"sheet": next(iter(sheets), "")}
    yield {"rows": [], "columns": []}


def in_order_of_likelihood(reader: ExcelReader, sheets: dict[str, str]) -> list[str]:
    """Return the names of the sheets, first the one that lay open when the workbook was saved."""
    book: Any = reader.wb
    index = book._active_sheet_index
    names = [sheet.name for sheet in reader.parser.sheets]
    active = names[index] if 0 <= index < len(names) else ""
    return sorted(sheets, key=lambda name: name != active)


def non_blank_rows(
    reader: ExcelReader, path: str, hidden: dict[str, list[int]]
) -> Iterator[tuple[int, list[Any]]]:
    """Yield number and JSON cells of each row with content, refusing what goes beyond the limits.

    ``hidden`` receives the numbers of the rows and the indexes of the columns that are not to be seen.
    """
    previous = count = characters = 0
    book: Any = reader.wb
    with reader.archive.open(path) as source:
        parser = SheetParser(
            source,
            SharedStrings(reader.shared_strings),
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        for number, raw in parser.parse():
            if number <= previous:
                raise Refused("DAMAGED", row=number)
            previous = number
            cells = read_cells(number, raw)
            if not cells:
                continue
            count += 1
            if parser.row_is_hidden:
                hidden["rows"].append(number)
            characters += sum(len(cell) for cell in cells if isinstance(cell, str))
            if count > limits.MAX_ROWS + 1:
                raise Refused("TOO_MANY_ROWS", row=number)
            if characters > limits.MAX_TABLE_CHARS:
                raise Refused("TOO_MUCH_TEXT", row=number)
            yield number, [to_json(cell) for cell in cells]
        hidden["columns"] += sorted(parser.hidden_columns)


def read_cells(number: int, raw: list[dict[str, Any]]) -> list[Cell]:
    """Return the values of one row from column A to the last one with content."""
    cells: list[Cell] = []
    for each in raw:
        value = read_value(each["value"], each["data_type"])
        if value is None:
            continue
        column = each["column"] - 1
        if column >= limits.MAX_COLUMNS:
            raise Refused("TOO_MANY_COLUMNS", row=number, column=column)
        if isinstance(value, str) and len(value) > limits.MAX_CELL_CHARS:
            raise Refused("CELL_TOO_LONG", row=number, column=column)
        if column < len(cells):
            raise Refused("DAMAGED", row=number, column=column)
        cells.extend([None] * (column - len(cells)))
        cells.append(value)
    return cells


def read_value(value: Any, data_type: str) -> Cell:
    """Return what the cell means: dates without a time of day as dates, whole numbers as integers."""
    if value is None:
        return None
    if data_type == "e":
        return CellError(str(value))
    if isinstance(value, str):
        return clean_excel_text(value)
    if isinstance(value, datetime):
        return value.date() if value.time() == time() else value
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02d}"
    if isinstance(value, float):
        return read_number(value)
    if isinstance(value, (bool, int, date, time)):
        return value if abs_is_safe(value) else str(value)
    return CellError(str(value)[:40])


def read_number(value: float) -> Cell:
    """Return a whole number as an integer; what is no number becomes a fault."""
    if not math.isfinite(value):
        return CellError(str(value))
    return int(value) if value.is_integer() and abs(value) < 1e15 else value


def abs_is_safe(value: object) -> bool:
    """Tell whether an integer fits what JSON readers and databases hold."""
    return not isinstance(value, int) or abs(value) < 2**63


def main() -> None:
    """Read the workbook on standard input and print its lines."""
    limit_resources()
    out = sys.stdout
    sheet_name = sys.argv[1] if len(sys.argv) > 1 else None
    last: dict[str, Any] = {"end": True}
    try:
        if not openpyxl.DEFUSEDXML:
            raise Refused("UNREADABLE")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for line in read_workbook(sys.stdin.buffer, sheet_name):
                out.write(json.dumps(line, ensure_ascii=False) + "\n")
    except Refused as refused:
        last = {"error": refused.code, "row": refused.row, "column": refused.column}
    except MemoryError:
        last = {"error": "TOO_MUCH_MEMORY"}
    except zipfile.BadZipFile:
        last = {"error": "DAMAGED"}
    except Exception:
        # Whatever a broken file provokes, the parent gets an answer.
        last = {"error": "UNREADABLE"}
    out.write(json.dumps(last) + "\n")
    out.flush()


if __name__ == "__main__":
    main()
