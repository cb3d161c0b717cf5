"""The week in figures: this week and the one before, each figure with the list of what it counts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from contacts.models import Concern, Contact, FollowUp
from core.roles import can
from core.viewers import SignedIn
from events.models import Participation

WEEK = dt.timedelta(days=7)
ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Figure:
    """A number of this week and of the week before, and where to see what was counted.

    ``opens`` says what the figure leads to where that is something else.
    """

    label: str
    this_week: int
    week_before: int
    url: str
    url_before: str
    opens: str = ""


@dataclass(frozen=True)
class Kind:
    """What is counted: by which day, and which list shows it between which bounds."""

    label: Any
    field: str
    url_name: str
    since: str
    until: str
    rest: tuple[tuple[str, str], ...] = ()
    opens: Any = ""

    def address(self, first: dt.date) -> str:
        """Return where the records of the week from ``first`` on are listed."""
        bounds = {self.since: first.isoformat(), self.until: (first + WEEK - ONE_DAY).isoformat()}
        return f"{reverse(self.url_name)}?{urlencode({**bounds, **dict(self.rest)})}"


CONTACTS = Kind(_("contacts logged"), "date", "contacts:contact_list", "since", "until")
ATTENDED = Kind(
    _("participations in events"),
    "event__start_date",
    "events:event_list",
    "date_from",
    "date_until",
    (("status", "held"),),
    opens=_("The figure opens the events that they belong to."),
)
BROUGHT = Kind(_("concerns brought"), "raised_on", "contacts:concern_list", "since", "until")
SETTLED = Kind(
    _("concerns settled"),
    "settled_on",
    "contacts:concern_list",
    "settled_since",
    "settled_until",
    (("is_open", "false"),),
)
DONE = Kind(
    _("follow-ups done"),
    "done_at__date",
    "contacts:follow_up_list",
    "done_since",
    "done_until",
    (("state", "done"),),
)


def monday_of(today: dt.date) -> dt.date:
    """Return the first day of the week."""
    return today - dt.timedelta(days=today.weekday())


def week_in_figures(user: SignedIn, *, today: dt.date) -> list[Figure]:
    """Return the figures that ``user`` may see, each asked for in one query."""
    contacts = Contact.objects.visible_to(user)
    concerns = Concern.objects.visible_to(user)
    attended = Participation.objects.visible_to(user).counted()
    done = FollowUp.objects.visible_to(user).filter(done_at__isnull=False)
    rows_of_kinds = [
        (Contact, CONTACTS, contacts),
        (Participation, ATTENDED, attended),
        (Concern, BROUGHT, concerns),
        (Concern, SETTLED, concerns),
        (FollowUp, DONE, done),
    ]
    return [_figure(kind, rows, today) for model, kind, rows in rows_of_kinds if can(user, "view", model)]


def _figure(kind: Kind, rows: QuerySet, today: dt.date) -> Figure:
    first, field = monday_of(today), kind.field
    before = first - WEEK
    in_week = Q(**{f"{field}__gte": first, f"{field}__lt": first + WEEK})
    in_week_before = Q(**{f"{field}__gte": before, f"{field}__lt": first})
    two_weeks = rows.order_by().filter(**{f"{field}__gte": before, f"{field}__lt": first + WEEK})
    counted = two_weeks.aggregate(now=Count("pk", filter=in_week), then=Count("pk", filter=in_week_before))
    addresses = (kind.address(first), kind.address(before))
    return Figure(str(kind.label), counted["now"], counted["then"], *addresses, str(kind.opens))
