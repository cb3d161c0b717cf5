"""The way of a table through an import: upload, mapping, check, apply. Each step leaves a clear state."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, fields
from typing import Any

from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.batches import BATCH
from core.imports.groups import Entry
from core.imports.importer import Importer
from core.imports.models import ImportedRow, ImportRun, ImportState, RowAction
from core.imports.rows import Problem, Progress, Row
from core.imports.suggestions import name_key
from core.sheets import errors
from core.sheets.cells import from_json, show, to_json
from core.sheets.errors import SheetError
from core.sheets.headers import counts_rows, may_be_data
from core.sheets.reader import Sheet, read_table, with_headings
from core.sheets.values import ValueProblem
from core.viewers import SignedIn

Steps = Iterator[Progress]


class ImportRefused(Exception):
    """The step cannot be taken and nothing was changed; the message and the reasons are for the user."""

    def __init__(self, message: str, reasons: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.reasons = list(reasons)


def start_run(
    *,
    importer: type[Importer],
    data: bytes,
    file_name: str,
    user: SignedIn | None,
    sheet: str | None = None,
    headings: int | None = None,
) -> ImportRun:
    """Read the file and store its table with a guessed mapping; ``SheetError`` when it cannot be read."""
    recognise = importer().recognised
    table = read_table(data, file_name, sheet=sheet, headings=headings, recognise=recognise)
    run = ImportRun(kind=importer.kind, uploaded_by=user, file_name=file_name[-255:])
    run.source = data if len(table.sheets) > 1 else None
    _take_table(run, importer, table, doubt=headings is None)
    run.save()
    return run


def choose_sheet(*, run: ImportRun, importer: type[Importer], sheet: str) -> None:
    """Take another sheet of the same workbook."""
    if run.source is None or not run.is_open:
        raise ImportRefused(_("The file of this import is no longer stored. Please upload it again."))
    if sheet not in run.table.get("sheets", []):
        raise SheetError(errors.NO_SUCH_SHEET)
    table = read_table(bytes(run.source), run.file_name, sheet=sheet, recognise=importer().recognised)
    _take_table(run, importer, table)
    run.save()


def choose_headings(*, run: ImportRun, importer: type[Importer], row: int) -> None:
    """Take the headings from this row; with ``NO_HEADINGS`` the table has none and its first row is data."""
    if not run.is_open or not run.table:
        raise ImportRefused(_("This import was already applied."))
    _take_table(run, importer, with_headings(_stored_table(run), row), doubt=False)
    run.save()


def _take_table(run: ImportRun, importer: type[Importer], table: Sheet, *, doubt: bool = True) -> None:
    content = asdict(table)
    content["rows"] = [[to_json(cell) for cell in cells] for cells in table.rows]
    content["head"] = [[number, [to_json(cell) for cell in cells]] for number, cells in table.head]
    columns = range(len(table.headers))
    content["numbering"] = [index for index in columns if counts_rows(cells[index] for cells in table.rows)]
    blank = importer()
    # Nobody loses a first record because it was taken for the headings: where that may be, it is asked.
    content["doubt"] = doubt and may_be_data(table.head[-1][1], table.rows, blank.recognised(table.headers))
    run.table, run.sheet_name = content, table.sheet_name[:100]
    guessed = blank.guess(table.headers, content["numbering"])
    run.mapping = {"columns": {str(index): key for index, key in guessed.items()}, "values": {}}
    run.defaults = importer(columns=guessed).suggestions()
    run.state, run.counts, run.failure = ImportState.UPLOADED, {"rows": len(table.rows)}, ""


def _stored_table(run: ImportRun) -> Sheet:
    names = {field.name for field in fields(Sheet)}
    content = {name: value for name, value in run.table.items() if name in names}
    content["rows"] = [[from_json(cell) for cell in cells] for cells in content["rows"]]
    head = content.get("head", [])
    content["head"] = [(number, [from_json(cell) for cell in cells]) for number, cells in head]
    return Sheet(**content)


def bound_importer(run: ImportRun, importer: type[Importer]) -> Importer:
    """Return the importer as the run's mapping sets it up."""
    return importer(
        columns={int(index): key for index, key in run.mapping.get("columns", {}).items()},
        values=run.mapping.get("values", {}),
        defaults=run.defaults,
    )


def save_mapping(
    *,
    run: ImportRun,
    columns: Mapping[int, str],
    values: Mapping[str, Mapping[str, str]],
    defaults: Mapping[str, str],
) -> None:
    """Store which column means what. A check made before no longer holds."""
    if not run.is_open:
        raise ImportRefused(_("This import was already applied."))
    run.mapping = {
        "columns": {str(index): key for index, key in columns.items() if key},
        "values": {key: dict(pairs) for key, pairs in values.items()},
    }
    run.defaults = {key: text for key, text in defaults.items() if text}
    run.state, run.counts = ImportState.UPLOADED, {"rows": run.counts.get("rows", 0)}
    run.save(update_fields=["mapping", "defaults", "state", "counts"])


def sample_rows(run: ImportRun, limit: int = 5) -> list[list[str]]:
    """Return the first rows as text."""
    return [[show(from_json(cell)) for cell in cells] for cells in run.table.get("rows", [])[:limit]]


def unknown_values(run: ImportRun, importer: Importer) -> dict[str, list[str]]:
    """Return per field with options the different words in its column that have no meaning there."""
    unknown: dict[str, list[str]] = {}
    for index, key in importer.columns.items():
        field = importer.fields[key]
        if field.options is None:
            continue
        column = (cells[index] for cells in run.table["rows"] if cells[index] is not None)
        texts = dict.fromkeys(show(from_json(cell)) for cell in column)
        words: dict[str, str] = {}
        for text in texts:
            for word in field.unknown_words(text):
                words.setdefault(name_key(word), word)
        if words:
            unknown[key] = list(words.values())
    return unknown


def _rows(run: ImportRun) -> list[Row]:
    table = run.table
    return [
        Row(number, [from_json(cell) for cell in cells])
        for number, cells in zip(table["source_row_numbers"], table["rows"], strict=True)
    ]


def check_run(*, run: ImportRun, importer: type[Importer]) -> Steps:
    """Plan every row and store what each would do; the register is only read."""
    if not run.is_open or not run.table:
        raise ImportRefused(_("This import was already applied."))
    if run.table.get("doubt"):
        raise ImportRefused(heading_question(run))
    bound = bound_importer(run, importer)
    _require_fields(bound)
    rows = bound.expand(_rows(run))
    yield from bound.plan(rows)
    with transaction.atomic():
        _store_rows(run, bound, rows)
        run.state, run.failure = ImportState.CHECKED, ""
        run.counts = _counts(rows)
        run.save(update_fields=["state", "counts", "failure"])


def heading_question(run: ImportRun) -> str:
    """Return what has to be said before the table can be checked."""
    return _("Does row %(row)s hold the headings, or is it already the first record?") % {
        "row": run.table["header_row"]
    }


def _require_fields(importer: Importer) -> None:
    missing = importer.missing_fields()
    if missing:
        names = ", ".join(str(field.label) for field in missing)
        raise ImportRefused(
            _("Please choose a column or a value for all rows for: %(names)s.") % {"names": names}
        )
    for key, text in importer.texts_for_all.items():
        try:
            importer.fields[key].read(text)
        except ValueProblem as problem:
            raise ImportRefused(f"{importer.fields[key].label}: {problem}") from problem


def _counts(rows: Sequence[Row]) -> dict[str, int]:
    by_action = Counter(row.action for row in rows)
    return {"rows": len({row.number for row in rows})} | {
        action.value: by_action[action] for action in RowAction
    }


def _store_rows(run: ImportRun, importer: Importer, rows: Sequence[Row]) -> None:
    column_of = {key: index for index, key in importer.columns.items()}
    run.rows.all().delete()
    ImportedRow.objects.bulk_create(
        [
            ImportedRow(
                run=run,
                number=row.number,
                part=row.part,
                action=row.action,
                label=row.label[:300],
                changes=row.changes if row.action in {RowAction.CREATE, RowAction.UPDATE} else [],
                errors=_entries(row.problems, column_of),
                notes=_entries(row.notes, column_of),
                object_pk=row.instance.pk if row.instance is not None else row.pk,
                object_version=getattr(row.instance, "version", None),
                created=row.created,
                before=row.before,
            )
            for row in rows
        ],
        batch_size=BATCH,
    )


def _entries(problems: Sequence[Problem], column_of: Mapping[str, int]) -> list[list[Any]]:
    return [[column_of.get(key or ""), value[:100], message] for key, value, message in problems]


def apply_run(*, run: ImportRun, importer: type[Importer], correct_only: bool = False) -> Steps:
    """Write everything in one transaction, or nothing.

    The rows are planned anew, because the register may have changed since the check. A consumer that stops
    half-way (a lost browser) rolls everything back.
    """
    try:
        with transaction.atomic():
            yield from _apply(run, importer, correct_only=correct_only)
    except DatabaseError as fault:
        run.state = ImportState.FAILED
        run.failure = _("The database refused the data. Nothing was changed.")
        run.save(update_fields=["state", "failure"])
        raise ImportRefused(run.failure) from fault


def _apply(run: ImportRun, importer: type[Importer], *, correct_only: bool) -> Steps:
    locked = ImportRun.objects.without_table().select_for_update().get(pk=run.pk)
    if locked.state != ImportState.CHECKED:
        raise ImportRefused(_("This import has to be checked before it can be applied."))
    expected = locked.counts.get(RowAction.ERROR, 0)
    if expected and not correct_only:
        raise ImportRefused(
            _("Some rows are faulty. Correct the file, or choose to apply the correct rows only.")
        )
    bound = bound_importer(run, importer)
    rows = bound.expand(_rows(run))
    yield from bound.plan(rows)
    if sum(row.action == RowAction.ERROR for row in rows) > expected:
        raise ImportRefused(_("The register has changed since the check. Please check the import again."))
    yield from bound.write(rows)
    _store_rows(run, bound, rows)
    run.counts = _counts(rows)
    run.state, run.applied_at = ImportState.APPLIED, timezone.now()
    run.table, run.source = {"headers": run.table["headers"]}, None
    run.save()


def errors_of(run: ImportRun) -> Iterator[Entry]:
    """Yield row, column, text and reason of every error, in the order of the file."""
    for number, entries in run.rows.filter(action=RowAction.ERROR).values_list("number", "errors"):
        for column, value, reason in entries:
            yield number, column, value, reason


def notes_of(run: ImportRun) -> Iterator[Entry]:
    """Yield row, column, text and note of all that should be looked at in rows that are not faulty."""
    rows = run.rows.exclude(action=RowAction.ERROR).exclude(notes=[])
    for number, entries in rows.values_list("number", "notes"):
        for column, value, note in entries:
            yield number, column, value, note
