"""What falls apart without the office, and who could hold it together."""

from __future__ import annotations

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.analysis.bridging import could_bridge, cut_off
from reports.analysis.privacy import SMALL
from reports.analysis.without import Without
from reports.builders.basis import Basis, rows_of, sector_label
from reports.builders.communities import SMALLEST, Groups
from reports.builders.counts import BELOW_SIGN
from reports.builders.digits import grouped
from reports.report import Block, Cell, Column, Note, Table

MOST = 10
NAMED = 6


def cut_off_table(basis: Basis, groups: Groups, found: Without) -> Table:
    """List the communities that meet others only through the office and its events."""
    labels = groups.found.table["community"].to_numpy(dtype=np.int64)
    lost = cut_off(basis.network, found.both_removed.remainder, labels)
    least = SMALL if basis.is_outside else SMALLEST
    numbers = [number for number in lost["community"].tolist() if (labels == number).sum() >= least]
    rows = tuple(
        (
            Cell(str(number)),
            basis.counts.cell(("community", number), basis.records_url("community", str(number))),
            Cell(_typical(basis, groups, number)),
        )
        for number in numbers
    )
    return Table(
        "cut_off",
        _("Communities that lose their only bridge"),
        (
            Column("number", _("No.")),
            Column("members", _("Members"), "integer"),
            Column("typical", _("Typical members")),
        ),
        rows,
        footnote=_("Their members meet others only together with the office or at its events."),
        empty_text=_("There is none: every community also meets others without the office."),
    )


def _typical(basis: Basis, groups: Groups, number: int) -> str:
    table = groups.found.table.assign(inside=groups.inside)
    is_office = table["actor_id"].isin(basis.offices["actor_id"])
    members = table[(table["community"] == number) & ~is_office]
    best = members.sort_values(["inside", "actor_id"], ascending=[False, True])["actor_id"].head(NAMED)
    return ", ".join(basis.name(actor) for actor in best.tolist())


def bridging_blocks(basis: Basis, found: Without) -> tuple[Block, ...]:
    """Say how many fall away from the largest group, and who of it could reach them."""
    left = could_bridge(basis.network, found.both_removed.remainder, most=MOST)
    offices = set(basis.offices["actor_id"].tolist())
    candidates = left.candidates[~left.candidates["actor_id"].isin(offices)]
    told = basis.may_be_listed(candidates["actor_id"].tolist())
    rows = tuple(
        (
            basis.actor(row.actor_id),
            Cell(sector_label(basis.sector_of[row.actor_id])),
            _count(basis, row.met),
            Cell(basis.names(basis.may_be_listed(row.whom), most=NAMED)),
            _count(basis, row.common),
        )
        for row in rows_of(candidates[candidates["actor_id"].isin(told)])
    )
    table = Table(
        "could_bridge",
        _("Who could bridge"),
        (
            Column("actor", _("Actor")),
            Column("sector", _("Sector")),
            Column("met", _("Has met"), "integer", explanation=_("Of those who fall away: met before.")),
            Column("whom", _("Whom")),
            Column(
                "common",
                _("Common contacts"),
                "integer",
                explanation=_("Contacts shared with those who fall away, added up."),
            ),
        ),
        rows,
        footnote=_("Whoever knows somebody can ring them up; whoever shares contacts can be introduced."),
        empty_text=_("Nobody is needed, or nobody of the largest group knows those who fall away."),
    )
    return (*_fallen_note(basis, left.separated), table)


def _count(basis: Basis, value: int) -> Cell:
    if basis.is_outside and 0 < value < SMALL:
        return Cell(BELOW_SIGN, is_suppressed=True)
    return Cell(int(value))


def _fallen_note(basis: Basis, separated: tuple[int, ...]) -> tuple[Note, ...]:
    count = len(separated)
    if not count or (basis.is_outside and count < SMALL):
        return ()
    text = ngettext(
        "Without the office and its events %(count)s actor could no longer reach the largest group.",
        "Without the office and its events %(count)s actors could no longer reach the largest group.",
        count,
    )
    return (Note("info", text % {"count": grouped(count)}),)
