"""How long actors stay, from their first year on."""

from __future__ import annotations

from typing import Any

import pandas as pd
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.analysis.privacy import SMALL
from reports.analysis.survival import GAP, Survival, survival
from reports.builders.basis import SHARES_FROM, Basis
from reports.builders.chance import percents
from reports.builders.digits import grouped
from reports.report import Block, Cell, Column, Figure, Note, Series, Table


def find_survival(basis: Basis) -> Survival:
    """Follow all actors over all recorded years, whatever the period of the report."""
    return survival(basis.register.participations, basis.register.events)


def staying_blocks(basis: Basis) -> tuple[Block, ...]:
    """Return the curve, its table, and in words what it says and leaves out."""
    found = find_survival(basis)
    steps = _steps(basis, found)
    if not len(steps):
        text = _(
            "How long actors stay cannot be said yet: it is known of fewer than %(count)s when they began "
            "and whether they stayed."
        )
        return (Note("info", text % {"count": SHARES_FROM}),)
    return (_figure(steps), _table(basis, steps), Note("info", _in_words(basis, found, steps)))


def _steps(basis: Basis, found: Survival) -> pd.DataFrame:
    """Keep the times at which enough actors were still observed to speak of shares.

    For readers from outside further times fall together until every step stands for at least five actors
    lost, and at least five remain.
    """
    table = found.curve.table
    table = table[table["at_risk"] >= SHARES_FROM]
    if not basis.is_outside:
        return table.reset_index(drop=True)
    kept, lost = [], 0
    for row in table.to_dict("records"):
        lost += row["lost"]
        if lost >= SMALL and row["at_risk"] - row["lost"] >= SMALL:
            kept.append(row)
            lost = 0
    return pd.DataFrame(kept, columns=table.columns)


def _figure(steps: pd.DataFrame) -> Figure:
    shares, low, high = (_percent(steps[name]) for name in ("survival", "low", "high"))
    return Figure(
        "staying",
        _("How long actors stay, in percent"),
        "line",
        ("0", *(str(int(time)) for time in steps["time"])),
        (Series(_("Still taking part"), shares, low, high),),
        _(
            "A falling line: the share of actors that stays longer than a number of years. After %(time)s "
            "years it is %(share)s."
        )
        % {
            "time": int(steps["time"].iloc[-1]),
            "share": percents(steps["survival"].iloc[-1], steps["survival"].iloc[-1]),
        },
    )


def _percent(values: pd.Series[float]) -> tuple[float | None, ...]:
    return (100.0, *(None if pd.isna(value) else round(100 * value, 1) for value in values.tolist()))


def _table(basis: Basis, steps: pd.DataFrame) -> Table:
    counts = (
        ()
        if basis.is_outside
        else (
            Column(
                "at_risk", _("Observed"), "integer", explanation=_("Actors who took part so long, or longer.")
            ),
            Column("lost", _("Lost"), "integer", explanation=_("Took part so long and then no more.")),
        )
    )
    columns = (
        Column("time", _("Years taken part"), "integer"),
        *counts,
        Column(
            "share", _("Stay longer"), "percent", 0, _("Share of all actors that stays longer than this.")
        ),
        Column("low", _("At least"), "percent", 0, _("Lower bound of the range of 95 percent.")),
        Column("high", _("At most"), "percent", 0, _("Upper bound of the range of 95 percent.")),
    )
    return Table(
        "staying",
        _("How long actors stay"),
        columns,
        tuple(_row(basis, row) for row in steps.to_dict("records")),
        footnote=_("Counted over all recorded years, whatever the period. Told while %(count)s are observed.")
        % {"count": SHARES_FROM},
    )


def _row(basis: Basis, row: dict[Any, Any]) -> tuple[Cell, ...]:
    time = int(row["time"])
    counts = (
        Cell(int(row["at_risk"]), basis.records_url("observed", str(time))),
        Cell(int(row["lost"]), basis.records_url("stayed", str(time))),
    )
    still_there = None if basis.is_outside else basis.records_url("observed", str(time))
    return (
        Cell(time),
        *(() if basis.is_outside else counts),
        *(
            Cell(None) if pd.isna(row[name]) else Cell(float(row[name]), still_there)
            for name in ("survival", "low", "high")
        ),
    )


def _in_words(basis: Basis, found: Survival, steps: pd.DataFrame) -> str:
    """Say where the middle is, who counts as lost, and who was left out."""
    median = found.curve.median
    if median is not None and median <= steps["time"].iloc[-1]:
        text = ngettext(
            "Half of the actors stay for %(count)s year at most.",
            "Half of the actors stay for %(count)s years at most.",
            int(median),
        )
        sentences = [text % {"count": int(median)}]
    else:
        sentences = [_("More than half of the actors stay longer than can be told.")]
    sentences.append(
        _("Lost is who misses %(gap)s years in a row in which others came; whoever may still come is not.")
        % {"gap": GAP}
    )
    if found.from_the_start and not basis.is_outside:
        sentences.append(
            ngettext(
                "%(count)s actor of the first recorded year is left out: nobody knows since when.",
                "%(count)s actors of the first recorded year are left out: nobody knows since when.",
                found.from_the_start,
            )
            % {"count": grouped(found.from_the_start)}
        )
    return " ".join(sentences)
