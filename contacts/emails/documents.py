"""Office documents among the attachments: which kind, and whether they are sound and hold no macros."""

from __future__ import annotations

import re
import zipfile

from contacts.emails.errors import EmailError
from core.sheets import errors
from core.sheets.container import check_archive, check_office_types, read_small

_OFFICE = "application/vnd.openxmlformats-officedocument."
_OOXML = (
    (b"wordprocessingml.document.main", f"{_OFFICE}wordprocessingml.document", ".docx"),
    (b"spreadsheetml.sheet.main", f"{_OFFICE}spreadsheetml.sheet", ".xlsx"),
    (b"presentationml.presentation.main", f"{_OFFICE}presentationml.presentation", ".pptx"),
)
_ODF = {
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.oasis.opendocument.spreadsheet": ".ods",
    "application/vnd.oasis.opendocument.presentation": ".odp",
    "application/vnd.oasis.opendocument.graphics": ".odg",
}
_SCRIPTS = re.compile(r"(^|/)(basic|scripts)/", re.IGNORECASE)


def reason_of(template: object) -> str:
    """Return the key of the reason for what the check of a container says."""
    known = {errors.MACROS: "macros", errors.PROTECTED: "protected", errors.NOT_A_WORKBOOK: "archive"}
    return next((reason for text, reason in known.items() if text is template), "damaged")


def document_type(data: bytes) -> tuple[str, str]:
    """Return type and end of the name of a sound office document; raise ``EmailError`` with the reason."""
    types: list[tuple[str, str]] = []

    def check_kind(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> None:
        types.append(_kind(archive, {part.filename for part in parts}))

    try:
        check_archive(data, check_kind)
    except errors.SheetError as refused:
        raise EmailError(reason_of(refused.template)) from refused
    return types[0]


def _kind(archive: zipfile.ZipFile, names: set[str]) -> tuple[str, str]:
    if "[Content_Types].xml" in names:
        types = check_office_types(archive)
        for main, content_type, suffix in _OOXML:
            if main in types:
                return content_type, suffix
        raise EmailError("kind")
    if "mimetype" not in names:
        raise EmailError("archive")
    said = read_small(archive, "mimetype").decode("ascii", "replace").strip()
    if said not in _ODF:
        raise EmailError("kind")
    if any(_SCRIPTS.search(name) for name in names):
        raise EmailError("macros")
    return said, _ODF[said]
