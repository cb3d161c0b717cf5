"""Events that an actor took part in or that a measure holds, and what was decided at them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import F, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from core.roles import can
from core.viewers import Viewer
from crm.timeline.entries import Entry, beginning, joined
from crm.timeline.scope import Scope
from crm.timeline.stream import Stream
from events.models import Decision, Event, EventStatus, Participation, ParticipationState


def participations(scope: Scope, *, user: Viewer) -> Stream:
    """Return the events that the actor took part in; several roles at one event are one entry."""
    visible = Participation.objects.visible_to(user)
    own = Q(actor=scope.actor) | Q(represented_by=scope.actor)
    theirs = scope.theirs(visible, actor="actor", date="event__start_date")
    with_part = Q(pk__in=visible.filter(own).order_by().values("event"))
    if scope.others:
        own |= Q(pk__in=theirs.values("pk"))
        with_part |= Q(pk__in=theirs.values("event"))
    parts = (
        visible.filter(own)
        .select_related("role", "actor")
        .order_by("actor__sort_name", "role__position", "pk")
    )
    rows = Event.objects.visible_to(user).filter(with_part).select_related("event_type")
    loaded = rows.prefetch_related(Prefetch("participations", parts, to_attr="parts"))
    return Stream(
        "event", "events", loaded, "start_date", lambda rows: _participations(rows, scope), is_long=True
    )


def _participations(rows: Iterable[Any], scope: Scope) -> Iterator[Entry]:
    for event in rows:
        yield _participation(event, event.parts, scope)


def _participation(event: Event, parts: list[Participation], scope: Scope) -> Entry:
    via = scope.via({row.actor_id for row in parts})
    represents = dict.fromkeys(
        row.actor.name for row in parts if row.represented_by_id == scope.actor.pk != row.actor_id
    )
    roles = ", ".join(dict.fromkeys(row.role.label for row in parts))
    states = dict.fromkeys(
        row.get_state_display() for row in parts if row.state != ParticipationState.ATTENDED
    )
    brought = sum(row.people_brought for row in parts)
    return Entry(
        date=event.start_date,
        title=_("Participation: %(title)s") % {"title": event.title},
        icon="calendar-event",
        url=event.get_absolute_url(),
        text=joined(
            _("Role: %(roles)s") % {"roles": roles},
            ", ".join(states),
            _("%(count)s people brought") % {"count": brought} if brought else "",
        ),
        meta=joined(
            event.event_type.label,
            _status(event),
            _("for %(name)s") % {"name": ", ".join(represents)} if represents else "",
            _("through %(name)s") % {"name": via} if via and not represents else "",
        ),
        kind="events",
    )


def _status(event: Event) -> str:
    return str(event.get_status_display()) if event.status != EventStatus.HELD else ""


def events(rows: QuerySet) -> Stream:
    """Return events by themselves."""
    return Stream("event", "events", rows.select_related("event_type"), "start_date", _events, is_long=True)


def _events(rows: Iterable[Event]) -> Iterator[Entry]:
    for event in rows:
        yield Entry(
            date=event.start_date,
            title=event.title,
            icon="calendar-event",
            url=event.get_absolute_url(),
            text=beginning(event.description),
            meta=joined(event.event_type.label, _status(event)),
            kind="events",
        )


def decisions(at: Q, *, user: Viewer) -> list[Stream]:
    """Return what was decided at events; none for those who may not see minutes."""
    if not can(user, "view", Decision):
        return []
    rows = Decision.objects.visible_to(user).filter(at).annotate(day=F("event__start_date"))
    return [Stream("decision", "decisions", rows.select_related("event"), "day", _decisions)]


def _decisions(rows: Iterable[Any]) -> Iterator[Entry]:
    for row in rows:
        yield Entry(
            date=row.day,
            title=_("Decision: %(text)s") % {"text": beginning(row.text, longest=80)},
            icon="gavel",
            url=row.event.get_absolute_url(),
            text=beginning(row.text) if len(row.text) > 80 else "",
            meta=row.event.title,
            kind="decisions",
        )
