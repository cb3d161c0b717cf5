"""How regularly the formats took place, and whether they draw more or fewer people."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.models import EventStatus
from events.models.series import Rhythm
from reports.analysis.regularity import FALLING, RISING, STEADY, TOO_SHORT, TREND_FROM, regularity, trend
from reports.analysis.window import in_period
from reports.builders.shared.basis import Basis
from reports.builders.shared.links import opened
from reports.frames import load_edition_attendance, load_rhythms
from reports.report import Cell, Column, Table

TREND_WORDS = {
    RISING: gettext_lazy("more people"),
    FALLING: gettext_lazy("fewer people"),
    STEADY: gettext_lazy("no clear change"),
}


def rhythm_table(basis: Basis, titles: dict[int, str], urls: dict[int, str]) -> Table:
    """Compare every format that took place in the period with its rhythm.

    `titles` and `urls` are the names and the addresses of the formats.
    """
    events = basis.register.events
    events = events[in_period(events["date"], basis.period.start, basis.period.end)]
    rhythms = load_rhythms()
    # What lies ahead has not passed without an edition.
    until = basis.period.end_by(basis.today)
    measures = regularity(events, rhythms, until=until)
    trends = _trends(events)
    rows = sorted(measures.to_dict("records"), key=lambda row: (titles[row["series_id"]], row["series_id"]))
    return Table(
        "rhythm",
        _("How regularly they took place"),
        _columns(),
        tuple(
            (
                Cell(titles[row["series_id"]], urls[row["series_id"]]),
                Cell(str(Rhythm(rhythms[row["series_id"]]).label)),
                *_row(row, _editions_links(basis, row["series_id"])),
                _trend_cell(trends.get(row["series_id"], TOO_SHORT)),
            )
            for row in rows
        ),
        footnote=_("A cancelled edition is not a missed one. Attendance: names or headcounts, the larger."),
        empty_text=_("No dated edition of a format was held or cancelled in this period."),
    )


def _columns() -> tuple[Column, ...]:
    return (
        Column("format", _("Format")),
        Column("rhythm", _("Rhythm")),
        Column("editions", _("Held"), "integer"),
        Column("cancelled", _("Cancelled"), "integer"),
        Column(
            "kept",
            _("On time"),
            explanation=_(
                "Of the calendar weeks, months, quarters, half-years or years (as its rhythm is) from the "
                "first to the last edition those in which one was held; where one was only cancelled is left "
                "out."
            ),
        ),
        Column("last", _("Last held"), "date"),
        Column(
            "silent",
            _("Passed since"),
            "integer",
            explanation=_(
                "Whole calendar weeks, months, quarters, half-years or years (as its rhythm is) between the "
                "last edition, held or cancelled, and the end of the period or today."
            ),
        ),
        Column("gap", _("Usual gap"), "integer", explanation=_("Days between two editions, median.")),
        Column("trend", _("Attendance"), explanation=_("Attendance per edition over the years.")),
    )


def _editions_links(basis: Basis, series: int) -> dict[str, str]:
    """Return the lists of the held editions of the period, of the cancelled ones, and of both."""
    statuses = (EventStatus.HELD.value, EventStatus.CANCELLED.value)
    links = {status: basis.links.events(series=str(series), status=status) for status in statuses}
    return {**links, "both": f"{links[EventStatus.HELD]}&status={EventStatus.CANCELLED.value}"}


def _row(row: dict[Any, Any], links: dict[str, str]) -> tuple[Cell, ...]:
    due = None if pd.isna(row["held"]) else int(row["held"]) + int(row["missed"])
    kept = _("%(held)s of %(due)s") % {"held": int(row["held"]), "due": due} if due else None
    return (
        opened(Cell(row["editions"]), links["held"]),
        opened(Cell(row["cancelled_editions"]), links["cancelled"]),
        Cell(kept, links["held"] if kept else None),
        Cell(None if pd.isna(row["last_held"]) else row["last_held"].date()),
        opened(Cell(None if pd.isna(row["silent"]) else int(row["silent"])), links["both"]),
        opened(Cell(None if np.isnan(row["median_gap"]) else round(row["median_gap"])), links["held"]),
    )


def _trends(events: pd.DataFrame) -> dict[int, str]:
    """Return the direction in which the yearly mean attendance of every format goes."""
    people = load_edition_attendance()
    known = events[events["event_id"].isin(people.index[people > 0]) & events["year"].notna()]
    known = known.assign(people=known["event_id"].map(people)).astype({"series_id": "int64", "year": "int64"})
    means = known.groupby(["series_id", "year"], as_index=False)["people"].mean()
    return {
        int(str(series)): trend(group["year"], group["people"]).direction
        for series, group in means.groupby("series_id")
    }


def _trend_cell(direction: str) -> Cell:
    if direction == TOO_SHORT:
        return Cell(None, note=_("n<5: fewer than %(count)s years.") % {"count": TREND_FROM})
    return Cell(str(TREND_WORDS[direction]))
