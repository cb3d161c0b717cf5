"""How regularly formats take place, and whether they draw more or fewer people.

Editions are compared with the rhythm of the format in calendar periods: a yearly festival is on time in any
month of its year. A cancelled edition is not a missing one: somebody had prepared it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from reports.analysis import schema
from reports.analysis.network import Ids

WEEKLY, MONTHLY, QUARTERLY, HALF_YEARLY, YEARLY = "weekly", "monthly", "quarterly", "half_yearly", "yearly"
# How many months make one period of the rhythm; a week is counted in days.
MONTHS = {MONTHLY: 1, QUARTERLY: 3, HALF_YEARLY: 6, YEARLY: 12}
RISING, FALLING, STEADY, TOO_SHORT = "rising", "falling", "steady", "too_short"
TREND_FROM = 5
CLEAR = 1.959964

Days = NDArray[np.datetime64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Trend:
    """The direction of a row of yearly figures, and its slope per year (`None` with fewer than two years)."""

    direction: str
    slope: float | None


def regularity(events: pd.DataFrame, rhythms: Mapping[int, str], *, until: date) -> pd.DataFrame:
    """Compare the editions of every format with its rhythm.

    A period of the rhythm (week, month, quarter, half-year or year) is *held* if an edition was held in it,
    *cancelled* if one was only cancelled, else *missed*. Formula: share = held ÷ (held + missed), over the
    periods from the first to the last edition; the cancelled ones are in neither number. `silent` counts the
    whole periods since the last edition up to `until`: a format that came to an end is not irregular.

    Returns one row per format with a dated edition, ordered by `series_id`: `editions` and
    `cancelled_editions` (events), `first_held`, `last_held`, `median_gap` and `longest_gap` (days between two
    held editions; where one was cancelled between, the gap does not count), `held`, `cancelled`, `missed`,
    `silent` (periods) and `share`. Without a rhythm, or with one that is irregular, the last five are empty.
    Source: own definition.

    Parameters
    ----------
    events
        Frame of `schema.EVENTS`. Undated events and those that were neither held nor cancelled do not count.
    rhythms
        The rhythm of each format: `WEEKLY` or a key of `MONTHS`, anything else for none.
    until
        First day that is not looked at any more.
    """
    schema.validate(events, schema.EVENTS)
    counted = events[events["status"].isin([schema.HELD, schema.CANCELLED]) & events["series_id"].notna()]
    counted = counted[counted["date"].notna() & (counted["date"] < pd.Timestamp(until))]
    counted = counted.astype({"series_id": "int64"}).sort_values(["series_id", "date", "event_id"])
    days = counted["date"].to_numpy().astype("datetime64[D]")
    is_held = (counted["status"] == schema.HELD).to_numpy()
    ids, starts = np.unique(counted["series_id"].to_numpy(), return_index=True)
    parts = [np.split(values, starts[1:])[: len(ids)] for values in (days, is_held)]
    end = np.datetime64(until, "D")
    rows = [
        {"series_id": series, **_editions(at, held), **_periods(at, held, rhythms.get(series, ""), end)}
        for series, at, held in zip(ids.tolist(), *parts, strict=True)
    ]
    return pd.DataFrame(rows, columns=list(_TYPES)).astype(_TYPES)


_TYPES = {
    "series_id": "int64",
    "editions": "int64",
    "cancelled_editions": "int64",
    "first_held": "datetime64[s]",
    "last_held": "datetime64[s]",
    "median_gap": "float64",
    "longest_gap": "float64",
    "held": "Int64",
    "cancelled": "Int64",
    "missed": "Int64",
    "silent": "Int64",
    "share": "float64",
}


def _editions(days: Days, is_held: Flags) -> dict[str, object]:
    gaps = np.diff(days.astype(np.int64))[is_held[1:] & is_held[:-1]]
    # Two editions on one day are no gap.
    gaps = gaps[gaps > 0]
    held = days[is_held]
    return {
        "editions": int(is_held.sum()),
        "cancelled_editions": int((~is_held).sum()),
        "first_held": held[0] if len(held) else None,
        "last_held": held[-1] if len(held) else None,
        "median_gap": float(np.median(gaps)) if len(gaps) else np.nan,
        "longest_gap": float(gaps.max()) if len(gaps) else np.nan,
    }


def _periods(days: Days, is_held: Flags, rhythm: str, until: np.datetime64) -> dict[str, object]:
    if rhythm != WEEKLY and rhythm not in MONTHS:
        return {}
    numbers = _numbers(days, rhythm)
    held = np.unique(numbers[is_held])
    cancelled = np.setdiff1d(numbers, held)
    missed = int(numbers[-1] - numbers[0]) + 1 - len(held) - len(cancelled)
    end = int(_numbers(np.array([until]), rhythm)[0])
    return {
        "held": len(held),
        "cancelled": len(cancelled),
        "missed": missed,
        "silent": max(end - int(numbers[-1]) - 1, 0),
        "share": len(held) / (len(held) + missed) if len(held) + missed else np.nan,
    }


def _numbers(days: Days, rhythm: str) -> Ids:
    """Number the periods of a rhythm, so that those that follow each other have numbers that do."""
    if rhythm == WEEKLY:
        # Day 0 was a Thursday, and weeks begin on Monday.
        return np.asarray((days.astype(np.int64) + 3) // 7)
    return np.asarray(days.astype("datetime64[M]").astype(np.int64) // MONTHS[rhythm])


def trend(years: "pd.Series[int]", values: "pd.Series[float]") -> Trend:
    """Say whether yearly figures rise or fall.

    Formulas: slope = median over all pairs of years of (v_j - v_i) ÷ (t_j - t_i); the direction is that of
    S = Σ sign(v_j - v_i), called clear if its normal approximation (with correction for ties and continuity)
    exceeds 1.96, *steady* otherwise. Below five years *too short*. Unit of the slope: that of the values,
    per year. Missing values are left out. Source: P. K. Sen (1968); H. B. Mann (1945), M. G. Kendall (1975).
    """
    known = values.notna().to_numpy()
    at = years.to_numpy(dtype=np.float64)[known]
    figures = values.to_numpy(dtype=np.float64, na_value=np.nan)[known]
    one, other = np.triu_indices(len(at), k=1)
    steps, between = figures[other] - figures[one], at[other] - at[one]
    if (between == 0).any():
        raise ValueError("Every year can have one figure only.")
    slope = float(np.median(steps / between)) if len(steps) else None
    if len(at) < TREND_FROM:
        return Trend(TOO_SHORT, slope)
    return Trend(_direction(float(np.sign(steps * between).sum()), figures), slope)


def _direction(score: float, figures: NDArray[np.floating]) -> str:
    count, ties = len(figures), np.unique(figures, return_counts=True)[1]
    variance = (count * (count - 1) * (2 * count + 5) - (ties * (ties - 1) * (2 * ties + 5)).sum()) / 18
    if variance <= 0 or abs(score) - 1 <= CLEAR * np.sqrt(variance):
        return STEADY
    return RISING if score > 0 else FALLING
