"""A report as JSON: the same words and figures, for machines."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from decimal import Decimal
from typing import Any

from reports.report import Block, Cell, Figure, Note, Picture, Report, Series, Table

VERSION = 1


def report_data(report: Report) -> dict[str, Any]:
    """Return ``report`` as plain data: ISO dates, shares as fractions of one, None where nothing is known."""
    return {
        "version": VERSION,
        "kind": report.kind,
        "key": report.key,
        "title": report.title,
        "period": report.period,
        "author": report.author,
        "created": report.created.isoformat(),
        "data_date": report.data_date.isoformat(),
        "parameters": [{"label": label, "value": value} for label, value in report.parameters],
        "notes": [_block(note) for note in report.notes],
        "definitions": [dataclasses.asdict(definition) for definition in report.definitions],
        "sections": [
            {
                "key": section.key,
                "title": section.title,
                "intro": section.intro,
                "blocks": [_block(block) for block in section.blocks],
            }
            for section in report.sections
        ],
    }


def canonical_json(report: Report) -> str:
    """Return all that the report says, drawings included, in the one writing that its digest is taken of."""
    data = report_data(report)
    for section, written in zip(report.sections, data["sections"], strict=True):
        for block, part in zip(section.blocks, written["blocks"], strict=True):
            if isinstance(block, Picture):
                part["svg"] = block.drawing.svg.decode()
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def render_json(report: Report) -> bytes:
    """Return ``report`` as a JSON file."""
    return json.dumps(report_data(report), ensure_ascii=False, indent=1).encode()


def figure_data(figure: Figure) -> dict[str, Any]:
    """Return a chart as plain data."""
    return {
        "type": "figure",
        "key": figure.key,
        "title": figure.title,
        "kind": figure.kind,
        "alt": figure.alt,
        "categories": list(figure.categories),
        "series": [_series(series) for series in figure.series],
    }


def _series(series: Series) -> dict[str, Any]:
    data: dict[str, Any] = {"label": series.label, "values": list(series.values)}
    if series.band is not None:
        data["low"], data["high"] = (list(bound) for bound in series.band)
    return data


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Note):
        note = {"type": "note", "level": block.level, "text": block.text}
        return {**note, "url": block.url, "link": block.link} if block.url else note
    if isinstance(block, Picture):
        names = ("key", "title", "alt", "caption")
        return {"type": "picture", **{name: getattr(block, name) for name in names}}
    return figure_data(block) if isinstance(block, Figure) else _table(block)


def _table(table: Table) -> dict[str, Any]:
    return {
        "type": "table",
        "key": table.key,
        "title": table.title,
        # Each of the two is true only where the other is not said.
        "footnote": table.footnote if table.rows else "",
        "empty_text": "" if table.rows else table.empty_text,
        "columns": [dataclasses.asdict(column) for column in table.columns],
        "rows": [[_cell(cell) for cell in row] for row in table.rows],
    }


def _cell(cell: Cell) -> dict[str, Any]:
    value = cell.value
    if isinstance(value, dt.date):
        value = value.isoformat()
    elif isinstance(value, Decimal):
        value = float(value)
    data: dict[str, Any] = {"value": value}
    if cell.url:
        data["url"] = cell.url
    if cell.note:
        data["note"] = cell.note
    if cell.is_suppressed:
        data["suppressed"] = True
    if cell.mark:
        data["mark"] = cell.mark
    return data
