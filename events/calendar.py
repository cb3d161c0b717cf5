"""Reads a calendar file (iCalendar) as it is offered for school holidays: named stretches of whole days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from icalendar import Calendar

from core.text import one_line
from core.validators import validate_no_control_characters, validate_plausible_date

MOST_BYTES = 1024 * 1024
MOST_EVENTS = 500
LONGEST_NAME = 200
LONGEST_KEY = 255
ONE_DAY = dt.timedelta(days=1)
MIDNIGHT = dt.time(0)


@dataclass(frozen=True)
class CalendarDays:
    """An entry of the file that can be taken over. ``note`` says what was understood differently."""

    key: str
    name: str
    first_day: dt.date
    final_day: dt.date
    note: str = ""


@dataclass(frozen=True)
class LeftOut:
    """An entry that cannot be taken over, and why."""

    name: str
    reason: str


@dataclass
class CalendarFile:
    """What a file holds."""

    days: list[CalendarDays] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)


class EntryRefused(Exception):
    """Why one entry is left out."""


def read_calendar(data: bytes) -> CalendarFile:
    """Return the whole days that an iCalendar file names, and what had to be left out.

    Raises
    ------
    ValidationError
        It is too large, or no calendar.
    """
    events = _events(data)
    if not events:
        raise ValidationError(_("This calendar holds no entries."))
    if len(events) > MOST_EVENTS:
        text = ngettext(
            "This calendar has more than %(number)s entry. Please export a shorter period.",
            "This calendar has more than %(number)s entries. Please export a shorter period.",
            MOST_EVENTS,
        )
        raise ValidationError(text % {"number": MOST_EVENTS})
    calendar_file = CalendarFile()
    seen: set[tuple[str, dt.date]] = set()
    for event in events:
        name = _name(event)
        try:
            entry = _days(event, name)
            if (entry.key, entry.first_day) in seen:
                raise EntryRefused(_("It stands in the file twice."))
        except EntryRefused as refused:
            calendar_file.left_out.append(LeftOut(name, str(refused)))
            continue
        seen.add((entry.key, entry.first_day))
        calendar_file.days.append(entry)
    calendar_file.days.sort(key=lambda entry: (entry.first_day, entry.name))
    return calendar_file


def _events(data: bytes) -> list[Any]:
    if len(data) > MOST_BYTES:
        raise ValidationError(_("This file is larger than 1 MB."))
    if b"BEGIN:VCALENDAR" not in data[:4096].upper():
        raise ValidationError(_("This is not a calendar file (.ics)."))
    try:
        calendars = Calendar.from_ical(data, multiple=True)
        return [event for calendar in calendars for event in calendar.walk("VEVENT")]
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError) as error:
        raise ValidationError(_("This calendar file is damaged and cannot be read.")) from error


def _name(event: Any) -> str:
    name = one_line(str(event.get("SUMMARY", "")))
    try:
        validate_no_control_characters(name)
    except ValidationError:
        name = "".join(letter for letter in name if letter.isprintable())
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"


def _days(event: Any, name: str) -> CalendarDays:
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        raise EntryRefused(_("It was called off in the calendar."))
    if "RRULE" in event or "RDATE" in event:
        raise EntryRefused(_("It repeats. Please enter its days one by one."))
    start, end = _bounds(event)
    note = ""
    if isinstance(start, dt.datetime):
        start, end = _whole_days(start, end)
        note = _("It had times from midnight to midnight and counts as whole days.")
    # Some programs write the same day as the end of a single one.
    last = max(end - ONE_DAY, start)
    for day in (start, last):
        _check_day(day)
    if end < start:
        raise EntryRefused(_("It ends before it begins."))
    return CalendarDays(_key(event, name, start), name, start, last, note)


def _bounds(event: Any) -> Iterator[Any]:
    """Yield beginning and end; without an end, a day lasts a day."""
    start = _decoded(event, "DTSTART")
    if start is None:
        raise EntryRefused(_("It has no day."))
    end = _decoded(event, "DTEND")
    if end is None:
        length = _decoded(event, "DURATION")
        end = start + (length or (dt.timedelta(0) if isinstance(start, dt.datetime) else ONE_DAY))
    if isinstance(start, dt.datetime) != isinstance(end, dt.datetime):
        raise EntryRefused(_("Its beginning and end do not match."))
    yield start
    yield end


def _decoded(event: Any, name: str) -> Any:
    if name not in event:
        return None
    try:
        value = event.decoded(name)
        if isinstance(value, (dt.date, dt.timedelta)):
            return value
        raise EntryRefused(_("Its day cannot be read."))
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError) as error:
        raise EntryRefused(_("Its day cannot be read.")) from error


def _whole_days(start: dt.datetime, end: dt.datetime) -> tuple[dt.date, dt.date]:
    """Take midnight to midnight, by the clock here, for whole days; hours of a day are no days."""
    local = [timezone.localtime(t) if timezone.is_aware(t) else t for t in (start, end)]
    if any(moment.time() != MIDNIGHT for moment in local) or local[0].date() >= local[1].date():
        raise EntryRefused(_("It has times. Only whole days can be taken over."))
    return local[0].date(), local[1].date()


def _check_day(day: dt.date) -> None:
    try:
        validate_plausible_date(day)
    except ValidationError as error:
        raise EntryRefused(" ".join(error.messages)) from error


def _key(event: Any, name: str, start: dt.date) -> str:
    """Return by what the entry is known when the file comes again; without an identifier, day and name."""
    key = one_line(str(event.get("UID", "")))
    is_sound = key.isprintable() and 0 < len(key) <= LONGEST_KEY
    return key if is_sound else f"{start.isoformat()} {name}"[:LONGEST_KEY]
