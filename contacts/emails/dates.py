"""When an e-mail was sent, by its own word or that of the servers it passed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from email.utils import parsedate_tz

from contacts.emails.zones import says_winter, stated_zone
from core.calendar_names import MONTHS
from core.text import fold

FIRST_YEAR = 1990
# Clocks of senders go a little fast.
TOLERANCE = dt.timedelta(hours=1)

_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})(?!\d)")
_GERMAN = re.compile(r"\b(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d{2})\b")
_SLASHED = re.compile(r"\b(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})\b")
_DAY_MONTH = re.compile(r"\b(\d{1,2})\.?\s+([^\W\d_]{3,9})\.?,?\s+(\d{4})\b")
_MONTH_DAY = re.compile(r"\b([^\W\d_]{3,9})\.?\s+(\d{1,2}),?\s+(\d{4})\b")
_TIME = re.compile(r"(?:\b|T)(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(?:\s*([ap])\.?m\.?\b)?", re.IGNORECASE)
# Behind a time only: in German "am" stands before a day.
_HALF_DAY = re.compile(r"\d[:.]\d{2}\s*[ap]\.?m\b", re.IGNORECASE)


def plausible(candidates: Iterable[dt.datetime | None], *, now: dt.datetime) -> dt.datetime | None:
    """Return the first moment that can be right: not before e-mail was usual, not in the future."""
    for moment in candidates:
        if moment is not None and moment.year >= FIRST_YEAR and moment <= now + TOLERANCE:
            return min(moment, now)
    return None


def header_date(value: str, *, zone: dt.tzinfo) -> dt.datetime | None:
    """Return the moment a Date header names; without a zone it is the time on the clocks of ``zone``.

    Python's reader of headers overlooks "PM", which no standard knows; such a header is read as a typed one.
    """
    value = value.strip()[:200]
    typed = typed_date(value, zone=zone) if _HALF_DAY.search(value) else None
    parsed = None if typed else _parsed(value)
    return typed or (typed_date(value, zone=zone) if parsed is None else _moment(parsed, value, zone))


def _parsed(value: str) -> dt.datetime | None:
    try:
        numbers = parsedate_tz(value)
        if numbers is None:
            return None
        # A leap second is the last one of its minute here. The zone is found out afterwards.
        return dt.datetime(*numbers[:5], min(numbers[5], 59))  # noqa: DTZ001
    except (TypeError, ValueError, OverflowError, IndexError):
        return None


def typed_date(text: str, *, zone: dt.tzinfo) -> dt.datetime | None:
    """Return the moment that a header line names, in German or English, sent or copied.

    The time is that on the clocks of ``zone`` unless one is named. Of the hour that the clocks strike twice
    in autumn the first one is meant, unless the line says that it is winter.
    """
    text = text.strip()[:200]
    day_and_rest = _day(text)
    if day_and_rest is None:
        return None
    day, rest = day_and_rest
    try:
        return _moment(dt.datetime.combine(day, _time(rest)), rest, zone)
    except ValueError:
        return None


def _moment(clock: dt.datetime, words: str, zone: dt.tzinfo) -> dt.datetime | None:
    """Return when it was what the clock showed, in the zone that the words name or else in ``zone``."""
    try:
        stated = stated_zone(words)
        local = clock.replace(tzinfo=stated or zone, fold=int(stated is None and says_winter(words)))
        return local.astimezone(dt.UTC)
    except (ValueError, OverflowError):
        return None


def _day(text: str) -> tuple[dt.date, str] | None:
    """Return the day, and the text without it."""
    for pattern, order in ((_ISO, "ymd"), (_GERMAN, "dmy"), (_DAY_MONTH, "dmy"), (_MONTH_DAY, "mdy")):
        match = pattern.search(text)
        if match and (day := _date(dict(zip(order, match.groups(), strict=True)))):
            return day, text[: match.start()] + " " + text[match.end() :]
    match = _SLASHED.search(text)
    if match is None:
        return None
    # 11/23/2026 can only be American; 03/04/2026 is read as in Europe.
    order = "mdy" if int(match[2]) > 12 or _HALF_DAY.search(text) else "dmy"
    day = _date(dict(zip(order, match.groups(), strict=True)))
    return None if day is None else (day, text[: match.start()] + " " + text[match.end() :])


def _date(parts: dict[str, str]) -> dt.date | None:
    month = MONTHS.get(fold(parts["m"])) if not parts["m"].isdecimal() else int(parts["m"])
    year = int(parts["y"])
    try:
        return dt.date(year + 2000 if year < 100 else year, month or 0, int(parts["d"]))
    except ValueError:
        return None


def _time(text: str) -> dt.time:
    match = _TIME.search(text)
    if match is None:
        return dt.time(12)
    hour, minute, second = int(match[1]), int(match[2]), int(match[3] or 0)
    if match[4]:
        hour = hour % 12 + (12 if match[4].lower() == "p" else 0)
    return dt.time(hour, minute, second)
