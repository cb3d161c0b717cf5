"""The network year by year: events, and who came, stayed away and came back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
from django.utils.translation import gettext as _

from events.models import EventStatus
from reports.analysis.change import LOST, NEW, REACTIVATED, RETURNING, presence_of, yearly_change
from reports.builders.shared.advice import advised_of_period
from reports.builders.shared.basis import SHARES_FROM, Basis, events_url
from reports.builders.shared.links import opened
from reports.builders.shared.ranks import highest
from reports.builders.shared.staying import staying_blocks
from reports.builders.shared.tie_changes import turnover_blocks
from reports.builders.shared.uncertain import spans_text
from reports.period import unfinished_year
from reports.report import Block, Cell, Column, Figure, Note, Section, Series, Table


def put_years(basis: Basis) -> pd.DataFrame:
    """Count every year of the period, remember the counts of actors, and return the figures."""
    first, last = basis.period.first_year, basis.period.last_year
    last_year = basis.period.last_begun_year(basis.today)
    # The years that were asked for stay, also where nothing was recorded any more.
    change = yearly_change(basis.register.participations, basis.register.events, until=last_year)
    years = change.years
    _remember(basis, years)
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
            "Who took part in each year: actors who were also there the year before, new ones, and ones who "
            "came back after a break. Beside them those who were there the year before and not in this one."
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
        empty_text=advised_of_period(
            basis,
            _("No dated event was held or cancelled in this period."),
            _("Record events with their day first."),
        ),
    )


def _row(basis: Basis, row: dict[Any, Any]) -> tuple[Cell, ...]:
    year, counts = row["year"], basis.counts
    return (
        Cell(str(year), events_url(year=str(year))),
        opened(Cell(row["held"]), events_url(year=str(year), status=EventStatus.HELD.value)),
        opened(Cell(row["cancelled"]), events_url(year=str(year), status=EventStatus.CANCELLED.value)),
        *(
            opened(counts.cell((year, name)), basis.records_url(name, str(year)))
            if row["held"]
            else Cell(None)
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
        name: tuple(
            basis.counts.value((year, name)) if held else None
            for year, held in zip(years["year"].tolist(), years["held"].tolist(), strict=True)
        )
        for name in (RETURNING, NEW, REACTIVATED, LOST)
    }
    span = {"first": labels[0], "last": labels[-1]}
    actors = [basis.counts.value((year, "actors")) for year in years["year"].tolist()]
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
        _in_words(_("Actors per year from %(first)s to %(last)s.") % span, _("Actors"), labels, actors),
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
        _in_words(
            _("Events per year from %(first)s to %(last)s.") % span, _("Held"), labels, years["held"].tolist()
        ),
    )
    return presence, events


def _in_words(text: str, what: str, labels: Sequence[str], counts: Sequence[int | None]) -> str:
    return f"{text} {highest(what, labels, counts)}".rstrip()


def _notes(basis: Basis, years: pd.DataFrame) -> tuple[Note, ...]:
    notes = []
    first = _first_with_actors(basis)
    if first is not None and first in years["year"].tolist():
        text = _("%(year)s is the first year of which participants are recorded: all of them count as new.")
        notes.append(Note("info", text % {"year": first}))
    empty = [int(row["year"]) for row in years.to_dict("records") if row["held"] == 0]
    if empty:
        text = _(
            "No held event is recorded for %(years)s: there is no retention then, nor in the year after."
        )
        notes.append(Note("info", text % {"years": spans_text(empty)}))
    is_going_on = unfinished_year(years["year"].tolist(), basis.today)
    return (*notes, *([Note("info", is_going_on)] if is_going_on else ()))


def _first_with_actors(basis: Basis) -> int | None:
    """Return the first year in which anybody took part, whatever the period of the report."""
    register = basis.register
    seen = presence_of(register.participations, register.events)["year"]
    return int(seen.min()) if len(seen) else None
