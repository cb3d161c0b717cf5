"""Follow-ups as iCalendar (RFC 5545): each open one a whole day, told as far as it may leave the house.

A calendar program is outside: often it belongs to a company far away. What is confidential is therefore shown
without a word of it, and natural persons are not named beside what somebody typed.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import astuple, dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vDatetime, vDuration, vText

from contacts.models import FollowUp
from core.viewers import Viewer

ONE_DAY = dt.timedelta(days=1)
READ_AGAIN_AFTER = dt.timedelta(hours=1)
READ_AGAIN_AFTER_TEXT = "PT1H"  # the same for programs that know only the older property
PRODUCT = "-//Stadtteilnetz//Follow-ups//{language}"


@dataclass(frozen=True)
class Entry:
    """One day of the calendar, ready to be written."""

    uid: str
    day: dt.date
    summary: str
    url: str
    changed: dt.datetime
    version: int
    is_confidential: bool


def is_confidential(follow_up: FollowUp) -> bool:
    """Tell whether it is about a confidential contact, or about a concern that came from one."""
    concern = follow_up.concern
    contacts = (follow_up.contact, concern.contact if concern is not None else None)
    return any(contact is not None and contact.is_confidential for contact in contacts)


def summary_of(follow_up: FollowUp, *, today: dt.date) -> str:
    """Return the line that a calendar shows."""
    actor = follow_up.actor
    if is_confidential(follow_up):
        text = _("Follow-up (confidential)")
    elif actor is not None and actor.is_person:
        text = follow_up.text or _("Follow-up")
    elif actor is not None and follow_up.text:
        text = f"{follow_up.text} ({actor})"
    else:
        text = str(follow_up)
    return _("overdue: %(what)s") % {"what": text} if follow_up.due < today else text


def entry_of(follow_up: FollowUp, *, user: Viewer, site: str, today: dt.date) -> Entry:
    """Return a follow-up as it is shown in the calendar of ``user``; ``site`` is scheme and host."""
    host = site.partition("://")[2].partition(":")[0]
    return Entry(
        uid=f"follow-up-{follow_up.pk}@{host}",
        day=follow_up.due,
        summary=" ".join(summary_of(follow_up, today=today).split()),
        url=f"{site}{follow_up.page_for(user)}",
        changed=follow_up.updated_at.astimezone(dt.UTC).replace(microsecond=0),
        version=follow_up.version,
        is_confidential=is_confidential(follow_up),
    )


def digest_of(entries: Iterable[Entry], name: str) -> str:
    """Return what is the same only as long as the calendar says the same."""
    content = repr([name, get_language(), *(astuple(entry) for entry in entries)])
    return hashlib.sha256(content.encode()).hexdigest()[:32]


def write_calendar(entries: Iterable[Entry], *, name: str) -> bytes:
    """Return the calendar: lines of at most 75 octets, ended as the standard wants it."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT.format(language=(get_language() or "de").upper()))
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", name)
    calendar.add("name", name)
    interval = vDuration(READ_AGAIN_AFTER)
    interval.params["VALUE"] = "DURATION"
    calendar.add("refresh-interval", interval)
    calendar.add("x-published-ttl", vText(READ_AGAIN_AFTER_TEXT))
    for entry in entries:
        calendar.add_component(_event(entry))
    written: bytes = calendar.to_ical()
    return written


def _event(entry: Entry) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", vDatetime(entry.changed))
    event.add("last-modified", vDatetime(entry.changed))
    event.add("sequence", entry.version)
    event.add("dtstart", entry.day)
    event.add("dtend", entry.day + ONE_DAY)
    event.add("summary", entry.summary)
    event.add("url", entry.url)
    event.add("transp", "TRANSPARENT")
    event.add("class", "CONFIDENTIAL" if entry.is_confidential else "PRIVATE")
    return event
