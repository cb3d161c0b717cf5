"""An ``.eml`` file, or a message as a mail server hands it over, read into a plain message."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from email.errors import MessageError
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import EmailPolicy
from functools import partial
from typing import Any, cast

from django.utils import timezone
from django.utils.translation import gettext as _

from contacts.emails import errors, limits
from contacts.emails.content import read_content
from contacts.emails.dates import header_date, plausible
from contacts.emails.errors import EmailError
from contacts.emails.headers import addresses_in, another, first, header_text, values
from contacts.emails.kinds import kind_of_letter
from contacts.emails.message import Address, KeptFile, Message, NotKept, key_of, key_of_unreadable
from contacts.emails.text import clean_line
from contacts.models import EmailKind

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


def _message(parsed: EmailMessage, now: dt.datetime) -> Message:
    if not _TELLING & {key.lower() for key, _value in parsed.raw_items()}:
        raise EmailError(errors.NOT_AN_EMAIL)
    head = _head(parsed, now)
    content = read_content(parsed)
    text = content.text
    number = clean_line(header_text(first(parsed, "message-id")), 1_000).strip("<> ")
    return replace(
        head,
        key=key_of(number, sender=head.sender, sent_at=head.sent_at, subject=head.subject, text=text),
        text=text,
        files=tuple(each for each in content.judged if not isinstance(each, NotKept)),
        not_kept=tuple(each for each in content.judged if isinstance(each, NotKept)),
        kind=kind_of_letter(
            partial(values, parsed),
            subject=head.subject,
            text=text,
            words=content.words,
            said=content.signs,
            is_for_another=head.reply_to is not None,
        ),
    )


def _head(parsed: EmailMessage, now: dt.datetime) -> Message:
    """Return what the header says: who wrote to whom, when, about what."""
    sender = next(iter(addresses_in(values(parsed, "from") + values(parsed, "sender"))), Address("", ""))
    to, cc = addresses_in(values(parsed, "to")), addresses_in(values(parsed, "cc"))
    named = {person.address.lower() for person in to if person.address}
    return Message(
        key="",
        sent_at=_sent_at(parsed, now),
        sender=sender,
        to=tuple(to),
        cc=tuple(person for person in cc if person.address.lower() not in named),
        subject=clean_line(header_text(first(parsed, "subject")), limits.MAX_SUBJECT_CHARS),
        text="",
        reply_to=another(addresses_in(values(parsed, "reply-to")), sender),
    )


def _sent_at(parsed: EmailMessage, now: dt.datetime) -> dt.datetime | None:
    """Return what the sender's clock says, or if that cannot be right, what the servers on the way say."""
    zone = timezone.get_default_timezone()
    passed = [value.rpartition(";")[2] for value in reversed(values(parsed, "received"))]
    said = [header_text(value) for value in values(parsed, "date")]
    return plausible((header_date(value, zone=zone) for value in [*said, *passed]), now=now)


def unreadable(data: bytes, *, fault: str, is_whole: bool, now: dt.datetime) -> Message:
    """Return what can be told of a message that cannot be read, whose beginning or all of which is ``data``.

    ``fault`` is a key of ``errors.FAULTS``. The message itself comes along as a file if it is whole.
    """
    try:
        parsed = BytesParser(EmailMessage, policy=_BoundedPolicy()).parsebytes(
            data[: limits.MAX_HEAD_BYTES], headersonly=True
        )
        head = _head(cast("EmailMessage", parsed), now)
    except (EmailError, *_FAULTS):
        head = Message("", None, Address("", ""), (), (), "", "")
    file = KeptFile(_("E-mail") + ".eml", ".eml", "message/rfc822", data)
    return replace(
        head,
        key=key_of_unreadable(data),
        kind=EmailKind.BROKEN,
        fault=fault,
        files=(file,) if is_whole and data else (),
    )
