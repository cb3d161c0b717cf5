"""Many rows of which the same is said: once, with their numbers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from django.utils.translation import gettext as _

ROWS_NAMED = 5
# Row, column, what stands there, and what is said of it.
Entry = tuple[int, int | None, str, str]


class Group(NamedTuple):
    """The same thing said of several rows; ``value`` is empty where different things stand in them."""

    column: int | None
    reason: str
    value: str
    rows: list[int]


def groups_of(entries: Iterable[Entry]) -> list[Group]:
    """Return errors or notes that say the same of the same column as one, in the order of their first row."""
    groups: dict[tuple[int | None, str], Group] = {}
    for number, column, value, reason in entries:
        group = groups.setdefault((column, reason), Group(column, reason, value, []))
        if value != group.value:
            groups[column, reason] = group._replace(value="")
        if number not in group.rows[-1:]:
            group.rows.append(number)
    return list(groups.values())


def rows_named(numbers: list[int]) -> str:
    """Return the first of the row numbers, and how many there are when they are not all named."""
    if len(numbers) == 1:
        return _("Row %(row)s") % {"row": numbers[0]}
    named = ", ".join(map(str, numbers[:ROWS_NAMED]))
    if len(numbers) <= ROWS_NAMED:
        return _("Rows %(rows)s (%(count)s rows)") % {"rows": named, "count": len(numbers)}
    return _("Rows %(rows)s … (%(count)s rows)") % {"rows": named, "count": len(numbers)}


def with_value(reason: str, value: str) -> str:
    """Return what is said together with what stands there, unless it says so itself."""
    return f"{reason} [{value}]" if value and value not in reason else reason
