"""Writes that touch more than one row. All or nothing: each runs in one transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from actors.models import (
    Actor,
    ActorGroup,
    ActorType,
    Contact,
    ContactChannel,
    Direction,
    FollowUp,
    FormerName,
    PhoneNumber,
    Topic,
)
from actors.validators import validate_phone_number
from crm.common.text import phone_digits


@dataclass(frozen=True)
class Phone:
    """A telephone number as it was typed: what for, and the number."""

    number: str
    label: str = ""


@dataclass(frozen=True)
class NewActor:
    """Somebody who came up while a contact was logged and is not in the register yet."""

    name: str
    kind: str
    actor_type: ActorType


@dataclass(frozen=True)
class PlannedFollowUp:
    """What is to be done after a contact."""

    due: dt.date
    assignee: Any
    text: str = ""


def parse_phones(text: str) -> list[Phone]:
    """Read one telephone number a line, with what it is for before a colon; errors name the line.

    >>> parse_phones("Büro: 05361 12345")
    [Phone(number='05361 12345', label='Büro')]
    """
    phones: list[Phone] = []
    errors: list[ValidationError] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        label, _colon, digits = line.rpartition(":")
        phone = Phone(number=" ".join(digits.split()), label=" ".join(label.split()))
        try:
            _check_phone(phone, phones)
        except ValidationError as error:
            errors += [
                ValidationError(
                    _("Line %(line)s: %(message)s"), params={"line": number, "message": message}, code="phone"
                )
                for message in error.messages
            ]
        phones.append(phone)
    if errors:
        raise ValidationError(errors)
    return phones


def _check_phone(phone: Phone, before: Sequence[Phone]) -> None:
    validate_phone_number(phone.number)
    PhoneNumber(number=phone.number, label=phone.label).clean_fields(exclude={"actor"})
    if phone_digits(phone.number) in {phone_digits(other.number) for other in before}:
        raise ValidationError(_("This number is already listed above."))


@transaction.atomic
def save_actor(
    *,
    actor: Actor,
    phones: Iterable[Phone] | None = None,
    former_name: str = "",
    until: dt.date | None = None,
) -> Actor:
    """Save an actor with its telephone numbers; ``phones`` None leaves them as they are.

    ``former_name`` is a name that was given up and used until ``until``; search still finds the actor by it.
    """
    is_new = actor.pk is None
    if is_new:
        actor.save()
    if former_name:
        keep_former_name(actor=actor, name=former_name, until=until)
    if phones is not None:
        _replace_phones(actor, list(phones))
    if not is_new:
        actor.save()
    return actor


def keep_former_name(*, actor: Actor, name: str, until: dt.date | None) -> None:
    """Remember a name that the actor no longer has."""
    former, _created = FormerName.objects.get_or_create(
        actor=actor, name=name, defaults={"used_until": until}
    )
    former.full_clean()


def _replace_phones(actor: Actor, phones: list[Phone]) -> None:
    stored = {phone.number: phone for phone in actor.phone_numbers.all()}
    actor.phone_numbers.exclude(number__in=[p.number for p in phones]).delete()
    for position, phone in enumerate(phones):
        row = stored.get(phone.number) or PhoneNumber(actor=actor, number=phone.number)
        if row.pk is None or (row.label, row.position) != (phone.label, position):
            row.label, row.position = phone.label, position
            row.full_clean()
            row.save()


def create_actor_by_name(*, new: NewActor) -> Actor:
    """Add an actor of whom only the name and the type are known."""
    actor = Actor(name=new.name, kind=new.kind, actor_type=new.actor_type)
    actor.full_clean()
    actor.save()
    return actor


@transaction.atomic
def record_contact(
    *,
    user: Any,
    channel: ContactChannel,
    actors: Iterable[Actor] = (),
    new_actors: Iterable[NewActor] = (),
    date: dt.date | None = None,
    time: dt.time | None = None,
    direction: str = Direction.INCOMING,
    subject: str = "",
    note: str = "",
    topics: Iterable[Topic] = (),
    duration_minutes: int | None = None,
    is_confidential: bool = False,
    follow_up: PlannedFollowUp | None = None,
) -> Contact:
    """Log a contact, add whom it brought up anew, and plan what follows: all of it or nothing."""
    contact = Contact(
        date=date or timezone.localdate(),
        time=time,
        channel=channel,
        direction=direction,
        staff=user,
        subject=subject,
        note=note,
        duration_minutes=duration_minutes,
        is_confidential=is_confidential,
    )
    return save_contact(
        contact=contact, actors=actors, new_actors=new_actors, topics=topics, follow_up=follow_up
    )


@transaction.atomic
def save_contact(
    *,
    contact: Contact,
    actors: Iterable[Actor],
    new_actors: Iterable[NewActor] = (),
    topics: Iterable[Topic] = (),
    follow_up: PlannedFollowUp | None = None,
) -> Contact:
    """Save a contact, new or edited, with everything that belongs to it."""
    involved = [*actors, *(create_actor_by_name(new=new) for new in new_actors)]
    if not involved:
        raise ValidationError({"actors": _("Choose at least one actor.")})
    contact.full_clean()
    contact.save()
    contact.actors.set(involved)
    contact.topics.set(topics)
    if follow_up is not None:
        plan_follow_up(contact=contact, actor=involved[0], planned=follow_up)
    return contact


def plan_follow_up(
    *, planned: PlannedFollowUp, actor: Actor | None = None, contact: Contact | None = None
) -> FollowUp:
    """Plan to come back to an actor or a contact."""
    follow_up = FollowUp(
        due=planned.due, assignee=planned.assignee, text=planned.text, actor=actor, contact=contact
    )
    follow_up.full_clean()
    follow_up.save()
    return follow_up


def finish_follow_up(*, follow_up: FollowUp, user: Any) -> None:
    """Mark a follow-up as done now by ``user``."""
    follow_up.done_at, follow_up.done_by = timezone.now(), user
    follow_up.save()


def reopen_follow_up(*, follow_up: FollowUp) -> None:
    """Take back that a follow-up was done."""
    follow_up.done_at = follow_up.done_by = None
    follow_up.save()


def postpone_follow_up(*, follow_up: FollowUp, due: dt.date) -> None:
    """Move a follow-up to another day."""
    follow_up.due = due
    follow_up.full_clean()
    follow_up.save()


@transaction.atomic
def add_to_group(*, group: ActorGroup, actors: Iterable[Actor]) -> int:
    """Add actors to a group, a new one is saved first; return how many were not in it before."""
    if group._state.adding:
        group.save()
    group = ActorGroup.objects.select_for_update().get(pk=group.pk)
    present = set(group.members.values_list("pk", flat=True))
    fresh = [actor for actor in actors if actor.pk not in present]
    if fresh:
        group.members.add(*fresh)
        group.save()
    return len(fresh)


@transaction.atomic
def remove_from_group(*, group: ActorGroup, actor: Actor) -> None:
    """Take an actor out of a group."""
    group = ActorGroup.objects.select_for_update().get(pk=group.pk)
    group.members.remove(actor)
    group.save()
