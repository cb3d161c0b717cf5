"""Header lines made plain: encoded words, addresses, file names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import EmailMessage
from email.utils import getaddresses

from contacts.emails import limits
from contacts.emails.charsets import decode
from contacts.emails.message import Address
from contacts.emails.text import clean_line

_ADDRESS = re.compile(r"[^\s<>()\[\],;:\"'|]{1,64}@[^\s<>()\[\],;:\"'|@]{1,255}")
_FOLDING = re.compile(r"\r?\n[ \t]*|\r")
_SMTP = re.compile(r"\bmailto:", re.IGNORECASE)
# What lies between two commas that part people: not those in quotes, comments or angle brackets.
_BETWEEN_COMMAS = re.compile(r'(?:"(?:[^"\\]|\\.)*"|\([^()]*\)|<[^<>]*>|[^,])+')
# Header lines as mail programs write them into a text, in German and English.
_IN_COPIES = {
    "from": "von|absender|from|sender",
    "sent": "gesendet|gesendet am|datum|date|sent|sent on",
    "to": "an|empfänger|to|recipient|recipients",
    "cc": "cc|kopie|kopie \\(cc\\)",
    "bcc": "bcc|blindkopie",
    "subject": "betreff|subject|thema",
    "reply-to": "antwort an|reply-to",
    "other": "anlagen|anhänge|attachments|wichtigkeit|priorität|importance|priority",
}
_COPIED = {
    key: re.compile(rf"\*?(?:{words})\s*:\*?[ \t]*(.*)", re.IGNORECASE) for key, words in _IN_COPIES.items()
}


def values(message: EmailMessage, name: str) -> list[str]:
    """Return the values of a header as they were sent; the library reads them slowly and stumbles."""
    return [str(value) for key, value in message.raw_items() if key.lower() == name]


def first(message: EmailMessage, name: str) -> str:
    """Return the first value of a header, or nothing."""
    return next(iter(values(message, name)), "")


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
    addresses: dict[str, Address] = {}
    for value in values:
        for name, address in _pairs(value):
            person = _address(header_text(name), header_text(address))
            if person is not None:
                addresses.setdefault(person.address.lower() or person.name, person)
    return list(addresses.values())[: limits.MAX_RECIPIENTS]


def _pairs(raw: str) -> list[tuple[str, str]]:
    # Names are decoded one by one: a comma inside an encoded name parts nobody.
    value = ", ".join(_with_quotes(person) for person in _one_by_one(_FOLDING.sub(" ", raw)))
    try:
        pairs = [pair for pair in getaddresses([value]) if any(pair)]
    except (ValueError, TypeError, IndexError, RecursionError):
        pairs = []
    if pairs:
        return pairs
    return [("", address) for address in _ADDRESS.findall(header_text(value))]


def _one_by_one(value: str) -> list[str]:
    """Return each person of a list parted by commas; ``Müller, Anna <a@x.de>`` is one, quoted or not."""
    people: list[str] = []
    names: list[str] = []
    for part in _BETWEEN_COMMAS.findall(value):
        is_address_alone = "@" in part and _ADDRESS.fullmatch(part.strip(" \t<>")) is not None
        if is_address_alone and names and "<" not in part:
            people.append(",".join(names))
            names = []
        names.append(part)
        if "@" in part or part.rstrip().endswith((":", ";")):
            people.append(",".join(names))
            names = []
    return people + ([",".join(names)] if names else [])


def _with_quotes(person: str) -> str:
    """Return the person with its name in quotes where it holds a comma that would part it in two."""
    before, bracket, address = person.rpartition("<")
    group, colon, name = before.rpartition(":")
    if not bracket or "," not in name or {*'"<'} & {*name}:
        return person
    plain = name.replace("\\", "").strip()
    return f'{group}{colon} "{plain}" <{address}'


def field_of(line: str) -> tuple[str, str] | None:
    """Return which header line this is, and what it says."""
    if ":" not in line[:40]:
        return None
    for key, pattern in _COPIED.items():
        match = pattern.fullmatch(line)
        if match:
            return key, match[1].strip(" *\t")
    return None


def copied_addresses(value: str) -> list[Address]:
    """Return everybody named in a copied line: ``Name <address>; Name [mailto:address]; Name``."""
    value = _SMTP.sub("", value)
    people = value.split(";") if ";" in value else _one_by_one(value)
    addresses: dict[str, Address] = {}
    for part in people:
        match = _ADDRESS.search(part)
        address = match[0] if match else ""
        name = part if match is None else part[: match.start()]
        person = _address(name.strip(" \t<([*'\""), address)
        if person is not None:
            addresses.setdefault(person.address.lower() or person.name, person)
    return list(addresses.values())[: limits.MAX_RECIPIENTS]


def _address(name: str, address: str) -> Address | None:
    match = _ADDRESS.fullmatch(clean_line(address, 330).strip("<>'\" "))
    plain = clean_line(name, limits.MAX_NAME_CHARS).strip(" '\"*\t<>,")
    address = match[0].rstrip(".") if match else ""
    if not (address or plain):
        return None
    return Address("" if plain.lower() == address.lower() else plain, address)


def another(people: Iterable[Address], sender: Address) -> Address | None:
    """Return the first of those who get the answers if that is not the sender anyway."""
    person = next((person for person in people if person.address), None)
    is_sender = person is None or person.address.lower() == sender.address.lower()
    return None if is_sender else person


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
