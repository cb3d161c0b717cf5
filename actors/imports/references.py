"""Actors that a table names by external key, by name or by a former name."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from actors.hints import office_hints
from actors.models import (
    Actor,
    ActorKind,
    FormerName,
)
from core.imports.fields import ImportField
from core.imports.importer import Importer
from core.imports.rows import Row
from core.imports.suggestions import KnownNames, joined_remark, name_key, one_of
from core.person_names import read_person
from core.sheets.cells import Cell, show, whole
from core.sheets.values import ValueProblem, refuse_fault, says_nothing
from core.text import one_line

COLLECTIVE_KINDS = frozenset({ActorKind.ORGANISATION.value, ActorKind.BODY.value})
PERSON_KINDS = frozenset({ActorKind.PERSON.value})
ENDED = _("“%(name)s”: %(ended)s.")
OTHER_KIND = _("This actor is recorded as: %(kind)s.")


class Known:
    """An actor that rows can mean: one of the register, or one that an earlier row creates."""

    __slots__ = ("_actor", "active_until", "key", "kind", "name", "note", "pk", "row", "salutation")

    def __init__(
        self,
        *,
        name: str,
        kind: str,
        key: str = "",
        pk: int | None = None,
        note: str = "",
        salutation: str = "",
        active_until: dt.date | None = None,
        row: Row | None = None,
    ) -> None:
        self.salutation, self.active_until = salutation, active_until
        self.name, self.kind, self.key, self.pk, self.note, self.row = name, kind, key, pk, note, row
        self._actor: Actor | None = None

    def __str__(self) -> str:
        return f"{self.name} ({self.note})" if self.note else self.name

    @property
    def actor(self) -> Actor:
        """The actor with what ties ask of it; built on demand, for a register holds many."""
        if self._actor is None:
            self._actor = Actor(
                pk=self.pk,
                name=self.name,
                kind=self.kind,
                external_id=self.key,
                active_until=self.active_until,
            )
        return self._actor

    @actor.setter
    def actor(self, actor: Actor) -> None:
        self._actor = actor


class ActorIndex:
    """All actors by external key, by name and by former names, read with two queries."""

    def __init__(self) -> None:
        self.by_key: dict[str, Known] = {}
        self.by_name: dict[str, list[Known]] = defaultdict(list)
        self.by_former_name: dict[str, list[Known]] = defaultdict(list)
        self.known_names = KnownNames(lambda: {k: same[0].name for k, same in self.by_name.items()})
        by_pk: dict[int, Known] = {}
        columns = ("pk", "name", "kind", "external_id", "salutation", "active_until")
        for pk, name, kind, key, address, until in Actor.objects.order_by("pk").values_list(*columns):
            by_pk[pk] = Known(pk=pk, name=name, kind=kind, key=key, salutation=address, active_until=until)
            self.add(by_pk[pk])
        for pk, name in FormerName.objects.order_by("pk").values_list("actor_id", "name"):
            self.by_former_name[name_key(name)].append(by_pk[pk])

    def add(self, known: Known) -> None:
        """Let later rows find this actor."""
        if known.key:
            self.by_key[whole(known.key)] = known
        self.by_name[name_key(known.name)].append(known)

    def named(self, name: str, kinds: Iterable[str] | None = None) -> list[Known]:
        """Return the actors of this name; where there are none, those that once had it."""
        key = name_key(name)
        matches = self.by_name.get(key) or self.by_former_name.get(key) or []
        if not matches:
            # "Muster, Erika", "Frau Dr. Erika Muster"; Frau Schmidt is not Herr Schmidt.
            person = read_person(name)
            matches = [
                known
                for known in self.by_name.get(name_key(person.name), ())
                if known.kind == ActorKind.PERSON
                and (not (person.salutation and known.salutation) or known.salutation == person.salutation)
            ]
        return [known for known in matches if kinds is None or known.kind in kinds]

    def once_had(self, known: Known, name: str) -> bool:
        """Tell whether this is a former name of the actor."""
        return known in self.by_former_name.get(name_key(name), ())

    def knows(self, text: str) -> bool:
        """Tell whether some actor has this key or this name."""
        return whole(text) in self.by_key or bool(self.named(text))

    def find(self, text: str, kinds: Iterable[str] | None = None) -> Known:
        """Return the one actor with this external key or name, or raise with what is known."""
        known = self.by_key.get(whole(text))
        if known is not None and (kinds is None or known.kind in kinds):
            return known
        named = self.named(text, kinds)
        if not named:
            others = self.named(text)
            if others:
                raise ValueProblem(OTHER_KIND, kind=ActorKind(others[0].kind).label)
            raise self.known_names.unknown(text)
        return the_one(text, named)


def the_one(text: str, named: Sequence[Known]) -> Known:
    """Return the only actor of this name; of several the problem says what tells them apart."""
    if len(named) > 1 and not all(known.note for known in named):
        keys = [known.pk for known in named if known.pk is not None]
        hints = office_hints(Actor.objects.filter(pk__in=keys).select_related("actor_type"))
        for known in named:
            known.note = " · ".join(filter(None, [hints.get(known.pk or 0, ""), known.key]))
    actor: Known = one_of(text, named)
    return actor


def note_ended(row: Row, actor: Actor, *, key: str, day: dt.date | None = None) -> None:
    """Say in the preview that a row names somebody who no longer exists, on a day or at all."""
    if actor.ended_text and (day is None or actor.has_ended(day)):
        row.note(str(ENDED) % {"name": actor.name, "ended": actor.ended_text}, key=key, value=actor.name)


class NeedsActors(Importer):
    """An importer whose rows name actors."""

    @cached_property
    def actors(self) -> ActorIndex:
        return ActorIndex()

    @cached_property
    def names(self) -> dict[int, str]:
        """Name by primary key."""
        return {k.pk: k.name for same in self.actors.by_name.values() for k in same if k.pk}


class ActorField(ImportField):
    """Another actor, named by external key or by name."""

    def __init__(
        self,
        key: str,
        words: str = "",
        *,
        importer: NeedsActors,
        kinds: frozenset[str] | None = None,
        **options: Any,
    ) -> None:
        super().__init__(key, words, **options)
        self.importer = importer
        self.kinds = kinds

    def read(self, cell: Cell) -> Actor:
        refuse_fault(cell)
        actor: Actor = self.importer.actors.find(one_line(show(cell)), self.kinds).actor
        return actor

    def current(self, instance: models.Model) -> Any:
        """Return the actor's key: comparing needs no more."""
        return getattr(instance, f"{self.key}_id")

    def same(self, old: Any, new: Any) -> bool:
        return bool(old == new.pk)

    def is_blank(self, cell: Cell) -> bool:
        """Tell whether the cell says nothing, and is neither key nor name of an actor."""
        return says_nothing(cell) and not self.importer.actors.knows(show(cell))

    def remarks(self, cell: Cell, value: Actor) -> Iterator[str]:
        """Tell where an actor goes by another name or spelling."""
        if whole(show(cell)) != whole(value.external_id):
            yield from joined_remark(show(cell), value.name)

    def show(self, value: Any) -> str:
        return str(value) if isinstance(value, Actor) else self.importer.names.get(value, "")
