"""An ``.eml`` file, or a message as a mail server hands it over, read into a plain message."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from email.errors import MessageError
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import EmailPolicy
from typing import Any, cast

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from actors.emails import errors, limits
from actors.emails.attachments import Found, judge
from actors.emails.dates import header_date, plausible
from actors.emails.errors import EmailError
from actors.emails.headers import addresses_in, file_name, header_text
from actors.emails.message import Address, Message, NotKept, key_of
from actors.emails.text import clean_line, decode, text_of_html, tidy

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TELLING = {"from", "date", "subject", "message-id", "received", "return-path", "mime-version", "to"}
# What the library's own parser is known to stumble over in broken headers.
_FAULTS = (MessageError, ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError)


class _BoundedPolicy(EmailPolicy):
    """The default policy, but it does not work for hours on a header of megabytes."""

    def header_source_parse(self, sourcelines: Sequence[str]) -> tuple[str, Any]:
        limit = limits.MAX_HEADER_CHARS
        if sourcelines[0][:8].lower() == "content-":
            limit = limits.MAX_PART_HEADER_CHARS
        if sum(map(len, sourcelines)) > limit:
            raise EmailError(errors.SUSPICIOUS)
        return super().header_source_parse(list(sourcelines))


def read_eml(data: bytes, *, now: dt.datetime) -> Message:
    """Return the message in ``data``; raise ``EmailError`` where there is none that can be read.

    ``now`` is what dates in the future are measured by.
    """
    _check(data)
    try:
        parsed = BytesParser(EmailMessage, policy=_BoundedPolicy()).parsebytes(data)
        return _message(cast("EmailMessage", parsed), now)
    except _FAULTS as fault:
        raise EmailError(errors.SUSPICIOUS) from fault


def _check(data: bytes) -> None:
    if len(data) > limits.MAX_MESSAGE_BYTES:
        raise EmailError(errors.TOO_LARGE, limit=limits.MAX_MESSAGE_BYTES // limits.MEBIBYTE)
    if not data.strip(b" \t\r\n\0"):
        raise EmailError(errors.EMPTY_FILE)
    if data.startswith(_OLE):
        raise EmailError(errors.OUTLOOK_FILE)
    lower = data.lower()
    lines = max(data.count(b"\n"), data.count(b"\r"))
    boundaries = max(lower.count(b"boundary"), lower.count(b"message/"))
    # The parser compares every line with every open boundary.
    comparisons = lines * boundaries
    if lines > limits.MAX_LINES or boundaries > limits.MAX_BOUNDARIES or comparisons > limits.MAX_COMPARISONS:
        raise EmailError(errors.SUSPICIOUS)


def _raw(message: EmailMessage, name: str) -> list[str]:
    """Return the values of a header as they were sent; the library reads them slowly and stumbles."""
    return [str(value) for key, value in message.raw_items() if key.lower() == name]


def _first(message: EmailMessage, name: str) -> str:
    return next(iter(_raw(message, name)), "")


def _message(parsed: EmailMessage, now: dt.datetime) -> Message:
    if not _TELLING & {key.lower() for key, _value in parsed.raw_items()}:
        raise EmailError(errors.NOT_AN_EMAIL)
    content = _Content()
    content.take(parsed)
    sender = next(iter(addresses_in(_raw(parsed, "from") + _raw(parsed, "sender"))), Address("", ""))
    to, cc = addresses_in(_raw(parsed, "to")), addresses_in(_raw(parsed, "cc"))
    named = {person.address.lower() for person in to if person.address}
    sent_at = _sent_at(parsed, now)
    subject = clean_line(header_text(_first(parsed, "subject")), limits.MAX_SUBJECT_CHARS)
    text = content.text()
    number = clean_line(header_text(_first(parsed, "message-id")), 1_000).strip("<> ")
    return Message(
        key=key_of(number, sender=sender, sent_at=sent_at, subject=subject, text=text),
        sent_at=sent_at,
        sender=sender,
        to=tuple(to),
        cc=tuple(person for person in cc if person.address.lower() not in named),
        subject=subject,
        text=text,
        files=tuple(each for each in content.judged if not isinstance(each, NotKept)),
        not_kept=tuple(each for each in content.judged if isinstance(each, NotKept)),
    )


def _sent_at(parsed: EmailMessage, now: dt.datetime) -> dt.datetime | None:
    """Return what the sender's clock says, or if that cannot be right, what the servers on the way say."""
    passed = [value.rpartition(";")[2] for value in reversed(_raw(parsed, "received"))]
    return plausible((header_date(value) for value in [*_raw(parsed, "date"), *passed]), now=now)


@dataclass
class _Content:
    """What the parts of a message hold: text in reading order, and files."""

    texts: list[str] = field(default_factory=list)
    found: list[Found] = field(default_factory=list)
    shown: set[str] = field(default_factory=set)
    count: int = 0
    _judged: list[Any] | None = None

    @property
    def judged(self) -> list[Any]:
        if self._judged is None:
            self._judged = judge(self.found, shown=self.shown)
        return self._judged

    def text(self) -> str:
        whole = tidy("\n\n".join(text for text in self.texts if text))
        return shorten(whole)

    def take(self, part: EmailMessage) -> None:
        self.count += 1
        if self.count > limits.MAX_PARTS:
            raise EmailError(errors.SUSPICIOUS)
        kind = part.get_content_type()
        if kind == "message/rfc822" and part.is_multipart():
            self._take_forwarded(next(_parts(part), EmailMessage()))
        elif kind == "multipart/alternative" and part.is_multipart():
            self._take_best(list(_parts(part)))
        elif part.is_multipart():
            for inner in _parts(part):
                self.take(inner)
        else:
            self._take_leaf(part, kind)

    def _take_best(self, versions: list[EmailMessage]) -> None:
        """Of several versions of the same text take the plain one; the files of the others stay files."""
        before = len(self.texts)
        plain = [part for part in versions if part.get_content_type() == "text/plain"]
        for part in plain:
            self.take(part)
        has_text = any(self.texts[before:])
        for part in (part for part in versions if part not in plain):
            texts = len(self.texts)
            self.take(part)
            if has_text:
                del self.texts[texts:]
            has_text = has_text or any(self.texts[texts:])

    def _take_leaf(self, part: EmailMessage, kind: str) -> None:
        name = _file_name_of(part)
        data = _payload(part)
        # A message that says it has parts but does not part them is text.
        is_readable = kind in {"text/plain", "text/html"} or kind.startswith("multipart/")
        is_text = is_readable and part.get_content_disposition() != "attachment"
        if is_text and not name:
            text = decode(data, _charset(part))
            if kind == "text/html":
                self.shown |= {
                    word.lower() for word in text.replace("'", '"').split('"') if word[:4] == "cid:"
                }
                text = text_of_html(text)
            self.texts.append(text.strip("\n") if text.strip() else "")
        else:
            number = clean_line(header_text(_first(part, "content-id")), 300).strip("<> ")
            default = _("Attachment %(number)s") % {"number": len(self.found) + 1}
            self.found.append(Found(file_name(name, default), kind, data, number.lower()))

    def _take_forwarded(self, inner: EmailMessage) -> None:
        """Write down a message that came inside this one: who wrote it, and what."""
        lines = [f"---------- {_('Forwarded message')} ----------"]
        for label, name in (
            (_("From"), "from"),
            (_("Sent"), "date"),
            (pgettext("e-mail", "To"), "to"),
            (_("Subject"), "subject"),
        ):
            value = clean_line(header_text(_first(inner, name)), limits.MAX_SUBJECT_CHARS)
            if value:
                lines.append(f"{label}: {value}")
        self.texts.append("\n".join(lines))
        self.take(inner)


def _parts(part: EmailMessage) -> Iterator[EmailMessage]:
    for inner in part.get_payload():
        if isinstance(inner, EmailMessage):
            yield inner


def _payload(part: EmailMessage) -> bytes:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _charset(part: EmailMessage) -> str | None:
    charset = part.get_param("charset")
    return charset if isinstance(charset, str) else None


def _file_name_of(part: EmailMessage) -> str:
    name = part.get_filename("")
    return name if isinstance(name, str) else ""


def shorten(text: str) -> str:
    """Return a text of a length that can be kept; where something is missing, a mark says so."""
    if len(text) <= limits.MAX_TEXT_CHARS:
        return text
    mark = _("[Cut here: the e-mail has %(count)s characters.]") % {"count": len(text)}
    return f"{text[: limits.MAX_TEXT_CHARS]}\n\n{mark}"
