"""Excel files: judged by the container check, then parsed in a child process that may fail without harm."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import IO, Any, NamedTuple

from core.sheets import errors, limits
from core.sheets.cells import Cell, from_json
from core.sheets.container import check_container
from core.sheets.errors import SheetError

_ROOT = Path(__file__).resolve().parents[2]
# Excel allows 31 characters, other programs more.
_LONGEST_NAME = 255
_CHILD = "core.sheets.excel_child"
# What the system prints when a process ran over its CPU time: SIGXCPU, and SIGKILL at the hard limit.
_OUT_OF_TIME = (-24, -9)

NumberedRow = tuple[int, list[Cell]]


class ExcelTable(NamedTuple):
    """The numbered rows of one sheet, its name, the names of all visible sheets, and what is hidden."""

    rows: list[NumberedRow]
    sheet: str
    sheets: list[str]
    hidden_rows: list[int]
    hidden_columns: list[int]
    hidden_sheets: list[str]


def read_excel(data: bytes, *, sheet: str | None = None) -> ExcelTable:
    """Return one sheet of the workbook: the one of this name, else the likeliest."""
    check_container(data)
    if sheet is not None and not _may_be_a_name(sheet):
        raise SheetError(errors.NO_SUCH_SHEET)
    with tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as answer:
        source.write(data)
        source.seek(0)
        code = _run_child(source, answer, sheet)
        answer.seek(0)
        lines = answer.read().decode("utf-8", errors="replace").splitlines()
    return _read_answer(lines, code)


def _may_be_a_name(sheet: str) -> bool:
    """Tell whether a sheet can bear this name; what the system takes as an argument has bounds of its own."""
    return 0 < len(sheet) <= _LONGEST_NAME and "\0" not in sheet


def _run_child(source: IO[bytes], answer: IO[bytes], sheet: str | None) -> int:
    command = [sys.executable, "-X", "utf8", "-m", _CHILD]
    # The child gets no settings and no secrets of ours, only what it needs to find its libraries.
    environment = {"PATH": os.environ.get("PATH", ""), "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    try:
        done = subprocess.run(  # noqa: S603  no shell, no text of the user but the sheet name as one argument
            [*command, sheet] if sheet is not None else command,
            stdin=source,
            stdout=answer,
            stderr=subprocess.DEVNULL,
            cwd=_ROOT,
            env=environment,
            timeout=limits.CHILD_WALL_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise SheetError(errors.TOO_SLOW) from late
    return done.returncode


def _read_answer(lines: list[str], code: int) -> ExcelTable:
    last = _parse(lines[-1]) if lines else None
    if not isinstance(last, dict) or not last.keys() & {"end", "error"}:
        raise SheetError(errors.TOO_SLOW if code in _OUT_OF_TIME else errors.UNREADABLE)
    if "error" in last:
        raise _error(last)
    head, hidden = json.loads(lines[0]), json.loads(lines[-2])
    rows = [(number, [from_json(cell) for cell in cells]) for number, cells in map(json.loads, lines[1:-2])]
    return ExcelTable(
        rows, head["sheet"], head["sheets"], hidden["rows"], hidden["columns"], head["hidden_sheets"]
    )


def _parse(line: str) -> Any:
    try:
        return json.loads(line)
    except ValueError:
        return None


def _error(answer: dict[str, Any]) -> SheetError:
    limit = {
        "TOO_MANY_ROWS": limits.MAX_ROWS,
        "TOO_MANY_COLUMNS": limits.MAX_COLUMNS,
        "TOO_MANY_SHEETS": limits.MAX_SHEETS,
        "CELL_TOO_LONG": limits.MAX_CELL_CHARS,
    }.get(answer["error"])
    params = {} if limit is None else {"limit": limit}
    message = getattr(errors, answer["error"])
    return SheetError(message, row=answer.get("row"), column=answer.get("column"), **params)
