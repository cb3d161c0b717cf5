"""Connected groups, communities and acquaintances as records."""

from __future__ import annotations

import pandas as pd
from django.utils.translation import gettext as _

from reports.analysis.components import components
from reports.analysis.privacy import SMALL
from reports.builders.records.listing import KEY, MOST_RECORDS, empty_text, footnote, listed
from reports.builders.shared.basis import Basis, sector_label
from reports.builders.shared.communities import find_groups, mostly
from reports.builders.shared.counts import BELOW_SIGN
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
        Column("met", _("Ties"), "integer"),
    )
    note = footnote(listed=len(rows), allowed=len(allowed), given=len(order))
    return Table(KEY, _("Actors"), columns, rows, footnote=note, empty_text=note or empty_text())


def connected(basis: Basis, value: str) -> Table:
    """List the connected groups of two or more."""
    table = components(basis.ties).table
    return groups_table(basis, table[table["size"] > 1], "component", "group", _("Connected groups"))


def of_connected(basis: Basis, value: str) -> Table:
    """List the members of one connected group."""
    table = components(basis.ties).table
    return listed(basis, table.loc[table["component"].astype(str) == value, "actor_id"].tolist())


def communities(basis: Basis, value: str) -> Table:
    """List the communities."""
    table = find_groups(basis).communities.table
    return groups_table(basis, table[table["community"] > 0], "community", "community", _("Communities"))


def of_community(basis: Basis, value: str) -> Table:
    """List the members of one community."""
    table = find_groups(basis).communities.table
    return listed(basis, table.loc[table["community"].astype(str) == value, "actor_id"].tolist())


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
        size = Cell(len(actors), basis.records_url(figure, str(number)) if figure else None)
        rows.append((Cell(str(number)), size, Cell(mostly(basis, actors))))
    return Table(KEY, title, columns, tuple(rows), empty_text=empty_text())
