"""Indicators of continuity: a set with its trend, never one score.

One score would hide that a district can have a dense network and nobody who books the room.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import pandas as pd
from django.utils.translation import gettext as _

from actors.models import Sector
from reports.analysis import continuity
from reports.analysis.change import LOST, RETURNING
from reports.analysis.tasks import single_holders
from reports.builders.basis import SHARES_FROM, Basis, rows_of, share_cell
from reports.builders.chance import percents
from reports.builders.formats import FormatFacts
from reports.builders.office import OfficeCuts
from reports.builders.spaces import is_secured
from reports.builders.strong import independent_by_year
from reports.builders.task_load import TaskFacts
from reports.builders.years import retention_cell
from reports.report import Block, Cell, Column, Figure, Section, Series, Table


@dataclass(frozen=True, eq=False)
class Evidence:
    """Everything the indicators are counted from; `horizon` is the day that funding and space have to
    reach.
    """

    formats: FormatFacts
    tasks: TaskFacts
    office: OfficeCuts | None
    years: pd.DataFrame
    spaces: list[dict[str, Any]]
    horizon: dt.date | None


def indicators_section(basis: Basis, facts: Evidence) -> Section:
    """Return the chapter that puts the indicators side by side."""
    trend = _trend(basis, facts)
    blocks: list[Block] = [_table(basis, facts)]
    if len(trend) > 1:
        blocks.append(_trend_figure(trend))
    blocks.append(_trend_table(basis, trend))
    return Section(
        "indicators",
        _("Continuity at a glance"),
        tuple(blocks),
        intro=_(
            "Several figures side by side, and no single score: a district can have a dense "
            "network and still nobody who "
            "books the room."
        ),
    )


def _table(basis: Basis, facts: Evidence) -> Table:
    columns = (
        Column("indicator", _("Indicator")),
        Column("value", _("Number"), "integer"),
        Column("whole", _("Out of"), "integer"),
        Column("share", _("Share"), "percent", 0),
        Column("meaning", _("What is counted")),
    )
    rows = (
        _formats_row(facts),
        _tasks_row(facts),
        _unassigned_row(facts),
        _single_row(facts),
        _ties_row(facts),
        _retention_row(basis, facts),
        _spaces_row(facts),
    )
    footnote = _("Shares are shown from %(count)s cases on.") % {"count": SHARES_FROM}
    return Table("indicators", _("Indicators"), columns, rows, footnote=footnote)


def _row(label: str, value: int, whole: int, meaning: str) -> tuple[Cell, ...]:
    return Cell(label), Cell(value), Cell(whole), share_cell(value, whole), Cell(meaning)


def _formats_row(facts: Evidence) -> tuple[Cell, ...]:
    counts = facts.formats.judged.counts
    continuing = sum(counts.values()) - counts[continuity.ENDS]
    meaning = _("Formats that are secured, of all that are not to end deliberately.")
    return _row(_("Secured formats"), counts[continuity.SECURED], continuing, meaning)


def _tasks_row(facts: Evidence) -> tuple[Cell, ...]:
    assigned = facts.tasks.found.assigned
    meaning = _("Tasks at held events that the office carried, of all that were assigned.")
    return _row(_("Tasks carried by the office"), int(assigned["by_office"].sum()), len(assigned), meaning)


def _unassigned_row(facts: Evidence) -> tuple[Cell, ...]:
    unassigned = len(facts.tasks.found.unassigned)
    whole = unassigned + len(facts.tasks.found.assigned)
    return _row(
        _("Tasks carried by nobody"),
        unassigned,
        whole,
        _("Recorded tasks at held events that were not assigned."),
    )


def _single_row(facts: Evidence) -> tuple[Cell, ...]:
    assigned = facts.tasks.found.assigned
    repeated = assigned.dropna(subset=["series_id"]).groupby(["series_id", "task"])["event_id"].nunique()
    meaning = _(
        "Tasks of a format that one actor carried every time, of all that were assigned at least twice."
    )
    return _row(
        _("Tasks with a single holder"), len(single_holders(assigned)), int((repeated > 1).sum()), meaning
    )


def _ties_row(facts: Evidence) -> tuple[Cell, ...]:
    label = _("Strong ties independent of the office")
    meaning = _("Pairs of other actors with a strong tie that needs neither the office nor its events.")
    if facts.office is None:
        return Cell(label), Cell(None), Cell(None), Cell(None), Cell(meaning)
    whole, chance = facts.office.strong.before.ties, facts.office.independent_by_chance
    if chance is not None and whole >= SHARES_FROM:
        by_chance = _("Without as many random events instead it would be %(range)s.")
        meaning = f"{meaning} {by_chance % {'range': percents(chance.low, chance.high)}}"
    return _row(label, facts.office.independent, whole, meaning)


def _retention_row(basis: Basis, facts: Evidence) -> tuple[Cell, ...]:
    label, meaning = _("Retention"), _("Actors of the year before who were there again.")
    defined = facts.years[facts.years["retention"].notna()]
    if not len(defined):
        return Cell(label), Cell(None), Cell(None), Cell(None), Cell(meaning)
    row = {str(name): value for name, value in defined.iloc[-1].to_dict().items()}
    year = row["year"] = int(row["year"])
    return (
        Cell(_("Retention in %(year)s") % {"year": year}),
        basis.counts.cell((year, RETURNING)),
        basis.counts.cell((year - 1, "actors")),
        retention_cell(basis, row),
        Cell(meaning),
    )


def _spaces_row(facts: Evidence) -> tuple[Cell, ...]:
    used = [space for space in facts.spaces if space["formats"]]
    secured = sum(is_secured(space, facts.horizon) for space in used)
    return _row(
        _("Secured spaces"), secured, len(used), _("Spaces used by formats that may be used long enough.")
    )


def _trend(basis: Basis, facts: Evidence) -> pd.DataFrame:
    """Put retention, tasks and formats of every year side by side."""
    assigned = facts.tasks.found.assigned
    dated = assigned.dropna(subset=["date"])
    tasks = dated.groupby(dated["date"].dt.year)["by_office"].agg(["size", "sum"])
    carried = facts.formats.carried
    sectors = carried["actor_id"].map(basis.sector_of)
    formats = carried.groupby("year")["series_id"].nunique()
    office = carried[sectors == Sector.OFFICE].groupby("year")["series_id"].nunique()
    table = facts.years[["year", "retention", RETURNING, LOST]].set_index("year")
    table["assigned"], table["by_office"] = tasks["size"], tasks["sum"]
    table["formats"], table["office_formats"] = formats, office
    table = table.join(_independent(facts))
    whole = ["assigned", "by_office", "formats", "office_formats"]
    table[whole] = table[whole].fillna(0).astype("int64")
    return table.reset_index()


def _independent(facts: Evidence) -> pd.DataFrame:
    """Count the strong ties of every year with held events, and those independent of the office."""
    held = facts.years.loc[facts.years["held"] > 0, "year"].tolist()
    found = independent_by_year(facts.office.strong_ties, held) if facts.office else {}
    rows = list(found.values())
    return pd.DataFrame(rows, index=list(found), columns=["strong", "independent"], dtype="float64")


def _trend_table(basis: Basis, trend: pd.DataFrame) -> Table:
    columns = (
        Column("year", _("Year")),
        Column("retention", _("Retention"), "percent", 0),
        Column("assigned", _("Tasks assigned"), "integer"),
        Column("by_office", _("By the office"), "integer"),
        Column("share", _("Share of the office"), "percent", 0),
        Column("formats", _("Formats held"), "integer"),
        Column("office_formats", _("Carried by the office"), "integer"),
        Column("strong", _("Strong ties"), "integer"),
        Column("independent", _("Independent of the office"), "percent", 0),
    )
    rows = tuple(
        (
            Cell(str(row["year"])),
            retention_cell(basis, row),
            Cell(row["assigned"]),
            Cell(row["by_office"]),
            share_cell(row["by_office"], row["assigned"]),
            Cell(row["formats"]),
            Cell(row["office_formats"]),
            *_independent_cells(row),
        )
        for row in trend.to_dict("records")
    )
    return Table(
        "trend",
        _("Trend over the years"),
        columns,
        rows,
        empty_text=_(
            "No dated event was held or cancelled in this period. Record events with their day first."
        ),
    )


def _independent_cells(row: dict[Any, Any]) -> tuple[Cell, Cell]:
    if pd.isna(row["strong"]):
        return Cell(None), Cell(None)
    return Cell(int(row["strong"])), share_cell(row["independent"], row["strong"])


def _trend_figure(trend: pd.DataFrame) -> Figure:
    share = [
        round(100 * office / assigned, 1) if assigned >= SHARES_FROM else None
        for office, assigned in zip(trend["by_office"].tolist(), trend["assigned"].tolist(), strict=True)
    ]
    retention = [
        round(100 * row.retention, 1)
        if not pd.isna(row.retention) and row.returning + row.lost >= SHARES_FROM
        else None
        for row in rows_of(trend)
    ]
    independent = [
        round(100 * own / ties, 1) if ties >= SHARES_FROM else None
        for own, ties in zip(trend["independent"].tolist(), trend["strong"].tolist(), strict=True)
    ]
    return Figure(
        "trend",
        _("Retention and dependency on the office, in percent"),
        "line",
        tuple(str(year) for year in trend["year"]),
        (
            Series(_("Retention"), tuple(retention)),
            Series(_("Tasks carried by the office"), tuple(share)),
            Series(_("Strong ties independent of the office"), tuple(independent)),
        ),
        _(
            "Three lines over the years: the share of actors who came again, the share of tasks the office "
            "carried, and the share of strong ties that need neither the office nor its events."
        ),
    )
