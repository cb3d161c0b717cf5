"""Which comes first in "03/04/2021": seen from the whole column, else a decision about the table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.imports.fields import DateField, ImportField
from core.imports.vocabulary import ChoiceField
from core.sheets.cells import Cell
from core.sheets.days import month_comes_first

DATE_ORDER = "date_order"
Fields = Mapping[str, ImportField]
Columns = Mapping[int, str]


class DateOrder(models.TextChoices):
    """Which comes first."""

    DAY_FIRST = "day_month", _("day/month")
    MONTH_FIRST = "month_day", _("month/day")


def date_order_field() -> ImportField:
    """Return the decision, which is asked for only where a column leaves it open."""
    return ChoiceField(
        DATE_ORDER,
        label=_("Order of day and month"),
        choices=DateOrder,
        suggested=DateOrder.DAY_FIRST.value,
        fixed_only=True,
        only_if_needed=True,
        is_stored=False,
        help_text=_("In this table day and month cannot be told apart, as in 03/04/2021."),
    )


def is_order_open(fields: Fields, columns: Columns, rows: Sequence[Sequence[Cell]]) -> bool:
    """Tell whether a column of days can be read either way."""
    return any(month_comes_first(cells) is None for _field, cells in _date_columns(fields, columns, rows))


def settle_order(
    fields: Fields, columns: Columns, rows: Sequence[Sequence[Cell]], *, chosen: str | None
) -> None:
    """Say for each field of days which comes first: as chosen, else as the cells of its column show."""
    for field in fields.values():
        if isinstance(field, DateField):
            field.settle(month_first=None if chosen is None else chosen == DateOrder.MONTH_FIRST)
    for field, cells in _date_columns(fields, columns, rows) if rows and chosen is None else ():
        field.settle(month_first=month_comes_first(cells))


def _date_columns(
    fields: Fields, columns: Columns, rows: Sequence[Sequence[Cell]]
) -> Iterator[tuple[DateField, list[Cell]]]:
    for index, key in columns.items():
        field = fields[key]
        if isinstance(field, DateField):
            yield field, [cells[index] for cells in rows if index < len(cells)]
