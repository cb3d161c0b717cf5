"""What is read of an e-mail."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass


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


def key_of(message_id: str, *, sender: Address, sent_at: dt.datetime | None, subject: str, text: str) -> str:
    """Return what tells one e-mail from another: its own number, else all that it says."""
    if message_id:
        return _digest("id", message_id)
    moment = "" if sent_at is None else sent_at.astimezone(dt.UTC).isoformat(timespec="seconds")
    words = " ".join(text.split())
    return _digest("content", sender.address.lower() or sender.name, moment, " ".join(subject.split()), words)


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
