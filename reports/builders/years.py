"""The network year by year: events, and who came, stayed away and came back."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
from django.utils.translation import gettext as _

from events.models import EventStatus
from reports.analysis.change import LOST, NEW, REACTIVATED, RETURNING, yearly_change
from reports.builders.basis import SHARES_FROM, Basis, events_url
from reports.builders.digits import grouped
from reports.builders.staying import staying_blocks
from reports.builders.tie_changes import turnover_blocks
from reports.report import Block, Cell, Column, Figure, Note, Section, Series, Table


def put_years(basis: Basis) -> pd.DataFrame:
    """Count every year of the period, remember the counts of actors, and return the figures."""
    change = yearly_change(basis.register.participations, basis.register.events)
    years = change.years
    _remember(basis, years)
    first = basis.start.year if basis.start else None
    last = (basis.end - dt.timedelta(days=1)).year if basis.end else None
    inside = pd.Series(True, index=years.index)
    if first is not None:
        inside &= years["year"] >= first
    if last is not None:
        inside &= years["year"] <= last
    return years[inside].reset_index(drop=True)


def _remember(basis: Basis, years: pd.DataFrame) -> None:
    # Years outside the period go in too: another report may show them, and the sums reach over the border.
    counts = basis.counts
    for row in years.to_dict("records"):
        year = row["year"]
        for name in ("actors", RETURNING, NEW, REACTIVATED, LOST):
            counts.put((year, name), row[name])
        counts.put_sum((year, "actors"), [(year, name) for name in (RETURNING, NEW, REACTIVATED)])
    for year in years["year"].tolist()[1:]:
        counts.put_sum((year - 1, "actors"), [(year, RETURNING), (year, LOST)])


def years_section(basis: Basis, years: pd.DataFrame) -> Section:
    """Return the chapter about the years."""
    return Section(
        "years",
        _("Year by year"),
        (
            *_figures(basis, years),
            _table(basis, years),
            *_notes(basis, years),
            *turnover_blocks(basis, years),
            *staying_blocks(basis),
        ),
        intro=_(
            "Who took part in each year: actors who were also there the year before, new ones, "
            "and ones who came "
            "back after a break. Beside them those who were there the year before and not any more."
        ),
    )


def _table(basis: Basis, years: pd.DataFrame) -> Table:
    columns = (
        Column("year", _("Year")),
        Column("held", _("Held events"), "integer"),
        Column("cancelled", _("Cancelled events"), "integer"),
        Column("actors", _("Actors"), "integer"),
        Column(RETURNING, _("Returning"), "integer", explanation=_("Also there the year before.")),
        Column(NEW, _("New"), "integer", explanation=_("There for the first time.")),
        Column(REACTIVATED, _("Reactivated"), "integer", explanation=_("Back after a break.")),
        Column(LOST, _("Lost"), "integer", explanation=_("There the year before, not this year.")),
        Column("retention", _("Retention"), "percent", 0, _("Returning ÷ actors of the year before.")),
    )
    return Table(
        "years",
        _("Events and actors per year"),
        columns,
        tuple(_row(basis, row) for row in years.to_dict("records")),
        footnote=_("Returning, new and reactivated actors add up to the actors of a year."),
        empty_text=_(
            "No dated event was held or cancelled in this period. Record events with their day first."
        ),
    )


def _row(basis: Basis, row: dict[Any, Any]) -> tuple[Cell, ...]:
    year, counts = row["year"], basis.counts
    return (
        Cell(str(year), events_url(year=str(year))),
        Cell(row["held"], events_url(year=str(year), status=EventStatus.HELD.value)),
        Cell(row["cancelled"], events_url(year=str(year), status=EventStatus.CANCELLED.value)),
        *(
            counts.cell((year, name), basis.records_url(name, str(year)) if row[name] else None)
            for name in ("actors", RETURNING, NEW, REACTIVATED, LOST)
        ),
        retention_cell(basis, row),
    )


def retention_cell(basis: Basis, row: dict[Any, Any]) -> Cell:
    """Return the retention of a year, or why there is none."""
    if pd.isna(row["retention"]):
        return Cell(
            None,
            note=_("Not defined: no event was held in this year, or nobody was counted the year before."),
        )
    year, counts = row["year"], basis.counts
    if counts.value((year - 1, "actors")) is None or counts.value((year, RETURNING)) is None:
        return Cell(None, note=_("Not told: the numbers behind it are small."))
    if row[RETURNING] + row[LOST] < SHARES_FROM:
        return Cell(None, note=_("No share below %(count)s cases.") % {"count": SHARES_FROM})
    return Cell(float(row["retention"]), basis.records_url(RETURNING, str(year)))


def _figures(basis: Basis, years: pd.DataFrame) -> tuple[Block, ...]:
    if len(years) < 2:
        return ()
    labels = tuple(str(year) for year in years["year"])
    counts = {
        name: tuple(basis.counts.value((year, name)) for year in years["year"].tolist())
        for name in (RETURNING, NEW, REACTIVATED, LOST)
    }
    span = {"first": labels[0], "last": labels[-1]}
    most = int(years["year"].iloc[int(years["actors"].to_numpy().argmax())])
    presence = Figure(
        "presence",
        _("Actors per year"),
        "stacked_bar",
        labels,
        (
            Series(_("Returning"), counts[RETURNING]),
            Series(_("New"), counts[NEW]),
            Series(_("Reactivated"), counts[REACTIVATED]),
        ),
        _("Actors per year from %(first)s to %(last)s, most of them in %(year)s.") % {**span, "year": most},
    )
    events = Figure(
        "events",
        _("Events per year"),
        "stacked_bar",
        labels,
        (
            Series(_("Held"), tuple(years["held"].tolist())),
            Series(_("Cancelled"), tuple(years["cancelled"].tolist())),
        ),
        _("Events per year from %(first)s to %(last)s; most were held in one year: %(most)s.")
        % {**span, "most": grouped(int(years["held"].max()))},
    )
    return presence, events


def _notes(basis: Basis, years: pd.DataFrame) -> tuple[Note, ...]:
    all_years = basis.register.events["year"].dropna()
    notes = []
    if len(years) and len(all_years) and int(years["year"].iloc[0]) == int(all_years.min()):
        notes.append(
            Note(
                "info",
                _("In the first recorded year everybody is new, since nothing is known of the time before."),
            )
        )
    empty = [str(row["year"]) for row in years.to_dict("records") if row["held"] == 0]
    if empty:
        notes.append(
            Note(
                "info",
                _("No event was held in %(years)s; there is no retention then.")
                % {"years": ", ".join(empty)},
            )
        )
    return tuple(notes)
