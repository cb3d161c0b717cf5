"""Spaces: where the formats take place, and for how long that is secured."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from reports.builders.shared.advice import advised
from reports.builders.shared.basis import Basis
from reports.builders.shared.links import opened
from reports.report import Cell, Column, Note, Section, Table


def is_secured(space: dict[str, Any], horizon: dt.date | None) -> bool:
    """Say whether a space may be used until a day (the first on which it need not be)."""
    if space["has_permanent_right"]:
        return True
    return horizon is not None and space["right_until"] is not None and space["right_until"] >= horizon


def spaces_section(basis: Basis, spaces: list[dict[str, Any]], horizon: dt.date | None) -> Section:
    """Return the chapter about spaces."""
    columns = (
        Column("space", _("Space")),
        Column("owner", _("Owner")),
        Column("right", _("Right of use until")),
        Column("day", _("Last day"), "date"),
        Column("secured", _("Long enough")),
        Column("formats", _("Formats"), "integer"),
        Column("anchor", _("Anchor place")),
    )
    table = Table(
        "spaces",
        _("Spaces and the right to use them"),
        columns,
        tuple(_row(basis, space, horizon) for space in spaces),
        empty_text=advised(
            basis, _("No spaces are recorded yet."), _("Record where the formats take place.")
        ),
    )
    return Section(
        "spaces",
        _("Spaces"),
        (*(_limits(basis) if spaces else ()), table),
        intro=_(
            "A space is secured if it may be used without end or until twelve months past the "
            "end of the programme."
        ),
    )


def _limits(basis: Basis) -> tuple[Note, ...]:
    """Say that the spaces are not those of a period that is over."""
    if not basis.is_over:
        return ()
    text = _("The spaces, their formats and rights of use are those of %(day)s and not of the period.")
    return (Note("info", text % {"day": date_format(basis.today, "SHORT_DATE_FORMAT")}),)


def _long_enough(space: dict[str, Any], horizon: dt.date | None, today: dt.date) -> str:
    if is_secured(space, horizon):
        return _("yes")
    # A right that is over does not reach any day to come.
    until = space["right_until"]
    is_known = until is not None and (horizon is not None or until <= today)
    return _("no") if is_known else _("not known")


def _row(basis: Basis, space: dict[str, Any], horizon: dt.date | None) -> tuple[Cell, ...]:
    until = space["right_until"]
    right = _("without end") if space["has_permanent_right"] else _("limited") if until else _("not recorded")
    return (
        Cell(space["name"], reverse("events:space_detail", args=[space["pk"]])),
        basis.actor(space["owner_id"], on=basis.today) if space["owner_id"] else Cell(None),
        Cell(right),
        Cell(until - dt.timedelta(days=1) if until else None),
        Cell(_long_enough(space, horizon, basis.today)),
        opened(Cell(space["formats"]), basis.records_url("formats_in", str(space["pk"]))),
        Cell(_("yes") if space["is_anchor"] else _("no")),
    )
