"""Actors that a table names by external key, by name or by a former name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from actors.models import (
    Actor,
    ActorKind,
    FormerName,
)
from crm.common.imports.fields import ImportField
from crm.common.imports.importer import Importer
from crm.common.imports.rows import Row
from crm.common.imports.suggestions import KnownNames, name_key, one_of
from crm.common.sheets.cells import Cell, show
from crm.common.sheets.values import ValueProblem, refuse_fault

COLLECTIVE_KINDS = frozenset({ActorKind.ORGANISATION.value, ActorKind.BODY.value})
PERSON_KINDS = frozenset({ActorKind.PERSON.value})
OTHER_KIND = _("This actor is recorded as: %(kind)s.")


class Known:
    """An actor that rows can mean: one of the register, or one that an earlier row creates."""

    __slots__ = ("_actor", "key", "kind", "name", "note", "pk", "row")

    def __init__(
        self,
        *,
        name: str,
        kind: str,
        key: str = "",
        pk: int | None = None,
        note: str = "",
        row: Row | None = None,
    ) -> None:
        self.name, self.kind, self.key, self.pk, self.note, self.row = name, kind, key, pk, note, row
        self._actor: Actor | None = None

    def __str__(self) -> str:
        return f"{self.name} ({self.note})" if self.note else self.name

    @property
    def actor(self) -> Actor:
        """The actor with what ties ask of it; built on demand, for a register holds many."""
        if self._actor is None:
            self._actor = Actor(pk=self.pk, name=self.name, kind=self.kind, external_id=self.key)
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
        columns = ("pk", "name", "kind", "external_id", "district", "actor_type__name_de")
        for pk, name, kind, key, district, type_name in Actor.objects.order_by("pk").values_list(*columns):
            note = ", ".join(filter(None, [type_name, district, key]))
            by_pk[pk] = Known(pk=pk, name=name, kind=kind, key=key, note=note)
            self.add(by_pk[pk])
        for pk, name in FormerName.objects.order_by("pk").values_list("actor_id", "name"):
            self.by_former_name[name_key(name)].append(by_pk[pk])

    def add(self, known: Known) -> None:
        """Let later rows find this actor."""
        if known.key:
            self.by_key[known.key] = known
        self.by_name[name_key(known.name)].append(known)

    def named(self, name: str, kinds: Iterable[str] | None = None) -> list[Known]:
        """Return the actors of this name; where there are none, those that once had it."""
        key = name_key(name)
        found = self.by_name.get(key) or self.by_former_name.get(key) or []
        if not found and "," in name:
            family, _comma, given = name.partition(",")
            turned = self.by_name.get(name_key(f"{given} {family}"), ())
            found = [known for known in turned if known.kind == ActorKind.PERSON]
        return [known for known in found if kinds is None or known.kind in kinds]

    def find(self, text: str, kinds: Iterable[str] | None = None) -> Known:
        """Return the one actor with this external key or name, or raise with what is known."""
        known = self.by_key.get(text)
        if known is not None and (kinds is None or known.kind in kinds):
            return known
        named = self.named(text, kinds)
        if not named:
            others = self.named(text)
            if others:
                raise ValueProblem(OTHER_KIND, kind=ActorKind(others[0].kind).label)
            raise self.known_names.unknown(text)
        found: Known = one_of(text, named)
        return found


class NeedsActors(Importer):
    """An importer whose rows name actors."""

    @cached_property
    def actors(self) -> ActorIndex:
        """All actors."""
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
        """Return the actor that is meant."""
        refuse_fault(cell)
        actor: Actor = self.importer.actors.find(show(cell), self.kinds).actor
        return actor

    def current(self, instance: models.Model) -> Any:
        """Return the actor's key: comparing needs no more."""
        return getattr(instance, f"{self.key}_id")

    def same(self, old: Any, new: Any) -> bool:
        """Tell whether it is the same actor."""
        return bool(old == new.pk)

    def show(self, value: Any) -> str:
        """Return the name."""
        return str(value) if isinstance(value, Actor) else self.importer.names.get(value, "")
