"""Days as people type them: "+1w", "12.3.", "morgen", "Freitag", "letzten Freitag"."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from dateutil.relativedelta import relativedelta

from core.calendar_names import MONTHS, WEEKDAYS
from core.text import fold

DAYS_AHEAD = 366 * 10
MONTHS_BACK_DAYS = 183

UNITS = {
    "d": r"tagen|tage|tag|t|days|day|d",
    "w": r"wochen|woche|weeks|week|w",
    "m": r"monaten|monate|monat|months|month|m",
    "q": r"quartalen|quartale|quartal|quarters|quarter|q",
    "y": r"jahren|jahre|jahr|j|years|year|y",
}
NEAR = {
    **dict.fromkeys(("heute", "today"), 0),
    **dict.fromkeys(("morgen", "tomorrow"), 1),
    **dict.fromkeys(("übermorgen", "uebermorgen"), 2),
    **dict.fromkeys(("gestern", "yesterday"), -1),
    "vorgestern": -2,
}


def _either(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_YEAR = r"(?:\s?(?P<year>[0-9]{4})|(?P<short>[0-9]{2}))?(?![\w])"
NUMERIC = rf"(?P<day>[0-9]{{1,2}})\.\s?(?P<month>[0-9]{{1,2}})(?:\.{_YEAR}|(?![\w.]))"
NAMED = rf"(?P<day>[0-9]{{1,2}})\.?\s?(?P<name>{_either(MONTHS)})\b\.?(?:\s(?P<year>[0-9]{{4}}))?(?!\w)"
ISO = r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})(?!\w)"
_LEAD = r"(?:(?:am|vom|on|bis|zum)\s+)?(?:(?:{weekdays})\b[.,]{{0,2}}\s+)?"
LEAD = _LEAD.format(weekdays=_either(WEEKDAYS))


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


DATES = [_compiled(LEAD + pattern) for pattern in (ISO, NUMERIC, NAMED)]
STEP = _compiled(
    r"(?:in\s+)?\+?\s?(?P<n>[0-9]{1,6})\s?(?:"
    + "|".join(f"(?P<{unit}>{words})" for unit, words in UNITS.items())
    + r")(?!\w)\.?"
)
NEAR_WORD = _compiled(rf"(?P<word>{_either(NEAR)})(?!\w)")
COMING = _compiled(
    r"(?:(?:am|on)\s+)?(?:(?:nächste[nrsm]?|naechste[nrsm]?|kommende[nrsm]?|next)\s+)?"
    rf"(?P<weekday>{_either(WEEKDAYS)})(?![\w-])\.?"
)
NEXT = _compiled(
    r"(?:nächste[nrsm]?|naechste[nrsm]?|kommende[nrsm]?|next)\s+"
    r"(?:(?P<w>woche|week)|(?P<m>monat|month)|(?P<q>quartal|quarter)|(?P<y>jahr|year))(?!\w)"
)
LAST = _compiled(
    r"(?:am\s+)?(?:letzte[nrsm]?|vergangene[nrsm]?|vorige[nrsm]?|last)\s+"
    rf"(?P<weekday>{_either(WEEKDAYS)})(?![\w-])\.?"
)


@dataclass(frozen=True)
class Day:
    """A day that was read, up to ``end``; ``problem`` says why it cannot be one."""

    end: int
    day: dt.date | None = None
    problem: str = ""


def read_due(text: str, at: int, today: dt.date) -> Day | None:
    """Read the day of a follow-up that stands at ``at``: one that is still to come, or why it is not."""
    due = _relative(text, at, today) or _near(text, at, today) or _coming(text, at, today)
    if due is None and (match := _date_at(text, at)):
        due = _next_real(match, today)
    if due and due.day and due.day < today:
        return Day(due.end, None, "past")
    return due


def read_past(text: str, at: int, today: dt.date) -> Day | None:
    """Read the day of a contact that stands at ``at``: it has happened; anything else is no such day."""
    if match := NEAR_WORD.match(text, at):
        shift = NEAR[fold(match["word"])]
        return Day(match.end(), today + dt.timedelta(shift)) if shift < 0 else None
    if match := LAST.match(text, at):
        back = (today.weekday() - WEEKDAYS[fold(match["weekday"])] - 1) % 7 + 1
        return Day(match.end(), today - dt.timedelta(back))
    match = _date_at(text, at)
    return _latest_real(match, today) if match else None


def _date_at(text: str, at: int) -> re.Match[str] | None:
    return next((match for pattern in DATES if (match := pattern.match(text, at))), None)


def _parts(match: re.Match[str]) -> tuple[int | None, int, int]:
    parts = match.groupdict()
    month = MONTHS[fold(parts["name"])] if parts.get("name") else int(parts["month"])
    if parts.get("year"):
        return int(parts["year"]), month, int(parts["day"])
    return (2000 + int(parts["short"]) if parts.get("short") else None), month, int(parts["day"])


def _real(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _next_real(match: re.Match[str], today: dt.date) -> Day:
    year, month, day = _parts(match)
    if year is not None:
        real = _real(year, month, day)
        far = real is not None and (real - today).days > DAYS_AHEAD
        return Day(match.end(), None if far else real, "far" if far else "" if real else "no such day")
    days = (_real(today.year + ahead, month, day) for ahead in range(9))
    coming = next((real for real in days if real and real >= today), None)
    return Day(match.end(), coming, "" if coming else "no such day")


def _latest_real(match: re.Match[str], today: dt.date) -> Day | None:
    """Return the day if it has passed. Without a year it is one of the last months, or not the contact's."""
    year, month, day = _parts(match)
    if year is not None:
        real = _real(year, month, day)
        return Day(match.end(), real) if real and real <= today else None
    days = (_real(today.year - back, month, day) for back in range(2))
    past = next((real for real in days if real and real <= today), None)
    if past is None or (today - past).days > MONTHS_BACK_DAYS:
        return None
    return Day(match.end(), past)


def _shifted(today: dt.date, unit: str, number: int) -> dt.date | None:
    days = {"d": 1, "w": 7}.get(unit, 0)
    months = {"m": 1, "q": 3, "y": 12}.get(unit, 0)
    if number * (days + 28 * months) > DAYS_AHEAD:
        return None
    return today + relativedelta(days=number * days, months=number * months)


def _relative(text: str, at: int, today: dt.date) -> Day | None:
    if match := STEP.match(text, at):
        number = int(match["n"])
    elif match := NEXT.match(text, at):
        number = 1
    else:
        return None
    unit = next(name for name, value in match.groupdict().items() if value and name != "n")
    day = _shifted(today, unit, number)
    return Day(match.end(), day, "" if day else "far")


def _near(text: str, at: int, today: dt.date) -> Day | None:
    match = NEAR_WORD.match(text, at)
    return Day(match.end(), today + dt.timedelta(NEAR[fold(match["word"])])) if match else None


def _coming(text: str, at: int, today: dt.date) -> Day | None:
    if any(pattern.match(text, at) for pattern in DATES):
        return None
    match = COMING.match(text, at)
    if not match:
        return None
    ahead = (WEEKDAYS[fold(match["weekday"])] - today.weekday() - 1) % 7 + 1
    return Day(match.end(), today + dt.timedelta(ahead))
