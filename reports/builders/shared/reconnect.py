"""What falls apart without the office, and who could hold it together."""

from __future__ import annotations

import numpy as np
import pandas as pd
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.analysis.bridging import Bridging, could_bridge, cut_off
from reports.analysis.privacy import SMALL
from reports.analysis.without import Without
from reports.builders.shared.basis import Basis, rows_of, sector_label
from reports.builders.shared.communities import SMALLEST, Groups
from reports.builders.shared.counts import BELOW_SIGN
from reports.builders.shared.digits import grouped
from reports.builders.shared.ranks import are_cut_level, named_first, others_are_level
from reports.report import Block, Cell, Column, Note, Table

MOST = 10
NAMED = 6


def cut_off_table(basis: Basis, groups: Groups, cuts: Without) -> Table:
    """List the communities that meet others only with the office or at its events."""
    labels = groups.communities.table["community"].to_numpy(dtype=np.int64)
    lost = cut_off(basis.network, cuts.both_removed.remainder, labels)
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
        _("Communities that would lose touch with all others"),
        (
            Column("number", _("No.")),
            Column("members", _("Members"), "integer"),
            Column("typical", _("Typical members")),
        ),
        rows,
        footnote=_(
            "Their members met those of other communities only with the office, at its events, or where it "
            "carried every task."
        ),
        empty_text=_("No community of %(count)s or more actors would lose touch with all others.")
        % {"count": grouped(least)},
    )


def _typical(basis: Basis, groups: Groups, number: int) -> str:
    table = groups.communities.table.assign(inside=groups.inside)
    is_office = table["actor_id"].isin(basis.offices["actor_id"])
    members = table[(table["community"] == number) & ~is_office]
    best = members.sort_values(["inside", "actor_id"], ascending=[False, True])
    names = [basis.marked_name(actor) for actor in best["actor_id"].tolist()]
    return named_first(names, best["inside"].tolist(), NAMED)


def bridging_blocks(basis: Basis, cuts: Without) -> tuple[Block, ...]:
    """Say how many fall away from the largest group, and who of it could reach them."""
    offices = set(basis.offices["actor_id"].tolist())
    # One more than is listed: whether it is level with the last one has to be said.
    left = could_bridge(basis.network, cuts.both_removed.remainder, most=MOST + len(offices) + 1)
    able = left.candidates[~left.candidates["actor_id"].isin(offices)]
    candidates = able.head(MOST)
    listed = basis.may_be_listed(candidates["actor_id"].tolist())
    rows = tuple(
        (
            basis.actor(row.actor_id),
            Cell(sector_label(basis.sector_of[row.actor_id])),
            _count(basis, row.met),
            Cell(basis.names(basis.may_be_listed(row.whom), most=NAMED)),
            _count(basis, row.common),
        )
        for row in rows_of(candidates[candidates["actor_id"].isin(listed)])
    )
    table = Table(
        "could_bridge",
        _("Who could bridge"),
        (
            Column("actor", _("Actor")),
            Column("sector", _("Sector")),
            Column(
                "met",
                _("Has met"),
                "integer",
                explanation=_(
                    "Of those who fall away: met before. No list stands behind it; the first are named "
                    "beside it."
                ),
            ),
            Column("whom", _("Whom")),
            Column(
                "common",
                _("Common acquaintances"),
                "integer",
                explanation=_(
                    "Acquaintances shared with those who fall away, added up over all of them: no list "
                    "stands behind it."
                ),
            ),
        ),
        rows,
        footnote=" ".join(
            filter(
                None, [_how_to_bridge(basis), _bridging_limits(able), _hidden(len(listed), len(candidates))]
            )
        ),
        empty_text=_hidden(len(listed), len(candidates)) or _bridging_empty(left),
    )
    return (*_fallen_note(basis, left), table)


def _how_to_bridge(basis: Basis) -> str:
    if basis.is_over:
        return ""
    return _("Whoever knows somebody can ring them up; whoever has common acquaintances can be introduced.")


def _bridging_limits(able: pd.DataFrame) -> str:
    if len(able) <= MOST:
        return ""
    text = _("Only the first %(count)s are listed.") % {"count": MOST}
    is_level = all(are_cut_level(able[name].tolist(), MOST) for name in ("met", "common"))
    return f"{text} {others_are_level()}" if is_level else text


def _hidden(listed: int, able: int) -> str:
    return _("Persons are not listed here.") if listed < able else ""


def _count(basis: Basis, value: int) -> Cell:
    if basis.is_outside and 0 < value < SMALL:
        return Cell(BELOW_SIGN, is_suppressed=True)
    return Cell(int(value))


def _number(basis: Basis, count: int) -> str:
    return BELOW_SIGN if basis.is_outside and 0 < count < SMALL else grouped(count)


def _fallen_note(basis: Basis, left: Bridging) -> tuple[Note, ...]:
    count = len(left.separated)
    if not count or (basis.is_outside and count < SMALL):
        return ()
    if left.largest < 2:
        text = _(
            "No two other actors met, except at events that the office organised or at which it carried "
            "every task."
        )
        return (Note("info", text),)
    if left.equals > 1:
        text = ngettext(
            "Without the office, its events and what it carried alone there would be %(equals)s largest "
            "groups, with %(largest)s actors each. %(count)s actor could no longer reach the one that is "
            "looked at here.",
            "Without the office, its events and what it carried alone there would be %(equals)s largest "
            "groups, with %(largest)s actors each. %(count)s actors could no longer reach the one that is "
            "looked at here.",
            count,
        )
        figures = {"equals": left.equals, "largest": _number(basis, left.largest), "count": grouped(count)}
        return (Note("info", text % figures),)
    text = ngettext(
        "Without the office, its events and what it carried alone %(count)s actor could no longer reach the "
        "largest group.",
        "Without the office, its events and what it carried alone %(count)s actors could no longer reach the "
        "largest group.",
        count,
    )
    return (Note("info", text % {"count": grouped(count)}),)


def _bridging_empty(left: Bridging) -> str:
    if left.largest < 2:
        return _("There is no group left that somebody could be brought back to.")
    if not left.separated:
        return _("Nobody falls away from the largest group.")
    return _("Nobody of the largest group has met those who fall away or shares an acquaintance with them.")
