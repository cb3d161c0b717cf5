"""Connected groups, communities and acquaintances as records."""

from __future__ import annotations

from collections import Counter

import pandas as pd
from django.utils.translation import gettext as _

from reports.analysis.components import components
from reports.analysis.privacy import SMALL
from reports.builders.basis import Basis, sector_label
from reports.builders.communities import find_groups
from reports.builders.counts import BELOW_SIGN
from reports.builders.records.listing import KEY, MOST_RECORDS, empty_text, footnote, listed
from reports.report import Cell, Column, Table


def degrees(basis: Basis, value: str) -> Table:
    """List how many others each actor met, most first."""
    met = dict(zip(basis.ties.ids.tolist(), basis.ties.degrees.tolist(), strict=True))
    order = sorted(met, key=lambda actor: (-met[actor], actor))
    allowed = basis.may_be_listed(order)
    rows = tuple(
        (
            basis.actor(actor),
            Cell(sector_label(basis.sector_of[actor])),
            Cell(met[actor], basis.actor_records_url("met", actor) if met[actor] else None),
        )
        for actor in allowed[:MOST_RECORDS]
    )
    columns = (
        Column("actor", _("Actor")),
        Column("sector", _("Sector")),
        Column("met", _("Actors met"), "integer"),
    )
    note = footnote(shown=len(rows), allowed=len(allowed), given=len(order))
    return Table(KEY, _("Actors"), columns, rows, footnote=note, empty_text=empty_text())


def connected(basis: Basis, value: str) -> Table:
    """List the connected groups of two or more."""
    found = components(basis.ties).table
    return groups_table(basis, found[found["size"] > 1], "component", "group", _("Connected groups"))


def of_connected(basis: Basis, value: str) -> Table:
    """List the members of one connected group."""
    found = components(basis.ties).table
    return listed(basis, found.loc[found["component"].astype(str) == value, "actor_id"].tolist())


def communities(basis: Basis, value: str) -> Table:
    """List the communities."""
    found = find_groups(basis).found.table
    return groups_table(basis, found[found["community"] > 0], "community", "community", _("Communities"))


def of_community(basis: Basis, value: str) -> Table:
    """List the members of one community."""
    found = find_groups(basis).found.table
    return listed(basis, found.loc[found["community"].astype(str) == value, "actor_id"].tolist())


def groups_table(basis: Basis, members: pd.DataFrame, column: str, figure: str, title: str) -> Table:
    """Return one row per group; with a ``figure`` its size opens the list of its members."""
    columns = (
        Column("number", _("No.")),
        Column("members", _("Members"), "integer"),
        Column("sectors", _("Mostly")),
    )
    rows = []
    for number, actors in members.groupby(column)["actor_id"].agg(list).items():
        if basis.is_outside and len(actors) < SMALL:
            rows.append((Cell(str(number)), Cell(BELOW_SIGN, is_suppressed=True), Cell(None)))
            continue
        sectors = Counter(basis.sector_of[actor] for actor in actors).most_common(2)
        mostly = ", ".join(sector_label(code) for code, _count in sectors)
        size = Cell(len(actors), basis.records_url(figure, str(number)) if figure else None)
        rows.append((Cell(str(number)), size, Cell(mostly)))
    return Table(KEY, title, columns, tuple(rows), empty_text=empty_text())
