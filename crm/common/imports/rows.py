"""One row of a table on its way to becoming a record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar

from django.db import models

from crm.common.import_models import RowAction
from crm.common.sheets.cells import Cell

BATCH = 500
Item = TypeVar("Item")


class Progress(NamedTuple):
    """How far a long step has come; ``phase`` is one of ``check``, ``write``, ``undo``."""

    done: int
    total: int
    phase: str


class Problem(NamedTuple):
    """Why a row is refused: field (or None for the row as a whole), what stands there, and the reason."""

    key: str | None
    shown: str
    message: str


@dataclass(slots=True, eq=False)
class Row:
    """A row of the table, what was read from it, and what is to be done."""

    number: int
    cells: Sequence[Cell]
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    action: str = RowAction.CREATE
    label: str = ""
    # The record that the row describes: an existing one by its key, or an earlier row of the same table.
    pk: int | None = None
    twin: Row | None = None
    instance: Any = None
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    before: dict[str, Any] = field(default_factory=dict)
    created: list[tuple[str, int]] = field(default_factory=list)

    def refuse(self, message: str, *, key: str | None = None, shown: str = "") -> None:
        """Mark the row as faulty."""
        self.problems.append(Problem(key, shown, message))
        self.action = RowAction.ERROR

    def note_created(self, *instances: models.Model) -> None:
        """Remember records that exist because of this row."""
        self.created += [(instance._meta.label_lower, instance.pk) for instance in instances]


def batches(items: Sequence[Item], size: int = BATCH) -> Iterator[Sequence[Item]]:
    """Yield the items in slices."""
    for start in range(0, len(items), size):
        yield items[start : start + size]
