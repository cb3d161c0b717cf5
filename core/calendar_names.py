"""Months and days of the week as people write them, in German (of Austria too) and English."""

from __future__ import annotations

from itertools import product

from babel import Locale

from core.text import fold

_LANGUAGES = ("de", "de_AT", "en", "en_GB")


def _numbers(table: str, **also: int) -> dict[str, int]:
    """Return the number of each name, spelled as it is and as ``fold`` writes it."""
    numbers = also
    for language, context, width in product(_LANGUAGES, ("format", "stand-alone"), ("wide", "abbreviated")):
        names = getattr(Locale.parse(language), table)[context][width]
        for number, name in names.items():
            numbers |= dict.fromkeys((name.lower().rstrip("."), fold(name)), number)
    return numbers


# What Babel does not write stands beside. To be looked up with ``fold``; a pattern needs all the spellings.
MONTHS = _numbers("months", feber=2, mrz=3)
WEEKDAYS = _numbers("days", sonnabend=5)
