"""Indicators of continuity: a set with its trend, never one score.

One score would hide that a district can have a dense network and nobody who books the room.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import pandas as pd
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from actors.models import Sector
from reports.analysis import continuity
from reports.analysis.change import LOST, RETURNING
from reports.analysis.tasks import repeated, single_holders
from reports.builders.continuity.formats import FormatFacts
from reports.builders.continuity.spaces import is_secured
from reports.builders.continuity.task_load import BY_OFFICE, TaskFacts
from reports.builders.shared.advice import advised_of_period
from reports.builders.shared.basis import SHARES_FROM, Basis, share_cell
from reports.builders.shared.chance import percents
from reports.builders.shared.links import opened
from reports.builders.shared.office import OfficeCuts
from reports.builders.shared.strong import INDEPENDENT, independent_by_year
from reports.builders.shared.years import retention_cell
from reports.period import unfinished_year
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
        blocks += _trend_figure(basis, trend)
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
        _tasks_row(basis, facts),
        _unassigned_row(basis, facts),
        _single_row(facts),
        _ties_row(basis, facts),
        _retention_row(basis, facts),
        _spaces_row(facts),
    )
    footnote = _(
        "Shares are shown from %(count)s cases on. Which formats are secured, which tasks have a single "
        "holder and which spaces are secured stands in the chapters about them, row by row. A task of a "
        "format counts once over all its editions: no list stands behind how many were assigned at least "
        "twice."
    ) % {"count": SHARES_FROM}
    return Table("indicators", _("Indicators"), columns, rows, footnote=footnote)


def _row(
    label: str, value: int, whole: int, meaning: str, *, opens: tuple[str | None, str | None] = (None, None)
) -> tuple[Cell, ...]:
    """Return the row of an indicator; ``opens`` leads to the records of the number and of the whole."""
    number, out_of = opened(Cell(value), opens[0]), opened(Cell(whole), opens[1])
    return Cell(label), number, out_of, share_cell(value, whole, opens[1]), Cell(meaning)


def _formats_row(facts: Evidence) -> tuple[Cell, ...]:
    counts = facts.formats.judged.counts
    continuing = sum(counts.values()) - counts[continuity.ENDS]
    day = date_format(facts.formats.judged.on, "SHORT_DATE_FORMAT")
    meaning = _("Formats that are secured on %(day)s, of all that are not to end deliberately.") % {
        "day": day
    }
    return _row(_("Secured formats"), counts[continuity.SECURED], continuing, meaning)


def _tasks_row(basis: Basis, facts: Evidence) -> tuple[Cell, ...]:
    assigned = facts.tasks.dependency.assigned
    meaning = _("Tasks at held events that the office carried, of all that were assigned.")
    opens = basis.records_url("tasks_office"), basis.records_url("tasks")
    by_office = int(assigned["by_office"].sum())
    return _row(_("Tasks carried by the office"), by_office, len(assigned), meaning, opens=opens)


def _unassigned_row(basis: Basis, facts: Evidence) -> tuple[Cell, ...]:
    unassigned = len(facts.tasks.dependency.unassigned)
    whole = unassigned + len(facts.tasks.dependency.assigned)
    return _row(
        _("Tasks carried by nobody"),
        unassigned,
        whole,
        _("Recorded tasks at held events that were not assigned, of all recorded ones."),
        opens=(basis.records_url("tasks_nobody"), basis.records_url("tasks_all")),
    )


def _single_row(facts: Evidence) -> tuple[Cell, ...]:
    assigned = facts.tasks.dependency.assigned
    meaning = _(
        "Tasks of a format that one actor carried every time, of all that were assigned at least twice."
    )
    return _row(_("Tasks with a single holder"), len(single_holders(assigned)), repeated(assigned), meaning)


def _ties_row(basis: Basis, facts: Evidence) -> tuple[Cell, ...]:
    label = _("Strong ties independent of the office")
    meaning = _("Pairs of other actors with a strong tie that needs neither the office nor its events.")
    if facts.office is None:
        return Cell(label), Cell(None), Cell(None), Cell(None), Cell(meaning)
    whole, chance = facts.office.strong.before.ties, facts.office.independent_by_chance
    has_others = facts.office.strong_chance.removed < facts.office.strong_chance.events
    if chance is not None and has_others and whole >= SHARES_FROM:
        by_chance = _("Without as many random events instead it would be %(range)s.")
        meaning = f"{meaning} {by_chance % {'range': percents(chance.low, chance.high)}}"
    opens = basis.records_url("strong_year", f":{INDEPENDENT}"), basis.records_url("strong_year")
    return _row(label, facts.office.independent, whole, meaning, opens=opens)


def _retention_row(basis: Basis, facts: Evidence) -> tuple[Cell, ...]:
    label, meaning = _("Retention"), _("Actors of the year before who were there again.")
    defined = facts.years[facts.years["retention"].notna()]
    if not len(defined):
        return Cell(label), Cell(None), Cell(None), Cell(None), Cell(meaning)
    row = {str(name): value for name, value in defined.iloc[-1].to_dict().items()}
    year = row["year"] = int(row["year"])
    meaning = f"{meaning} {unfinished_year([year], basis.today)}".rstrip()
    return (
        Cell(_("Retention in %(year)s") % {"year": year}),
        basis.counts.cell((year, RETURNING), basis.records_url(RETURNING, str(year))),
        basis.counts.cell((year - 1, "actors"), basis.records_url("actors", str(year - 1))),
        retention_cell(basis, row),
        Cell(meaning),
    )


def _spaces_row(facts: Evidence) -> tuple[Cell, ...]:
    used = [space for space in facts.spaces if space["formats"]]
    secured = sum(is_secured(space, facts.horizon) for space in used)
    meaning = _("Spaces used by formats on %(day)s that may be used long enough.")
    if facts.horizon is None:
        meaning = _(
            "Spaces used by formats on %(day)s that may be used without end: the end of the programme is not "
            "known."
        )
    day = date_format(facts.formats.judged.on, "SHORT_DATE_FORMAT")
    return _row(_("Secured spaces"), secured, len(used), meaning % {"day": day})


def _trend(basis: Basis, facts: Evidence) -> pd.DataFrame:
    """Put retention, tasks and formats of every year side by side."""
    assigned = facts.tasks.dependency.assigned
    dated = assigned.dropna(subset=["date"])
    tasks = dated.groupby(dated["date"].dt.year)["by_office"].agg(["size", "sum"])
    carried = facts.formats.carried
    sectors = carried["actor_id"].map(basis.sector_of)
    formats = carried.groupby("year")["series_id"].nunique()
    office = carried[sectors == Sector.OFFICE].groupby("year")["series_id"].nunique()
    table = facts.years[["year", "held", "retention", RETURNING, LOST]].set_index("year")
    table["assigned"], table["by_office"] = tasks["size"], tasks["sum"]
    table["formats"], table["office_formats"] = formats, office
    table = table.join(_independent(facts))
    whole = ["assigned", "by_office", "formats", "office_formats"]
    table[whole] = table[whole].fillna(0).astype("int64")
    return table.reset_index()


def _independent(facts: Evidence) -> pd.DataFrame:
    """Count the strong ties of every year with held events, and those independent of the office."""
    held = facts.years.loc[facts.years["held"] > 0, "year"].tolist()
    by_year = independent_by_year(facts.office.strong_ties, held) if facts.office else {}
    rows = list(by_year.values())
    return pd.DataFrame(rows, index=list(by_year), columns=["strong", "independent"], dtype="float64")


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
            *_held_cells(basis, row),
            *_independent_cells(basis, row),
        )
        for row in trend.to_dict("records")
    )
    return Table(
        "trend",
        _("Trend over the years"),
        columns,
        rows,
        empty_text=advised_of_period(
            basis,
            _("No dated event was held or cancelled in this period."),
            _("Record events with their day first."),
        ),
    )


def _held_cells(basis: Basis, row: dict[Any, Any]) -> tuple[Cell, ...]:
    """Return what is counted at held events: nothing in a year without any."""
    if not row["held"]:
        return (Cell(None),) * 5
    year = row["year"]
    assigned = basis.records_url("tasks_year", str(year))
    return (
        opened(Cell(row["assigned"]), assigned),
        opened(Cell(row["by_office"]), basis.records_url("tasks_year", f"{year}:{BY_OFFICE}")),
        share_cell(row["by_office"], row["assigned"], assigned),
        opened(Cell(row["formats"]), basis.records_url("formats", str(year))),
        opened(Cell(row["office_formats"]), basis.records_url("formats", f"{year}:{Sector.OFFICE.value}")),
    )


def _independent_cells(basis: Basis, row: dict[Any, Any]) -> tuple[Cell, Cell]:
    if pd.isna(row["strong"]):
        return Cell(None), Cell(None)
    year = row["year"]
    strong = opened(Cell(int(row["strong"])), basis.records_url("strong_year", str(year)))
    independent = basis.records_url("strong_year", f"{year}:{INDEPENDENT}")
    return strong, share_cell(row["independent"], row["strong"], independent)


def _trend_figure(basis: Basis, trend: pd.DataFrame) -> tuple[Figure, ...]:
    """Return the chart with a line for each share that is known of some year; none without any."""
    share = [
        round(100 * office / assigned, 1) if assigned >= SHARES_FROM else None
        for office, assigned in zip(trend["by_office"].tolist(), trend["assigned"].tolist(), strict=True)
    ]
    retention = [
        round(100 * value, 1) if isinstance(value := retention_cell(basis, row).value, float) else None
        for row in trend.to_dict("records")
    ]
    independent = [
        round(100 * own / ties, 1) if ties >= SHARES_FROM else None
        for own, ties in zip(trend["independent"].tolist(), trend["strong"].tolist(), strict=True)
    ]
    lines = tuple(
        Series(label, tuple(values))
        for label, values in (
            (_("Retention"), retention),
            (_("Tasks carried by the office"), share),
            (_("Strong ties independent of the office"), independent),
        )
        if any(value is not None for value in values)
    )
    years = tuple(str(year) for year in trend["year"])
    if not lines:
        return ()
    alt = _("Shares in percent over the years %(first)s to %(last)s, a line each for: %(lines)s.")
    figure = Figure(
        "trend",
        _("Shares over the years, in percent"),
        "line",
        years,
        lines,
        alt % {"first": years[0], "last": years[-1], "lines": ", ".join(line.label for line in lines)},
    )
    return (figure,)
