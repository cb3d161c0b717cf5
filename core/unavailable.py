"""When nothing can be stored: the disk is full, or the database or the folder of files can only be read.

What somebody may do about it differs, so each is said in words of its own, as a page or as JSON; what was to
be written was rolled back. Reading goes on.
"""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from enum import Enum
from http import HTTPStatus
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError
from django.utils.translation import gettext as _

TRY_AGAIN_AFTER = 300
FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
DENIED = frozenset({errno.EACCES, errno.EPERM})
# What the databases say; SQLite has no codes that every version of its module tells.
FULL_SQLITE = "database or disk is full"
READ_ONLY_SQLITE = "readonly database"
FULL_POSTGRES = frozenset({"53100"})
READ_ONLY_POSTGRES = frozenset({"25006"})


class Trouble(Enum):
    """Why nothing can be stored, by the status that says so."""

    FULL = HTTPStatus.INSUFFICIENT_STORAGE
    READ_ONLY = HTTPStatus.SERVICE_UNAVAILABLE

    @property
    def title(self) -> str:
        """What stands above the page."""
        return _("Nothing can be saved at the moment")

    @property
    def text(self) -> str:
        """What is the matter, and what to do."""
        if self is Trouble.FULL:
            why = _("The disk of the server is full.")
        else:
            why = _("The server can only read at the moment.")
        what = _(
            "Nothing was saved, and nothing was lost: what you typed is kept in this browser. Please tell"
            " whoever looks after the server, and try again later. Everything can still be looked at."
        )
        return f"{why} {what}"


def store_if_possible(write: Callable[[], object]) -> None:
    """Write what is only remembered, in one go; where nothing can be stored, whoever reads does without."""
    try:
        write()
    except DatabaseError as error:
        if trouble_of(error) is None:
            raise


def trouble_of(error: BaseException | None) -> Trouble | None:
    """Return why nothing can be stored, if that is what an error, or one that led to it, says."""
    return next((trouble for one in _chain(error) if (trouble := _trouble_of_one(one))), None)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def _trouble_of_one(error: BaseException) -> Trouble | None:
    if isinstance(error, OSError):
        return _trouble_of_files(error)
    if not isinstance(error, DatabaseError):
        return None
    text, code = str(error), getattr(error.__cause__, "sqlstate", None)
    if FULL_SQLITE in text or code in FULL_POSTGRES:
        return Trouble.FULL
    return Trouble.READ_ONLY if READ_ONLY_SQLITE in text or code in READ_ONLY_POSTGRES else None


def _trouble_of_files(error: OSError) -> Trouble | None:
    if error.errno in FULL:
        return Trouble.FULL
    if error.errno == errno.EROFS:
        return Trouble.READ_ONLY
    place = Path(str(error.filename or ""))
    is_ours = error.errno in DENIED and place.is_relative_to(settings.MEDIA_ROOT)
    return Trouble.READ_ONLY if is_ours else None
