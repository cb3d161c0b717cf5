"""Formats behind a figure: which took place in a year, and who carried them then."""

from __future__ import annotations

import pandas as pd
from django.urls import reverse
from django.utils.translation import gettext as _

from reports import frames
from reports.analysis.continuity import formats_by_carrier
from reports.builders.continuity.carriers import NOBODY
from reports.builders.records.listing import KEY, empty_text, two_of
from reports.builders.shared.basis import Basis, rows_of
from reports.report import Cell, Column, Table


def held(basis: Basis, value: str) -> Table:
    """List the formats of a year, all or those carried by a sector: ``2019``, ``2019:office``."""
    year, sector = two_of(value)
    carried = formats_by_carrier(basis.window.events, basis.frames.carriers)
    rows = carried[carried["year"].astype(str) == year]
    if sector:
        rows = rows[[_sector(basis, actor) == sector for actor in rows["actor_id"].astype("object")]]
    titles = frames.load_series_titles()
    columns = (Column("format", _("Format")), Column("carrier", _("Carrier")))
    cells = tuple(
        (
            Cell(titles[row.series_id], reverse("events:series_detail", args=[row.series_id])),
            Cell(None) if pd.isna(row.actor_id) else basis.actor(int(row.actor_id)),
        )
        for row in rows_of(rows)
    )
    return Table(KEY, _("Formats"), columns, cells, empty_text=empty_text())


def _sector(basis: Basis, actor: int | None) -> str:
    return NOBODY if pd.isna(actor) else basis.sector_of[int(actor)]
