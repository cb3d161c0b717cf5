"""Where e-mails lie that nobody has read yet: a maildir on this machine, or an IMAP box elsewhere.

A letter counts as read only when somebody says so after it was stored; else the next run finds it again.
"""

from __future__ import annotations

import imaplib
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext_lazy as _
from imap_tools import (
    BaseMailBox,
    MailBox,
    MailboxLoginError,
    MailBoxStartTls,
    MailBoxUnencrypted,
    MailMessageFlags,
)
from imap_tools.errors import ImapToolsError, MailboxFolderSelectError

from contacts.emails import errors, limits
from contacts.emails.errors import EmailError

TIMEOUT_SECONDS = 30
PORTS = {"imaps": 993, "imap+starttls": 143, "imap": 143}
THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}

NO_ADDRESS = _("The box has to be given as imaps://user:password@host:993/INBOX.")
NOT_ENCRYPTED = _("Plain imap:// is only for this very machine. Please use imaps:// or imap+starttls://.")
UNREACHABLE = _("The mail server cannot be reached.")
NOT_TRUSTED = _("The mail server does not prove who it is (TLS). Nothing was sent to it.")
WRONG_PASSWORD = _("The mail server refuses user name or password.")
NO_FOLDER = _("There is no such folder in the box.")
LOST = _("The connection to the mail server was lost. What was read so far is stored.")
NO_MAILDIR = _("This folder is not a maildir: it has no folders “new” and “cur”.")
CLOSED_MAILDIR = _("The maildir cannot be opened. Please check who may read it.")

_HEAD_FIELDS = ("FROM", "SENDER", "REPLY-TO", "TO", "CC", "SUBJECT", "DATE", "MESSAGE-ID")

_FAULTS = (imaplib.IMAP4.error, ImapToolsError, OSError, UnicodeError, ValueError)


class BoxError(Exception):
    """A box that cannot be opened or read on; never says the user name or the password."""


class Letter(Protocol):
    """An unread e-mail; ``number`` tells it from others in a report and names nobody."""

    number: str

    def read(self) -> bytes | None:
        """Return the whole message; None if somebody took it away meanwhile."""

    def head(self) -> bytes:
        """Return the beginning of a message that cannot be read, as far as the box hands it out."""

    def mark_as_read(self) -> None:
        """Have the next run leave it alone."""


class ImapLetter:
    """A message in an IMAP box."""

    def __init__(self, box: BaseMailBox, number: str) -> None:
        self.box, self.number = box, number

    def read(self) -> bytes | None:
        """Return the message without marking it; one that is too large is not even fetched."""
        size = re.search(rb"RFC822\.SIZE (\d+)", self._fetch("(RFC822.SIZE)")[0])
        if size is None:
            return None
        if int(size[1]) > limits.MAX_MESSAGE_BYTES:
            raise EmailError(errors.TOO_LARGE, limit=limits.MAX_MESSAGE_BYTES // limits.MEBIBYTE)
        return self._fetch("(BODY.PEEK[])")[1]

    def head(self) -> bytes:
        """Return the header lines, as many as tell who wrote when about what."""
        item = f"(BODY.PEEK[HEADER.FIELDS ({' '.join(_HEAD_FIELDS)})])"
        try:
            return (self._fetch(item)[1] or b"")[: limits.MAX_HEAD_BYTES]
        except EmailError:
            return b""

    def mark_as_read(self) -> None:
        """Set the flag that every mail program knows; where that may not be, it is known next time."""
        with suppress(EmailError):
            self._ask("STORE", "+FLAGS", f"({MailMessageFlags.SEEN})")

    def _fetch(self, item: str) -> tuple[bytes, bytes | None]:
        """Return what the server says about the message, and the text that it hands out."""
        parts = self._ask("FETCH", item)
        text = next((bytes(part[1]) for part in parts if isinstance(part, tuple)), None)
        return _joined(parts), text

    def _ask(self, command: str, *words: str) -> list:
        """Ask the server about this message; a refusal concerns this one only, a lost connection all."""
        with _connection():
            try:
                status, parts = self.box.client.uid(command, self.number, *words)
            except imaplib.IMAP4.abort:
                raise
            except imaplib.IMAP4.error as refused:
                raise EmailError(errors.NOT_HANDED_OUT) from refused
        if status != "OK":
            raise EmailError(errors.NOT_HANDED_OUT)
        return parts or []


def _joined(parts: list) -> bytes:
    return b" ".join(part if isinstance(part, bytes) else part[0] for part in parts if part)


@contextmanager
def _connection() -> Iterator[None]:
    try:
        yield
    except EmailError:
        raise
    except _FAULTS as fault:
        raise BoxError(str(LOST)) from fault


@contextmanager
def imap_letters(url: str, *, limit: int) -> Iterator[Iterator[Letter]]:
    """Open the box at ``url`` and give its unread letters, the oldest first, at most ``limit``."""
    box = _open(url)
    try:
        with _connection():
            numbers = sorted(box.uids("UNSEEN", charset=None), key=int)[:limit]
        yield (ImapLetter(box, number) for number in numbers)
    finally:
        with suppress(*_FAULTS):
            box.logout()
        with suppress(*_FAULTS):
            box.client.shutdown()


def _open(url: str) -> BaseMailBox:
    scheme, host, port, user, password, folder = _parts(url)
    try:
        box = _connect(scheme, host, port)
    except ssl.SSLError as fault:
        raise BoxError(str(NOT_TRUSTED)) from fault
    except _FAULTS as fault:
        raise BoxError(str(UNREACHABLE)) from fault
    try:
        login = box.login if f"{user}{password}".isascii() else box.login_utf8
        login(user, password, initial_folder=folder)
    except (MailboxLoginError, MailboxFolderSelectError, *_FAULTS) as fault:
        with suppress(*_FAULTS):
            box.client.shutdown()
        raise BoxError(str(_reason(fault))) from fault
    return box


def _reason(fault: Exception) -> object:
    if isinstance(fault, MailboxFolderSelectError):
        return NO_FOLDER
    is_refusal = isinstance(fault, MailboxLoginError | imaplib.IMAP4.error) and not isinstance(
        fault, imaplib.IMAP4.abort
    )
    return WRONG_PASSWORD if is_refusal else UNREACHABLE


def _parts(url: str) -> tuple[str, str, int, str, str, str]:
    try:
        parts = urlsplit(url.strip())
        port = parts.port or PORTS.get(parts.scheme, 0)
    except ValueError as fault:
        raise BoxError(str(NO_ADDRESS)) from fault
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    folder = unquote(parts.path.strip("/")) or "INBOX"
    host = parts.hostname or ""
    if not (port and host and user and password) or not f"{user}{password}{folder}".isprintable():
        raise BoxError(str(NO_ADDRESS))
    if parts.scheme == "imap" and host not in THIS_MACHINE:
        raise BoxError(str(NOT_ENCRYPTED))
    return parts.scheme, host, port, user, password, folder


def _connect(scheme: str, host: str, port: int) -> BaseMailBox:
    if scheme == "imap":
        return MailBoxUnencrypted(host, port, timeout=TIMEOUT_SECONDS)
    kind = MailBox if scheme == "imaps" else MailBoxStartTls
    return kind(host, port, timeout=TIMEOUT_SECONDS, ssl_context=ssl.create_default_context())


class FileLetter:
    """A message in a maildir."""

    def __init__(self, path: Path, *, keep: bool) -> None:
        self.path, self.keep = path, keep
        self.number = path.name.partition(".")[0][:40]

    def read(self) -> bytes | None:
        """Return the message; one that is too large is not even read."""
        try:
            if self.path.stat().st_size > limits.MAX_MESSAGE_BYTES:
                raise EmailError(errors.TOO_LARGE, limit=limits.MAX_MESSAGE_BYTES // limits.MEBIBYTE)
            return self.path.read_bytes()
        except FileNotFoundError:
            return None

    def head(self) -> bytes:
        """Return so much of the file as tells who wrote when about what."""
        with self.path.open("rb") as file:
            return file.read(limits.MAX_HEAD_BYTES)

    def mark_as_read(self) -> None:
        """Move the file to where read messages lie, as every mail program does."""
        if self.keep:
            return
        name, _comma, flags = self.path.name.partition(":2,")
        target = self.path.parent.parent / "cur" / f"{name}:2,{''.join(sorted({*flags, 'S'}))}"
        # Where it cannot be moved it is known next time.
        with suppress(OSError):
            self.path.rename(target)


@contextmanager
def maildir_letters(folder: Path, *, limit: int, keep: bool) -> Iterator[Iterator[Letter]]:
    """Give the unread letters of a maildir, the oldest first, at most ``limit``; ``keep`` moves nothing."""
    if not all((folder / name).is_dir() for name in ("new", "cur")):
        raise BoxError(str(NO_MAILDIR))
    try:
        unread = [*(folder / "new").iterdir(), *(p for p in (folder / "cur").iterdir() if not _is_seen(p))]
    except OSError as fault:
        raise BoxError(str(CLOSED_MAILDIR)) from fault
    letters = (p for p in unread if p.is_file() and not p.is_symlink() and not p.name.startswith("."))
    files = sorted(letters, key=lambda p: p.name)
    yield (FileLetter(path, keep=keep) for path in files[:limit])


def _is_seen(path: Path) -> bool:
    return "S" in path.name.partition(":2,")[2]
