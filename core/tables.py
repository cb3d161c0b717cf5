"""Base of every list's table."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

import django_tables2 as tables
from django.utils.encoding import force_str
from django.utils.translation import gettext_lazy as _
from django_tables2.data import TableQuerysetData

from core.ordering import in_total_order
from core.rows import RecordRows, cell_opening

PAGE_SIZES = (25, 50, 100, 200)


class RecordTable(tables.Table):
    """A dense table with sortable heads. Sub-classes name their columns and the records' model."""

    class Meta:
        attrs: dict[str, Any] = {"class": "table dense rows-fold"}
        template_name = "tables/table.html"
        per_page = PAGE_SIZES[1]
        per_page_field = "-"  # the list itself reads how many rows are wanted, and knows how many may be
        empty_text = _("Nothing found.")
        default = "–"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = RecordRows(data=self.data, table=self)

    @property
    def order_by(self) -> Any:
        """Which columns the rows are sorted by."""
        return tables.Table.order_by.fget(self)

    @order_by.setter
    def order_by(self, value: Any) -> None:
        tables.Table.order_by.fset(self, value)
        if isinstance(self.data, TableQuerysetData):
            self.data.data = in_total_order(self.data.data)

    def as_values(self, exclude_columns: Any = None) -> Iterator[list[Any]]:
        """Yield the heads and then the values of every row, all pages of them."""
        left_out = set(exclude_columns or ())
        columns = [
            column
            for column in self.columns.iterall()
            if not column.column.exclude_from_export and column.name not in left_out
        ]
        yield [force_str(column.header, strings_only=True) for column in columns]
        for row in self.rows:
            yield [force_str(row.value_of(column), strings_only=True) for column in columns]

    @cached_property
    def cell_openings(self) -> dict[str, str]:
        """The beginning of the cells of every column whose attributes are the same in each row."""
        same = [c for c in self.columns if not any(map(callable, c.column.attrs.get("td", {}).values()))]
        return {column.name: cell_opening(column) for column in same}


def page_size(requested: str | None) -> int:
    """Return the page size asked for if it is one of those on offer, else the usual one."""
    return {str(size): size for size in PAGE_SIZES}.get(requested or "", PAGE_SIZES[1])
