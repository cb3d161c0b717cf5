"""An e-mail copied out of a mail program and pasted: with header lines in German or English, or without."""

from __future__ import annotations

import datetime as dt
import re
from zoneinfo import ZoneInfo

from contacts.emails import errors, limits
from contacts.emails.content import shorten
from contacts.emails.dates import plausible, typed_date
from contacts.emails.eml import read_eml
from contacts.emails.errors import EmailError
from contacts.emails.headers import another, copied_addresses, field_of
from contacts.emails.kinds import kind_of_copy
from contacts.emails.message import Address, Message, key_of
from contacts.emails.text import clean_line, clean_text, tidy

_DECORATION = re.compile(
    r"[-_=> \t*]*((ursprüngliche|original|weitergeleitete|forwarded|anfang der weitergeleiteten)"
    r"\b.*)?[-_=>: \t*]*",
    re.IGNORECASE,
)
# Only the source of a message begins like this; its header lines are the real ones.
_SOURCE = re.compile(
    r"(return-path|received|delivered-to|message-id|mime-version|x-[a-z-]+|dkim-signature|authentication-results)"
    r"[ \t]*:",
    re.IGNORECASE,
)
_MIME_LINE = re.compile(r"^(message-id|mime-version|content-type)[ \t]*:", re.IGNORECASE | re.MULTILINE)
_ENOUGH = 2


def read_pasted(text: str, *, now: dt.datetime, zone: ZoneInfo) -> Message:
    """Return the message in a pasted text. Markup in it stays what it is: text."""
    if len(text) > limits.MAX_PASTED_CHARS:
        raise EmailError(errors.TEXT_TOO_LONG, limit=limits.MAX_PASTED_CHARS)
    lines = clean_text(text).strip("\n").split("\n")
    if not "".join(lines).strip():
        raise EmailError(errors.EMPTY_TEXT)
    if _is_source("\n".join(lines[:80])):
        return read_eml("\n".join(lines).encode("utf-8"), now=now)
    header, rest = _header(lines)
    senders = copied_addresses(header.get("from", ""))
    sender = senders[0] if senders else Address("", "")
    to = copied_addresses(header.get("to", ""))
    named = {person.address.lower() or person.name for person in to}
    cc = [p for p in copied_addresses(header.get("cc", "")) if (p.address.lower() or p.name) not in named]
    sent_at = plausible([typed_date(header.get("sent", ""), zone=zone)], now=now)
    subject = clean_line(header.get("subject", ""), limits.MAX_SUBJECT_CHARS)
    body = shorten(tidy("\n".join(rest)))
    key = key_of("", sender=sender, sent_at=sent_at, subject=subject, text=body)
    return Message(
        key,
        sent_at,
        sender,
        tuple(to),
        tuple(cc),
        subject,
        body,
        reply_to=another(copied_addresses(header.get("reply-to", "")), sender),
        kind=kind_of_copy(subject=subject, text=body),
    )


def _is_source(head: str) -> bool:
    header = head.partition("\n\n")[0]
    return bool(_SOURCE.match(head) or _MIME_LINE.search(header))


def _header(lines: list[str]) -> tuple[dict[str, str], list[str]]:
    """Return the header lines by what they say, and the lines of the text below.

    A single such line is the first line of a letter ("An: alle Vereine"), not a header.
    """
    start = 0
    while start < len(lines) and _DECORATION.fullmatch(lines[start]):
        start += 1
    header: dict[str, str] = {}
    index, current = start, ""
    while index < len(lines):
        line = lines[index].strip()
        field = field_of(line)
        if field is not None and field[0] not in header:
            current, header[field[0]] = field
        elif current and line and _continues(header[current], current, lines[index]):
            header[current] = f"{header[current]} {line}".strip()
        elif line or not _more_follow(lines, index, header):
            break
        index += 1
    real = header.keys() - {"other", "reply-to"}
    if len(real) < _ENOUGH or not real & {"from", "to"}:
        return {}, lines
    return header, lines[index:]


def _continues(value: str, key: str, line: str) -> bool:
    """Tell whether a line goes on with the one above: an empty value, a list of people, an indented line."""
    is_list = key in {"to", "cc", "bcc"} and value.endswith((";", ","))
    return not value or is_list or line[:1] in {" ", "\t"}


def _more_follow(lines: list[str], index: int, header: dict[str, str]) -> bool:
    """Tell whether after an empty line the header goes on, as in some programs every line stands apart."""
    following = next((line.strip() for line in lines[index : index + 3] if line.strip()), "")
    field = field_of(following)
    return field is not None and field[0] not in header and (not header or "subject" not in header)
