"""Who points to a record: what goes with it when it is deleted, and what stands against taking it back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.batches import batches

Model = type[models.Model]
# The keys of rows by their model, in the order in which they came.
Keys = dict[Model, dict[int, None]]
Row = tuple[Model, int]
MOST_REASONS = 20


@dataclass(frozen=True)
class Pointer:
    """A row whose ``column`` holds the key of another."""

    model: Model
    key: int
    field: Any
    target: int

    @property
    def owner(self) -> Model:
        """What the row is called by: a link of a record's list by the record."""
        owner: Model = self.model._meta.auto_created or self.model  # type: ignore[assignment]
        return owner

    @property
    def target_model(self) -> Model:
        """The model of the row that is pointed to."""
        target: Model = self.field.remote_field.model
        return target

    @property
    def is_own_link(self) -> bool:
        """Whether the row is a link of the target's own list, which goes with it."""
        return self.owner is not self.model and self.owner is self.target_model


def relations_to(model: Model) -> Iterator[Any]:
    """Walk through the columns of all tables that point to ``model``, link tables included."""
    for relation in model._meta.get_fields(include_hidden=True):
        if relation.auto_created and not relation.concrete and (relation.one_to_many or relation.one_to_one):
            yield relation


def pointers_to(model: Model, keys: Iterable[int], *, on_delete: Any = None) -> Iterator[Pointer]:
    """Walk through all rows that point to rows of ``model``; only those that this befalls when it goes."""
    for relation in relations_to(model):
        if on_delete is not None and relation.on_delete is not on_delete:
            continue
        field, origin = relation.field, relation.related_model
        for batch in batches(list(keys)):
            links = origin._base_manager.filter(**{f"{field.name}__in": batch}).order_by("pk")
            for key, target in links.values_list("pk", field.attname):
                yield Pointer(origin, key, field, target)


def roots_of_taken(roots: Keys) -> dict[Model, dict[int, Row]]:
    """Return all rows that go when ``roots`` are deleted, each with the root that takes it along."""
    taken: dict[Model, dict[int, Row]] = {
        model: {key: (model, key) for key in keys} for model, keys in roots.items()
    }
    waiting = [(model, list(keys)) for model, keys in roots.items()]
    while waiting:
        model, keys = waiting.pop()
        fresh: dict[Model, list[int]] = defaultdict(list)
        for pointer in pointers_to(model, keys, on_delete=models.CASCADE):
            known = taken.setdefault(pointer.model, {})
            if pointer.key not in known:
                known[pointer.key] = taken[model][pointer.target]
                fresh[pointer.model].append(pointer.key)
        waiting.extend(fresh.items())
    return taken


def taken_along(roots: Keys) -> Keys:
    """Return ``roots`` and all that goes when they are deleted."""
    return {model: dict.fromkeys(rows) for model, rows in roots_of_taken(roots).items()}


def let_go(taken: Keys) -> Keys:
    """Return the rows that stay when those are deleted, and only lose their tie to them."""
    loose: Keys = defaultdict(dict)
    for model, keys in taken.items():
        for pointer in pointers_to(model, keys, on_delete=models.SET_NULL):
            if pointer.key not in taken.get(pointer.model, {}):
                loose[pointer.model][pointer.key] = None
    return loose


def used_by_others(rows: Keys) -> Iterator[Pointer]:
    """Walk through what points to these rows without being one of them."""
    for model, keys in rows.items():
        for pointer in pointers_to(model, keys):
            if pointer.key not in rows.get(pointer.model, {}):
                yield pointer


def uses_in_words(pointers: Iterable[Pointer]) -> Iterator[str]:
    """Say which record is used by how many entries of what."""
    counts: dict[Row, dict[Model, int]] = defaultdict(lambda: defaultdict(int))
    for pointer in pointers:
        counts[pointer.target_model, pointer.target][pointer.owner] += 1
    for (model, key), uses in counts.items():
        name = model._base_manager.get(pk=key)
        for owner, count in uses.items():
            yield ngettext(
                "“%(name)s” is used by %(count)s entry of “%(kind)s”.",
                "“%(name)s” is used by %(count)s entries of “%(kind)s”.",
                count,
            ) % {"name": name, "count": count, "kind": owner._meta.verbose_name_plural}


def first_reasons(reasons: Sequence[str]) -> list[str]:
    """Return as many reasons as somebody reads, and how many more there are."""
    more = len(reasons) - MOST_REASONS
    return (
        list(reasons) if more <= 0 else [*reasons[:MOST_REASONS], _("… and %(count)s more") % {"count": more}]
    )
