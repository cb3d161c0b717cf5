"""A report read back from its JSON, to be shown as it was. It leads nowhere: records have changed since."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

from reports.report import (
    Block,
    Cell,
    Column,
    Definition,
    Figure,
    Note,
    Picture,
    Report,
    Section,
    Series,
    StoredDrawing,
    Table,
    Value,
)

PLAIN = ("kind", "key", "title", "period", "author")


def read_report(content: str) -> Report:
    """Return the report that `canonical_json` wrote."""
    data = json.loads(content)
    return Report(
        **{name: data[name] for name in PLAIN},
        created=dt.datetime.fromisoformat(data["created"]),
        data_date=dt.date.fromisoformat(data["data_date"]),
        parameters=tuple((part["label"], part["value"]) for part in data["parameters"]),
        # Reports kept before there were notes on the first page have none.
        notes=tuple(_note(note) for note in data.get("notes", ())),
        sections=tuple(_section(section) for section in data["sections"]),
        definitions=tuple(Definition(**definition) for definition in data["definitions"]),
    )


def _section(data: dict[str, Any]) -> Section:
    blocks = tuple(READERS[block["type"]](block) for block in data["blocks"])
    return Section(data["key"], data["title"], blocks, data["intro"])


def _note(data: dict[str, Any]) -> Note:
    return Note(data["level"], data["text"])


def _picture(data: dict[str, Any]) -> Picture:
    drawing = StoredDrawing(data["svg"].encode())
    return Picture(data["key"], data["title"], drawing, data["alt"], data["caption"])


def _figure(data: dict[str, Any]) -> Figure:
    series = tuple(
        Series(part["label"], tuple(part["values"]), _values(part, "low"), _values(part, "high"))
        for part in data["series"]
    )
    return Figure(data["key"], data["title"], data["kind"], tuple(data["categories"]), series, data["alt"])


def _values(data: dict[str, Any], name: str) -> tuple[float | int | None, ...] | None:
    return tuple(data[name]) if name in data else None


def _table(data: dict[str, Any]) -> Table:
    columns = tuple(Column(**column) for column in data["columns"])
    rows = tuple(
        tuple(_cell(cell, column) for column, cell in zip(columns, row, strict=True)) for row in data["rows"]
    )
    return Table(data["key"], data["title"], columns, rows, data["footnote"], data["empty_text"])


def _cell(data: dict[str, Any], column: Column) -> Cell:
    value = data["value"]
    if column.kind == "date" and isinstance(value, str):
        value = _day(value)
    return Cell(value, None, data.get("note", ""), data.get("suppressed", False), data.get("mark", ""))


def _day(text: str) -> Value:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:  # words in a column of days
        return text


READERS: dict[str, Callable[[dict[str, Any]], Block]] = {
    "note": _note,
    "picture": _picture,
    "figure": _figure,
    "table": _table,
}
