"""How far the records reach: what a report says about its data before anything else."""

from __future__ import annotations

import datetime as dt

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.roles import can
from events.models import Event, EventQuerySet
from reports.builders.shared.digits import grouped
from reports.builders.shared.links import Links
from reports.report import Note
from reports.request import ReportRequest

# So many events a sentence names.
NAMED = 5


def data_notes(request: ReportRequest) -> tuple[Note, ...]:
    """Return what a reader must know of the data first; nothing where all is well."""
    events = Event.objects.visible_to(request.viewer)
    return (*_last_held_notes(events, request), *_left_open_notes(events, request))


def _last_held_notes(events: EventQuerySet, request: ReportRequest) -> tuple[Note, ...]:
    """Warn where nothing was held in the year up to the end of the period, or up to today."""
    until = request.last_day
    held = events.held().filter(start_date__lte=until).order_by("-start_date").first()
    if held is None or held.start_date is None or held.start_date >= a_year_before(until):
        return ()
    text = _(
        "Up to %(until)s the last event recorded as held took place on %(day)s, more than a year before. "
        "What this report says of the time after it rests on older records."
    )
    days = {"day": held.start_date, "until": until}
    return (
        Note("warning", text % {name: date_format(day, "SHORT_DATE_FORMAT") for name, day in days.items()}),
    )


def a_year_before(day: dt.date) -> dt.date:
    """Return the same day of the year before; of 29 February the 28th."""
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28 if is_leap_day else day.day)


def _left_open_notes(events: EventQuerySet, request: ReportRequest) -> tuple[Note, ...]:
    """Name the events of the past of which nobody has said whether they took place.

    Only who may close them is led to them.
    """
    period, may_close = request.period, can(request.viewer, "change", Event)
    rows = list(
        events.left_open(request.today).between(period.start, period.end).order_by("-start_date", "-pk")
    )
    if not rows:
        return ()
    text = ngettext(
        "%(count)s past event is not closed: %(names)s. Until it is set to “held”, “cancelled” or "
        "“postponed”, it does not count.",
        "%(count)s past events are not closed: %(names)s. Until they are set to “held”, “cancelled” or "
        "“postponed”, they do not count.",
        len(rows),
    )
    return (
        Note(
            "warning",
            text % {"count": grouped(len(rows)), "names": _names(rows)},
            url=Links(period).events(left_open="yes") if may_close else None,
            link=_("Show them, to close them"),
        ),
    )


def _names(rows: list[Event]) -> str:
    days = [(event.title, event.start_date) for event in rows if event.start_date]
    named = [f"{title} ({date_format(day, 'SHORT_DATE_FORMAT')})" for title, day in days]
    more = len(named) - NAMED
    text = ", ".join(named[:NAMED])
    if more > 0:
        return _("%(names)s and %(count)s more") % {"names": text, "count": grouped(more)}
    return text
