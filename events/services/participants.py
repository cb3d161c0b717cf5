"""Writing down who took part."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from actors.models import CHOOSE_PERSON, Actor, ActorKind, ActorType, Affiliation
from core.roles import can
from core.undoing import Recorder
from core.viewers import SignedIn
from events.models import Event, Participation, ParticipationRole, ParticipationState
from events.validators import NOT_YET_ATTENDED


@dataclass(frozen=True)
class NewActor:
    """Somebody who is to be added to the register.

    ``known`` holds the keys of the actors of the same name that the user saw and did not choose. An actor of
    that name which is not among them came into the register meanwhile, perhaps by the same form sent twice.
    """

    kind: str
    actor_type: ActorType
    name: str
    given_name: str = ""
    family_name: str = ""
    salutation: str = ""
    title: str = ""
    organisation: Actor | None = None
    known: frozenset[int] = frozenset()

    def build(self) -> Actor:
        """Return the actor, checked but not saved."""
        actor = Actor(
            kind=self.kind,
            actor_type=self.actor_type,
            name=self.name,
            given_name=self.given_name,
            family_name=self.family_name,
            salutation=self.salutation,
            title=self.title,
        )
        actor.derive(former_names=[], phones=[])
        actor.clean_fields(exclude={"actor_type"})
        actor.clean()
        return actor


@dataclass(frozen=True)
class NewParticipant:
    """One line of a list: an actor of the register or a new one, and who represents it."""

    actor: Actor | None = None
    new: NewActor | None = None
    represented_by: Actor | None = None


@dataclass(frozen=True)
class AddedParticipants:
    """What became of a list."""

    added: int
    changed: int
    unchanged: int
    created: int


@transaction.atomic
def add_participants(
    *,
    event: Event,
    entries: Sequence[NewParticipant],
    role: ParticipationRole,
    state: str,
    user: SignedIn,
    recorder: Recorder | None = None,
) -> AddedParticipants:
    """Record everybody in ``entries`` at the event in one role and state; ``recorder`` remembers it for undo.

    Who is recorded in this role already only gets the state; so the same list sent twice changes nothing. The
    number of queries does not depend on the number of entries.
    """
    if not can(user, "add", Participation) or (any(e.new for e in entries) and not can(user, "add", Actor)):
        raise PermissionDenied
    Event.objects.select_for_update().get(pk=event.pk)  # a second copy of the list waits here
    actors, created = _actors_of(entries)
    if state == ParticipationState.ATTENDED and event.is_to_come:
        raise ValidationError({"state": NOT_YET_ATTENDED})
    recorded = dict(Participation.objects.filter(event=event, role=role).values_list("actor_id", "state"))
    participations = {
        actor.pk: Participation(
            event=event, actor=actor, role=role, state=state, represented_by=entry.represented_by
        )
        for actor, entry in zip(actors, entries, strict=True)
    }
    fresh = [row for key, row in participations.items() if key not in recorded]
    _check(fresh)
    # In bulk: a list of eighty names must not take eighty round trips. No signal hangs on this model.
    Participation.objects.bulk_create(fresh, ignore_conflicts=True)
    others = [key for key in participations if recorded.get(key, state) != state]
    stored = Participation.objects.filter(event=event, role=role)
    if recorder is not None:
        # Only those of this very moment: of two who add somebody at once, one row is the other's.
        recorder.created(
            stored.filter(actor__in=participations, created_at__in={row.created_at for row in fresh})
        )
        recorder.created(created, keep_if_used=True)
        recorder.before_change(stored.filter(actor__in=others))
    changed = _set_states(stored.filter(actor__in=others), state)
    return AddedParticipants(
        added=len(fresh),
        changed=changed,
        unchanged=len(participations) - len(fresh) - changed,
        created=len(created),
    )


def _check(rows: Iterable[Participation]) -> None:
    for row in rows:
        # Keys come from choices that were checked already; asking for each again would take a query a row.
        row.clean_fields(exclude={"event", "actor", "role", "represented_by"})
        if row.represented_by and not row.represented_by.is_person:
            raise ValidationError(CHOOSE_PERSON["invalid"])
        if row.represented_by_id == row.actor_id:
            raise ValidationError(_("An actor is not represented by itself."))


def _actors_of(entries: Sequence[NewParticipant]) -> tuple[list[Actor], list[Actor]]:
    """Return the actor of each entry, and those that had to be added to the register."""
    newcomers = [(entry.new, entry.new.build()) for entry in entries if entry.new]
    arrived = _arrived_meanwhile(newcomers)
    built = [arrived.get(id(new), actor) for new, actor in newcomers]
    missing = [actor for actor in built if actor.pk is None]
    Actor.objects.bulk_create(missing)  # in bulk for the same reason as above
    _affiliate([(new, actor) for (new, _built), actor in zip(newcomers, built, strict=True)])
    queue = iter(built)
    actors = [entry.actor or next(queue) for entry in entries]
    return actors, missing


def _arrived_meanwhile(newcomers: list[tuple[NewActor, Actor]]) -> dict[int, Actor]:
    """Return who of the new ones is in the register by now, although the user could not see it."""
    namesakes = Actor.objects.filter(sort_name__in={actor.sort_name for _new, actor in newcomers})
    by_name = {(actor.sort_name, actor.kind): actor for actor in namesakes.order_by("pk")}
    arrived: dict[int, Actor] = {}
    for new, built in newcomers:
        namesake = by_name.get((built.sort_name, built.kind))
        if namesake is not None and namesake.pk not in new.known:
            arrived[id(new)] = namesake
    return arrived


def _affiliate(newcomers: list[tuple[NewActor, Actor]]) -> None:
    """Note for new persons the organisation that stood in brackets."""
    affiliations = {
        (actor.pk, new.organisation.pk): Affiliation(person=actor, organisation=new.organisation)
        for new, actor in newcomers
        if new.organisation and actor.kind == ActorKind.PERSON
    }
    stored = Affiliation.objects.filter(person__in=[person for person, _organisation in affiliations])
    present = set(stored.values_list("person_id", "organisation_id"))
    Affiliation.objects.bulk_create([row for key, row in affiliations.items() if key not in present])


@transaction.atomic
def mark_registered_present(*, event: Event, user: SignedIn, recorder: Recorder | None = None) -> int:
    """Set everybody who had registered to attended; return how many."""
    if not can(user, "change", Participation):
        raise PermissionDenied
    if event.is_to_come:
        raise ValidationError(NOT_YET_ATTENDED)
    registered = Participation.objects.filter(event=event, state=ParticipationState.REGISTERED)
    if recorder is not None:
        recorder.before_change(registered)
    return _set_states(registered, ParticipationState.ATTENDED)


def _set_states(rows: QuerySet, state: str) -> int:
    """Set the state of many rows at once, counting their versions up as saving one by one would."""
    return rows.update(state=state, version=F("version") + 1, updated_at=timezone.now())
