"""The base of every importer: rows are read, matched with what exists, judged, and written in bulk."""

from __future__ import annotations

import copy
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, ClassVar

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.batches import BATCH, batches
from core.imports.checking import check_record
from core.imports.date_order import DATE_ORDER, date_order_field, is_order_open, settle_order
from core.imports.fields import DateField, ImportField, ListField, Text, label_in
from core.imports.models import RowAction
from core.imports.rows import Progress, Row
from core.imports.suggestions import UnknownWords, name_key
from core.imports.writing import replace_related, write_columns
from core.models import Record
from core.sheets.cells import Cell, show
from core.sheets.headers import guess_mapping
from core.sheets.values import ValueProblem
from core.text import one_line

MISSING = gettext_lazy("A value is missing here.")
OTHER_TWIN = gettext_lazy("Row %(row)s describes the same record with other values.")
_HOUSEKEEPING = {"id", "created_at", "updated_at", "version"}


class Importer:
    """Turns rows into records, as sub-classes say; an empty cell never clears what is recorded."""

    kind: ClassVar[str]
    title: ClassVar[Text]
    icon: ClassVar[str]
    help_text: ClassVar[Text] = ""
    model: ClassVar[type[Record]]
    list_url_name: ClassVar[str] = ""

    def __init__(
        self,
        *,
        columns: Mapping[int, str] | None = None,
        values: Mapping[str, Mapping[str, str]] | None = None,
        defaults: Mapping[str, str] | None = None,
    ) -> None:
        self.fields = {field.key: field for field in self.build_fields()}
        for field in self.fields.values():
            field.label = field.label or label_in(self.model, field.key)
        self.columns = {index: key for index, key in (columns or {}).items() if key in self.fields}
        self.translations = {
            key: {name_key(text): code for text, code in pairs.items() if code}
            for key, pairs in (values or {}).items()
        }
        if any(isinstance(field, DateField) for field in self.fields.values()):
            self.fields[DATE_ORDER] = date_order_field()
        self.texts_for_all = {k: v for k, v in (defaults or {}).items() if k in self.fields and v}
        self.existing: dict[int, Any] = {}
        self._settle_order([])

    # --- what an importer says about itself ------------------------------------------------------------

    def build_fields(self) -> list[ImportField]:
        """Return the fields a column can be assigned to, in the order they are offered."""
        raise NotImplementedError

    def match(self, row: Row) -> None:
        """Set ``row.pk`` or ``row.twin`` if the record exists or an earlier row describes it."""
        raise NotImplementedError

    def label(self, row: Row) -> str:
        """Return what the row is called in the preview."""
        raise NotImplementedError

    def expand(self, rows: Sequence[Row]) -> Sequence[Row]:
        """Return the rows with each that describes several records made several."""
        return rows

    def load(self, rows: Sequence[Row]) -> None:
        """Fetch what matching needs, once for all rows."""

    def queryset(self) -> models.QuerySet:
        """Return the records with everything that comparing needs."""
        return self.model._default_manager.all()

    def derive(self, row: Row) -> None:
        """Compute derived columns that the model would compute when it is saved."""

    def before_write(self, rows: Sequence[Row]) -> None:
        """Write what the records need to exist first."""

    def after_write(self, rows: Sequence[Row]) -> None:
        """Write what hangs on the records."""

    # --- mapping ---------------------------------------------------------------------------------------

    def guess(self, headers: Sequence[str], numbering: Collection[int] = ()) -> dict[int, str]:
        """Return which column probably means which field; ``numbering`` columns merely count the rows."""
        words = {
            field.key: [*field.words, str(field.label)]
            for field in self.fields.values()
            if not field.fixed_only
        }
        keys = [field.key for field in self.fields.values() if field.is_key]
        return guess_mapping(headers, words, never=[(index, key) for index in numbering for key in keys])

    def recognised(self, texts: Sequence[str]) -> int:
        """Return how many of the texts are headings of this importer, and no values of its fields.

        “Verein” is both: it may head the names, or be the type of the first one.
        """
        return sum(not self._is_a_value(texts[index]) for index in self.guess(texts))

    def _is_a_value(self, text: str) -> bool:
        return any(field.options is not None and field.knows(text) for field in self.fields.values())

    def suggestions(self) -> dict[str, str]:
        """Return the values for all rows that are offered for fields without a column."""
        return {
            field.key: field.suggested
            for field in self.fields.values()
            if field.suggested
            and not field.only_if_needed
            and field.key not in self.mapped
            and self.matters(field)
        }

    @cached_property
    def mapped(self) -> set[str]:
        """The fields that have a column."""
        return set(self.columns.values())

    def matters(self, field: ImportField) -> bool:
        """Tell whether a decision decides anything: some only do so where another field has a column."""
        return not field.goes_with or field.goes_with in self.mapped

    def missing_fields(self) -> list[ImportField]:
        """Return the required fields that have neither a column nor a value for all rows."""
        known = {*self.columns.values(), *self.texts_for_all}
        return [field for field in self.fields.values() if field.required and field.key not in known]

    def open_questions(self, rows: Sequence[Sequence[Cell]]) -> set[str]:
        """Return the keys of the decisions that this table leaves open and nobody has taken."""
        is_open = DATE_ORDER not in self.texts_for_all and is_order_open(self.fields, self.columns, rows)
        return {DATE_ORDER} if is_open else set()

    def _settle_order(self, rows: Sequence[Sequence[Cell]]) -> None:
        settle_order(self.fields, self.columns, rows, chosen=self.texts_for_all.get(DATE_ORDER))

    @cached_property
    def values_for_all(self) -> dict[str, Any]:
        """The values for all rows; an unknown one raises ``ValueProblem``."""
        return {key: self.fields[key].read(text) for key, text in self.texts_for_all.items()}

    # --- check -----------------------------------------------------------------------------------------

    def plan(self, rows: Sequence[Row]) -> Iterator[Progress]:
        """Decide for every row what is to be done; only reads."""
        total = 2 * len(rows)
        self._settle_order([row.cells for row in rows])
        for index, row in enumerate(rows):
            self._read(row)
            if index % BATCH == 0:
                yield Progress(index, total, "check")
        self.load(rows)
        for row in rows:
            if not row.problems:
                self._match(row)
        record_keys = [row.pk for row in rows if row.pk is not None]
        for keys in batches(record_keys):
            self.existing |= self.queryset().in_bulk(keys)
        for index, row in enumerate(rows):
            self._judge(row)
            if index % BATCH == 0:
                yield Progress(len(rows) + index, total, "check")
        yield Progress(total, total, "check")

    def _read(self, row: Row) -> None:
        row.values = dict(self.values_for_all)
        for index, key in self.columns.items():
            cell = row.cells[index] if index < len(row.cells) else None
            if cell is not None and key in self.translations:
                cell = self.fields[key].translated(cell, self.translations[key])
            if cell is not None and cell != "" and not self.fields[key].is_blank(cell):
                self._read_cell(row, self.fields[key], cell)
        row.label = self.label(row)

    def _read_cell(self, row: Row, field: ImportField, cell: Cell) -> None:
        try:
            value = field.read(cell)
            is_line = isinstance(value, str) and field.key in self._lines
            row.values[field.key] = one_line(value) if is_line else value
        except UnknownWords as unknown:
            for word, problem in unknown.words:
                row.refuse(str(problem), key=field.key, value=word)
        except ValueProblem as problem:
            row.refuse(str(problem), key=field.key, value=show(cell))
        else:
            for remark in field.remarks(cell, value):
                row.note(remark, key=field.key, value=show(cell))

    def says(self, row: Row, key: str) -> bool:
        """Tell whether a cell of the row itself says something about this field."""
        cells = [row.cells[i] for i, field in self.columns.items() if field == key and i < len(row.cells)]
        return any(cell not in (None, "") and not self.fields[key].is_blank(cell) for cell in cells)

    @cached_property
    def _lines(self) -> set[str]:
        """The fields of one line: blanks and line breaks inside a cell say nothing there."""
        return {f.name for f in self.model._meta.concrete_fields if isinstance(f, models.CharField)}

    def _match(self, row: Row) -> None:
        try:
            self.match(row)
        except ValueProblem as problem:
            row.refuse(str(problem))

    def _judge(self, row: Row) -> None:
        if row.problems or row.action == RowAction.LEAVE:
            return
        if row.twin is not None:
            self._judge_twin(row, row.twin)
        elif row.pk is None:
            self._judge_new(row)
        else:
            self._judge_existing(row, self.existing[row.pk])

    def _judge_twin(self, row: Row, twin: Row) -> None:
        if row.values != twin.values:
            row.refuse(str(OTHER_TWIN) % {"row": twin.number})
            return
        row.action = RowAction.SKIP
        row.label = _("%(name)s (as in row %(row)s)") % {"name": row.label, "row": twin.number}

    def _judge_new(self, row: Row) -> None:
        for field in self.fields.values():
            if field.required and field.key not in row.values:
                row.refuse(str(MISSING), key=field.key)
        if row.problems:
            return
        row.instance = self.model()
        for field, value in self._stored(row):
            row.changes.append((field.key, "", field.show(value)))
            if not field.many:
                field.assign(row.instance, value)
        self._validate(row, row.instance)
        self.derive(row)

    def _judge_existing(self, row: Row, instance: Any) -> None:
        row.instance = instance
        columns = self._column_values(instance)
        olds = {field.key: field.current(instance) for field, _value in self._stored(row)}
        if not all(field.same(olds[field.key], value) for field, value in self._stored(row)):
            for field, value in self._stored(row):
                if not field.many:
                    field.assign(instance, value)
            self._normalise(row, instance)
            self._note_changes(row, olds)
        if not row.problems:
            row.action = RowAction.UPDATE if row.changes else RowAction.SKIP
        if row.changes:
            row.before |= {name: old for name, old in columns.items() if getattr(instance, name) != old}

    def _normalise(self, row: Row, instance: Any) -> None:
        """Let the model check the values and bring them into the form in which it keeps them."""
        # A copy without a key: validation of the model then asks nothing of the database.
        probe = copy.copy(instance)
        probe.pk = None
        self._validate(row, probe)
        for name in self._columns:
            setattr(instance, name, getattr(probe, name))
        self.derive(row)

    def _note_changes(self, row: Row, olds: Mapping[str, Any]) -> None:
        """Note what changes; a text counts in the form in which the model keeps it."""
        for field, value in self._stored(row):
            old = olds[field.key]
            new = field.current(row.instance) if isinstance(value, str) else value
            if field.same(old, new):
                continue
            row.changes.append((field.key, field.show(old), self._new_text(field, old, new)))
            if field.many and not isinstance(field, ListField):
                row.before[field.key] = [related.pk for related in old]

    def _new_text(self, field: ImportField, old: Any, value: Any) -> str:
        return field.show([*old, *field.added(old, value)] if isinstance(field, ListField) else value)

    def _stored(self, row: Row) -> Iterator[tuple[ImportField, Any]]:
        for key, field in self.fields.items():
            if field.is_stored and key in row.values:
                yield field, row.values[key]

    @cached_property
    def _columns(self) -> list[str]:
        names = [field.attname for field in self.model._meta.concrete_fields]
        return [name for name in names if name not in _HOUSEKEEPING]

    def _column_values(self, instance: Any) -> dict[str, Any]:
        return {name: getattr(instance, name) for name in self._columns}

    @cached_property
    def _unchecked(self) -> set[str]:
        """Columns that ``clean_fields`` leaves out: relations would be looked up one by one."""
        fields = self.model._meta.concrete_fields
        return {field.name for field in fields if field.is_relation or not field.editable}

    def _validate(self, row: Row, instance: Any) -> None:
        check_record(row, instance, fields=self.fields, unchecked=self._unchecked)

    # --- write -----------------------------------------------------------------------------------------

    def write(self, rows: Sequence[Row]) -> Iterator[Progress]:
        """Write what was planned; call it inside a transaction."""
        new = [row for row in rows if row.action == RowAction.CREATE]
        changed = [row for row in rows if row.action == RowAction.UPDATE]
        total, done = len(new) + len(changed), 0
        self.before_write([*new, *changed])
        for batch in batches(new):
            self.model._default_manager.bulk_create([row.instance for row in batch])
            for row in batch:
                row.note_created(row.instance)
            done += len(batch)
            yield Progress(done, total, "write")
        for count in self._update(changed):
            done += count
            yield Progress(done, total, "write")
        self._write_many_to_many([*new, *changed])
        self.after_write([*new, *changed])

    def _update(self, rows: Sequence[Row]) -> Iterator[int]:
        for batch in batches(rows):
            for row in batch:
                changed = {name for name in row.before if name in self._columns}
                row.instance.version += 1
                write_columns(row.instance, {name: getattr(row.instance, name) for name in changed})
            yield len(batch)

    def _write_many_to_many(self, rows: Sequence[Row]) -> None:
        for field in self.fields.values():
            if not field.many or isinstance(field, ListField):
                continue
            touched = [row for row in rows if any(change[0] == field.key for change in row.changes)]
            replace_related(
                self.model, field.key, {row.instance.pk: row.values[field.key] for row in touched}
            )
