"""Brokers: through whom actors of different sectors have to do with each other."""

from __future__ import annotations

from collections import Counter

import pandas as pd
from django.utils.translation import gettext as _

from reports.analysis.privacy import SMALL
from reports.builders.basis import Basis, rows_of, sector_label
from reports.builders.digits import grouped
from reports.builders.structure import CANDIDATES, REGULAR, Structure
from reports.report import Block, Cell, Column, Note, Table

SHOWN_BROKERS = 15
NAMED_SECTORS = 3


def broker_words() -> dict[str, str]:
    """Return what each role of Gould and Fernandez is called."""
    return {
        "coordinator": _("holds its own sector together"),
        "consultant": _("mediates within another sector"),
        "gatekeeper": _("door between its own sector and others"),
        "liaison": _("links sectors it does not belong to"),
    }


def main_roles(basis: Basis, structure: Structure) -> dict[int, str]:
    """Return for the position of every broker with enough pairs the role that stands out.

    Where there are many sectors, most pairs are of two foreign ones whoever the broker is. So the role is the
    one with most pairs for each that would be expected if contacts were drawn from all actors; a role with
    too few pairs does not count.
    """
    by_role = structure.pairs.groupby(["position", "role"], as_index=False)["pairs"].sum()
    enough = by_role[by_role["pairs"] >= SMALL]
    sectors = [basis.sector_of[actor] for actor in basis.network.actor_ids.tolist()]
    shares = {sector: count / len(sectors) for sector, count in Counter(sectors).items()}
    best: dict[int, tuple[float, str]] = {}
    for row in rows_of(enough):
        expected = _expected(shares, sectors[row.position])[row.role]
        best[row.position] = max(best.get(row.position, (0.0, "")), (row.pairs / expected, row.role))
    return {position: role for position, (_ratio, role) in best.items()}


def _expected(shares: dict[str, float], own: str) -> dict[str, float]:
    """Return how the pairs of contacts drawn from all actors would be spread over the roles."""
    inside = shares[own]
    alike = sum(share**2 for sector, share in shares.items() if sector != own)
    spread = {"coordinator": inside**2, "consultant": alike, "gatekeeper": 2 * inside * (1 - inside)}
    return {**spread, "liaison": 1 - sum(spread.values())}


def broker_blocks(basis: Basis, structure: Structure) -> tuple[Block, ...]:
    """Return the table of brokers and how to read it."""
    roles = main_roles(basis, structure)
    by_position = structure.pairs.groupby("position")
    pairs = {at: by_position.get_group(at) for at in roles}
    order = sorted(roles, key=lambda at: (-int(pairs[at]["pairs"].sum()), at))
    ids = basis.network.actor_ids
    allowed = set(basis.may_be_listed(ids[order].tolist()))
    listed = [at for at in order if int(ids[at]) in allowed][:SHOWN_BROKERS]
    table = Table(
        "brokers",
        _("Who stands between whom"),
        _columns(),
        tuple(_row(basis, at, roles[at], pairs[at]) for at in listed),
        footnote=_footnote(len(order), len(allowed), len(listed)),
        empty_text=_("Nobody stands between five or more pairs of contacts: there is nothing to be read."),
    )
    return (table, Note("info", _how_to_read()))


def _columns() -> tuple[Column, ...]:
    return (
        Column("actor", _("Actor")),
        Column("sector", _("Sector")),
        Column("role", _("Role")),
        Column("between", _("Between")),
        Column(
            "pairs",
            _("Pairs"),
            "integer",
            explanation=_("Pairs of its regular contacts who are not regular contacts of each other."),
        ),
    )


def _row(basis: Basis, at: int, role: str, own: pd.DataFrame) -> tuple[Cell, ...]:
    actor = int(basis.network.actor_ids[at])
    return (
        basis.actor(actor),
        Cell(sector_label(basis.sector_of[actor])),
        Cell(broker_words()[role]),
        Cell(_between(own[own["pairs"] >= SMALL] if basis.is_outside else own)),
        Cell(int(own["pairs"].sum()), basis.explorer_url(actor)),
    )


def _between(pairs: pd.DataFrame) -> str:
    most = pairs.sort_values(["pairs", "first", "last"], ascending=[False, True, True]).head(NAMED_SECTORS)
    return ", ".join(
        f"{sector_label(row.first)} – {sector_label(row.last)} ({grouped(row.pairs)})"
        for row in rows_of(most)
    )


def _footnote(found: int, allowed: int, listed: int) -> str:
    notes = []
    if allowed > listed:
        text = _(
            "The first %(count)s of %(all)s, looked for among the %(candidates)s actors that bring groups "
            "together most."
        )
        notes.append(text % {"count": listed, "all": grouped(allowed), "candidates": CANDIDATES})
    if allowed < found:
        notes.append(_("Persons are not listed here."))
    return " ".join(notes)


def _how_to_read() -> str:
    return _(
        "Regular contacts met at least %(count)s times. Two of them who do not meet each other regularly are "
        "a pair the actor stands between. The role named is the one it plays more often than the sizes of "
        "the sectors would explain. Below %(small)s pairs nobody is named (n<%(small)s)."
    ) % {"count": REGULAR, "small": SMALL}
