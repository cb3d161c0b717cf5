"""Which streams the timelines of an actor, an event, a measure and a concern are made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from actors.models import Actor
from contacts.models import Concern, Contact, FollowUp
from core.models import Record
from core.roles import can
from core.viewers import Viewer
from crm.timeline import ties
from crm.timeline.concerns import concerns
from crm.timeline.contacts import contacts, follow_ups
from crm.timeline.events import decisions, events, participations
from crm.timeline.scope import scope_of
from crm.timeline.stream import Stream
from events.models import Decision, Event, EventConcern, EventContact, Measure

KINDS = {
    "contacts": _("contacts"),
    "events": _("events"),
    "concerns": _("concerns"),
    "decisions": _("decisions"),
    "follow_ups": _("follow-ups"),
    "ties": _("ties"),
    "consents": _("consents"),
}


def of_actor(actor: Actor, user: Viewer) -> list[Stream]:
    """Return what happened to an actor, and to its persons or organisations while they belonged together."""
    scope = scope_of(actor, user=user)
    streams = [
        participations(scope, user=user),
        *ties.ties(actor, user=user),
        *ties.consents(actor, user=user),
    ]
    if can(user, "view", Contact):
        involved = Contact.actors.through.objects.all()
        among = scope.own_and_theirs(involved, actor="actor", date="contact__date", key="contact")
        logged = Contact.objects.visible_to(user).filter(among)
        streams.append(contacts(logged, user=user, scope=scope))
        planned = scope.own_and_theirs(FollowUp.objects.all(), actor="actor", date="due")
        about = planned | Q(contact__in=logged.order_by().values("pk")) | Q(concern__raised_by=actor)
        streams.append(follow_ups(about, user=user))
    brought = scope.own_and_theirs(Concern.objects.all(), actor="raised_by", date="raised_on")
    return [*streams, *concerns(brought, user=user, steps=Q(forwarded_to=actor))]


def of_event(event: Event, user: Viewer) -> list[Stream]:
    """Return what was logged about an event, decided at it, and brought to the office there."""
    return _around(Event.objects.filter(pk=event.pk), user)


def of_measure(measure: Measure, user: Viewer) -> list[Stream]:
    """Return the events of a measure and what was logged about them."""
    rows = Event.objects.visible_to(user).filter(measure=measure)
    return [events(rows), *_around(rows, user)]


def _around(rows: Any, user: Viewer) -> list[Stream]:
    """Return contacts, decisions, concerns and follow-ups of some events."""
    keys = rows.order_by().values("pk")
    streams = decisions(Q(event__in=keys), user=user)
    about = Q(pk__in=())
    if can(user, "view", Contact):
        tied = EventContact.objects.visible_to(user).filter(event__in=keys).order_by()
        logged = Contact.objects.visible_to(user).filter(pk__in=tied.values("contact"))
        streams.append(contacts(logged, user=user))
        about |= Q(contact__in=logged.order_by().values("pk"))
    if can(user, "view", Concern):
        brought = EventConcern.objects.visible_to(user).filter(event__in=keys).order_by().values("concern")
        raised = Q(pk__in=brought) | Q(tour_stop__event__in=keys)
        streams += concerns(raised, user=user)
        about |= Q(concern__in=brought) | Q(concern__tour_stop__event__in=keys)
    return [*streams, follow_ups(about, user=user)] if can(user, "view", FollowUp) else streams


def of_concern(concern: Concern, user: Viewer) -> list[Stream]:
    """Return the steps of a concern, the contact it came from, and its follow-ups."""
    came_from = Contact.objects.visible_to(user).filter(concerns=concern)
    return [
        *concerns(Q(pk=concern.pk), user=user),
        contacts(came_from, user=user),
        follow_ups(Q(concern=concern), user=user),
    ]


@dataclass(frozen=True)
class Subject:
    """Something that has a timeline: its model, the streams, and the pages around it."""

    model: type[Record]
    streams: Callable[[Any, Any], list[Stream]]
    address: str
    page: str
    list_page: str
    list_label: Any
    needs: type[Record] | None = None

    def kinds_of(self, streams: list[Stream]) -> list[tuple[str, Any]]:
        """Return the kinds that occur in the streams, with their names."""
        offered = {stream.kind for stream in streams}
        return [(code, label) for code, label in KINDS.items() if code in offered]


ACTOR = Subject(Actor, of_actor, "actor_timeline", "actors:actor_detail", "actors:actor_list", _("Actors"))
EVENT = Subject(
    Event,
    of_event,
    "event_timeline",
    "events:event_detail",
    "events:event_list",
    _("Events"),
    needs=Decision,
)
MEASURE = Subject(
    Measure,
    of_measure,
    "measure_timeline",
    "events:measure_detail",
    "events:measure_list",
    _("Measures"),
)
CONCERN = Subject(
    Concern,
    of_concern,
    "concern_timeline",
    "contacts:concern_detail",
    "contacts:concern_list",
    _("Concerns"),
)
