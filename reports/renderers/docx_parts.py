"""What python-docx does not offer: styles from one table, cells that are only text, fields of the footer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.text.paragraph import Paragraph

from core.spreadsheets import safe_text
from reports.renderers import colours

# Every office program has it or one of the same breadths: a broader one in its place would break numbers.
FACE = "Arial"
LINK = "Report Link"
TABLE_TEXT, TABLE_NUMBER, TABLE_HEAD, TABLE_HEAD_NUMBER = (
    "Report Cell",
    "Report Number",
    "Report Head",
    "Report Head Number",
)
FACT, NOTE, WARNING, REMARK, TERM = (
    "Report Fact",
    "Report Note",
    "Report Warning",
    "Report Remark",
    "Report Term",
)
# The package brings a picture of an empty page, and says that Word on a Mac made it.
FOREIGN = ("thumbnail", "extended-properties", "stylesWithEffects", "customXml")


@dataclass(frozen=True)
class Look:
    """How a paragraph style looks; sizes and distances in points."""

    size: float
    colour: str = colours.INK
    bold: bool = False
    before: float = 0
    after: float = 6
    line: float = 1.1
    keep: bool = False
    right: bool = False
    hanging: float = 0
    bar: str = ""
    ground: str = ""


LOOKS = {
    "Normal": Look(10.5),
    "Title": Look(24, colours.PRIMARY, bold=True, after=2, line=1),
    "Subtitle": Look(13, colours.MUTED, after=10),
    "Heading 1": Look(16, colours.PRIMARY, bold=True, before=22, after=6, line=1, keep=True),
    "Heading 2": Look(11.5, colours.INK, bold=True, before=12, after=4, line=1, keep=True),
    FACT: Look(10.5, after=2, hanging=110),
    NOTE: Look(10.5, before=6, after=8, bar=colours.PRIMARY, ground=colours.SOFT),
    WARNING: Look(10.5, before=6, after=8, bar=colours.WARNING, ground=colours.WARNING_SOFT),
    REMARK: Look(9, colours.MUTED, before=3, after=3),
    TERM: Look(10.5, after=4, hanging=18),
    TABLE_TEXT: Look(9, before=1.5, after=1.5, line=1),
    TABLE_NUMBER: Look(9, before=1.5, after=1.5, line=1, right=True),
    TABLE_HEAD: Look(9, "#ffffff", bold=True, before=2, after=2, line=1, keep=True),
    TABLE_HEAD_NUMBER: Look(9, "#ffffff", bold=True, before=2, after=2, line=1, keep=True, right=True),
    "Header": Look(8.5, colours.MUTED, after=0),
    "Footer": Look(8.5, colours.MUTED, after=0),
}


def element(name: str, **attributes: object) -> Any:
    """Return an element of WordprocessingML with attributes of its own name space."""
    node = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        node.set(qn(f"w:{key}"), str(value))
    return node


def prepare(document: Document, language: str) -> None:
    """Take out what the package's empty document brings, and set styles and language."""
    for part in (document.part.package, document.part):
        for key in [key for key, tie in part.rels.items() if tie.reltype.rsplit("/", 1)[-1] in FOREIGN]:
            part.rels.pop(key)
    settings = document.settings.element
    for name in ("rsids", "themeFontLang"):
        for node in settings.findall(qn(f"w:{name}")):
            settings.remove(node)
    settings.find(qn("w:defaultTabStop")).addnext(element("autoHyphenation"))
    defaults = document.styles.element.find(qn("w:docDefaults"))
    (spoken,) = defaults.iter(qn("w:lang"))
    spoken.set(qn("w:val"), language)
    for name, look in LOOKS.items():
        _set_look(document, name, look)
    link = document.styles.add_style(LINK, WD_STYLE_TYPE.CHARACTER)
    link.font.color.rgb = RGBColor.from_string(colours.PRIMARY[1:].upper())


def _set_look(document: Document, name: str, look: Look) -> None:
    known = [style.name for style in document.styles]
    style: Any = (
        document.styles[name] if name in known else document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    )
    properties = style.element.get_or_add_rPr()
    for node in list(properties):
        properties.remove(node)
    properties.append(element("rFonts", ascii=FACE, hAnsi=FACE, cs=FACE, eastAsia=FACE))
    style.font.size, style.font.bold = Pt(look.size), look.bold
    style.font.color.rgb = RGBColor.from_string(look.colour[1:].upper())
    for node in style.element.findall(qn("w:pPr")):
        for child in [child for child in node if child.tag in {qn("w:pBdr"), qn("w:contextualSpacing")}]:
            node.remove(child)
    _set_paragraph(style, look)


def _set_paragraph(style: Any, look: Look) -> None:
    layout = style.paragraph_format
    layout.space_before, layout.space_after, layout.line_spacing = Pt(look.before), Pt(look.after), look.line
    layout.keep_with_next, layout.widow_control = look.keep, True
    if look.right:
        layout.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if look.hanging:
        layout.left_indent, layout.first_line_indent = Pt(look.hanging), -Pt(look.hanging)
        layout.tab_stops.add_tab_stop(Pt(look.hanging))
    if look.bar:
        layout.left_indent = Pt(6)
        _add_bar(style.element.get_or_add_pPr(), look)


def _add_bar(properties: Any, look: Look) -> None:
    border = element("pBdr")
    border.append(element("left", val="single", sz=18, space=6, color=look.bar[1:].upper()))
    shade = element("shd", val="clear", color="auto", fill=look.ground[1:].upper())
    # Word insists on the order of the schema: these two stand before distances, tabs and indents.
    following = [
        child for child in properties if child.tag in {qn("w:tabs"), qn("w:spacing"), qn("w:ind"), qn("w:jc")}
    ]
    for node in (border, shade):
        following[0].addprevious(node)


def write(paragraph: Any, text: str, *, bold: bool = False) -> None:
    """Add text, and nothing but text, to a paragraph (element)."""
    paragraph.append(_run(text, bold=bold))


def _run(text: str, *, bold: bool = False, style: str = "") -> Any:
    run = element("r")
    if bold or style:
        properties = element("rPr")
        if style:
            properties.append(element("rStyle", val=style))
        if bold:
            properties.append(element("b"))
        run.append(properties)
    for number, line in enumerate(safe_text(text).split("\n")):
        if number:
            run.append(element("br"))
        words = element("t")
        words.text = line
        words.set(qn("xml:space"), "preserve")
        run.append(words)
    return run


class TableWriter:
    """Writes a table row by row; python-docx's own way takes minutes for two thousand rows."""

    def __init__(self, document: Document, widths: Sequence[float], size: float) -> None:
        self.document = document
        self.widths = [round(width * 20) for width in widths]
        self.size = size
        self.styles = {style.name: style.style_id for style in document.styles}
        self.links: dict[str, str] = {}
        self.table = self._empty()
        body = document.element.body
        body.insert(len(body) - 1, self.table)

    def _empty(self) -> Any:
        table = element("tbl")
        properties = element("tblPr")
        properties.append(element("tblW", w=sum(self.widths), type="dxa"))
        borders = element("tblBorders")
        for side in ("bottom", "insideH"):
            borders.append(element(side, val="single", sz=4, space=0, color=colours.LINE[1:].upper()))
        properties.append(borders)
        properties.append(element("tblLayout", type="fixed"))
        margins = element("tblCellMar")
        for side in ("left", "right"):
            margins.append(element(side, w=70, type="dxa"))
        properties.append(margins)
        properties.append(element("tblLook", val="0020", firstRow=1))
        grid = element("tblGrid")
        for width in self.widths:
            grid.append(element("gridCol", w=width))
        table.append(properties)
        table.append(grid)
        return table

    def head(self, labels: Sequence[tuple[str, bool]]) -> None:
        """Write the row that is repeated on every page: labels, and whether they name numbers."""
        row = self._row(is_head=True)
        for width, (label, is_number) in zip(self.widths, labels, strict=True):
            cell = self._cell(row, width, colours.PRIMARY)
            cell.append(self._paragraph(label, TABLE_HEAD_NUMBER if is_number else TABLE_HEAD, ""))

    def row(self, cells: Sequence[tuple[str, bool, str]], *, keep: bool = False) -> None:
        """Write a row: text, whether it is a number, and the address it leads to or nothing.

        With ``keep`` it stands on one page with the next.
        """
        row = self._row(is_head=False)
        for width, (text, is_number, url) in zip(self.widths, cells, strict=True):
            cell = self._cell(row, width)
            cell.append(self._paragraph(text, TABLE_NUMBER if is_number else TABLE_TEXT, url, keep=keep))

    def _row(self, *, is_head: bool) -> Any:
        row = element("tr")
        properties = element("trPr")
        properties.append(element("cantSplit"))
        if is_head:
            properties.append(element("tblHeader"))
        row.append(properties)
        self.table.append(row)
        return row

    def _cell(self, row: Any, width: int, ground: str = "") -> Any:
        cell = element("tc")
        properties = element("tcPr")
        properties.append(element("tcW", w=width, type="dxa"))
        if ground:
            properties.append(element("shd", val="clear", color="auto", fill=ground[1:].upper()))
            properties.append(element("vAlign", val="bottom"))
        cell.append(properties)
        row.append(cell)
        return cell

    def _paragraph(self, text: str, style: str, url: str, *, keep: bool = False) -> Any:
        paragraph = element("p")
        properties = element("pPr")
        properties.append(element("pStyle", val=self.styles[style]))
        if keep:
            properties.append(element("keepNext"))
        paragraph.append(properties)
        run = _run(text, style=self.styles[LINK] if url else "")
        if self.size != LOOKS[style].size:
            self._resize(run)
        paragraph.append(self._linked(run, url) if url else run)
        return paragraph

    def _resize(self, run: Any) -> None:
        properties = run.find(qn("w:rPr"))
        if properties is None:
            properties = element("rPr")
            run.insert(0, properties)
        properties.append(element("sz", val=round(self.size * 2)))

    def _linked(self, run: Any, url: str) -> Any:
        if url not in self.links:
            self.links[url] = self.document.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        link = element("hyperlink", history=1)
        link.set(qn("r:id"), self.links[url])
        link.append(run)
        return link


def write_field(paragraph: Paragraph, code: str) -> None:
    """Add a number that Word counts: PAGE or NUMPAGES."""
    field = element("fldSimple", instr=f" {code} ")
    field.append(_run("1"))
    paragraph._p.append(field)
