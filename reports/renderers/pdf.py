"""A report as PDF, set by Typst: tagged for screen readers, with its own type, the same on every machine."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from crm.common.spreadsheets import safe_text
from reports.renderers import colours
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
# Breadths are in em of the table's type. Sizes in points, the largest first, and what a page then holds:
# upright (482 pt), and across (728 pt), where it must fit.
UPRIGHT = (9.0, 8.0)
ACROSS = (8.5, 7.5, 6.5)
UPRIGHT_POINTS, ACROSS_POINTS = 482, 728
LETTER, CAPITAL, BESIDE = 0.47, 0.54, 1.0
# A text up to so many letters stays on one line; a longer one is broken and shares what room is left.
# Longer words are hyphenated.
SHORT, LONGEST_WORD, LONGEST_HEAD, WIDE = 18, 15, 15, 60
# Where a word without end may be broken all the same.
BREAK = "\u200b"
_ENDLESS = re.compile(r"\S{30}(?=\S{10})")
# So small a table is not cut by a page break.
FEW_ROWS = 12

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
        "office": settings.OFFICE_NAME,
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
        "blocks": [_block(block, base_url) for block in section.blocks],
    }


def _block(block: Block, base_url: str) -> dict[str, Any]:
    if isinstance(block, Note):
        return {"type": "note", "level": block.level, "text": block.text}
    if isinstance(block, Table):
        return _table(block, base_url)
    if isinstance(block, Figure) and not block.categories:
        return {"type": "empty", "title": block.title, "text": _("Nothing to show here.")}
    svg = block.svg if isinstance(block, Picture) else chart_svg(block)
    caption = block.caption if isinstance(block, Picture) else ""
    return {
        "type": "picture",
        "title": block.title,
        "svg": svg.decode(),
        "alt": block.alt or block.title,
        "caption": caption,
    }


def _table(table: Table, base_url: str) -> dict[str, Any]:
    breadths = [_breadth(table, at) for at in range(len(table.columns))]
    landscape, size = _measure(breadths)
    return {
        "type": "table",
        "title": table.title,
        "empty": table.empty_text or _("Nothing to show here."),
        "landscape": landscape,
        "whole": len(table.rows) <= FEW_ROWS,
        "size": size,
        "widths": [[breadth.least, breadth.share] for breadth in breadths],
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


@dataclass(frozen=True)
class Breadth:
    """What a column takes at least, and its share of the room that is left; 0 where it needs none."""

    least: float
    share: int


def _breadth(table: Table, at: int) -> Breadth:
    column = table.columns[at]
    texts = [cell_text(row[at], column) for row in table.rows]
    longest = max(map(len, texts), default=0)
    words = re.findall(r"[^\s/]+/?", column.label)
    head = min(max(map(len, words), default=0), LONGEST_HEAD) * CAPITAL
    if column.is_number or longest <= SHORT:
        return Breadth(max(longest * LETTER, head) + BESIDE, 0)
    word = max(len(word) for text in texts for word in text.split())
    return Breadth(max(min(word, LONGEST_WORD) * LETTER, head) + BESIDE, min(longest, WIDE))


def _measure(breadths: list[Breadth]) -> tuple[bool, float]:
    """Return whether a table lies across the page, and the size of its type."""
    # A column of long texts is not read well where it holds but one word in a line.
    wanted = sum(breadth.least + min(breadth.share, SHORT) * LETTER / 2 for breadth in breadths)
    for size in UPRIGHT:
        if wanted * size <= UPRIGHT_POINTS:
            return False, size
    return True, next((size for size in ACROSS if wanted * size <= ACROSS_POINTS), ACROSS[-1])
