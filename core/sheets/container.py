"""The first door for Excel files: the zip container is judged before any part of it is parsed."""

import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import PurePosixPath

from core.sheets import errors, limits
from core.sheets.errors import SheetError

_CENTRAL_ENTRY = b"PK\x01\x02"
_LOCAL_HEADER_BYTES = 30
_CHUNK = 256 * 1024
_BLANKS = b" \t\r\n"
_BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_PROLOG = re.compile(rb"(?:[ \t\r\n]+|<\?.*?\?>|<!--.*?-->)*", re.DOTALL)
_ENCODING = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)")
_SAFE_ENCODINGS = {b"utf-8", b"us-ascii", b"iso-8859-1", b"windows-1252"}
_MACRO_NAMES = re.compile(r"vbaproject|vbadata|macrosheets/|intlmacrosheets/", re.IGNORECASE)
_MACRO_TYPES = re.compile(rb"macroenabled|vbaproject|macrosheet", re.IGNORECASE)
_READ_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError)


CheckKind = Callable[[zipfile.ZipFile, list[zipfile.ZipInfo]], None]


def check_container(data: bytes) -> None:
    """Raise ``SheetError`` unless the bytes are a sound .xlsx container that is safe to parse."""
    check_archive(data, _check_kind)


def check_archive(data: bytes, check_kind: CheckKind) -> None:
    """Raise ``SheetError`` unless the bytes are a sound container that ``check_kind`` lets pass."""
    if len(data) > limits.MAX_FILE_BYTES:
        raise SheetError(errors.TOO_LARGE, limit=limits.MAX_FILE_BYTES // limits.MEBIBYTE)
    # Counted in the raw bytes, so that a directory of a million entries is never built in memory.
    if data.count(_CENTRAL_ENTRY) > limits.MAX_PARTS:
        raise SheetError(errors.SUSPICIOUS)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
            _check_directory(parts)
            _check_overlaps(parts, data, archive.start_dir)
            check_kind(archive, parts)
            for part in parts:
                _check_part(archive, part)
    except _READ_FAULTS as fault:
        raise SheetError(errors.DAMAGED) from fault


def _check_directory(parts: list[zipfile.ZipInfo]) -> None:
    seen: set[str] = set()
    for part in parts:
        name = part.orig_filename
        if part.flag_bits & 0x41:
            raise SheetError(errors.PROTECTED)
        if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise SheetError(errors.SUSPICIOUS)
        if _is_unsafe_name(name) or name.casefold() in seen:
            raise SheetError(errors.SUSPICIOUS)
        if _MACRO_NAMES.search(name):
            raise SheetError(errors.MACROS)
        seen.add(name.casefold())
        if part.file_size > limits.MAX_PART_BYTES or _is_squeezed(part):
            raise SheetError(errors.UNPACKS_TOO_LARGE)
    if sum(part.file_size for part in parts) > limits.MAX_UNPACKED_BYTES:
        raise SheetError(errors.UNPACKS_TOO_LARGE)


def _is_unsafe_name(name: str) -> bool:
    return (
        not name
        or "\\" in name
        or "\0" in name
        or ":" in name
        or name.startswith("/")
        or ".." in PurePosixPath(name).parts
    )


def _is_squeezed(part: zipfile.ZipInfo) -> bool:
    return part.file_size > limits.RATIO_FROM_BYTES and part.file_size > limits.MAX_RATIO * max(
        part.compress_size, 1
    )


def _check_overlaps(parts: list[zipfile.ZipInfo], data: bytes, directory_start: int) -> None:
    """Refuse parts that share bytes: the trick behind the densest zip bombs."""
    end_of_previous = 0
    for part in sorted(parts, key=lambda each: each.header_offset):
        if part.header_offset < end_of_previous:
            raise SheetError(errors.SUSPICIOUS)
        header = data[part.header_offset : part.header_offset + _LOCAL_HEADER_BYTES]
        if len(header) < _LOCAL_HEADER_BYTES:
            raise SheetError(errors.DAMAGED)
        variable = int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
        end_of_previous = part.header_offset + _LOCAL_HEADER_BYTES + variable + part.compress_size
    if end_of_previous > directory_start:
        raise SheetError(errors.SUSPICIOUS)


def _check_kind(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> None:
    names = {part.filename for part in parts}
    if "mimetype" in names and b"opendocument" in read_small(archive, "mimetype"):
        raise SheetError(errors.OPEN_DOCUMENT)
    if "[Content_Types].xml" not in names:
        raise SheetError(errors.NOT_A_WORKBOOK)
    if b"spreadsheetml" not in check_office_types(archive):
        raise SheetError(errors.NOT_A_WORKBOOK)


def check_office_types(archive: zipfile.ZipFile) -> bytes:
    """Return what an Office container says it holds, unless that has macros."""
    types = read_small(archive, "[Content_Types].xml")
    if _MACRO_TYPES.search(types):
        raise SheetError(errors.MACROS)
    return types


def read_small(archive: zipfile.ZipFile, name: str) -> bytes:
    """Return a part that is small in every sound container."""
    if archive.getinfo(name).file_size > limits.MEBIBYTE:
        raise SheetError(errors.SUSPICIOUS)
    return archive.read(name)


def _check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Unpack the part once without keeping it: its size and checksum must be true, its prolog harmless."""
    chunks = _chunks(archive, part)
    head = b""
    for chunk in chunks:
        head += chunk
        if len(head) >= limits.MAX_PROLOG_BYTES:
            break
    _check_prolog(head)
    if len(head) + sum(len(chunk) for chunk in chunks) != part.file_size:
        raise SheetError(errors.DAMAGED)


def _chunks(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk


def _check_prolog(head: bytes) -> None:
    """Refuse a part that opens with a document type, or in an encoding that would hide one."""
    start = head[: limits.MAX_PROLOG_BYTES]
    text = _without_mark(start)
    if not text.replace(b"\0", b"").lstrip(_BLANKS).startswith(b"<"):
        return
    if b"\0" in start[:400] or start.startswith(_BYTE_ORDER_MARKS[1:]):
        raise SheetError(errors.SUSPICIOUS)
    declared = _ENCODING.match(text.lstrip(_BLANKS))
    if declared and declared.group(1).lower() not in _SAFE_ENCODINGS:
        raise SheetError(errors.SUSPICIOUS)
    prolog = _PROLOG.match(text)
    root = text[prolog.end() :] if prolog else text
    if not root.startswith(b"<") or root[1:2] in (b"", b"!", b"?"):
        raise SheetError(errors.SUSPICIOUS)


def _without_mark(head: bytes) -> bytes:
    for mark in _BYTE_ORDER_MARKS:
        head = head.removeprefix(mark)
    return head
