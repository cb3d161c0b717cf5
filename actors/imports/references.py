"""Actors that a table names by external key, by name or by a former name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from actors.models import (
    Actor,
    ActorKind,
    FormerName,
)
from crm.common.imports.fields import (
    AMBIGUOUS,
    ImportField,
    unknown,
)
from crm.common.imports.importer import Importer
from crm.common.imports.rows import Row
from crm.common.sheets.cells import Cell, show
from crm.common.sheets.values import ValueProblem, refuse_fault
from crm.common.text import fold

COLLECTIVE_KINDS = frozenset({ActorKind.ORGANISATION.value, ActorKind.BODY.value})
PERSON_KINDS = frozenset({ActorKind.PERSON.value})
OTHER_KIND = _("This actor is recorded as: %(kind)s.")
NAMES_SHOWN = 4


def name_key(text: str) -> str:
    """Return what two spellings of one name have in common."""
    return fold(text) or text.strip().casefold()


def one_of(text: str, found: Sequence[Any]) -> Any:
    """Return the only one found; more than one is a problem that names them."""
    if len(found) == 1:
        return found[0]
    names = "; ".join(str(known) for known in found[:NAMES_SHOWN])
    if len(found) > NAMES_SHOWN:
        names += "; …"
    raise ValueProblem(AMBIGUOUS, value=text[:60], candidates=names)


class Known:
    """An actor that rows can mean: one of the register, or one that an earlier row creates."""

    __slots__ = ("actor", "note", "row")

    def __init__(self, actor: Actor, *, note: str = "", row: Row | None = None) -> None:
        self.actor = actor
        self.note = note
        self.row = row

    def __str__(self) -> str:
        return f"{self.actor.name} ({self.note})" if self.note else self.actor.name


class ActorIndex:
    """All actors by external key, by name and by former names, read with two queries."""

    def __init__(self) -> None:
        self.by_key: dict[str, Known] = {}
        self.by_name: dict[str, list[Known]] = defaultdict(list)
        self.by_former_name: dict[str, list[Known]] = defaultdict(list)
        by_pk: dict[int, Known] = {}
        columns = ("pk", "name", "kind", "external_id", "district", "actor_type__name_de")
        for pk, name, kind, key, district, type_name in Actor.objects.order_by("pk").values_list(*columns):
            note = ", ".join(filter(None, [type_name, district, key]))
            by_pk[pk] = Known(Actor(pk=pk, name=name, kind=kind, external_id=key), note=note)
            self.add(by_pk[pk])
        for pk, name in FormerName.objects.order_by("pk").values_list("actor_id", "name"):
            self.by_former_name[name_key(name)].append(by_pk[pk])

    def add(self, known: Known) -> None:
        """Let later rows find this actor."""
        if known.actor.external_id:
            self.by_key[known.actor.external_id] = known
        self.by_name[name_key(known.actor.name)].append(known)

    def named(self, name: str, kinds: Iterable[str] | None = None) -> list[Known]:
        """Return the actors of this name; where there are none, those that once had it."""
        key = name_key(name)
        found = self.by_name.get(key) or self.by_former_name.get(key) or []
        if not found and "," in name:
            family, _comma, given = name.partition(",")
            found = [k for k in self.by_name.get(name_key(f"{given} {family}"), ()) if k.actor.is_person]
        return [known for known in found if kinds is None or known.actor.kind in kinds]

    def find(self, text: str, kinds: Iterable[str] | None = None) -> Known:
        """Return the one actor with this external key or name, or raise with what is known."""
        known = self.by_key.get(text)
        if known is not None and (kinds is None or known.actor.kind in kinds):
            return known
        found: Known = one_of(text, self.named(text, kinds) or self._unknown(text, kinds))
        return found

    def _unknown(self, text: str, kinds: Iterable[str] | None) -> list[Known]:
        others = self.named(text)
        if others:
            raise ValueProblem(OTHER_KIND, kind=ActorKind(others[0].actor.kind).label)
        names = (
            known.actor.name
            for same in self.by_name.values()
            for known in same
            if kinds is None or known.actor.kind in kinds
        )
        raise unknown(text, names)


class NeedsActors(Importer):
    """An importer whose rows name actors."""

    @cached_property
    def actors(self) -> ActorIndex:
        """All actors."""
        return ActorIndex()

    @cached_property
    def names(self) -> dict[int, str]:
        """Name by primary key."""
        return {k.actor.pk: k.actor.name for same in self.actors.by_name.values() for k in same if k.actor.pk}


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
