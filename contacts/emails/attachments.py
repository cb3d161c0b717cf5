"""What came with an e-mail, judged by its contents and not by its name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from contacts.emails import limits
from contacts.emails.documents import document_type
from contacts.emails.errors import EmailError
from contacts.emails.message import KeptFile, NotKept
from contacts.emails.pictures import encode_anew, pixels_of
from core.sheets.csv_text import decode
from core.sheets.errors import SheetError

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TNEF = b"\x78\x9f\x3e\x22"
_ARCHIVES = (b"PK\x03\x04", b"PK\x05\x06", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a", b"RIFF")
_MARKUP = re.compile(
    r"\s*<(!doctype|!--|html|head|body|script|svg|\?xml|\?php|iframe|a\s|img|div|p>|meta|math)", re.IGNORECASE
)
_BINARY = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_TEXT_KINDS = {"text/csv": ".csv", "text/calendar": ".ics", "text/plain": ".txt"}
_PLAIN_NAME = re.compile(r"[^.]\.(txt|log|md|csv|ics)$", re.IGNORECASE)


@dataclass(frozen=True)
class AttachedFile:
    """A part of an e-mail that is no text to read."""

    name: str
    declared: str
    data: bytes
    content_id: str = ""


class Refused(Exception):
    """An attachment that is not kept; says why."""


def judge(files: Iterable[AttachedFile], *, cids_in_text: set[str]) -> list[KeptFile | NotKept]:
    """Return what is kept, and what not and why; ``cids_in_text`` are the pictures that it shows."""
    judged: list[KeptFile | NotKept] = []
    kept, pixels = 0, 0
    for file in files:
        try:
            if kept >= limits.MAX_ATTACHMENTS:
                raise Refused("too-many")
            pixels += pixels_of(file.data) if file.data.startswith(_PICTURES) else 0
            if pixels > limits.MAX_PIXELS_OF_MESSAGE:
                raise Refused("too-many-pixels")
            judged.append(_keep(file, is_layout=f"cid:{file.content_id}" in cids_in_text))
            kept += 1
        except Refused as refused:
            judged.append(NotKept(file.name, len(file.data), str(refused)))
    return judged


def _keep(file: AttachedFile, *, is_layout: bool) -> KeptFile:
    data = file.data
    if not data:
        raise Refused("empty")
    if len(data) > limits.MAX_ATTACHMENT_BYTES:
        raise Refused("too-large")
    if is_layout and len(data) <= limits.MAX_LAYOUT_IMAGE_BYTES and file.declared.startswith("image/"):
        raise Refused("layout")
    if data.startswith(_PICTURES):
        return _picture(file)
    if data.startswith(b"%PDF-"):
        return _named(file, "application/pdf", ".pdf", data)
    if data.startswith(b"PK\x03\x04"):
        return _document(file)
    return _text(file)


def _picture(file: AttachedFile) -> KeptFile:
    try:
        data, content_type, suffix = encode_anew(file.data)
    except EmailError as refused:
        raise Refused(str(refused)) from refused
    if len(data) > limits.MAX_ATTACHMENT_BYTES:
        raise Refused("too-large")
    return _named(file, content_type, suffix, data)


def _document(file: AttachedFile) -> KeptFile:
    try:
        content_type, suffix = document_type(file.data)
    except EmailError as refused:
        raise Refused(str(refused)) from refused
    return _named(file, content_type, suffix, file.data)


def _text(file: AttachedFile) -> KeptFile:
    data = file.data
    known = {_OLE: "old-office", _TNEF: "outlook-parcel"} | dict.fromkeys(_ARCHIVES, "archive")
    for start, reason in known.items():
        if data.startswith(start):
            raise Refused(reason)
    try:
        text, encoding = decode(data)
    except SheetError as fault:
        raise Refused("kind") from fault
    is_said = file.declared.startswith("text/") or _PLAIN_NAME.search(file.name)
    if _BINARY.search(text) or (encoding == "windows-1252" and not is_said):
        raise Refused("kind")
    if _MARKUP.match(text.lstrip("\ufeff")):
        raise Refused("web-page")
    kind = _text_kind(file, text)
    return _named(file, kind, _TEXT_KINDS[kind], data)


def _text_kind(file: AttachedFile, text: str) -> str:
    if text.lstrip("\ufeff \r\n").upper().startswith("BEGIN:VCALENDAR"):
        return "text/calendar"
    is_table = file.declared == "text/csv" or file.name.lower().endswith(".csv")
    return "text/csv" if is_table else "text/plain"


def _named(file: AttachedFile, content_type: str, suffix: str, data: bytes) -> KeptFile:
    """Let the name end as the contents ask for: what is a picture is not called a program."""
    alike = {".jpg": (".jpg", ".jpeg")}.get(suffix, (suffix,))
    name = file.name if file.name.lower().endswith(alike) else f"{file.name}{suffix}"
    return KeptFile(name, suffix, content_type, data)
