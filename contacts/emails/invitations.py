"""Appointments that come with an e-mail (iCalendar, RFC 5545), as text: what, when, where."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from icalendar import Calendar

from contacts.emails import limits
from contacts.emails.text import clean_line, tidy

# What the library is known to stumble over in damaged files.
_FAULTS = (ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError, RecursionError)
REPLIES = {"REPLY", "COUNTER", "DECLINECOUNTER", "REFRESH"}


@dataclass(frozen=True)
class Appointment:
    """One appointment; ``method`` tells what is asked of who gets it (REQUEST, REPLY, CANCEL, …)."""

    method: str
    lines: tuple[str, ...]
    description: str = ""

    def as_text(self, *, with_description: bool) -> str:
        """Return the appointment as lines of text."""
        paragraphs = [self.description] if with_description and self.description else []
        return "\n\n".join(["\n".join(self.lines), *paragraphs])


def appointments_in(text: str) -> list[Appointment]:
    """Return what a calendar file names; nothing where it cannot be read: the file itself is kept anyway."""
    if len(text) > limits.MAX_CALENDAR_CHARS or "BEGIN:VCALENDAR" not in text[:4096].upper():
        return []
    try:
        appointments = [
            _appointment(event, clean_line(str(calendar.get("METHOD", "")), 20).upper())
            for calendar in Calendar.from_ical(text, multiple=True)
            for event in calendar.walk("VEVENT")[: limits.MAX_APPOINTMENTS]
        ]
    except _FAULTS:
        return []
    return appointments[: limits.MAX_APPOINTMENTS]


def _appointment(event: Any, method: str) -> Appointment:
    lines = [_title(event, method)]
    when = _when(event)
    if when:
        lines.append(_("When: %(when)s") % {"when": when})
    place = clean_line(str(event.get("LOCATION", "")), limits.MAX_SUBJECT_CHARS)
    if place:
        lines.append(_("Where: %(place)s") % {"place": place})
    return Appointment(method, tuple(lines), tidy(str(event.get("DESCRIPTION", ""))))


def _title(event: Any, method: str) -> str:
    title = clean_line(str(event.get("SUMMARY", "")), limits.MAX_SUBJECT_CHARS) or _("(no subject)")
    if method in REPLIES:
        return f"{_answer(event)}: {title}"
    if method == "CANCEL" or str(event.get("STATUS", "")).upper() == "CANCELLED":
        return _("Cancelled: %(title)s") % {"title": title}
    if method in {"REQUEST", "ADD"}:
        return _("Invitation: %(title)s") % {"title": title}
    return _("Appointment: %(title)s") % {"title": title}


def _answer(event: Any) -> str:
    attendees = event.get("ATTENDEE", [])
    first = next(iter(attendees if isinstance(attendees, list) else [attendees]), None)
    said = str(getattr(first, "params", {}).get("PARTSTAT", "")).upper()
    answers = {
        "ACCEPTED": _("Accepted"),
        "DECLINED": _("Declined"),
        "TENTATIVE": _("Accepted with reservation"),
    }
    return answers.get(said, _("Answer to an invitation"))


def _when(event: Any) -> str:
    if "DTSTART" not in event:
        return ""
    start = event["DTSTART"].dt
    end = event["DTEND"].dt if "DTEND" in event else None
    if end is None and "DURATION" in event:
        end = start + event["DURATION"].dt
    when = _moments(start, end) if isinstance(start, dt.datetime) else _days(start, end)
    repeats = _("repeats")
    return f"{when} ({repeats})" if "RRULE" in event else when


def _days(first: dt.date, end: Any) -> str:
    last = end - dt.timedelta(days=1) if isinstance(end, dt.date) else first
    return _day(first) if last <= first else f"{_day(first)} – {_day(last)}"


def _moments(start: dt.datetime, end: Any) -> str:
    begin = _local(start)
    if not isinstance(end, dt.datetime):
        return f"{_day(begin)}, {begin:%H:%M}"
    until = _local(end)
    if until.date() == begin.date():
        return f"{_day(begin)}, {begin:%H:%M}–{until:%H:%M}"
    return f"{_day(begin)}, {begin:%H:%M} – {_day(until)}, {until:%H:%M}"


def _local(moment: dt.datetime) -> dt.datetime:
    """Return a moment on the office's clocks; one without a zone is meant so."""
    return moment.astimezone(timezone.get_default_timezone()) if moment.tzinfo else moment


def _day(day: dt.date) -> str:
    return f"{date_format(day, 'l')}, {date_format(day, 'SHORT_DATE_FORMAT')}"
