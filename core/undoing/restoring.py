"""Taking a step back: the rows are exactly as they were, or nothing happens and the reasons are said."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.batches import batches
from core.models import Record
from core.models.drafts import DraftKey
from core.models.undo import UNDO_WITHIN, UndoStep
from core.references import Keys, first_reasons
from core.roles import can
from core.undoing.created import remove_created
from core.undoing.rows import (
    CannotUndo,
    Model,
    Row,
    changed_since,
    from_row,
    gone,
    read_rows,
    to_row,
    values_of,
)
from core.viewers import SignedIn


def take_back(*, key: int, user: SignedIn) -> UndoStep:
    """Restore what the step with this key took, once and for its owner only; else ``CannotUndo``."""
    try:
        with transaction.atomic():
            step = _open_step(key, user)
            _check_rights(step, user)
            _restore(step.snapshot)
            _end(step)
            return step
    except IntegrityError as error:
        deleted = UndoStep.objects.get(pk=key).snapshot.get("deleted", [])
        raise CannotUndo(first_reasons(list(_in_the_way(deleted)))) from error


def _open_step(key: int, user: SignedIn) -> UndoStep:
    step = UndoStep.objects.select_for_update().filter(pk=key, owner=user).first()
    if step is None:
        # Somebody else's, or deleted since: which of the two is nobody's business but the owner's.
        text = _("Only those who did something can undo it, for %(minutes)s minutes.")
        raise CannotUndo([text % {"minutes": UNDO_WITHIN // dt.timedelta(minutes=1)}])
    if step.used_at is not None:
        raise CannotUndo([_("It was undone already.")])
    if step.expires_at <= timezone.now():
        raise CannotUndo([_("It was too long ago.")])
    return step


def _check_rights(step: UndoStep, user: SignedIn) -> None:
    for action, label in step.rights:
        kind: Any = apps.get_model(label)
        if not can(user, action, kind):
            raise CannotUndo([_("You may not do this any more.")])


def _end(step: UndoStep) -> None:
    """Use the step up: what it remembered is in its tables again, and its form may be sent again."""
    step.used_at, step.snapshot = timezone.now(), {}
    step.save(update_fields=["used_at", "snapshot"])
    if step.draft_key:
        DraftKey.objects.filter(owner=step.owner, key=step.draft_key).delete()


def _restore(snapshot: dict[str, Any]) -> None:
    deleted = [from_row(apps.get_model(label), row) for label, row in snapshot["deleted"]]
    changed = _Changes(snapshot["changed"])
    reasons = [*changed.reasons(), *_taken_keys(deleted), *_missing_targets(deleted, changed)]
    if reasons:
        raise CannotUndo(first_reasons(reasons))
    removed = remove_created(snapshot["created"], changed=changed.columns())
    changed.put_back()
    for record in deleted:
        record.save_base(raw=True, force_insert=True)  # raw: stamps and versions stay what they were
    for record in [*removed, *changed.records(), *deleted]:
        _refresh(record)


def _refresh(record: models.Model) -> None:
    """Bring up to date what the record, or its owner, is found by."""
    try:
        if isinstance(record, Record):
            record.refresh_search()
    except ObjectDoesNotExist:
        return  # its owner went with it


class _Changes:
    """The rows of a step that are there, with other values in some columns than before."""

    def __init__(self, entries: Iterable[Any]) -> None:
        self._rows: dict[Model, dict[int, tuple[Row, Row]]] = defaultdict(dict)
        for label, key, before, after in entries:
            self._rows[apps.get_model(label)][key] = before, after

    def columns(self) -> dict[Model, dict[int, frozenset[str]]]:
        """Return the names of the columns that get their old values, by row."""
        return {
            model: {key: frozenset(before) for key, (before, _after) in rows.items()}
            for model, rows in self._rows.items()
        }

    def reasons(self) -> Iterator[str]:
        """Name the rows that somebody has changed or deleted since."""
        for model, rows in self._rows.items():
            now = {record.pk: record for record in read_rows(model, rows)}
            for key, (_before, after) in rows.items():
                if key not in now:
                    yield gone(model)
                elif after != {name: to_row(now[key])[name] for name in after}:
                    yield changed_since(now[key])

    def targets(self) -> Iterator[tuple[Any, int]]:
        """Return the columns that will point to a record again, and to which."""
        for model, rows in self._rows.items():
            for before, _after in rows.values():
                yield from _pointing(model, before)

    def put_back(self) -> None:
        """Write the old values, each column to what it was; one short statement a row."""
        for model, rows in self._rows.items():
            for key, (before, _after) in rows.items():
                model._base_manager.filter(pk=key).update(**values_of(model, before))

    def records(self) -> Iterator[models.Model]:
        """Read the rows anew."""
        for model, rows in self._rows.items():
            yield from read_rows(model, rows)


def _taken_keys(deleted: Iterable[models.Model]) -> Iterator[str]:
    for model, keys in _keys(deleted).items():
        for record in read_rows(model, keys):
            yield _("“%(name)s” has taken its place.") % {"name": record}


def _keys(records: Iterable[models.Model]) -> Keys:
    keys: Keys = defaultdict(dict)
    for record in records:
        keys[type(record)][record.pk] = None
    return keys


def _pointing(model: Model, row: Row) -> Iterator[tuple[Any, int]]:
    for field in model._meta.concrete_fields:
        if field.is_relation and row.get(field.attname) is not None:
            yield field, row[field.attname]


def _missing_targets(deleted: list[models.Model], changed: _Changes) -> Iterator[str]:
    """Say which records are gone that the rows point to."""
    restored = _keys(deleted)
    needed: Keys = defaultdict(dict)
    pointing = [pair for record in deleted for pair in _pointing(type(record), to_row(record))]
    for field, target in [*pointing, *changed.targets()]:
        needed[field.remote_field.model][target] = None
    for model, keys in needed.items():
        missing = set(keys) - set(restored.get(model, {})) - _present(model, keys)
        if missing:
            yield gone(model)


def _present(model: Model, keys: Iterable[int]) -> set[int]:
    return {
        key
        for batch in batches(list(keys))
        for key in model._base_manager.filter(pk__in=batch).values_list("pk", flat=True)
    }


def _in_the_way(deleted: Iterable[Any]) -> Iterator[str]:
    """Say which rule the rows would break by now, such as a key that was given to another."""
    said: list[str] = []
    for label, row in deleted:
        model = apps.get_model(label)
        try:
            from_row(model, row).validate_unique()
            from_row(model, row).validate_constraints()
        except ValidationError as error:
            said += error.messages
        except ObjectDoesNotExist:  # its rule asks a record that would come back with it
            continue
    yield from said or [_("Something else has taken its place.")]
