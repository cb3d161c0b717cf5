"""Header lines made plain: encoded words, addresses, file names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from email.errors import HeaderParseError
from email.header import decode_header
from email.utils import getaddresses

from actors.emails import limits
from actors.emails.message import Address
from actors.emails.text import clean_line, decode

_ADDRESS = re.compile(r"[^\s<>()\[\],;:\"'|]{1,64}@[^\s<>()\[\],;:\"'|@]{1,255}")
_FOLDING = re.compile(r"\r?\n[ \t]*|\r")
_SMTP = re.compile(r"\bmailto:", re.IGNORECASE)


def header_text(raw: str) -> str:
    """Return a header as it was meant; bytes that were sent as they are count as UTF-8 or Windows-1252."""
    raw = _FOLDING.sub(" ", raw)
    if any("\udc80" <= c <= "\udcff" for c in raw):
        raw = decode(raw.encode("utf-8", "surrogateescape"), "utf-8")
    if "=?" not in raw:
        return raw
    try:
        pieces = decode_header(raw)
    except (HeaderParseError, ValueError, TypeError):
        return raw
    return "".join(text if isinstance(text, str) else _piece(text, charset) for text, charset in pieces)


def _piece(data: bytes, charset: str | None) -> str:
    # What was not encoded comes back as bytes of raw-unicode-escape.
    return decode(data, charset) if charset else data.decode("raw-unicode-escape", "replace")


def addresses_in(values: Iterable[str]) -> list[Address]:
    """Return everybody named in address headers, each address once, at most as many as are read."""
    found: dict[str, Address] = {}
    for value in values:
        for name, address in _pairs(value):
            person = _address(header_text(name), header_text(address))
            if person is not None:
                found.setdefault(person.address.lower() or person.name, person)
    return list(found.values())[: limits.MAX_RECIPIENTS]


def _pairs(raw: str) -> list[tuple[str, str]]:
    # Names are decoded one by one: a comma inside an encoded name parts nobody.
    value = _FOLDING.sub(" ", raw)
    try:
        pairs = [pair for pair in getaddresses([value]) if any(pair)]
    except (ValueError, TypeError, IndexError, RecursionError):
        pairs = []
    if pairs:
        return pairs
    return [("", address) for address in _ADDRESS.findall(header_text(value))]


def copied_addresses(value: str) -> list[Address]:
    """Return everybody named in a copied line: ``Name <address>; Name [mailto:address]; Name``."""
    value = _SMTP.sub("", value)
    separator = ";" if ";" in value else r",(?=[^,]*@)|(?<=>),"
    found: dict[str, Address] = {}
    for part in re.split(separator, value):
        match = _ADDRESS.search(part)
        address = match[0] if match else ""
        name = part if match is None else part[: match.start()]
        person = _address(name.strip(" \t<([*'\""), address)
        if person is not None:
            found.setdefault(person.address.lower() or person.name, person)
    return list(found.values())[: limits.MAX_RECIPIENTS]


def _address(name: str, address: str) -> Address | None:
    match = _ADDRESS.fullmatch(clean_line(address, 330).strip("<>'\" "))
    plain = clean_line(name, limits.MAX_NAME_CHARS).strip(" '\"*\t<>")
    shown = match[0].rstrip(".") if match else ""
    if not (shown or plain):
        return None
    return Address("" if plain.lower() == shown.lower() else plain, shown)


def file_name(raw: str | None, default: str) -> str:
    """Return the last part of a file's name without anything that would mislead."""
    name = clean_line(header_text(raw or ""), 1_000)
    name = re.split(r"[/\\]", name)[-1]
    name = re.sub(r'[<>:"|?*\x00-\x1f]', "_", name).strip(" .")
    if not name:
        return default
    stem, point, suffix = name.rpartition(".")
    if len(name) <= limits.MAX_FILE_NAME_CHARS:
        return name
    kept = stem if point and len(suffix) <= 10 else name
    end = f".{suffix}" if kept is stem else ""
    return kept[: limits.MAX_FILE_NAME_CHARS - len(end) - 1].rstrip() + "…" + end
