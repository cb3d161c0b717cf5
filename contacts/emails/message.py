"""What is read of an e-mail."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass

from contacts.models import EmailKind


@dataclass(frozen=True)
class Address:
    """Somebody an e-mail comes from or goes to; either part may be missing."""

    name: str
    address: str


@dataclass(frozen=True)
class KeptFile:
    """An attachment that passed every check; its name ends as its contents ask for."""

    name: str
    suffix: str
    content_type: str
    data: bytes


@dataclass(frozen=True)
class NotKept:
    """An attachment that is only named, and why: a key of ``errors.REASONS``."""

    name: str
    size: int
    reason: str


@dataclass(frozen=True)
class Message:
    """An e-mail as text: safe to store and to show as it is."""

    key: str
    sent_at: dt.datetime | None
    sender: Address
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    subject: str
    text: str
    files: tuple[KeptFile, ...] = ()
    not_kept: tuple[NotKept, ...] = ()
    # Who gets the answers, if that is somebody else than the sender.
    reply_to: Address | None = None
    kind: EmailKind = EmailKind.LETTER
    # Why it could not be read: a key of ``errors.FAULTS``.
    fault: str = ""


def key_of(message_id: str, *, sender: Address, sent_at: dt.datetime | None, subject: str, text: str) -> str:
    """Return what tells one e-mail from another: its own number, else all that it says."""
    if message_id:
        return _digest("id", message_id)
    moment = "" if sent_at is None else sent_at.astimezone(dt.UTC).isoformat(timespec="seconds")
    words = " ".join(text.split())
    return _digest("content", sender.address.lower() or sender.name, moment, " ".join(subject.split()), words)


def key_of_unreadable(data: bytes) -> str:
    """Return what tells a message that cannot be read from others: its bytes, as far as they are known."""
    return _digest("unreadable", hashlib.sha256(data).hexdigest())


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
