"""Taking in what somebody uploads or pastes, or what lies in the box: each e-mail stands for itself.

A bad one hinders none, whatever is bad about it.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DatabaseError, InterfaceError, OperationalError
from django.utils import timezone

from contacts.emails import EmailError, Message, errors, limits, read_eml, read_pasted, unreadable
from contacts.emails.boxes import Letter
from contacts.models import IncomingEmail
from contacts.services.emails import take_in
from core.unavailable import trouble_of
from core.viewers import SignedIn

# Not the e-mail's fault but that of the disk or of the database's server: another time it works.
OF_THE_MACHINE = (OSError, OperationalError, InterfaceError)

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Taken:
    """What became of one e-mail: stored, stored before, or not readable and why."""

    name: str
    email: IncomingEmail | None = None
    is_new: bool = False
    refusal: str = ""
    fault: str = ""


def take_in_files(files: Iterable[Any], *, user: SignedIn) -> list[Taken]:
    """Take in uploaded files, each with its own outcome."""
    return [_take_in_file(file, user) for file in files]


def _take_in_file(file: Any, user: SignedIn) -> Taken:
    name = str(file.name or "")
    if (file.size or 0) > limits.MAX_MESSAGE_BYTES:
        limit = limits.MAX_MESSAGE_BYTES // limits.MEBIBYTE
        return _refused(name, EmailError(errors.TOO_LARGE, limit=limit))
    return take_in_bytes(file.read(), name=name, user=user)


def take_in_bytes(data: bytes, *, user: SignedIn, name: str = "") -> Taken:
    """Take in a message as a mail program saves it."""
    return _taken(name, lambda: read_eml(data, now=timezone.now()), user)


def take_in_text(text: str, *, user: SignedIn) -> Taken:
    """Take in a message that was pasted."""
    zone: Any = timezone.get_default_timezone()
    return _taken("", lambda: read_pasted(text, now=timezone.now(), zone=zone), user)


def take_in_letter(letter: Letter, *, user: SignedIn) -> Taken | None:
    """Take in what lies in a box; None if somebody took it away meanwhile.

    What cannot be read is kept as far as it is known, with the reason: somebody can look, and it comes once.
    """
    try:
        data = letter.read()
    except EmailError as refused:
        head = letter.head() or letter.number.encode("utf-8", "surrogateescape")
        return _keep_unreadable(head, errors.fault_of(refused), is_whole=False, user=user)
    if data is None:
        return None
    taken = take_in_bytes(data, user=user)
    return taken if taken.email else _keep_unreadable(data, taken.fault, is_whole=True, user=user)


def _keep_unreadable(data: bytes, fault: str, *, is_whole: bool, user: SignedIn) -> Taken:
    message = unreadable(data, fault=fault, is_whole=is_whole, now=timezone.now())
    email, is_new = take_in(message=message, user=user)
    return Taken("", email, is_new, fault=fault)


def _taken(name: str, read: Callable[[], Message], user: SignedIn) -> Taken:
    try:
        email, is_new = take_in(message=read(), user=user)
    except EmailError as refused:
        return _refused(name, refused)
    except OF_THE_MACHINE:
        raise
    except (ValidationError, DatabaseError) as fault:
        if trouble_of(fault):  # PostgreSQL gives a database that is read only an error of another class
            raise
        _log(fault)
        return _refused(name, EmailError(errors.NOT_STORED))
    except Exception as fault:  # strangers write these files: nobody knows what a parser stumbles over next
        _log(fault)
        return _refused(name, EmailError(errors.NOT_READ))
    return Taken(name, email, is_new)


def _refused(name: str, refused: EmailError) -> Taken:
    return Taken(name, refusal=str(refused), fault=errors.fault_of(refused))


def _log(fault: Exception) -> None:
    """Log what went wrong and where; what the error says may quote the e-mail and stays away."""
    place = traceback.extract_tb(fault.__traceback__)[-1]
    logger.error("An e-mail was refused: %s in %s, line %s", type(fault).__name__, place.name, place.lineno)
