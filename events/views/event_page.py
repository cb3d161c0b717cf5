"""What the page of an event shows around its tabs: head, figures and facts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from actors.models import Actor
from core.roles import HELPER_ROLES, can, role_of
from core.viewers import SignedIn
from events.models import (
    AgendaItem,
    Attendance,
    Decision,
    Event,
    EventContact,
    EventStatus,
    Headcount,
    Participation,
    ParticipationRole,
    ParticipationState,
    TaskAssignment,
    TourStop,
    people_among,
)
from events.tables.cells import STATE_TAGS, STATUS_TAGS, attendance_text, day_text, may_see

STATUS_ICONS = {
    EventStatus.IDEA: "bulb",
    EventStatus.PLANNED: "calendar",
    EventStatus.CONFIRMED: "calendar-check",
    EventStatus.HELD: "circle-check",
    EventStatus.POSTPONED: "calendar-time",
    EventStatus.CANCELLED: "calendar-off",
}


@dataclass(frozen=True)
class Figures:
    """The figures of one event. They are shown side by side and never added."""

    attendance: Attendance
    text: str
    persons: int
    engaged: int
    collectives: int


def figures_of(event: Event, *, user: SignedIn) -> Figures:
    """Count who attended, by name and by head."""
    rows = list(
        Participation.objects.visible_to(user)
        .attended()
        .filter(event=event)
        .order_by()
        .values_list("actor", "actor__kind", "represented_by", "role__code")
    )
    people = people_among((actor, kind == "person", by, role) for actor, kind, by, role in rows)
    return Figures(
        attendance=event.attendance,
        text=attendance_text(event.attendance, user),
        persons=len(people.persons),
        engaged=len(people.engaged),
        collectives=len({actor for actor, kind, _by, _role in rows if kind != "person"}),
    )


@dataclass(frozen=True)
class Tab:
    """One part of the page: what it is called, where it is, what it counts."""

    label: str | Promise
    url_name: str
    model: Any
    only_for: str = ""
    is_counted: bool = True


TABS = (
    Tab(_("Participants"), "events:event_detail", Participation),
    Tab(_("Headcounts"), "events:event_headcounts", Headcount),
    Tab(_("Tasks"), "events:event_tasks", TaskAssignment),
    Tab(_("Agenda and decisions"), "events:event_minutes", AgendaItem),
    Tab(_("Tour stops"), "events:event_stops", TourStop, only_for="tour"),
    Tab(_("Contacts"), "events:event_contacts", EventContact),
    Tab(_("Timeline"), "events:event_history", Decision, is_counted=False),
)


def tabs_of(event: Event, *, user: SignedIn, path: str) -> list[dict[str, Any]]:
    """Return the tabs that ``user`` sees, with what they hold; tour stops only where there is a tour."""
    tabs = []
    for tab in TABS:
        if not can(user, "view", tab.model):
            continue
        rows = tab.model.objects.visible_to(user).filter(event=event)
        count = rows.count() if tab.is_counted else None
        if tab.only_for and tab.only_for != event.event_type.code and not count:
            continue
        url = reverse(tab.url_name, args=[event.pk])
        tabs.append({"label": tab.label, "url": url, "count": count, "active": url == path})
    return tabs


def page_context(event: Event, *, user: SignedIn, path: str) -> dict[str, Any]:
    """Return what every tab of the event's page needs around it."""
    sees_names = role_of(user) in HELPER_ROLES
    return {
        "event": event,
        "object": event,
        "day": day_text(event),
        "status_tag": STATUS_TAGS[EventStatus(event.status)],
        "statuses": [(s.value, s.label, STATUS_ICONS[s]) for s in EventStatus if s != event.status],
        "tabs": tabs_of(event, user=user, path=path),
        "figures": figures_of(event, user=user),
        "sees_names": sees_names,
        "carrier": _carrier(event, user),
        "topics": list(event.topics.all()),
        "may_change": can(user, "change", Event),
        "may_record": can(user, "add", Participation),
    }


def _carrier(event: Event, user: SignedIn) -> Actor | None:
    """Return who carried the event's series on its day, if known and visible."""
    if event.series is None or event.start_date is None:
        return None
    carrier = event.series.carrier_on(event.start_date)
    return carrier if carrier and may_see(carrier, user) else None


@dataclass(frozen=True)
class ParticipantRow:
    """A participation as its row is drawn."""

    record: Participation
    state_tag: str
    may_change: bool
    previous: str

    @property
    def is_present(self) -> bool:
        return self.record.state == ParticipationState.ATTENDED


@dataclass(frozen=True)
class RoleGroup:
    """The participants in one role."""

    role: ParticipationRole
    rows: list[ParticipantRow]


def participant_row(record: Participation, *, user: SignedIn, previous: str = "") -> ParticipantRow:
    """Prepare one row. ``previous`` is the state to go back to when presence is taken away again."""
    return ParticipantRow(
        record=record,
        state_tag=STATE_TAGS[ParticipationState(record.state)],
        may_change=can(user, "change", Participation),
        previous=previous,
    )


def participants_of(event: Event, *, user: SignedIn) -> QuerySet:
    """Return the participations that ``user`` sees, by role and name."""
    rows: QuerySet = (
        Participation.objects.visible_to(user)
        .filter(event=event)
        .select_related("actor__actor_type", "role", "represented_by", "event")
        .order_by("role__position", "role__name_de", "actor__sort_name", "pk")
    )
    return rows


def grouped(rows: Iterable[Participation], *, user: SignedIn) -> list[RoleGroup]:
    """Return the rows under the heads of their roles."""
    groups: dict[int, RoleGroup] = {}
    may_change = can(user, "change", Participation)
    for record in rows:
        group = groups.setdefault(record.role_id, RoleGroup(record.role, []))
        group.rows.append(
            ParticipantRow(record, STATE_TAGS[ParticipationState(record.state)], may_change, "")
        )
    return list(groups.values())


def state_counts(event: Event, *, user: SignedIn) -> list[tuple[str, str, str, int]]:
    """Return each state that occurs: its code, its name, the class of its tag, and how many are in it."""
    counts = dict(
        participants_of(event, user=user)
        .order_by()
        .values("state")
        .annotate(n=Count("pk"))
        .values_list("state", "n")
    )
    return [(s.value, str(s.label), STATE_TAGS[s], counts[s]) for s in ParticipationState if counts.get(s)]
