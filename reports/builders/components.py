"""What hangs together: connected groups, cut points, and actors who met nobody."""

from __future__ import annotations

from django.utils.translation import gettext as _

from reports.analysis.components import Components, CutPoints
from reports.analysis.privacy import SMALL
from reports.builders.basis import LISTED, Basis
from reports.builders.counts import BELOW_SIGN
from reports.builders.digits import grouped
from reports.builders.holding import bridges_table, holding_blocks
from reports.builders.structure import Structure
from reports.report import Block, Cell, Column, Section, Table

SHOWN_GROUPS = 10


def components_section(basis: Basis, parts: Components, cuts: CutPoints, structure: Structure) -> Section:
    """Return the chapter about connected groups and actors on whom they hang."""
    blocks: tuple[Block, ...] = (
        _groups(basis, parts),
        basis.actors_table(
            "cut_points",
            _("Actors without whom a group falls apart"),
            cuts.actors,
            _("There is none: every connected group would hold without any single one of its members."),
        ),
        bridges_table(basis, cuts.bridges),
        basis.actors_table(
            "isolates",
            _("Actors who took part and met nobody"),
            parts.isolates,
            _("There is none: everybody who took part met others."),
        ),
        *holding_blocks(basis, structure),
    )
    return Section(
        "components",
        _("What hangs together"),
        blocks,
        intro=_(
            "In a connected group a message can travel from everybody to everybody. Where a group hangs on a "
            "single actor, it falls apart when that actor leaves."
        ),
    )


def _groups(basis: Basis, parts: Components) -> Table:
    sizes = parts.table[parts.table["size"] > 1].groupby("component")["actor_id"].agg(list)
    rows = tuple(
        (Cell(str(number)), *_size_and_members(basis, str(number), members))
        for number, members in list(sizes.items())[:SHOWN_GROUPS]
    )
    columns = (
        Column("number", _("No.")),
        Column("actors", _("Actors"), "integer"),
        Column("members", _("Members")),
    )
    return Table(
        "components",
        _("Connected groups"),
        columns,
        rows,
        footnote=_("The %(count)s largest of %(all)s.") % {"count": len(rows), "all": grouped(len(sizes))}
        if len(sizes) > len(rows)
        else "",
        empty_text=_("No two actors met each other in this period."),
    )


def _size_and_members(basis: Basis, number: str, members: list[int]) -> tuple[Cell, Cell]:
    if basis.is_outside and len(members) < SMALL:
        return Cell(BELOW_SIGN, is_suppressed=True), Cell(None)
    size = Cell(len(members), basis.records_url("group", number))
    return size, Cell(_("too many to list") if len(members) > LISTED else basis.names(members))
