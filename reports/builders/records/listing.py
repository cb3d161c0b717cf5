"""What the lists of records share."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from reports.builders.shared.basis import Basis
from reports.builders.shared.digits import grouped
from reports.report import Table

# A page or a sheet beyond this is read by nobody; what it leaves out is said below it.
MOST_RECORDS = 2_000
KEY = "records"


def empty_text() -> str:
    """Return what stands where nothing is behind a figure."""
    return _("There are no records behind this figure.")


def listed(basis: Basis, actor_ids: Iterable[int]) -> Table:
    """List actors."""
    return basis.actors_table(KEY, _("Actors"), actor_ids, empty_text(), most=None)


def footnote(*, listed: int, allowed: int, given: int) -> str:
    """Say how much of what there is the list shows."""
    notes = []
    if listed < allowed:
        notes.append(
            _("The first %(count)s of %(all)s.") % {"count": grouped(listed), "all": grouped(allowed)}
        )
    if allowed < given:
        notes.append(_("Persons are not listed here."))
    return " ".join(notes)


def key_of(value: str) -> int | None:
    """Read the key of an actor."""
    return int(value) if value.isdecimal() and len(value) < 19 else None


def two_of(value: str) -> tuple[str, str]:
    """Read a value of two parts, such as two sectors."""
    first, _colon, second = value.partition(":")
    return first, second
