"""Removing what a step has created, unless somebody has built on it since."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import models

from core.references import Keys, Pointer, first_reasons, used_by_others, uses_in_words
from core.undoing.rows import CannotUndo, Model, changed_since, gone, read_rows

Columns = Mapping[Model, Mapping[int, frozenset[str]]]


@dataclass(eq=False)
class _Group:
    """Rows that were created together: they go together, or stay together."""

    keep_if_used: bool
    rows: dict[Model, dict[int, models.Model]] = field(default_factory=dict)
    reasons: list[str] = field(default_factory=list)

    def pairs(self) -> Iterator[tuple[Model, int]]:
        """Return model and key of each row."""
        return ((model, key) for model, rows in self.rows.items() for key in rows)


def _read(stored: Iterable[Mapping[str, Any]]) -> list[_Group]:
    """Return the groups as they are now, with what somebody has changed or deleted since."""
    versions: dict[Model, dict[int, int | None]] = defaultdict(dict)
    for group in stored:
        for label, pairs in group["rows"]:
            versions[apps.get_model(label)].update(pairs)
    now = {model: {row.pk: row for row in read_rows(model, keys)} for model, keys in versions.items()}
    return [_as_now(group, versions, now) for group in stored]


def _as_now(stored: Mapping[str, Any], versions: Any, now: Mapping[Model, Mapping[int, Any]]) -> _Group:
    group = _Group(stored["keep_if_used"])
    for label, pairs in stored["rows"]:
        model = apps.get_model(label)
        rows = group.rows[model] = {key: now[model][key] for key, _version in pairs if key in now[model]}
        group.reasons += [
            changed_since(row)
            for key, row in rows.items()
            if getattr(row, "version", None) != versions[model][key]
        ]
    roots = [(apps.get_model(label), key) for label, key in stored["roots"]]
    group.reasons += [gone(model) for model, key in roots if key not in now[model]]
    return group


def remove_created(stored: Iterable[Mapping[str, Any]], *, changed: Columns) -> list[models.Model]:
    """Delete what was created and return it; ``changed`` are columns that will have another value at once.

    What others use now stands against it, except for groups that then stay as they are.
    """
    groups = _read(list(stored))
    reasons = [reason for group in groups if not group.keep_if_used for reason in group.reasons]
    going, uses = _split([group for group in groups if not group.reasons], changed)
    if reasons or uses:
        raise CannotUndo(first_reasons([*reasons, *uses_in_words(uses)]))
    _delete(_together(going))
    return [record for group in going for rows in group.rows.values() for record in rows.values()]


def _split(groups: list[_Group], changed: Columns) -> tuple[list[_Group], list[Pointer]]:
    """Return the groups that can go, and what uses those that would have to."""
    going = groups
    while True:
        uses = [pointer for pointer in used_by_others(_together(going)) if not _lets_go(pointer, changed)]
        used = {(pointer.target_model, pointer.target) for pointer in uses}
        staying = [group for group in going if group.keep_if_used and not used.isdisjoint(group.pairs())]
        if not staying:
            return going, uses
        going = [group for group in going if group not in staying]


def _together(groups: Iterable[_Group]) -> Keys:
    keys: Keys = defaultdict(dict)
    for group in groups:
        for model, key in group.pairs():
            keys[model][key] = None
    return keys


def _lets_go(pointer: Pointer, changed: Columns) -> bool:
    return pointer.field.attname in changed.get(pointer.model, {}).get(pointer.key, frozenset())


def _delete(keys: Keys) -> None:
    """Delete exactly these rows: all that hangs on them is among them or will point elsewhere at once."""
    for model, its_keys in keys.items():
        rows = model._base_manager.filter(pk__in=list(its_keys))
        rows._raw_delete(rows.db)
