"""Days as people type them: "+1w", "12.3.", "morgen", "Freitag", "letzten Freitag"."""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from dataclasses import dataclass

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
WEEKDAYS = [
    r"montag|monday|mo|mon",
    r"dienstag|tuesday|di|tue",
    r"mittwoch|wednesday|mi|wed",
    r"donnerstag|thursday|do|thu",
    r"freitag|friday|fr|fri",
    r"samstag|sonnabend|saturday|sa|sat",
    r"sonntag|sunday|so|sun",
]
MONTHS = [
    r"januar|jänner|january|jan",
    r"februar|february|feb",
    r"märz|maerz|march|mär|mar",
    r"april|apr",
    r"mai|may",
    r"juni|june|jun",
    r"juli|july|jul",
    r"august|aug",
    r"september|sept|sep",
    r"oktober|october|okt|oct",
    r"november|nov",
    r"dezember|december|dez|dec",
]


def _either(groups: list[str]) -> str:
    return "|".join(sorted("|".join(groups).split("|"), key=len, reverse=True))


def _number_of(word: str, groups: list[str]) -> int:
    return next(i for i, names in enumerate(groups) if word.lower() in names.split("|"))


_YEAR = r"(?:\s?(?P<year>[0-9]{4})|(?P<short>[0-9]{2}))?(?![\w])"
NUMERIC = rf"(?P<day>[0-9]{{1,2}})\.\s?(?P<month>[0-9]{{1,2}})(?:\.{_YEAR}|(?![\w.]))"
NAMED = rf"(?P<day>[0-9]{{1,2}})\.?\s?(?P<name>{_either(MONTHS)})\b\.?(?:\s(?P<year>[0-9]{{4}}))?(?!\w)"
ISO = r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})(?!\w)"
_LEAD = r"(?:(?:am|vom|on|bis|zum)\s+)?(?:(?:{weekdays})\b[.,]{{0,2}}\s+)?"
LEAD = _LEAD.format(weekdays=_either(WEEKDAYS))


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


DATES = [_compiled(LEAD + form) for form in (ISO, NUMERIC, NAMED)]
STEP = _compiled(
    r"(?:in\s+)?\+?\s?(?P<n>[0-9]{1,6})\s?(?:"
    + "|".join(f"(?P<{unit}>{words})" for unit, words in UNITS.items())
    + r")(?!\w)\.?"
)
NEAR_WORD = _compiled(rf"(?P<word>{_either(list(NEAR))})(?!\w)")
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


def add_months(day: dt.date, months: int) -> dt.date:
    """Return the same day some months on, or the last one of that month.

    >>> add_months(dt.date(2026, 1, 31), 1)
    datetime.date(2026, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def read_due(text: str, at: int, today: dt.date) -> Day | None:
    """Read the day of a follow-up that stands at ``at``: one that is still to come, or why it is not."""
    found = _relative(text, at, today) or _near(text, at, today) or _coming(text, at, today)
    if found is None and (match := _date_at(text, at)):
        found = _next_real(match, today)
    if found and found.day and found.day < today:
        return Day(found.end, None, "past")
    return found


def read_past(text: str, at: int, today: dt.date) -> Day | None:
    """Read the day of a contact that stands at ``at``: it has happened; anything else is no such day."""
    if match := NEAR_WORD.match(text, at):
        shift = NEAR[match["word"].lower()]
        return Day(match.end(), today + dt.timedelta(shift)) if shift < 0 else None
    if match := LAST.match(text, at):
        back = (today.weekday() - _number_of(match["weekday"], WEEKDAYS) - 1) % 7 + 1
        return Day(match.end(), today - dt.timedelta(back))
    match = _date_at(text, at)
    return _latest_real(match, today) if match else None


def _date_at(text: str, at: int) -> re.Match[str] | None:
    return next((match for form in DATES if (match := form.match(text, at))), None)


def _parts(match: re.Match[str]) -> tuple[int | None, int, int]:
    found = match.groupdict()
    month = _number_of(found["name"], MONTHS) + 1 if found.get("name") else int(found["month"])
    if found.get("year"):
        return int(found["year"]), month, int(found["day"])
    return (2000 + int(found["short"]) if found.get("short") else None), month, int(found["day"])


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
    days = {"d": 1, "w": 7}.get(unit)
    months = {"m": 1, "q": 3, "y": 12}.get(unit)
    if number * (days or 28 * (months or 0)) > DAYS_AHEAD:
        return None
    return today + dt.timedelta(number * days) if days else add_months(today, number * (months or 0))


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
    return Day(match.end(), today + dt.timedelta(NEAR[match["word"].lower()])) if match else None


def _coming(text: str, at: int, today: dt.date) -> Day | None:
    if any(form.match(text, at) for form in DATES):
        return None
    match = COMING.match(text, at)
    if not match:
        return None
    ahead = (_number_of(match["weekday"], WEEKDAYS) - today.weekday() - 1) % 7 + 1
    return Day(match.end(), today + dt.timedelta(ahead))
