"""A report as an Excel workbook: a cover sheet, then sheets with typed cells and native charts."""

from __future__ import annotations

import io
from collections.abc import Sequence

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from core.spreadsheets import fill_cell, set_footer, sheet_title, write_cover
from reports.renderers.texts import report_facts
from reports.renderers.xlsx_sheets import (
    BLOCK_FONT,
    LINE_HEIGHT,
    LINK_FONT,
    Part,
    SheetWriter,
    line_count,
    parts_of,
)
from reports.report import Definition, Report

WRAP = Alignment(wrap_text=True, vertical="top")
TERM_WIDTH, TEXT_WIDTH = 28, 90


def render_xlsx(report: Report, *, base_url: str = "") -> bytes:
    """Return the workbook of ``report``.

    Parameters
    ----------
    base_url
        Scheme and host put before the links to records (``https://netz.example.org``); without it
        there are no links.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    cover = book.create_sheet(sheet_title(_("Cover sheet")))
    titles = [cover.title]
    parts = [part for section in report.sections for part in parts_of(section)]
    for part in parts:
        titles.append(sheet_title(part.title, titles))
        SheetWriter(book.create_sheet(titles[-1]), part, base_url).write()
    notes = [(_("Please note"), note.text) for note in report.notes]
    write_cover(cover, title=report.title, facts=[*report_facts(report), *notes])
    _write_contents(cover, parts, titles[1:])
    if report.definitions:
        _write_definitions(cover, report.definitions, cover.max_row + 2)
    for sheet in book.worksheets:
        set_footer(sheet, f"{report.title} · {report.period}")
    book.properties.title = report.title
    book.properties.creator = report.author
    book.properties.created = report.created.replace(tzinfo=None)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _write_contents(cover: Worksheet, parts: Sequence[Part], titles: Sequence[str]) -> None:
    row = cover.max_row + 2
    fill_cell(cover.cell(row, 1), _("Contents"), "text").font = BLOCK_FONT
    for part, title in zip(parts, titles, strict=True):
        row += 1
        # Further sheets of a chapter stand in the second column, beside its name.
        cell = fill_cell(cover.cell(row, 1 if part.is_first else 2), part.title, "text")
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{title}'!A1")
        cell.font, cell.alignment = LINK_FONT, WRAP


def _write_definitions(cover: Worksheet, definitions: Sequence[Definition], row: int) -> None:
    fill_cell(cover.cell(row, 1), _("Definitions"), "text").font = BLOCK_FONT
    for definition in definitions:
        row += 1
        fill_cell(cover.cell(row, 1), definition.term, "text").alignment = WRAP
        fill_cell(cover.cell(row, 2), definition.text, "text").alignment = WRAP
        lines = max(line_count(definition.term, TERM_WIDTH), line_count(definition.text, TEXT_WIDTH))
        cover.row_dimensions[row].height = LINE_HEIGHT * lines + 2
