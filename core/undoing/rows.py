"""Rows of any table as plain values that JSON can hold, and back, to the microsecond; and why not back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from core.batches import batches

Model = type[models.Model]
Row = dict[str, Any]
# The columns that ``refresh_search`` computes; they change without anybody having typed something.
SEARCHED_BY = "search_"


class CannotUndo(Exception):
    """Nothing was taken back; ``reasons`` say why, in words for the user."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


def changed_since(record: models.Model) -> str:
    """Say that somebody has changed a record in the meantime."""
    return _("“%(name)s” was changed since.") % {"name": record}


def gone(model: type[models.Model]) -> str:
    """Say that a row is missing which is needed."""
    return _("An entry of “%(kind)s” that belongs to it is gone.") % {"kind": model._meta.verbose_name_plural}


def to_row(record: models.Model) -> Row:
    """Return the columns of a record by their names."""
    return {field.attname: _plain(field, record) for field in record._meta.concrete_fields}


def _plain(field: Any, record: models.Model) -> Any:
    value = field.value_from_object(record)
    if value is None or isinstance(value, bool | int | float | str):
        return value
    return field.value_to_string(record)


def differing(row: Row, other: Row) -> list[str]:
    """Return the names of the columns that differ, without those that are computed from the others."""
    return [name for name in row if row[name] != other[name] and not name.startswith(SEARCHED_BY)]


def from_row(model: Model, row: Row) -> models.Model:
    """Return the record that the columns make, not saved."""
    return model(**values_of(model, row))


def values_of(model: Model, row: Row) -> dict[str, Any]:
    """Return the columns of a row as Python knows them."""
    columns: dict[str, Any] = {field.attname: field for field in model._meta.concrete_fields}
    return {name: columns[name].to_python(value) for name, value in row.items()}


def read_rows(model: Model, keys: Iterable[int]) -> Iterator[models.Model]:
    """Read the rows of these keys, and keep others from them until the end of the transaction."""
    for batch in batches(sorted(keys)):
        yield from model._base_manager.filter(pk__in=batch).order_by("pk").select_for_update()


def links_of(model: Model) -> Iterator[tuple[Model, str]]:
    """Return the link tables of a record's own lists, each with its column that names the record."""
    for field in model._meta.many_to_many:
        through: Any = field.remote_field.through
        if through._meta.auto_created:
            yield through, field.m2m_field_name()
