"""Inviting many actors to an event: who may be invited, who is on the list already, who must be left out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from actors.models import Actor, Consent, ConsentPurpose
from core.roles import can
from core.viewers import SignedIn
from events.models import Event, Participation, ParticipationRole, ParticipationState
from events.services.participants import NewParticipant, add_participants


@dataclass(frozen=True)
class LeftOut:
    """Somebody who is not invited, and why."""

    actor: Actor
    reason: str


@dataclass(frozen=True)
class Invitees:
    """What would become of a list of actors."""

    invited: tuple[Actor, ...]
    present: tuple[LeftOut, ...]
    refused: tuple[LeftOut, ...]


def sort_invitees(*, event: Event | None, actors: Iterable[Actor], today: dt.date) -> Invitees:
    """Tell who of ``actors`` may be invited to ``event``; in a fixed number of queries.

    A person is invited only with a consent to invitations that holds today; organisations and bodies always.
    Nobody is invited after the end of its activity. Who is on the list of the event in any role and state
    stays there as it is.
    """
    everybody = list(actors)
    reasons = _reasons(everybody, today)
    states = _states(event)
    invited, present, refused = [], [], []
    for actor in everybody:
        if actor.pk in states:
            present.append(LeftOut(actor, states[actor.pk]))
        elif actor.pk in reasons:
            refused.append(LeftOut(actor, reasons[actor.pk]))
        else:
            invited.append(actor)
    return Invitees(tuple(invited), tuple(present), tuple(refused))


def _reasons(actors: list[Actor], today: dt.date) -> dict[int, str]:
    """Return why actors may not be invited."""
    persons = [actor.pk for actor in actors if actor.is_person]
    consents = Consent.objects.filter(person__in=persons, purpose=ConsentPurpose.INVITATIONS)
    allowed = set(consents.effective_on(today).values_list("person", flat=True))
    gone = consents.filter(withdrawn_on__lte=today).values_list("person", "withdrawn_on")
    withdrawn = dict(gone.order_by("withdrawn_on"))
    reasons = {}
    for actor in actors:
        if actor.active_until is not None and actor.active_until <= today:
            reasons[actor.pk] = _("no longer active")
        elif actor.is_person and actor.pk not in allowed:
            reasons[actor.pk] = _no_consent(withdrawn.get(actor.pk))
    return reasons


def _no_consent(withdrawn: dt.date | None) -> str:
    if withdrawn is None:
        return _("no consent to invitations")
    return _("consent withdrawn on %(day)s") % {"day": date_format(withdrawn, "SHORT_DATE_FORMAT")}


def _states(event: Event | None) -> dict[int, str]:
    """Return in which state actors are on the list of the event."""
    if event is None:
        return {}
    labels = dict(ParticipationState.choices)
    rows = Participation.objects.filter(event=event).order_by("pk").values_list("actor_id", "state")
    return {actor: str(labels[ParticipationState(state)]) for actor, state in rows}


@transaction.atomic
def invite(
    *, event: Event, actors: Iterable[Actor], role: ParticipationRole, user: SignedIn, today: dt.date
) -> Invitees:
    """Put all who may be invited on the list of the event as invited; return what became of each.

    Consents and the list are read again behind the lock on the event: what was withdrawn a moment ago counts.
    """
    if not (can(user, "add", Participation) and can(user, "view", Consent)):
        raise PermissionDenied
    Event.objects.select_for_update().get(pk=event.pk)
    sorted_out = sort_invitees(event=event, actors=actors, today=today)
    entries = [NewParticipant(actor=actor) for actor in sorted_out.invited]
    add_participants(event=event, entries=entries, role=role, state=ParticipationState.INVITED, user=user)
    return sorted_out
