"""Brokers: through whom actors of different sectors have to do with each other."""

from __future__ import annotations

from collections import Counter

import pandas as pd
from django.utils.translation import gettext as _

from reports.analysis.privacy import SMALL
from reports.builders.network.structure import CANDIDATES, REGULAR, Structure
from reports.builders.shared.basis import Basis, rows_of, sector_label
from reports.builders.shared.digits import grouped
from reports.builders.shared.ranks import EQUAL, are_cut_level, first_of, named_first
from reports.report import Block, Cell, Column, Note, Table

MOST_BROKERS = 15
NAMED_SECTORS = 3


def broker_words() -> dict[str, str]:
    """Return what each role of Gould and Fernandez is called."""
    return {
        "coordinator": _("stands between others of its own sector"),
        "consultant": _("stands between two of another sector"),
        "gatekeeper": _("stands between its own sector and others"),
        "liaison": _("stands between other sectors"),
    }


def main_roles(basis: Basis, structure: Structure) -> dict[int, str]:
    """Return for the position of every broker the role that stands out, where one does.

    Where there are many sectors, most pairs are of two foreign ones whoever the broker is. So the role is the
    one with most pairs for each that would be expected if contacts were drawn from all actors. A role with
    too few pairs does not count, nor one with no more pairs than expected: the only one, where all actors are
    of one sector.
    """
    total = structure.pairs.groupby("position")["pairs"].sum()
    by_role = structure.pairs.groupby(["position", "role"], as_index=False)["pairs"].sum()
    enough = by_role[by_role["pairs"] >= SMALL]
    sectors = [basis.sector_of[actor] for actor in basis.network.actor_ids.tolist()]
    shares = {sector: count / len(sectors) for sector, count in Counter(sectors).items()}
    best: dict[int, tuple[float, str]] = {}
    for row in rows_of(enough):
        expected = expected_roles(shares, sectors[row.position])[row.role]
        if row.pairs <= expected * total[row.position] * (1 + EQUAL):
            continue
        best[row.position] = max(best.get(row.position, (0.0, "")), (row.pairs / expected, row.role))
    return {position: role for position, (_ratio, role) in best.items()}


def expected_roles(shares: dict[str, float], own: str) -> dict[str, float]:
    """Return how the pairs of contacts drawn from all actors would be spread over the roles."""
    inside = shares[own]
    alike = sum(share**2 for sector, share in shares.items() if sector != own)
    spread = {"coordinator": inside**2, "consultant": alike, "gatekeeper": 2 * inside * (1 - inside)}
    return {**spread, "liaison": 1 - sum(spread.values())}


def broker_blocks(basis: Basis, structure: Structure) -> tuple[Block, ...]:
    """Return the table of brokers and how to read it."""
    roles, ids = main_roles(basis, structure), basis.network.actor_ids
    by_position = structure.pairs.groupby("position")
    total = by_position["pairs"].sum()
    order = sorted(total.index[total >= SMALL].tolist(), key=lambda at: (-int(total[at]), at))
    may_be_listed = set(basis.may_be_listed(ids[order].tolist()))
    allowed = [at for at in order if int(ids[at]) in may_be_listed]
    listed = allowed[:MOST_BROKERS]
    is_level = are_cut_level([int(total[at]) for at in allowed], MOST_BROKERS)
    notes = [
        first_of(len(listed), len(allowed), is_level=is_level),
        *_limits(basis, len(order), len(allowed)),
    ]
    said = " ".join(filter(None, notes))
    table = Table(
        "brokers",
        _("Who stands between whom"),
        _columns(),
        tuple(_row(basis, at, roles.get(at), by_position.get_group(at)) for at in listed),
        footnote=said if listed else "",
        empty_text=said if order else _nobody(basis),
    )
    return (table, Note("info", _how_to_read()))


def _columns() -> tuple[Column, ...]:
    return (
        Column("actor", _("Actor")),
        Column("sector", _("Sector")),
        Column("role", _("Role")),
        Column("between", _("Between"), explanation=_("Where it has most pairs; three at most.")),
        Column(
            "pairs",
            _("Pairs"),
            "integer",
            explanation=_(
                "Pairs of its regular acquaintances who are not regular acquaintances of each other."
            ),
        ),
    )


def _row(basis: Basis, at: int, role: str | None, own: pd.DataFrame) -> tuple[Cell, ...]:
    actor = int(basis.network.actor_ids[at])
    between = _between(own[own["pairs"] >= SMALL] if basis.is_outside else own)
    return (
        basis.actor(actor),
        Cell(sector_label(basis.sector_of[actor])),
        Cell(broker_words()[role]) if role else Cell(None, note=_no_role()),
        Cell(between) if between else Cell(None, note=_few_pairs()),
        Cell(int(own["pairs"].sum()), basis.explorer_url(actor)),
    )


def _no_role() -> str:
    text = _("No role with %(count)s or more pairs stands out from what the sizes of the sectors give.")
    return text % {"count": SMALL}


def _few_pairs() -> str:
    return _("Not told: fewer than %(count)s pairs between any two sectors (n<%(count)s).") % {"count": SMALL}


def _between(pairs: pd.DataFrame) -> str:
    most = pairs.sort_values(["pairs", "first", "last"], ascending=[False, True, True])
    names = [
        f"{sector_label(row.first)} – {sector_label(row.last)} ({grouped(row.pairs)})"
        for row in rows_of(most)
    ]
    return named_first(names, most["pairs"].tolist(), NAMED_SECTORS)


def _limits(basis: Basis, brokers: int, allowed: int) -> list[str]:
    """Say who was not looked at, and who is not listed."""
    notes = []
    if len(basis.network.actor_ids) > CANDIDATES:
        text = _("Looked for among the %(candidates)s actors with the highest betweenness.")
        notes.append(text % {"candidates": CANDIDATES})
    if allowed < brokers:
        notes.append(_("Persons are not listed here."))
    return notes


def _nobody(basis: Basis) -> str:
    if len(basis.network.actor_ids) > CANDIDATES:
        text = _(
            "None of the %(candidates)s actors with the highest betweenness stands between "
            "%(small)s or more pairs of regular acquaintances."
        )
        return text % {"candidates": CANDIDATES, "small": SMALL}
    return _("Nobody stands between %(small)s or more pairs of regular acquaintances.") % {"small": SMALL}


def _how_to_read() -> str:
    return _(
        "Regular acquaintances met at least %(count)s times. Two of them who do not meet each other "
        "regularly are a pair the actor stands between. A role is named where it plays it more often than "
        "the sizes of the sectors would give. Below %(small)s pairs "
        "neither an actor nor a role is named (n<%(small)s)."
    ) % {"count": REGULAR, "small": SMALL}
