"""Taking in what somebody uploads or pastes: each e-mail stands for itself, and a bad one hinders none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from actors.emails import EmailError, errors, limits, read_eml, read_pasted
from actors.models import IncomingEmail
from actors.services.emails import take_in


@dataclass(frozen=True)
class Taken:
    """What became of one e-mail: stored, stored before, or not readable and why."""

    name: str
    email: IncomingEmail | None = None
    is_new: bool = False
    refusal: str = ""


def take_in_files(files: Iterable[Any], *, user: Any) -> list[Taken]:
    """Take in uploaded files, each with its own outcome."""
    return [_take_in_file(file, user) for file in files]


def _take_in_file(file: Any, user: Any) -> Taken:
    name = str(file.name or "")
    if (file.size or 0) > limits.MAX_MESSAGE_BYTES:
        limit = limits.MAX_MESSAGE_BYTES // limits.MEBIBYTE
        return Taken(name, refusal=str(EmailError(errors.TOO_LARGE, limit=limit)))
    return take_in_bytes(file.read(), name=name, user=user)


def take_in_bytes(data: bytes, *, user: Any, name: str = "") -> Taken:
    """Take in a message as a mail program saves it."""
    try:
        email, is_new = take_in(message=read_eml(data, now=timezone.now()), user=user)
    except EmailError as refused:
        return Taken(name, refusal=str(refused))
    return Taken(name, email, is_new)


def take_in_text(text: str, *, user: Any) -> Taken:
    """Take in a message that was pasted."""
    zone: Any = timezone.get_default_timezone()
    try:
        email, is_new = take_in(message=read_pasted(text, now=timezone.now(), zone=zone), user=user)
    except EmailError as refused:
        return Taken("", refusal=str(refused))
    return Taken("", email, is_new)
