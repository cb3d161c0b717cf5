"""A report as a Word document: real headings, tables whose heads repeat, described pictures."""

from __future__ import annotations

import io
from typing import Any

import docx
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.section import Section as Pages
from docx.shared import Cm, Pt

from core.office import name_on_documents
from core.spreadsheets import safe_text
from reports.renderers.breadths import ACROSS_POINTS, UPRIGHT_POINTS, is_low, lay_out
from reports.renderers.charts import chart_png
from reports.renderers.docx_parts import (
    FACT,
    NOTE,
    REMARK,
    TERM,
    WARNING,
    TableWriter,
    prepare,
    write,
    write_field,
)
from reports.renderers.texts import cell_text, explanations, remarks, report_facts
from reports.report import Block, Definition, Figure, Note, Picture, Report, Section, Table

LANGUAGES = {"de": "de-DE", "en": "en-GB"}
# How much broader Word's type runs than that of the PDF.
SCALE = 1.16
SHORT_SIDE, LONG_SIDE, MARGIN = Cm(21), Cm(29.7), Cm(2)


def render_docx(report: Report, *, base_url: str = "") -> bytes:
    """Return the Word document of ``report``.

    Parameters
    ----------
    base_url
        Scheme and host put before the links to records; without it there are no links.
    """
    return DocumentWriter(report, base_url).write()


class DocumentWriter:
    """Writes a document from top to bottom."""

    def __init__(self, report: Report, base_url: str) -> None:
        self.report = report
        self.base_url = base_url
        self.language = LANGUAGES.get((get_language() or "de").split("-")[0], "de-DE")
        self.document: Document = docx.Document()
        self.is_across = False

    def write(self) -> bytes:
        """Write everything and return the file."""
        prepare(self.document, self.language)
        self._describe()
        self._set_page(self.document.sections[0])
        self._write_furniture(self.document.sections[0])
        self._write_top()
        for section in self.report.sections:
            self._write_section(section)
        if self.report.definitions:
            self._turn(is_across=False)
            self._paragraph(_("Definitions"), "Heading 1")
            for definition in self.report.definitions:
                self._write_definition(definition)
        target = io.BytesIO()
        self.document.save(target)
        return target.getvalue()

    def _describe(self) -> None:
        about, report = self.document.core_properties, self.report
        about.title, about.author, about.last_modified_by = (
            safe_text(text)[:255] for text in (report.title, report.author, report.author)
        )
        about.subject, about.comments, about.keywords = safe_text(report.period)[:255], "", ""
        about.language = self.language
        about.created = about.modified = report.created.replace(tzinfo=None, microsecond=0)

    def _paragraph(self, text: str, style: str) -> Any:
        paragraph = self.document.add_paragraph(style=style)
        write(paragraph._p, text)
        return paragraph

    def _set_page(self, pages: Pages) -> None:
        sides = (LONG_SIDE, SHORT_SIDE) if self.is_across else (SHORT_SIDE, LONG_SIDE)
        pages.page_width, pages.page_height = sides
        pages.orientation = WD_ORIENT.LANDSCAPE if self.is_across else WD_ORIENT.PORTRAIT
        pages.left_margin = pages.right_margin = pages.bottom_margin = MARGIN
        pages.top_margin, pages.header_distance, pages.footer_distance = Cm(2.3), Cm(1.1), Cm(1)

    def _write_furniture(self, pages: Pages) -> None:
        """Write what stands at the top and foot of each page: not the top of the very first."""
        is_first = pages is self.document.sections[0] or len(self.document.sections) == 1
        pages.different_first_page_header_footer = is_first
        top, report = pages.header, self.report
        top.is_linked_to_previous = False
        self._sides(top.paragraphs[0], f"{report.title} · {report.period}", name_on_documents())
        for foot in (pages.footer, pages.first_page_footer) if is_first else (pages.footer,):
            foot.is_linked_to_previous = False
            self._write_foot(foot.paragraphs[0])

    def _sides(self, paragraph: Any, left: str, right: str) -> None:
        for stop in list(paragraph.style.paragraph_format.tab_stops):
            stop._element.getparent().remove(stop._element)
        edge = Pt(ACROSS_POINTS if self.is_across else UPRIGHT_POINTS)
        paragraph.paragraph_format.tab_stops.add_tab_stop(edge, WD_TAB_ALIGNMENT.RIGHT)
        write(paragraph._p, left)
        paragraph.add_run("\t")
        write(paragraph._p, right)

    def _write_foot(self, paragraph: Any) -> None:
        day = date_format(self.report.data_date, "SHORT_DATE_FORMAT")
        # The words stand around the two numbers, in whatever order the language puts them.
        before, between, after = _("Page {page} of {pages}").replace("{pages}", "{page}").split("{page}")
        self._sides(paragraph, _("Data as of %(day)s") % {"day": day}, before)
        write_field(paragraph, "PAGE")
        write(paragraph._p, between)
        write_field(paragraph, "NUMPAGES")
        write(paragraph._p, after)

    def _write_top(self) -> None:
        office = self._paragraph(name_on_documents(), "Subtitle")
        office.paragraph_format.space_after = Pt(0)
        self._paragraph(self.report.title, "Title")
        self._paragraph(self.report.period, "Subtitle")
        for label, value in report_facts(self.report):
            paragraph = self.document.add_paragraph(style=FACT)
            write(paragraph._p, label)
            paragraph.add_run("\t")
            write(paragraph._p, value)
        for note in self.report.notes:
            self._write_note(note)

    def _write_section(self, section: Section) -> None:
        first = section.blocks[0] if section.blocks else None
        self._turn(is_across=self._lies_across(first))
        self._paragraph(section.title, "Heading 1")
        if section.intro:
            self._paragraph(section.intro, "Normal").paragraph_format.keep_with_next = True
        for block in section.blocks:
            self._turn(is_across=self._lies_across(block))
            self._write_block(block)

    def _lies_across(self, block: Block | None) -> bool:
        return isinstance(block, Table) and bool(block.rows) and lay_out(block, scale=SCALE).is_across

    def _turn(self, *, is_across: bool) -> None:
        """Go on upright or across; each change begins a page."""
        if is_across == self.is_across:
            return
        self.is_across = is_across
        pages = self.document.add_section(WD_SECTION.NEW_PAGE)
        self._set_page(pages)
        self._write_furniture(pages)

    def _write_block(self, block: Block) -> None:
        if isinstance(block, Note):
            self._write_note(block)
        elif isinstance(block, Table):
            self._write_table(block)
        else:
            self._write_drawing(block)

    def _write_note(self, note: Note) -> None:
        is_warning = note.level == "warning"
        paragraph = self.document.add_paragraph(style=WARNING if is_warning else NOTE)
        if is_warning:
            warning = _("Please note:")
            write(paragraph._p, f"{warning} ", bold=True)
        write(paragraph._p, note.text)

    def _write_table(self, table: Table) -> None:
        self._paragraph(table.title, "Heading 2")
        if table.rows:
            layout = lay_out(table, scale=SCALE)
            writer = TableWriter(self.document, layout.points(), layout.size)
            last = len(table.rows) - 1 if is_low(table, layout) else 0
            writer.head([(column.label, column.is_number) for column in table.columns])
            for number, pairs in enumerate(table.pairs()):
                cells = [(cell_text(cell, at), at.is_number, self._address(cell.url)) for at, cell in pairs]
                writer.row(cells, keep=number < last)
        else:
            self._paragraph(table.empty_text or _("Nothing to show here."), REMARK)
        for line in filter(None, (*remarks(table), " ".join(explanations(table)))):
            self._paragraph(line, REMARK)

    def _address(self, url: str | None) -> str:
        return f"{self.base_url}{url}" if url and self.base_url else ""

    def _write_drawing(self, block: Figure | Picture) -> None:
        self._paragraph(block.title, "Heading 2")
        if isinstance(block, Figure) and not block.categories:
            self._paragraph(_("Nothing to show here."), REMARK)
            return
        png = block.drawing.png if isinstance(block, Picture) else chart_png(block)
        shape = self.document.add_picture(io.BytesIO(png), width=Pt(UPRIGHT_POINTS))
        about = shape._inline.docPr
        about.set("name", safe_text(block.title)[:255])
        about.set("descr", safe_text(block.alt or block.title))
        if isinstance(block, Picture) and block.caption:
            self._paragraph(block.caption, REMARK)

    def _write_definition(self, definition: Definition) -> None:
        paragraph = self.document.add_paragraph(style=TERM)
        write(paragraph._p, definition.term, bold=True)
        write(paragraph._p, f"  {definition.text}")
