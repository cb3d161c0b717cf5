"""What hangs together: connected groups, cut points, and actors who met nobody."""

from __future__ import annotations

from django.utils.translation import gettext as _

from reports.analysis.components import Components, CutPoints
from reports.builders.network.holding import bridges_table, group_size, holding_blocks, nobody_met
from reports.builders.network.structure import Structure
from reports.builders.shared.basis import LISTED, Basis
from reports.builders.shared.counts import CountSheet
from reports.builders.shared.ranks import are_cut_level, first_of
from reports.report import Block, Cell, Column, Section, Table

MOST_GROUPS = 10


def put_group_sizes(counts: CountSheet, parts: Components) -> None:
    """Count each group of those who are tied, so that none tells how few met nobody."""
    groups = _members_by_group(parts)
    for number, members in groups.items():
        counts.put(group_size(number), len(members))
    counts.put_sum("tied", [group_size(number) for number in groups])


def _members_by_group(parts: Components) -> dict[int, list[int]]:
    tied = parts.table[parts.table["size"] > 1].sort_values("component", kind="stable")
    groups: dict[int, list[int]] = {}
    for number, actor in zip(tied["component"].tolist(), tied["actor_id"].tolist(), strict=True):
        groups.setdefault(number, []).append(actor)
    return groups


def components_section(basis: Basis, parts: Components, cuts: CutPoints, structure: Structure) -> Section:
    """Return the chapter about connected groups and actors on whom they hang."""
    blocks: tuple[Block, ...] = (
        _groups(basis, parts),
        *(_weak_points(basis, cuts) if basis.ties.tie_count else ()),
        basis.actors_table(
            "isolates",
            _("Actors who took part and met nobody"),
            parts.isolates,
            _nobody_alone(basis),
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


def _nobody_alone(basis: Basis) -> str:
    if not len(basis.window.events):
        return _("No event was held in this period.")
    if not len(basis.network.actor_ids):
        return _("Nobody is recorded for the held events of this period.")
    return _("There is nobody who took part and met nobody.")


def _weak_points(basis: Basis, cuts: CutPoints) -> tuple[Table, Table]:
    """Name the actors and ties on which a group hangs; where nobody met anybody there is nothing to hang."""
    actors = basis.actors_table(
        "cut_points",
        _("Actors without whom a group falls apart"),
        cuts.actors,
        _("No connected group falls apart without one of its members."),
    )
    return actors, bridges_table(basis, cuts.bridges)


def _groups(basis: Basis, parts: Components) -> Table:
    groups = _members_by_group(parts)
    rows = tuple(
        (Cell(str(number)), *_size_and_members(basis, number, members))
        for number, members in list(groups.items())[:MOST_GROUPS]
    )
    is_level = are_cut_level([len(members) for members in groups.values()], MOST_GROUPS)
    columns = (
        Column("number", _("No.")),
        Column("actors", _("Actors"), "integer"),
        Column("members", _("Members")),
    )
    return Table(
        "components",
        _("Connected groups, the largest first"),
        columns,
        rows,
        footnote=first_of(len(rows), len(groups), is_level=is_level),
        empty_text=nobody_met(),
    )


def _size_and_members(basis: Basis, number: int, members: list[int]) -> tuple[Cell, Cell]:
    name = group_size(number)
    size = basis.counts.cell(name, basis.records_url("group", str(number)))
    if basis.counts.value(name) is None:
        return size, Cell(None)
    return size, Cell(_("too many to list") if len(members) > LISTED else basis.names(members))
