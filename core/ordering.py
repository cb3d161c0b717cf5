"""An order in which no two rows are equal, so that pages neither repeat nor leave out a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.db.models import QuerySet


def in_total_order(rows: QuerySet) -> QuerySet:
    """Return the rows in their order, and equal ones by their key: databases promise nothing about these."""
    ordering = rows.query.order_by or rows.model._meta.ordering
    is_total = any(each in {"pk", "-pk"} for each in ordering if isinstance(each, str))
    return rows if is_total else rows.order_by(*ordering, "pk")
