"""Ties year by year: which are new, which were kept, which were lost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from reports.analysis.snapshots import (
    CHANGES,
    KEPT,
    LOST,
    NEW,
    Snapshots,
    Span,
    changed_ties,
    snapshots,
    ties_at,
    turnover,
    turnovers,
)
from reports.analysis.twomode import two_mode
from reports.analysis.window import window
from reports.builders.shared.basis import SHARES_FROM, Basis
from reports.builders.shared.counts import HIDDEN_SIGN
from reports.builders.shared.digits import grouped
from reports.builders.shared.measured import digest_of, kept
from reports.report import Block, Cell, Column, Figure, Series, Table, Value

# So many pairs a list holds.
LISTED_PAIRS = 500


def year_span(year: int) -> Span:
    """Return a calendar year as a period."""
    return Span(str(year), dt.date(year, 1, 1), dt.date(year + 1, 1, 1))


def shots_of(basis: Basis, years: Iterable[int]) -> Snapshots:
    """Return the network in some years, whatever the period of the report."""
    spans = [year_span(year) for year in years]
    if basis.period.is_open:
        return snapshots(basis.network, basis.window.events, spans)
    whole = window(basis.register.events, basis.register.participations)
    network = two_mode(
        whole.participations,
        actor_ids=set(whole.participations["actor_id"].tolist()),
        event_ids=whole.events["event_id"].tolist(),
    )
    return snapshots(network, whole.events, spans)


def _turnovers(shots: Snapshots) -> pd.DataFrame:
    """Compare every year with the one before, and count its ties; kept for the same network."""

    def compute() -> dict[str, list[float]]:
        table = turnovers(shots).drop(columns="label").assign(ties=shots.table["ties"])
        floats = table.astype("float64")
        return {str(name): floats[name].tolist() for name in floats}

    size = len(shots.network.actor_ids)
    made_of = [shots.network.actor_ids, np.array(shots.held)]
    made_of += [cells for part in shots.parts for cells in (part.indptr, part.indices)]
    return pd.DataFrame(kept("turnover", digest_of(*made_of), compute, size=size), dtype="float64")


def turnover_blocks(basis: Basis, years: pd.DataFrame) -> tuple[Block, ...]:
    """Return the ties of every year beside those of the year before."""
    covered = years["year"].tolist()
    if not covered:
        return ()
    # The year before the first one is needed to compare with, and is not shown.
    shots = shots_of(basis, [covered[0] - 1, *covered])
    changes = _turnovers(shots).assign(year=[covered[0] - 1, *covered])
    by_year = {row["year"]: _year_figures(basis, row) for row in changes.to_dict("records")}
    table = _table(basis, {year: by_year[year] for year in covered})
    return (*_figure(covered, by_year), table)


def _year_figures(basis: Basis, row: dict[Any, Any]) -> dict[str, Value]:
    """Return the figures of a year that may be told; what is not told is the sign for it."""
    year = int(row["year"])
    figures: dict[str, Value] = {
        name: None if pd.isna(row[name]) else int(row[name]) for name in ("ties", *CHANGES)
    }
    if figures["ties"] is not None and basis.counts.value((year, "actors")) is None:
        return dict.fromkeys((*figures, "similarity"), HIDDEN_SIGN)
    if figures[NEW] is not None and basis.counts.value((year - 1, "actors")) is None:
        return {**dict.fromkeys((*CHANGES, "similarity"), HIDDEN_SIGN), "ties": figures["ties"]}
    either = sum(value for name in CHANGES if isinstance(value := figures[name], int))
    is_share = figures[NEW] is not None and either >= SHARES_FROM
    return {**figures, "similarity": float(row["jaccard"]) if is_share else None}


def _table(basis: Basis, by_year: dict[int, dict[str, Value]]) -> Table:
    columns = (
        Column("year", _("Year")),
        Column("ties", _("Ties"), "integer", explanation=_("Pairs of actors who met in this year.")),
        Column(NEW, _("New"), "integer", explanation=_("Met in this year and not the year before.")),
        Column(KEPT, _("Kept"), "integer", explanation=_("Met in both years.")),
        Column(
            LOST,
            pgettext("ties", "Lost"),
            "integer",
            explanation=_("Met the year before and not in this one."),
        ),
        Column("similarity", _("Similarity"), "percent", 0, _("Kept ÷ ties of both years together.")),
    )
    return Table(
        "tie_turnover",
        _("Ties that are new, kept and lost"),
        columns,
        tuple(_row(basis, year, figures) for year, figures in by_year.items()),
        footnote=_(
            "A year without held events has no figures, and the year after it has nothing to compare with. "
            "Lost means not met in this year; the two may meet again."
        ),
    )


def _row(basis: Basis, year: int, figures: dict[str, Value]) -> tuple[Cell, ...]:
    return (
        Cell(str(year)),
        *(_cell(figures[name], basis.records_url(f"ties_{name}", str(year))) for name in ("ties", *CHANGES)),
        _cell(figures["similarity"], basis.records_url("ties_kept", str(year))),
    )


def _cell(value: Value, url: str) -> Cell:
    if value == HIDDEN_SIGN:
        return Cell(value, is_suppressed=True)
    return Cell(value, url if value else None)


def _figure(years: list[int], by_year: dict[int, dict[str, Value]]) -> tuple[Figure, ...]:
    values = {
        name: tuple(value if isinstance(value := by_year[year][name], int) else None for year in years)
        for name in (KEPT, NEW)
    }
    if len([value for value in values[KEPT] if value is not None]) < 2:
        return ()
    figure = Figure(
        "tie_turnover",
        _("Ties kept from the year before, and new ones"),
        "stacked_bar",
        tuple(str(year) for year in years),
        (Series(_("Kept"), values[KEPT]), Series(_("New"), values[NEW])),
        _("Bars for the years %(first)s to %(last)s: ties kept from the year before, and new ties on top.")
        % {"first": years[0], "last": years[-1]},
    )
    return (figure,)


def ties_of_year(basis: Basis, year: int, change: str) -> Table:
    """List the ties of a year, or those that are new, kept or lost in it."""
    shots = shots_of(basis, [year - 1, year])
    ties = ties_at(shots, 1) if change == "ties" else changed_ties(shots, 0, 1, changes=(change,))
    pairs = list(zip(ties["source_id"].tolist(), ties["target_id"].tolist(), strict=True))
    allowed = [pair for pair in pairs if len(basis.may_be_listed(pair)) == 2]
    rows = tuple((basis.actor(one), basis.actor(other)) for one, other in allowed[:LISTED_PAIRS])
    whole = len(allowed) if basis.is_outside else _how_many(shots, change)
    notes = []
    if whole > len(rows):
        notes.append(_("The first %(count)s of %(all)s.") % {"count": len(rows), "all": grouped(whole)})
    if len(allowed) < len(pairs):
        notes.append(_("Persons are not listed here."))
    return Table(
        "records",
        _("Ties"),
        (Column("one", _("Actor")), Column("other", _("Actor"))),
        rows,
        footnote=" ".join(notes),
        empty_text=" ".join(notes) or _("There are no records behind this figure."),
    )


def _how_many(shots: Snapshots, change: str) -> int:
    ties = turnover(shots, 0, 1)
    counted = {"ties": int(shots.degrees[1].sum()) // 2, NEW: ties.new, KEPT: ties.kept, LOST: ties.lost}
    return counted[change] or 0
