"""Rows of tables that are drawn and exported quickly.

django-tables2 looks at the signature of a method and at the path to a value anew for every cell, and its
template does the same for the attributes. Ten thousand rows of an export are ninety thousand cells: here each
of these questions is asked once for a column.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from functools import cache
from operator import attrgetter, methodcaller
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.formats import localize
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django_tables2.columns import BoundColumn, Column, ManyToManyColumn
from django_tables2.columns.linkcolumn import BaseLinkColumn
from django_tables2.rows import BoundRow, BoundRows

BLANK = ("", "–")


@cache
def wanted_arguments(function: Callable[..., Any]) -> tuple[str, ...] | None:
    """Return the names of what a render method asks for besides itself; None when it takes everything."""
    parameters = list(inspect.signature(function).parameters.values())[1:]
    if any(parameter.kind == parameter.VAR_KEYWORD for parameter in parameters):
        return None
    return tuple(p.name for p in parameters if p.kind != p.VAR_POSITIONAL)


@cache
def reader(model: type[models.Model], path: str) -> Callable[[Any], Any] | None:
    """Return how to read a plain field of a model, a choice by its label; None where it is no plain field."""
    if path == "pk":
        return attrgetter("pk")
    try:
        field = model._meta.get_field(path)
    except FieldDoesNotExist:
        return None
    if field.many_to_many or not field.concrete:
        return None
    return methodcaller(f"get_{path}_display") if field.choices else attrgetter(path)


class RecordRow(BoundRow):
    """A row that gives the method of each column what it takes and no more, and writes its cells itself."""

    def value_of(self, bound_column: BoundColumn) -> Any:
        """Return what the column exports of this row."""
        return self._get_and_render_with(bound_column, self._call_value, None)

    def _call(self, method: Any, bound_column: BoundColumn, value: Any) -> Any:
        names = wanted_arguments(method.__func__)
        if names == ("record",):  # these two are nearly all there are
            return method(record=self._record)
        if names == ("value",):
            return method(value=value)
        arguments = self._optional_cell_arguments(bound_column, value)
        return method(**(arguments if names is None else {name: arguments[name] for name in names}))

    def _call_render(self, bound_column: BoundColumn, value: Any = None) -> Any:
        content = self._call(bound_column.render, bound_column, value)
        if not bound_column.link:
            return content
        return bound_column.link(content, **self._optional_cell_arguments(bound_column, value))

    def _call_value(self, bound_column: BoundColumn, value: Any = None) -> Any:
        method = bound_column.value
        if method.__func__ is Column.value:  # which does nothing but ask the column's render
            method = bound_column.column.render
        return self._call(method, bound_column, value)

    def _get_and_render_with(
        self, bound_column: BoundColumn, render_func: Callable[..., Any], default: Any
    ) -> Any:
        column = bound_column.column
        record = self._record
        read = reader(type(record), str(bound_column.accessor)) if isinstance(record, models.Model) else None
        if read is None or isinstance(column, BaseLinkColumn | ManyToManyColumn):
            return super()._get_and_render_with(bound_column, render_func, default)
        value = read(record)
        return default if value in column.empty_values else render_func(bound_column, value)

    @property
    def drawn_cells(self) -> SafeString:
        """All cells of the row as HTML; a small screen shows the label of each beside it."""
        return mark_safe("".join(self._draw_cells()))  # noqa: S308 - every part is escaped below

    def _draw_cells(self) -> Iterator[str]:
        for bound_column, value in self.items():
            blank = " data-blank" if value in BLANK else ""
            text = value if isinstance(value, str) else localize(value, use_l10n=bound_column.localize)
            opening = self.table.cell_openings.get(bound_column.name) or cell_opening(bound_column)
            yield f"{opening}{blank}>{conditional_escape(text)}</td>"


def cell_opening(bound_column: BoundColumn) -> SafeString:
    """Return the beginning of a cell's tag, open for one more attribute."""
    attributes = bound_column.attrs["td"].as_html()
    return format_html('<td role="cell" data-label="{}" {}', bound_column.header, attributes)


class RecordRows(BoundRows):
    """The rows of a table of records."""

    def __iter__(self) -> Iterator[RecordRow]:
        for record in self.data:
            yield RecordRow(record, table=self.table)

    def __getitem__(self, key: int | slice) -> Any:
        if isinstance(key, slice):
            return RecordRows(data=self.data[key], table=self.table)
        return RecordRow(record=self.data[key], table=self.table)
