"""When an e-mail was sent, by its own word or that of the servers it passed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

FIRST_YEAR = 1990
# Clocks of senders go a little fast.
TOLERANCE = dt.timedelta(hours=1)

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            *(
                "jan januar jänner january",
                "feb februar feber february",
                "mär märz mrz mar march",
                "apr april",
            ),
            *("mai may", "jun juni june", "jul juli july", "aug august", "sep sept september"),
            *("okt oktober oct october", "nov november", "dez dezember dec december"),
        ),
        start=1,
    )
    for name in names.split()
}
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_GERMAN = re.compile(r"\b(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d{2})\b")
_SLASHED = re.compile(r"\b(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})\b")
_DAY_MONTH = re.compile(r"\b(\d{1,2})\.?\s+([^\W\d_]{3,9})\.?,?\s+(\d{4})\b")
_MONTH_DAY = re.compile(r"\b([^\W\d_]{3,9})\.?\s+(\d{1,2}),?\s+(\d{4})\b")
_TIME = re.compile(r"\b(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(?:\s*([ap])\.?m\.?\b)?", re.IGNORECASE)


def plausible(candidates: Iterable[dt.datetime | None], *, now: dt.datetime) -> dt.datetime | None:
    """Return the first moment that can be right: not before e-mail was usual, not in the future."""
    for moment in candidates:
        if moment is not None and moment.year >= FIRST_YEAR and moment <= now + TOLERANCE:
            return min(moment, now)
    return None


def header_date(value: str) -> dt.datetime | None:
    """Return the moment a Date header names; one without a zone is taken as world time."""
    try:
        moment = parsedate_to_datetime(value.strip()[:200])
        moment = moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
        return moment.astimezone(dt.UTC)
    except (TypeError, ValueError, OverflowError, IndexError):
        return None


def typed_date(text: str, *, zone: ZoneInfo) -> dt.datetime | None:
    """Return the moment that a copied header line names, in German or English, on the clocks of ``zone``.

    The hour that the clocks strike twice in autumn is taken as the first one.
    """
    text = text.strip()[:200]
    if re.search(r"[+-]\d{4}\b|\bGMT\b|\bUTC\b", text) and (moment := header_date(text)):
        return moment
    found = _day(text)
    if found is None:
        return None
    day, rest = found
    try:
        local = dt.datetime.combine(day, _time(rest), tzinfo=zone)
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
    order = "mdy" if int(match[2]) > 12 or re.search(r"\b[AP]M\b", text, re.IGNORECASE) else "dmy"
    day = _date(dict(zip(order, match.groups(), strict=True)))
    return None if day is None else (day, text[: match.start()] + " " + text[match.end() :])


def _date(parts: dict[str, str]) -> dt.date | None:
    month = _MONTHS.get(parts["m"].lower()) if not parts["m"].isdecimal() else int(parts["m"])
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
