"""Base of every list's table."""

from functools import cached_property
from typing import Any

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from crm.common.rows import RecordRows, cell_opening

PAGE_SIZES = (25, 50, 100, 200)


class RecordTable(tables.Table):
    """A dense table with sortable heads. Sub-classes name their columns and the records' model."""

    class Meta:
        attrs: dict[str, Any] = {"class": "table dense rows-fold"}
        template_name = "tables/table.html"
        per_page = PAGE_SIZES[1]
        empty_text = _("Nothing found.")
        default = "–"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = RecordRows(data=self.data, table=self)

    @cached_property
    def cell_openings(self) -> dict[str, str]:
        """The beginning of the cells of every column whose attributes are the same in each row."""
        same = [c for c in self.columns if not any(map(callable, c.column.attrs.get("td", {}).values()))]
        return {column.name: cell_opening(column) for column in same}


def page_size(requested: str | None) -> int:
    """Return the page size asked for if it is one of those on offer, else the usual one."""
    return (
        int(requested)
        if requested and requested.isdigit() and int(requested) in PAGE_SIZES
        else PAGE_SIZES[1]
    )
