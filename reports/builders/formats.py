"""Formats: which carry on when the programme ends, why or why not, and who carried them over the years."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actors.models import Sector
from events.models import ContinuityDecision
from reports.analysis import continuity
from reports.builders.basis import Basis, rows_of, sector_label
from reports.builders.rhythm import rhythm_table
from reports.report import Block, Cell, Column, Figure, Note, Section, Series, Table

STATUS_WORDS = {
    continuity.SECURED: gettext_lazy("Secured"),
    continuity.IN_HANDOVER: gettext_lazy("In handover"),
    continuity.OPEN: gettext_lazy("Still open"),
    continuity.ENDS: gettext_lazy("Ends deliberately"),
}
REASON_WORDS = {
    continuity.ALL_MET: gettext_lazy("Carrier, contact person, funding and space are settled."),
    continuity.NO_CARRIER: gettext_lazy("Nobody is recorded who is to carry it."),
    continuity.ONLY_OFFICE: gettext_lazy("Only the office carries it."),
    continuity.DECISION: gettext_lazy("It was decided to end it."),
    continuity.NO_CONTACT: gettext_lazy("No contact person is named."),
    continuity.END_UNKNOWN: gettext_lazy("The end of the programme is not known."),
    continuity.FUNDING_UNKNOWN: gettext_lazy("Nothing is recorded about its funding."),
    continuity.FUNDING_TOO_SHORT: gettext_lazy("Its funding ends too early."),
    continuity.SPACE_UNKNOWN: gettext_lazy("No secured space is recorded."),
    continuity.SPACE_TOO_SHORT: gettext_lazy("The right to use its space ends too early."),
    continuity.CARRIER_PAID: gettext_lazy("The carrier is itself paid by the programme."),
}


@dataclass(frozen=True, eq=False)
class FormatFacts:
    """The formats of a report: what is recorded, the status of each, and who carried them when."""

    series: pd.DataFrame
    judged: continuity.Formats
    carried: pd.DataFrame


def series_url(series_id: int) -> str:
    """Return the address of a format."""
    return reverse("events:series_detail", args=[series_id])


def formats_section(basis: Basis, facts: FormatFacts, programme_end: dt.date | None) -> Section:
    """Return the chapter about the status of every format; `programme_end` is the last day of the funding."""
    blocks: list[Block] = []
    if programme_end is None and len(facts.series):
        text = _("The end of the programme is not known, so no format can be called secured. Enter it above.")
        blocks.append(Note("warning", text))
    if len(facts.series):
        blocks.append(_status_figure(facts.judged.counts))
    blocks.append(_status_table(basis, facts))
    titles = dict(zip(facts.series["series_id"].tolist(), facts.series["title"], strict=True))
    if titles:
        blocks.append(rhythm_table(basis, titles, {series: series_url(series) for series in titles}))
    return Section("formats", _("Formats and their future"), tuple(blocks), _intro(programme_end))


def _intro(programme_end: dt.date | None) -> str:
    said = _(
        "A format is secured only if its carrier is not the office, a contact person is "
        "named, and funding and space "
        "reach at least twelve months past the end of the programme."
    )
    if programme_end is None:
        return said
    horizon = (pd.Timestamp(programme_end) + pd.DateOffset(months=continuity.REACH_MONTHS)).date()
    reach = _("The programme ends on %(end)s; funding and space have to reach %(horizon)s.")
    days = {"end": _day(programme_end), "horizon": _day(horizon)}
    return f"{said} {reach % days}"


def _day(day: dt.date) -> str:
    return str(date_format(day, "SHORT_DATE_FORMAT"))


def _status_figure(counts: dict[str, int]) -> Figure:
    said = ", ".join(f"{STATUS_WORDS[status]}: {counts[status]}" for status in continuity.STATUSES)
    return Figure(
        "format_status",
        _("Formats by status"),
        "bar",
        tuple(str(STATUS_WORDS[status]) for status in continuity.STATUSES),
        (Series(_("Formats"), tuple(counts[status] for status in continuity.STATUSES)),),
        said,
    )


def _status_table(basis: Basis, facts: FormatFacts) -> Table:
    columns = (
        Column("format", _("Format")),
        Column("status", _("Status")),
        Column("reason", _("Why")),
        Column("carrier", _("Carried today by")),
        Column("future", _("To be carried by")),
        Column("contact", _("Contact person")),
        Column("funding", _("Funding until"), "date"),
        Column("space", _("Space")),
        Column("decision", _("Decision")),
    )
    rank = {
        status: at for at, status in enumerate((continuity.OPEN, continuity.IN_HANDOVER, continuity.SECURED))
    }
    verdicts = facts.judged.table[["series_id", "status", "reasons"]]
    merged = facts.series.merge(verdicts, on="series_id")
    merged = merged.assign(rank=merged["status"].map(rank).fillna(len(rank)))
    ordered = merged.sort_values("rank", kind="stable")
    return Table(
        "formats",
        _("Every format with its status and the reason"),
        columns,
        tuple(_format_row(basis, row) for row in rows_of(ordered)),
        empty_text=_("No formats are recorded yet. Record the series that recur, and who carries them."),
    )


def _format_row(basis: Basis, row: Any) -> tuple[Cell, ...]:
    return (
        Cell(row.title, series_url(row.series_id)),
        Cell(str(STATUS_WORDS[row.status])),
        Cell(" ".join(str(REASON_WORDS[reason]) for reason in row.reasons)),
        _optional_actor(basis, row.carrier_id),
        _optional_actor(basis, row.future_carrier_id),
        _optional_actor(basis, row.contact_id),
        Cell(_last_day(row.funding_until)),
        Cell(row.space),
        Cell(str(ContinuityDecision(row.decision).label)),
    )


def _optional_actor(basis: Basis, actor_id: Any) -> Cell:
    return Cell(None) if pd.isna(actor_id) else basis.actor(int(actor_id))


def _last_day(until: Any) -> dt.date | None:
    # Stored half-open, told inclusive.
    return None if pd.isna(until) else (until - pd.Timedelta(days=1)).date()


def carriers_section(basis: Basis, facts: FormatFacts) -> Section:
    """Return the chapter about who carries the formats: today, and year by year."""
    carried = _with_sectors(basis, facts.carried)
    years = list(range(carried["year"].min(), carried["year"].max() + 1)) if len(carried) else []
    present = [code for code in [*Sector.values, ""] if code in set(carried["sector"])]
    counts = carried.drop_duplicates(["year", "series_id", "sector"]).groupby(["year", "sector"]).size()
    values = {code: tuple(int(counts.get((year, code), 0)) for year in years) for code in present}
    blocks: list[Block] = []
    if len(years) > 1:
        blocks.append(_carrier_figure(years, values))
    blocks += [_carrier_years(carried, years, values), _carriers_today(basis, facts)]
    return Section(
        "carriers",
        _("Formats by carrier"),
        tuple(blocks),
        intro=_("Which formats took place in each year, and who carried them on the day."),
    )


def _with_sectors(basis: Basis, carried: pd.DataFrame) -> pd.DataFrame:
    sectors = [
        "" if pd.isna(actor) else basis.sector_of[int(actor)]
        for actor in carried["actor_id"].astype("object")
    ]
    return carried.assign(sector=pd.Series(sectors, index=carried.index, dtype="str"))


def _carrier_label(code: str) -> str:
    return sector_label(code) if code else _("Nobody recorded")


def _carrier_figure(years: Sequence[int], values: dict[str, tuple[int, ...]]) -> Figure:
    office = values.get(Sector.OFFICE, (0,) * len(years))
    return Figure(
        "formats_by_carrier",
        _("Formats by carrier"),
        "stacked_bar",
        tuple(str(year) for year in years),
        tuple(Series(_carrier_label(code), counts) for code, counts in values.items()),
        _("Formats that the office carried: %(first)s in %(start)s, %(last)s in %(end)s.")
        % {"first": office[0], "start": years[0], "last": office[-1], "end": years[-1]},
    )


def _carrier_years(carried: pd.DataFrame, years: Sequence[int], values: dict[str, tuple[int, ...]]) -> Table:
    formats = carried.groupby("year")["series_id"].nunique()
    columns = (
        Column("year", _("Year")),
        Column("formats", _("Formats"), "integer"),
        *(Column(code or "nobody", _carrier_label(code), "integer") for code in values),
    )
    rows = tuple(
        (Cell(str(year)), Cell(int(formats.get(year, 0))), *(Cell(counts[at]) for counts in values.values()))
        for at, year in enumerate(years)
    )
    return Table(
        "formats_by_carrier",
        _("Formats held per year, by the sector of their carrier"),
        columns,
        rows,
        footnote=_("A format whose carrier changed during a year counts for both."),
        empty_text=_("No edition of a format was held in this period."),
    )


def _carriers_today(basis: Basis, facts: FormatFacts) -> Table:
    today = facts.series.dropna(subset=["carrier_id"]).sort_values("title")
    titles: dict[int, list[str]] = {}
    for row in rows_of(today):
        titles.setdefault(int(row.carrier_id), []).append(row.title)
    order = sorted(titles, key=lambda actor: (-len(titles[actor]), basis.name(actor)))
    rows = tuple(
        (
            basis.actor(actor),
            Cell(sector_label(basis.sector_of[actor])),
            Cell(len(titles[actor]), f"{reverse('events:series_list')}?carrier={actor}"),
            Cell(", ".join(titles[actor])),
        )
        for actor in order
    )
    columns = (
        Column("carrier", _("Carrier")),
        Column("sector", _("Sector")),
        Column("formats", _("Formats"), "integer"),
        Column("titles", _("Which")),
    )
    return Table(
        "carriers",
        _("Who carries what today"),
        columns,
        rows,
        empty_text=_("Nobody is recorded as carrier of a format today."),
    )
