"""The base of every importer: rows are read, matched with what exists, judged, and written in bulk."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.common.import_models import RowAction
from crm.common.imports.constraints import violations
from crm.common.imports.fields import ImportField, ListField, Text
from crm.common.imports.rows import BATCH, Progress, Row, batches
from crm.common.models import Record
from crm.common.sheets.cells import show
from crm.common.sheets.headers import guess_mapping
from crm.common.sheets.values import ValueProblem
from crm.common.text import fold

MISSING = gettext_lazy("A value is missing here.")
OTHER_TWIN = gettext_lazy("Row %(row)s describes the same record with other values.")
_HOUSEKEEPING = {"id", "created_at", "updated_at", "version"}


class Importer:
    """Turns the rows of one table into records of one model.

    Sub-classes name the fields and say which existing record a row means. An empty cell says nothing: it
    never clears what is recorded.
    """

    kind: ClassVar[str]
    title: ClassVar[Text]
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
            key: {fold(text): code for text, code in pairs.items() if code}
            for key, pairs in (values or {}).items()
        }
        self.texts_for_all = {k: v for k, v in (defaults or {}).items() if k in self.fields and v}
        self.existing: dict[int, Any] = {}

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

    def guess(self, headers: Sequence[str]) -> dict[int, str]:
        """Return which column probably means which field."""
        words = {
            field.key: [*field.words, str(field.label)]
            for field in self.fields.values()
            if not field.fixed_only
        }
        return guess_mapping(headers, words)

    def suggestions(self) -> dict[str, str]:
        """Return the values for all rows that are offered for fields without a column."""
        mapped = set(self.columns.values())
        return {f.key: f.suggested for f in self.fields.values() if f.suggested and f.key not in mapped}

    def missing_fields(self) -> list[ImportField]:
        """Return the required fields that have neither a column nor a value for all rows."""
        known = {*self.columns.values(), *self.texts_for_all}
        return [field for field in self.fields.values() if field.required and field.key not in known]

    @cached_property
    def values_for_all(self) -> dict[str, Any]:
        """The values for all rows; an unknown one raises ``ValueProblem``."""
        return {key: self.fields[key].read(text) for key, text in self.texts_for_all.items()}

    # --- check -----------------------------------------------------------------------------------------

    def plan(self, rows: Sequence[Row]) -> Iterator[Progress]:
        """Decide for every row what is to be done; only reads."""
        total = 2 * len(rows)
        for index, row in enumerate(rows):
            self._read(row)
            if index % BATCH == 0:
                yield Progress(index, total, "check")
        self.load(rows)
        for row in rows:
            if not row.problems:
                self._match(row)
        wanted = [row.pk for row in rows if row.pk is not None]
        for keys in batches(wanted):
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
            if cell is None or cell == "":
                continue
            translations = self.translations.get(key)
            if translations:
                cell = translations.get(fold(show(cell)), cell)
            try:
                row.values[key] = self.fields[key].read(cell)
            except ValueProblem as problem:
                row.refuse(str(problem), key=key, shown=show(cell))
        row.label = self.label(row)

    def _match(self, row: Row) -> None:
        try:
            self.match(row)
        except ValueProblem as problem:
            row.refuse(str(problem))

    def _judge(self, row: Row) -> None:
        if row.problems:
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
        for field, value in self._stored(row):
            old = field.current(instance)
            if field.same(old, value):
                continue
            row.changes.append((field.key, field.show(old), self._new_text(field, old, value)))
            if not field.many:
                field.assign(instance, value)
            elif not isinstance(field, ListField):
                row.before[field.key] = [related.pk for related in old]
        if not row.changes:
            row.action = RowAction.SKIP
            return
        row.action = RowAction.UPDATE
        # A copy without a key: validation of the model then asks nothing of the database.
        probe = copy.copy(instance)
        probe.pk = None
        self._validate(row, probe)
        self.derive(row)
        row.before |= {name: value for name, value in columns.items() if getattr(instance, name) != value}

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
        """Ask everything ``full_clean`` asks but what costs a query; uniqueness is settled by matching."""
        for check in (lambda: instance.clean_fields(exclude=self._unchecked), instance.clean):
            try:
                check()
            except ValidationError as error:
                self._refuse(row, error)
        if not row.problems:
            for violation in violations(instance):
                self._refuse(row, violation)

    def _refuse(self, row: Row, error: ValidationError) -> None:
        if not hasattr(error, "error_dict"):
            row.refuse(" ".join(error.messages))
            return
        for name, problems in error.error_dict.items():
            key = name if name in self.fields else None
            shown = self.fields[name].show(row.values.get(name)) if key else ""
            messages = [message for problem in problems for message in problem.messages]
            row.refuse(" ".join(messages), key=key, shown=shown[:60])

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


def label_in(model: type[models.Model], name: str) -> Text:
    """Return what the model calls this field, or what its related rows are called."""
    field: Any = model._meta.get_field(name)
    is_reverse = field.auto_created and not field.concrete
    label: Any = field.related_model._meta.verbose_name_plural if is_reverse else field.verbose_name
    text: Text = capfirst(label)
    return text


def write_columns(instance: Any, columns: Mapping[str, Any]) -> None:
    """Write these columns and the version the instance has, without the work ``save`` would do for each row.

    One short statement a row; Django's ``bulk_update`` takes twice the time for columns that differ by row.
    """
    type(instance)._default_manager.filter(pk=instance.pk).update(
        **columns, version=instance.version, updated_at=timezone.now()
    )


def replace_related(model: type[models.Model], name: str, wanted: Mapping[int, Sequence[Any]]) -> None:
    """Set the many-to-many relation ``name`` of many records at once; values are records or keys."""
    relation = model._meta.get_field(name)
    through: Any = relation.remote_field.through  # type: ignore[union-attr]
    source, target = relation.m2m_field_name(), relation.m2m_reverse_field_name()  # type: ignore[union-attr]
    for keys in batches(list(wanted)):
        through._default_manager.filter(**{f"{source}__in": keys}).delete()
    links = [
        through(**{f"{source}_id": key, f"{target}_id": getattr(value, "pk", value)})
        for key, values in wanted.items()
        for value in values
    ]
    through._default_manager.bulk_create(links, batch_size=BATCH)
