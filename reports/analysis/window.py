"""Which records count: held events in a period, and who attended them.

Intervals are half-open: `start` belongs to the period, `end` does not. An event without a date cannot be
placed in a period, so it counts only when no period is chosen; `Window.undated` says how many were left out.
"""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from reports.analysis import schema


@dataclass(frozen=True, eq=False)
class Window:
    """The held events of a period, who attended them, and what was left aside."""

    events: pd.DataFrame
    participations: pd.DataFrame
    undated: int
    cancelled: int


def window(
    events: pd.DataFrame, participations: pd.DataFrame, *, start: date | None = None, end: date | None = None
) -> Window:
    """Keep the held events of a period and the attended participations in them.

    Parameters
    ----------
    events, participations
        Frames of `schema.EVENTS` and `schema.PARTICIPATIONS`.
    start, end
        Half-open period; `None` is open. With both open, undated events count too.

    Returns
    -------
    Window
        `undated` counts held events without a date (left out once a period is chosen), `cancelled` the
        cancelled events of the period. One row per participation; several roles stay several rows.
    """
    schema.validate(events, schema.EVENTS)
    schema.validate(participations, schema.PARTICIPATIONS)
    inside = in_period(events["date"], start, end)
    is_held = events["status"] == schema.HELD
    held = events[is_held & inside].reset_index(drop=True)
    attended = participations[
        (participations["state"] == schema.ATTENDED) & participations["event_id"].isin(held["event_id"])
    ].reset_index(drop=True)
    return Window(
        events=held,
        participations=attended,
        undated=int((is_held & events["date"].isna()).sum()),
        cancelled=int(((events["status"] == schema.CANCELLED) & inside).sum()),
    )


def in_period(dates: pd.Series, start: date | None, end: date | None) -> pd.Series:
    """Say which dates lie in a half-open period; without any period, undated rows do too."""
    inside = pd.Series(True, index=dates.index)
    if start is not None:
        inside &= dates >= pd.Timestamp(start)
    if end is not None:
        inside &= dates < pd.Timestamp(end)
    return inside


def held_at(starts: pd.Series, ends: pd.Series, dates: pd.Series) -> pd.Series:
    """Say row by row whether a date lies in a half-open interval with open ends as NaT.

    A missing date cannot be told apart from the interval and counts as inside: an undated event of the office
    was an event of the office.
    """
    after = starts.isna() | dates.isna() | (dates >= starts)
    before = ends.isna() | dates.isna() | (dates < ends)
    return after & before
