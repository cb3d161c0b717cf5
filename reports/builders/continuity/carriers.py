"""Who carries the formats: today, and year by year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
from django.utils.translation import gettext as _

from actors.models import Sector
from reports.builders.continuity.formats import FormatFacts
from reports.builders.shared.basis import Basis, rows_of, sector_label
from reports.builders.shared.links import opened
from reports.report import Block, Cell, Column, Figure, Section, Series, Table, Values

# Stands for formats without a recorded carrier, where records are asked for.
NOBODY = "nobody"


def carriers_section(basis: Basis, facts: FormatFacts, recorded: pd.DataFrame) -> Section:
    """Return the chapter about who carries the formats: today, and year by year.

    `recorded` has all `year`s of the period, and how many events were `held`: empty years stay.
    """
    carried = _with_sectors(basis, facts.carried)
    # Not a number where nothing was held: no year comes after that.
    first = carried["year"].min()
    held = dict(zip(recorded["year"].tolist(), recorded["held"].tolist(), strict=True))
    years = [year for year in held if year >= first]
    present = [code for code in [*Sector.values, ""] if code in set(carried["sector"])]
    counts = carried.drop_duplicates(["year", "series_id", "sector"]).groupby(["year", "sector"]).size()
    numbers = carried.groupby("year")["series_id"].nunique()
    formats = tuple(int(numbers.get(year, 0)) if held[year] else None for year in years)
    values = {
        code: tuple(int(counts.get((year, code), 0)) if held[year] else None for year in years)
        for code in present
    }
    blocks: list[Block] = []
    if len(years) > 1:
        blocks.append(_carrier_figure(years, values))
    blocks += [_carrier_years(basis, formats, years, values), _carriers_today(basis, facts)]
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


def _carrier_figure(years: Sequence[int], values: Mapping[str, Values]) -> Figure:
    known = [at for at in range(len(years)) if any(counts[at] is not None for counts in values.values())]
    office = values.get(Sector.OFFICE, (0,) * len(years))
    return Figure(
        "formats_by_carrier",
        _("Formats by carrier"),
        "stacked_bar",
        tuple(str(year) for year in years),
        tuple(Series(_carrier_label(code), counts) for code, counts in values.items()),
        _("Formats that the office carried: %(first)s in %(start)s, %(last)s in %(end)s.")
        % {
            "first": office[known[0]],
            "start": years[known[0]],
            "last": office[known[-1]],
            "end": years[known[-1]],
        },
    )


def _carrier_years(
    basis: Basis, formats: Values, years: Sequence[int], values: Mapping[str, Values]
) -> Table:
    columns = (
        Column("year", _("Year")),
        Column("formats", _("Formats"), "integer"),
        *(Column(code or NOBODY, _carrier_label(code), "integer") for code in values),
    )
    rows = tuple(
        (
            Cell(str(year)),
            opened(Cell(formats[at]), basis.records_url("formats", str(year))),
            *(
                opened(Cell(counts[at]), basis.records_url("formats", f"{year}:{code or NOBODY}"))
                for code, counts in values.items()
            ),
        )
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
            basis.actor(actor, on=basis.today),
            Cell(sector_label(basis.sector_of[actor])),
            Cell(len(titles[actor]), basis.actor_records_url("formats_of", actor)),
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
