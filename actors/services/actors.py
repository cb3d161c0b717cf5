"""Writes about actors: numbers, former names, new ones by name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from actors.models import (
    Actor,
    ActorType,
    FormerName,
    PhoneNumber,
)
from actors.validators import validate_phone_number
from core.phone_numbers import phone_digits, read_numbers
from core.text import one_line


@dataclass(frozen=True)
class Phone:
    """A telephone number as it was typed: what for, and the number."""

    number: str
    label: str = ""

    def __str__(self) -> str:
        return f"{self.label}: {self.number}" if self.label else self.number


@dataclass(frozen=True)
class NewActor:
    """Somebody who came up while a contact was logged and is not in the register yet."""

    name: str
    kind: str
    actor_type: ActorType


def parse_phones(text: str) -> list[Phone]:
    """Read the telephone numbers of each line with what they are for; errors name the line.

    >>> parse_phones("Büro: 05361 12345")
    [Phone(number='05361 12345', label='Büro')]
    """
    phones: list[Phone] = []
    errors: list[ValidationError] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        for phone in _phones_in(line):
            try:
                check_phone(phone, phones)
            except ValidationError as error:
                errors += [
                    ValidationError(
                        _("Line %(line)s: %(message)s"),
                        params={"line": number, "message": message},
                        code="phone",
                    )
                    for message in error.messages
                ]
            phones.append(phone)
    if errors:
        raise ValidationError(errors)
    return phones


def _phones_in(line: str) -> list[Phone]:
    """Return the numbers of a line; what cannot be read is left to the check, which says why."""
    written = [Phone(number=written.number, label=written.note) for written in read_numbers(line)]
    label, _colon, digits = line.rpartition(":")
    return written or [Phone(number=one_line(digits), label=one_line(label))]


def check_phone(phone: Phone, before: Sequence[Phone] = ()) -> None:
    """Refuse what is no number, what its label cannot hold, and a number that stands above already."""
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
