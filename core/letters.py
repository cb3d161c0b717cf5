"""Letters of the office, as a Word document and as plain text; whoever writes one says what stands in it."""

from __future__ import annotations

import io
from dataclasses import dataclass

import docx
from docx.document import Document
from docx.shared import Cm, Pt

from core.spreadsheets import safe_text

DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FONT, SIZE = "Calibri", Pt(11)
MARGIN_LEFT, MARGIN_RIGHT, MARGIN_TOP = Cm(2.5), Cm(2), Cm(2)
LANGUAGE_OF_LETTERS = "de-DE"


@dataclass(frozen=True)
class Letter:
    """A letter from top to bottom; ``facts`` are lines such as reference and due day, with their labels."""

    sender: tuple[str, ...]
    recipient: tuple[str, ...]
    place_and_day: str
    facts: tuple[tuple[str, str], ...]
    subject: str
    paragraphs: tuple[str, ...]
    closing: tuple[str, ...]


def letter_text(letter: Letter) -> str:
    """Return the letter as plain text, fit for an e-mail."""
    blocks = [
        "\n".join(letter.sender),
        "\n".join(letter.recipient),
        letter.place_and_day,
        "\n".join(f"{label}: {value}" for label, value in letter.facts),
        letter.subject,
        *letter.paragraphs,
        "\n".join(letter.closing),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def letter_docx(letter: Letter) -> bytes:
    """Return the letter as a Word document on A4: letterhead, address, reference, subject, text."""
    document = docx.Document()
    _prepare(document, letter)
    _lines(document, letter.sender, first_is_bold=True, after=Pt(30))
    _lines(document, letter.recipient, after=Pt(24))
    _lines(document, (letter.place_and_day,), after=Pt(6))
    _lines(document, tuple(f"{label}: {value}" for label, value in letter.facts), after=Pt(18))
    _lines(document, (letter.subject,), first_is_bold=True, after=Pt(12))
    for paragraph in letter.paragraphs:
        _lines(document, tuple(paragraph.splitlines()), after=Pt(10))
    _lines(document, letter.closing, after=Pt(0))
    body = io.BytesIO()
    document.save(body)
    return body.getvalue()


def _prepare(document: Document, letter: Letter) -> None:
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin, page.right_margin = MARGIN_LEFT, MARGIN_RIGHT
    page.top_margin = page.bottom_margin = MARGIN_TOP
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, SIZE
    style.paragraph_format.space_after = Pt(0)
    document.core_properties.title = safe_text(letter.subject)[:250]
    document.core_properties.author = safe_text(letter.sender[0] if letter.sender else "")[:250]
    document.core_properties.language = LANGUAGE_OF_LETTERS


def _lines(document: Document, lines: tuple[str, ...], *, after: Pt, first_is_bold: bool = False) -> None:
    """Write lines as one paragraph; a blank line stays blank."""
    if not lines:
        return
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_after = after
    for number, line in enumerate(lines):
        run = paragraph.add_run()
        if number:
            run.add_break()
        run.add_text(safe_text(line))
        run.bold = first_is_bold and number == 0
