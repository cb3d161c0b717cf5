"""A report as PDF, set by Typst: tagged for screen readers, with its own type, the same on every machine."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

import typst
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.office import name_on_documents
from core.spreadsheets import safe_text
from reports.renderers import colours
from reports.renderers.breadths import is_low, lay_out
from reports.renderers.charts import chart_svg
from reports.renderers.fonts import FAMILY, FOLDER, font_files
from reports.renderers.texts import cell_text, explanations, remarks, report_facts
from reports.report import Block, Figure, Note, Picture, Report, Section, Table

TEMPLATE = Path(__file__).with_name("report.typ")
# The standard forbids signs that no font has: then the machine's fonts may help out, and where they cannot,
# a file with an empty sign is better than none.
ATTEMPTS: Any = ((False, "ua-1"), (True, "ua-1"), (True, None))
# From so many chapters on there is a table of contents.
LONG = 4
# Where a word without end may be broken all the same.
BREAK = "\u200b"
_ENDLESS = re.compile(r"\S{30}(?=\S{10})")

logger = logging.getLogger(__name__)


def render_pdf(report: Report, *, base_url: str = "") -> bytes:
    """Return the PDF of ``report``.

    Parameters
    ----------
    base_url
        Scheme and host put before the links to records; without it there are no links.
    """
    inputs = {"report": json.dumps(_data(report, base_url), ensure_ascii=False)}
    for with_system, standard in ATTEMPTS:
        try:
            return typst.compile(
                TEMPLATE,
                root=TEMPLATE.parent,
                font_paths=_fonts(with_system),
                sys_inputs=inputs,
                pdf_standards=standard,
                timestamp=int(report.created.timestamp()),
            )
        except typst.TypstError as problem:
            failure = problem
            logger.warning("PDF not set (system fonts: %s, standard: %s).", with_system, standard)
    raise failure


@cache
def _fonts(with_system: bool) -> typst.Fonts:
    return typst.Fonts(include_system_fonts=with_system, font_paths=[FOLDER] if font_files() else [])


def _data(report: Report, base_url: str) -> dict[str, Any]:
    language = (get_language() or "de").split("-")[0]
    day = date_format(report.data_date, "SHORT_DATE_FORMAT")
    data = {
        "title": report.title,
        "period": report.period,
        "author": report.author,
        "office": name_on_documents(),
        "language": language,
        "region": {"de": "DE"}.get(language),
        "font": [FAMILY, "Libertinus Serif"] if font_files() else ["Libertinus Serif"],
        "colours": {
            "ink": colours.INK,
            "muted": colours.MUTED,
            "line": colours.LINE,
            "primary": colours.PRIMARY,
            "soft": colours.SOFT,
            "warning": colours.WARNING,
            "warning_soft": colours.WARNING_SOFT,
        },
        "words": {
            "contents": _("Contents"),
            "definitions": _("Definitions"),
            "warning": _("Please note:"),
            "page": _("Page {page} of {pages}"),
            "as_of": _("Data as of %(day)s") % {"day": day},
        },
        "facts": report_facts(report),
        "notes": [_block(note, base_url) for note in report.notes],
        "contents": len(report.sections) >= LONG,
        "sections": [_section(section, base_url) for section in report.sections],
        "definitions": [(definition.term, definition.text) for definition in report.definitions],
    }
    return _clean(data)


def _clean(data: Any) -> Any:
    """Take out what no document can hold: control characters."""
    if isinstance(data, str):
        return safe_text(data)
    if isinstance(data, dict):
        return {name: value if name == "svg" else _clean(value) for name, value in data.items()}
    return [_clean(part) for part in data] if isinstance(data, list | tuple) else data


def _section(section: Section, base_url: str) -> dict[str, Any]:
    return {
        "title": section.title,
        "intro": section.intro,
        # Tables that lie across and follow each other share their pages.
        "spreads": [
            {"across": is_across, "blocks": list(blocks)}
            for is_across, blocks in groupby(
                (_block(block, base_url) for block in section.blocks),
                lambda block: block.get("across", False),
            )
        ],
    }


def _block(block: Block, base_url: str) -> dict[str, Any]:
    if isinstance(block, Note):
        return {"type": "note", "level": block.level, "text": block.text}
    if isinstance(block, Table):
        return _table(block, base_url)
    if isinstance(block, Figure) and not block.categories:
        return {"type": "empty", "title": block.title, "text": _("Nothing to show here.")}
    svg = block.drawing.svg if isinstance(block, Picture) else chart_svg(block)
    caption = block.caption if isinstance(block, Picture) else ""
    return {
        "type": "picture",
        "title": block.title,
        "svg": svg.decode(),
        "alt": block.alt or block.title,
        "caption": caption,
    }


def _table(table: Table, base_url: str) -> dict[str, Any]:
    layout = lay_out(table)
    return {
        "type": "table",
        "title": table.title,
        "empty": table.empty_text or _("Nothing to show here."),
        "across": layout.is_across and bool(table.rows),
        "whole": is_low(table, layout),
        "size": layout.size,
        "widths": layout.points(),
        "numbers": [column.is_number for column in table.columns],
        "head": [{"text": column.label, "number": column.is_number} for column in table.columns],
        "cells": list(_cells(table, base_url)),
        "remarks": [*remarks(table), " ".join(explanations(table))],
    }


def _cells(table: Table, base_url: str) -> Iterator[str | tuple[str, str]]:
    for pairs in table.pairs():
        for column, cell in pairs:
            text = _ENDLESS.sub(f"\\g<0>{BREAK}", cell_text(cell, column))
            yield (text, f"{base_url}{cell.url}") if cell.url and base_url else text
