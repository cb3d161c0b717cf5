"""Writing down how many people were there."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.roles import can
from core.viewers import SignedIn
from events.models import Event, Headcount, HeadcountMethod

Cell = tuple[str, str]


def headcount_stamp(event: Event) -> str:
    """Return a text that changes whenever a headcount of the event does."""
    rows = event.headcounts.order_by("pk").values_list("pk", "version")
    return ",".join(f"{key}.{version}" for key, version in rows)


@transaction.atomic
def save_headcounts(
    *, event: Event, counts: Mapping[Cell, int | None], method: str, user: SignedIn, stamp: str | None = None
) -> None:
    """Store the grid of numbers (age group × sex); an empty cell has no row, a zero is a number.

    An empty ``method`` leaves the method of each number as it is. ``stamp`` is what ``headcount_stamp`` said
    when the numbers were shown.

    Raises
    ------
    ValidationError
        Somebody else changed the numbers since; nothing is stored then.
    """
    if not can(user, "change", Headcount):
        raise PermissionDenied
    Event.objects.select_for_update().get(pk=event.pk)
    if stamp is not None and stamp != headcount_stamp(event):
        raise ValidationError(
            _("Somebody else changed these numbers in the meantime. Saving again keeps what you typed."),
            code="conflict",
        )
    stored = {(row.group, row.sex): row for row in event.headcounts.all()}
    for cell, count in counts.items():
        row = stored.get(cell)
        if count is None:
            if row is not None:
                row.delete()
            continue
        _save_cell(row or Headcount(event=event, group=cell[0], sex=cell[1]), count, method)


def _save_cell(row: Headcount, count: int, method: str) -> None:
    method = method or (row.method if row.pk else HeadcountMethod.COUNTED)
    if row.pk and (row.count, row.method) == (count, method):
        return
    row.count, row.method = count, method
    row.full_clean()
    row.save()
