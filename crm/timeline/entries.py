"""One line of a timeline, and the words its parts are made of."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

LONGEST_TEXT, LONGEST_TITLE = 240, 80


@dataclass(frozen=True)
class Entry:
    """One line of the timeline; ``points`` are what was talked about one by one."""

    date: dt.date | None
    title: str
    icon: str
    url: str = ""
    text: str = ""
    meta: str = ""
    points: tuple[str, ...] = ()
    kind: str = ""


def joined(*parts: str) -> str:
    """Return the parts that say something, in one line."""
    return " · ".join(part for part in parts if part)


def beginning(text: str, *, longest: int = LONGEST_TEXT) -> str:
    """Return the text in one line, cut where it becomes too long."""
    short = " ".join(text.split())
    return short if len(short) <= longest else f"{short[: longest - 1].rstrip()}…"


def after_title(note: str) -> str:
    """Return what follows the first line, which already is the title."""
    first, _break, rest = note.strip().partition("\n")
    return beginning(rest if len(first) <= LONGEST_TITLE else note)
