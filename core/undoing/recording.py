"""Remembering what is done in one go: rows are read before and after, and what differs is the step."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import models, transaction
from django.db.models import FileField

from core.models import Record
from core.models.undo import UndoStep
from core.references import Keys, let_go, roots_of_taken, taken_along
from core.undoing.rows import Model, Row, differing, links_of, read_rows, to_row
from core.viewers import SignedIn

LONGEST_LABEL = 300
Rights = Sequence[tuple[str, type[Record]]]


class Recorder:
    """Is told what is about to be changed or deleted, and what was created; finds out the rest itself."""

    def __init__(self) -> None:
        self.step: UndoStep | None = None
        self._before: dict[Model, dict[int, Row]] = defaultdict(dict)
        self._lists: dict[tuple[Model, str], dict[int, None]] = defaultdict(dict)
        self._created: list[tuple[list[models.Model], bool]] = []
        self._has_files = False

    @property
    def address(self) -> str:
        """Where to send to take it all back; empty where there was nothing to record."""
        return self.step.address if self.step else ""

    def before_change(self, records: Iterable[models.Model]) -> None:
        """Remember rows that will be changed, with the links of their own lists."""
        for model, keys in _by_model(records).items():
            self._remember(model, keys)
            for through, column in links_of(model):
                self._lists[through, column].update(dict.fromkeys(keys))
                links = through._base_manager.filter(**{f"{column}__in": list(keys)})
                self._remember(through, links.values_list("pk", flat=True))

    def before_delete(self, records: Iterable[models.Model]) -> None:
        """Remember rows that will be deleted, all that goes with them, and what loses its tie to them."""
        roots = _by_model(records)
        for model, keys in roots.items():
            self._remember(model, keys)  # locked first: nothing can be hung on them any more
        taken = taken_along(roots)
        for rows in (taken, let_go(taken)):
            for model, keys in rows.items():
                self._remember(model, keys)
        # A deleted file does not come back.
        self._has_files |= any(
            isinstance(field, FileField)
            for model, keys in taken.items()
            for field in model._meta.concrete_fields
            if keys
        )

    def created(self, records: Iterable[models.Model], *, keep_if_used: bool = False) -> None:
        """Remember rows that were just created; what hangs on them in the end belongs to them.

        ``keep_if_used``: they stay, one by one, where somebody has built on them since.
        """
        self._created.append((list(records), keep_if_used))

    def snapshot(self) -> dict[str, Any]:
        """Compare the rows with what they are now; empty if nothing happened or it cannot be taken back."""
        deleted: list[Any] = []
        changed: list[Any] = []
        for model, rows in self._before.items():
            now = {record.pk: to_row(record) for record in read_rows(model, rows)}
            for key, row in rows.items():
                if key not in now:
                    deleted.append([model._meta.label_lower, row])
                elif names := differing(row, now[key]):
                    parts = ({name: side[name] for name in names} for side in (row, now[key]))
                    changed.append([model._meta.label_lower, key, *parts])
        created = [*self._groups(), *self._new_links()]
        if self._has_files or not (deleted or changed or created):
            return {}
        return {"deleted": deleted, "changed": changed, "created": created}

    def _remember(self, model: Model, keys: Iterable[int]) -> None:
        fresh = [key for key in keys if key not in self._before[model]]
        self._before[model].update({record.pk: to_row(record) for record in read_rows(model, fresh)})

    def _groups(self) -> Iterator[dict[str, Any]]:
        for records, keep_if_used in self._created:
            yield from _groups(_by_model(records), keep_if_used=keep_if_used)

    def _new_links(self) -> Iterator[dict[str, Any]]:
        for (through, column), keys in self._lists.items():
            links = through._base_manager.filter(**{f"{column}__in": list(keys)})
            fresh = [key for key in links.values_list("pk", flat=True) if key not in self._before[through]]
            yield from _groups({through: dict.fromkeys(fresh)}, keep_if_used=False)


def _groups(roots: Keys, *, keep_if_used: bool) -> Iterator[dict[str, Any]]:
    """Return what was created with all that hangs on it: in one group, or one for each that may stay."""
    groups: dict[Any, dict[str, dict[int, int | None]]] = defaultdict(lambda: defaultdict(dict))
    for model, rows in roots_of_taken(roots).items():
        for record in read_rows(model, rows):
            group = groups[rows[record.pk] if keep_if_used else None]
            group[model._meta.label_lower][record.pk] = getattr(record, "version", None)
    named = [(model, key) for model, keys in roots.items() for key in keys]
    for root, versions in groups.items():
        yield {
            "keep_if_used": keep_if_used,
            "roots": [[model._meta.label_lower, key] for model, key in ([root] if root else named)],
            "rows": [[label, sorted(version_of.items())] for label, version_of in versions.items()],
        }


def _by_model(records: Iterable[models.Model]) -> Keys:
    keys: Keys = defaultdict(dict)
    for record in records:
        keys[type(record)][record.pk] = None
    return keys


@contextmanager
def recording(
    *, user: SignedIn, label: str, rights: Rights, back: str = "", draft_key: str = ""
) -> Iterator[Recorder]:
    """Do something in one transaction so that ``user`` can take it back for a while.

    Parameters
    ----------
    label
        What is said once it is taken back.
    rights
        What the user has to be allowed still when taking it back: pairs of action and model.
    back
        Where to go then; left out, where the button was pressed.
    draft_key
        The key of the form that was sent; taken back, the same may be sent again.
    """
    recorder = Recorder()
    with transaction.atomic():
        yield recorder
        snapshot = recorder.snapshot()
        purge_steps()
        if snapshot:
            recorder.step = UndoStep.objects.create(
                owner=user,
                label=label[:LONGEST_LABEL],
                rights=[[action, model._meta.label_lower] for action, model in rights],
                snapshot=snapshot,
                back=back,
                draft_key=draft_key,
            )


def purge_steps() -> int:
    """Delete what can no longer be taken back: it holds personal data that were meant to go."""
    count, _by_kind = UndoStep.objects.expired().delete()
    return count
