"""Short words for the steps of an import in tests."""

from collections.abc import Mapping
from typing import Any

from core.imports.importer import Importer
from core.imports.models import ImportRun
from core.imports.pipeline import apply_run, check_run, errors_of, save_mapping, start_run
from core.imports.undo import undo_run
from core.sheets.errors import column_letter


def upload(
    importer: type[Importer],
    table: str | bytes,
    *,
    columns: Mapping[int, str] | None = None,
    values: Mapping[str, Mapping[str, str]] | None = None,
    defaults: Mapping[str, str] | None = None,
    user: Any = None,
) -> ImportRun:
    """Upload a table and confirm what was guessed, changed by what is given."""
    data = table if isinstance(table, bytes) else table.encode()
    run = start_run(importer=importer, data=data, file_name="liste.csv", user=user)
    guessed = {int(index): key for index, key in run.mapping["columns"].items()}
    save_mapping(
        run=run,
        columns={**guessed, **(columns or {})},
        values=values or {},
        defaults={**run.defaults, **(defaults or {})},
    )
    return run


def checked(importer: type[Importer], table: str | bytes, **mapping: Any) -> ImportRun:
    """Upload and check."""
    run = upload(importer, table, **mapping)
    take(check_run(run=run, importer=importer))
    return run


def applied(
    importer: type[Importer], table: str | bytes, *, correct_only: bool = False, **mapping: Any
) -> ImportRun:
    """Upload, check and apply."""
    run = checked(importer, table, **mapping)
    take(apply_run(run=run, importer=importer, correct_only=correct_only))
    return run


def undone(run: ImportRun, importer: type[Importer]) -> None:
    """Take the import back."""
    take(undo_run(run=run, importer=importer))


def take(steps: Any) -> None:
    """Take all steps."""
    for _step in steps:
        pass


def counts(run: ImportRun) -> tuple[int, int, int, int]:
    """Return how many rows are new, changed, unchanged and faulty."""
    new, changed, same, faulty = (run.counts[action] for action in ("create", "update", "skip", "error"))
    return new, changed, same, faulty


def errors(run: ImportRun) -> list[tuple[int, str, str]]:
    """Return row, column letter and reason of each error."""
    return [
        (number, "" if column is None else column_letter(column), reason)
        for number, column, _value, reason in errors_of(run)
    ]


def changes(run: ImportRun) -> list[tuple[str, list[list[str]]]]:
    """Return what each new or changed row would do."""
    rows = run.rows.filter(action__in=["create", "update"])
    return [(row.label, row.changes) for row in rows]
