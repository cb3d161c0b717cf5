"""How long actors stay, from their first year on."""

from __future__ import annotations

from typing import Any

import pandas as pd
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.analysis.privacy import SMALL
from reports.analysis.survival import GAP, Survival, survival
from reports.builders.shared.basis import SHARES_FROM, Basis
from reports.builders.shared.chance import percents
from reports.builders.shared.digits import grouped
from reports.builders.shared.links import opened
from reports.period import begin_of_unfinished_year
from reports.report import Block, Cell, Column, Figure, Note, Series, Table


def find_survival(basis: Basis) -> Survival:
    """Follow all actors over all recorded years that are over, whatever the period of the report.

    Who has not come yet in a year that goes on has not missed it.
    """
    register = basis.register
    is_over = ~(register.events["date"] >= pd.Timestamp(begin_of_unfinished_year(basis.today)))
    events = register.events[is_over]
    attended = register.participations
    return survival(attended[attended["event_id"].isin(events["event_id"])], events)


def staying_blocks(basis: Basis) -> tuple[Block, ...]:
    """Return the curve, its table, and in words what it says and leaves out."""
    staying = find_survival(basis)
    steps = _steps(basis, staying)
    if not len(steps):
        return (Note("info", _why_not(staying)),)
    return (_figure(steps), _table(basis, steps), Note("info", _in_words(basis, staying, steps)))


def _why_not(staying: Survival) -> str:
    """Say why there is no curve."""
    if staying.curve.cases < SHARES_FROM:
        text = _(
            "How long actors stay cannot be said yet: it is known of fewer than %(count)s when they began "
            "and whether they stayed."
        )
        return text % {"count": SHARES_FROM}
    if not len(staying.curve.table):
        text = _(
            "How long actors stay cannot be said yet: none of those observed has missed %(gap)s years in a "
            "row."
        )
        return text % {"gap": GAP}
    if staying.curve.table["at_risk"].max() < SHARES_FROM:
        text = _("How long actors stay cannot be said yet: fewer than %(count)s were observed until a loss.")
        return text % {"count": SHARES_FROM}
    return _("How long actors stay is not told: the numbers behind it are small.")


def _steps(basis: Basis, staying: Survival) -> pd.DataFrame:
    """Keep the times at which enough actors were still observed to speak of shares.

    For readers from outside further times fall together until every step stands for at least five actors
    lost, and at least five remain.
    """
    table = staying.curve.table
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
        _alt(int(steps["time"].iloc[-1]), float(steps["survival"].iloc[-1])),
    )


def _alt(time: int, share: float) -> str:
    # A step of the curve is a loss, so the line falls.
    text = ngettext(
        "A falling line: the share of actors that stays longer than a number of years. After %(time)s year "
        "it is %(share)s.",
        "A falling line: the share of actors that stays longer than a number of years. After %(time)s years "
        "it is %(share)s.",
        time,
    )
    return text % {"time": time, "share": percents(share, share)}


def _percent(values: pd.Series[float]) -> tuple[float | None, ...]:
    return (100.0, *(None if pd.isna(value) else round(100 * value, 1) for value in values.tolist()))


def _table(basis: Basis, steps: pd.DataFrame) -> Table:
    counts = (
        ()
        if basis.is_outside
        else (
            Column(
                "at_risk",
                _("Observed"),
                "integer",
                explanation=_("Actors of whom it is known that they took part so long, or longer."),
            ),
            Column(
                "lost",
                _("Lost"),
                "integer",
                explanation=_("Took part so long and then missed %(gap)s years in a row.") % {"gap": GAP},
            ),
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
        footnote=_(
            "Counted over all recorded years that are over, whatever the period. Told while %(count)s are "
            "observed."
        )
        % {"count": SHARES_FROM},
    )


def _row(basis: Basis, row: dict[Any, Any]) -> tuple[Cell, ...]:
    time = int(row["time"])
    counts = (
        Cell(int(row["at_risk"]), basis.records_url("observed", str(time))),
        opened(Cell(int(row["lost"])), basis.records_url("stayed", str(time))),
    )
    url = None if basis.is_outside else basis.records_url("observed", str(time))
    return (
        Cell(time),
        *(() if basis.is_outside else counts),
        *(
            Cell(None) if pd.isna(row[name]) else Cell(float(row[name]), url)
            for name in ("survival", "low", "high")
        ),
    )


def _in_words(basis: Basis, staying: Survival, steps: pd.DataFrame) -> str:
    """Say where the middle is, who counts as lost, and who was left out."""
    median = staying.curve.median
    if median is not None and median <= steps["time"].iloc[-1]:
        text = ngettext(
            "At least half of the actors stay for %(count)s year at most.",
            "At least half of the actors stay for %(count)s years at most.",
            int(median),
        )
        sentences = [text % {"count": int(median)}]
    else:
        last = int(steps["time"].iloc[-1])
        text = ngettext(
            "More than half of the actors stay longer than %(count)s year.",
            "More than half of the actors stay longer than %(count)s years.",
            last,
        )
        sentences = [text % {"count": grouped(last)}]
    sentences.append(
        _("Lost is who misses %(gap)s years in a row in which others came; whoever may still come is not.")
        % {"gap": GAP}
    )
    if not basis.is_outside:
        sentences += _left_out(staying)
    return " ".join(sentences)


def _left_out(staying: Survival) -> list[str]:
    """Say of whom nothing can be said: with them the numbers of the table add up to all.

    Somebody was there in the first recorded year, or it would not be the first.
    """
    text = ngettext(
        "%(count)s actor of the first recorded year is left out: nobody knows since when.",
        "%(count)s actors of the first recorded year are left out: nobody knows since when.",
        staying.from_the_start,
    )
    sentences = [text % {"count": grouped(staying.from_the_start)}]
    if staying.too_new:
        text = ngettext(
            "%(count)s actor came first in the last %(gap)s of these years: too early to say whether it "
            "stays.",
            "%(count)s actors came first in the last %(gap)s of these years: too early to say whether they "
            "stay.",
            staying.too_new,
        )
        sentences.append(text % {"count": grouped(staying.too_new), "gap": GAP})
    return sentences
