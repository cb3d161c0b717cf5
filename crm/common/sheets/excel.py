"""Excel files: judged by the container check, then parsed in a child process that may fail without harm."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import IO, Any

from crm.common.sheets import errors, limits
from crm.common.sheets.cells import Cell, from_json
from crm.common.sheets.container import check_container
from crm.common.sheets.errors import SheetError

_ROOT = Path(__file__).resolve().parents[3]
_CHILD = "crm.common.sheets.excel_child"
# What the system prints when a process ran over its CPU time: SIGXCPU, and SIGKILL at the hard limit.
_OUT_OF_TIME = (-24, -9)

NumberedRow = tuple[int, list[Cell]]


def read_excel(data: bytes, *, sheet: str | None = None) -> tuple[list[NumberedRow], str, list[str]]:
    """Return the numbered rows of one sheet, its name, and the names of all visible sheets."""
    check_container(data)
    with tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as answer:
        source.write(data)
        source.seek(0)
        code = _run_child(source, answer, sheet)
        answer.seek(0)
        lines = answer.read().decode("utf-8", errors="replace").splitlines()
    return _read_answer(lines, code)


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


def _read_answer(lines: list[str], code: int) -> tuple[list[NumberedRow], str, list[str]]:
    last = _parse(lines[-1]) if lines else None
    if not isinstance(last, dict) or not last.keys() & {"end", "error"}:
        raise SheetError(errors.TOO_SLOW if code in _OUT_OF_TIME else errors.UNREADABLE)
    if "error" in last:
        raise _error(last)
    head = json.loads(lines[0])
    rows = [(number, [from_json(cell) for cell in cells]) for number, cells in map(json.loads, lines[1:-1])]
    return rows, head["sheet"], head["sheets"]


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
