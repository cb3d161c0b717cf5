"""One row of a table on its way to becoming a record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db import models

from core.imports.models import RowAction
from core.sheets.cells import Cell


class Progress(NamedTuple):
    """How far a long step has come; ``phase`` is one of ``check``, ``write``, ``undo``."""

    done: int
    total: int
    phase: str


class Problem(NamedTuple):
    """What is said of a row: field (or None for the row as a whole), what stands there, and the reason."""

    key: str | None
    value: str
    message: str


@dataclass(slots=True, eq=False)
class Row:
    """A row of the table, what was read from it, and what is to be done."""

    number: int
    cells: Sequence[Cell]
    values: dict[str, Any] = field(default_factory=dict)
    # Of a row with several names, the how many-th of them this is.
    part: int = 0
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
    # What a person should look at although the row is not faulty.
    notes: list[Problem] = field(default_factory=list)

    def refuse(self, message: str, *, key: str | None = None, value: str = "") -> None:
        """Mark the row as faulty."""
        self.problems.append(Problem(key, value, message))
        self.action = RowAction.ERROR

    def note(self, message: str, *, key: str | None = None, value: str = "") -> None:
        """Say something about the row in the preview."""
        self.notes.append(Problem(key, value, message))

    def leave_out(self, message: str, *, key: str | None = None, value: str = "") -> None:
        """Do nothing with the row, and say why."""
        self.note(message, key=key, value=value)
        self.action = RowAction.LEAVE

    def note_created(self, *instances: models.Model) -> None:
        """Remember records that exist because of this row."""
        self.created += [(instance._meta.label_lower, instance.pk) for instance in instances]
