"""Excel files built by hand, sound and broken, for the tests of reading and import."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl import Workbook

from core.sheets.errors import SheetError, column_letter

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"

CONTENT_TYPES = f"""<?xml version="1.0" encoding="UTF-8"?>
<Types xmlns="{PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/xl/workbook.xml" ContentType="{SPREADSHEET}.sheet.main+xml"/>
<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{SPREADSHEET}.worksheet+xml"/>
<Override PartName="/xl/sharedStrings.xml" ContentType="{SPREADSHEET}.sharedStrings+xml"/>
</Types>"""
RELS = f"""<?xml version="1.0" encoding="UTF-8"?>
<Relationships xmlns="{PACKAGE}/relationships">
<Relationship Id="rId1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>"""
WORKBOOK = f"""<?xml version="1.0" encoding="UTF-8"?>
<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">
<sheets><sheet name="Liste" sheetId="1" r:id="rId1"/></sheets></workbook>"""
WORKBOOK_RELS = f"""<?xml version="1.0" encoding="UTF-8"?>
<Relationships xmlns="{PACKAGE}/relationships">
<Relationship Id="rId1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>
<Relationship Id="rId2" Type="{RELATIONS}/sharedStrings" Target="sharedStrings.xml"/></Relationships>"""


def text_cell(place: str, text: str) -> str:
    """Return the XML of a cell with its text inside it."""
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def row(number: int, *cells: str) -> str:
    """Return the XML of a row."""
    return f'<row r="{number}">{"".join(cells)}</row>'


HEAD = row(1, text_cell("A1", "Name"), text_cell("B1", "Ort"))
BODY = row(2, text_cell("A2", "Sportverein"), text_cell("B2", "Westhagen"))


def sheet_xml(rows: str = HEAD + BODY, *, before: str = "", after: str = "", prolog: str = "") -> str:
    """Return the XML of a worksheet."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{prolog}<worksheet xmlns="{MAIN}">{before}'
        f"<sheetData>{rows}</sheetData>{after}</worksheet>"
    )


def parts(sheet: str | bytes | None = None, **more: str | bytes) -> dict[str, str | bytes]:
    """Return the parts of a small sound workbook; ``sheet`` replaces the worksheet."""
    sound: dict[str, str | bytes] = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": RELS,
        "xl/workbook.xml": WORKBOOK,
        "xl/_rels/workbook.xml.rels": WORKBOOK_RELS,
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}"><si><t>eins</t></si><si><t>zwei</t></si></sst>',
        "xl/worksheets/sheet1.xml": sheet if sheet is not None else sheet_xml(),
    }
    return sound | more


def packed(contents: Mapping[str, str | bytes] | Sequence[tuple[str, str | bytes]]) -> bytes:
    """Return a zip file with these parts, in this order, duplicates and all."""
    buffer = io.BytesIO()
    pairs = contents.items() if isinstance(contents, Mapping) else contents
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in pairs:
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def workbook(rows: Sequence[Sequence[Any]], *, title: str = "Liste") -> bytes:
    """Return an Excel file with one sheet, as Excel itself would write it."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for each in rows:
        sheet.append(list(each))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def described(error: SheetError) -> str:
    """Return place and reason in short, the same in every language: ``3B: reason``."""
    place = "" if error.row is None else str(error.row)
    place += "" if error.column is None else column_letter(error.column)
    return f"{place}: {error.message}" if place else error.message
