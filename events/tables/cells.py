"""How single values are drawn, in tables and on pages alike."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from actors.marks import actor_link
from actors.models import Actor
from core.fields import last_day
from core.roles import HELPER_ROLES, role_of
from core.viewers import Viewer
from events.models import (
    Attendance,
    AttendanceBasis,
    ContinuityDecision,
    Event,
    EventStatus,
    ParticipationState,
    Space,
)
from events.models.attendance import FEW

CLIPPED = {"td": {"class": "clip"}}
WIDE_ONLY = {"th": {"class": "wide-only"}, "td": {"class": "wide-only"}}
NUMBER = {"th": {"class": "num"}, "td": {"class": "num"}}
STATUS_TAGS = {
    EventStatus.IDEA: "tag-muted",
    EventStatus.PLANNED: "tag-info",
    EventStatus.CONFIRMED: "tag-info",
    EventStatus.HELD: "tag-ok",
    EventStatus.POSTPONED: "tag-warn",
    EventStatus.CANCELLED: "tag-muted",
}
STATE_TAGS = {
    ParticipationState.INVITED: "tag-muted",
    ParticipationState.REGISTERED: "tag-info",
    ParticipationState.ATTENDED: "tag-ok",
    ParticipationState.EXCUSED: "tag-muted",
    ParticipationState.ABSENT: "tag-warn",
}
DECISION_TAGS = {
    ContinuityDecision.UNDECIDED: "tag-warn",
    ContinuityDecision.CONTINUE: "tag-ok",
    ContinuityDecision.HAND_OVER: "tag-info",
    ContinuityDecision.END: "tag-muted",
}


def tag(css: str, label: Any) -> SafeString:
    """Draw a small label in the colour of its class."""
    return format_html('<span class="tag {}">{}</span>', css, label)


def link(record: Any, label: Any = None) -> SafeString:
    """Draw the name of a record as a link to its page."""
    return format_html('<a class="name" href="{}">{}</a>', record.get_absolute_url(), label or str(record))


def may_see(actor: Actor, user: Viewer) -> bool:
    """Tell whether ``user`` sees an actor that is at hand already; the same rule as ``visible_to``."""
    return not actor.is_person or role_of(user) in HELPER_ROLES


def seen_actor(actor: Actor | None, user: Viewer) -> SafeString | str:
    """Draw an actor as a link; a dash where there is none that ``user`` sees."""
    return actor_link(actor, "name") if actor and may_see(actor, user) else "–"


def yes_no(value: bool) -> str:
    """Return yes or no in words."""
    return str(_("yes") if value else _("no"))


def attendance_text(attendance: Attendance, user: Viewer) -> str:
    """Return the total attendance as ``user`` may read it; a number that may point to a person is hidden."""
    if attendance.basis == AttendanceBasis.NONE:
        return "–"
    if attendance.total < FEW and role_of(user) not in HELPER_ROLES:
        return f"<{FEW}"
    return number_format(attendance.total, force_grouping=True)


def day_text(event: Event) -> str:
    """Return the day of an event, or its first and last one; "without a day" where none is known."""
    if event.start_date is None:
        return str(_("without a day"))
    first = date_format(event.start_date, "SHORT_DATE_FORMAT")
    if event.end_date in (None, event.start_date):
        return first
    return f"{first} – {date_format(event.end_date, 'SHORT_DATE_FORMAT')}"


def right_of_use(space: Space) -> str:
    """Return until when a space may be used."""
    if space.has_permanent_right:
        return str(_("without end"))
    day = last_day(space.right_until)
    return date_format(day, "SHORT_DATE_FORMAT") if day else "–"


def interval_text(first: dt.date | None, last: dt.date | None) -> str:
    """Return an interval with its last day; an open end is three dots."""
    if first is None and last is None:
        return "–"
    return " – ".join(date_format(day, "SHORT_DATE_FORMAT") if day else "…" for day in (first, last))
