"""Formats behind a figure: held in a year, with who carried them then, and those of a carrier or a space."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pandas as pd
from django.urls import reverse
from django.utils.translation import gettext as _

from reports import frames
from reports.analysis.continuity import formats_by_carrier
from reports.builders.continuity.carriers import NOBODY
from reports.builders.records.listing import KEY, empty_text, key_of, two_of
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
    table = _listed(basis, rows.assign(title=rows["series_id"].map(titles)))
    if rows["series_id"].is_unique:
        return table
    return replace(table, footnote=_("A format whose carrier changed stands here once with each."))


def carried_today(basis: Basis, value: str) -> Table:
    """List the formats that an actor carries today."""
    carrier = key_of(value)
    return _of_today(basis, "carrier_id", carrier if carrier in basis.register.visible else None)


def in_space(basis: Basis, value: str) -> Table:
    """List the formats that use a space."""
    return _of_today(basis, "space_id", key_of(value))


def _of_today(basis: Basis, column: str, key: int | None) -> Table:
    series = frames.load_series(carriers=basis.frames.carriers, on=basis.today)
    rows = series.iloc[:0] if key is None else series[(series[column] == key).fillna(value=False)]
    return _listed(basis, rows.rename(columns={"carrier_id": "actor_id"}), on=basis.today)


def _listed(basis: Basis, rows: pd.DataFrame, *, on: dt.date | None = None) -> Table:
    columns = (Column("format", _("Format")), Column("carrier", _("Carrier")))
    cells = tuple(
        (
            Cell(row.title, reverse("events:series_detail", args=[row.series_id])),
            Cell(None) if pd.isna(row.actor_id) else basis.actor(int(row.actor_id), on=on),
        )
        for row in rows_of(rows)
    )
    return Table(KEY, _("Formats"), columns, cells, empty_text=empty_text())


def _sector(basis: Basis, actor: int | None) -> str:
    return NOBODY if pd.isna(actor) else basis.sector_of[int(actor)]
