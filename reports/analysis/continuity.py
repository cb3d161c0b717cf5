"""Formats: which of them carry on when the programme ends, and who carries them year by year."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from reports.analysis import schema
from reports.analysis.regularity import HALF_YEARLY, MONTHLY, QUARTERLY, WEEKLY, YEARLY
from reports.analysis.window import held_at

SECURED, IN_HANDOVER, OPEN, ENDS = "secured", "in_handover", "open", "ends"
STATUSES = (SECURED, IN_HANDOVER, OPEN, ENDS)
DECIDED_TO_END = "end"
REACH_MONTHS = 12
AFTERCARE_MONTHS = 24

# How long two rounds of a rhythm last. A format without a rhythm is taken as a yearly one.
TWO_ROUNDS = {
    WEEKLY: pd.DateOffset(weeks=2),
    MONTHLY: pd.DateOffset(months=2),
    QUARTERLY: pd.DateOffset(months=6),
    HALF_YEARLY: pd.DateOffset(months=12),
    YEARLY: pd.DateOffset(months=24),
}

# Why a format has its status. Words are put to these where the report is built.
NO_CARRIER, ONLY_OFFICE, DECISION = "no_carrier", "only_office", "decision"
CARRIER_ENDED, CARRIER_ENDS_EARLY, CARRIER_PAID = "carrier_ended", "carrier_ends_early", "carrier_paid"
NO_CONTACT, CONTACT_ENDED, CONTACT_ENDS_EARLY = "no_contact", "contact_ended", "contact_ends_early"
END_UNKNOWN, ALL_MET = "programme_end_unknown", "all_met"
FUNDING_UNKNOWN, FUNDING_TOO_SHORT = "funding_unknown", "funding_too_short"
SPACE_UNKNOWN, SPACE_TOO_SHORT = "space_unknown", "space_too_short"
NEVER_HELD, LONG_AGO, LED_BY_OFFICE = "never_held", "long_ago", "led_by_office"
# Said beside a status without deciding on it.
NO_AFTERCARE = "no_aftercare"


@dataclass(frozen=True, eq=False)
class Formats:
    """The status of every format on one day.

    `table` has `series_id`, `title`, `carrier_id` (who is to carry it: the future carrier, else the present
    one), `last_held`, `status` and `reasons` (a tuple of codes). `counts` has the number of formats for each
    of the four statuses, `on` is the day.
    """

    table: pd.DataFrame
    counts: dict[str, int]
    on: date

    @property
    def secured_share(self) -> float | None:
        """Secured formats ÷ formats that are not to end deliberately; `None` where there is none."""
        continuing = sum(self.counts.values()) - self.counts[ENDS]
        return self.counts[SECURED] / continuing if continuing else None


@dataclass(frozen=True, eq=False)
class Surroundings:
    """What the status of a format depends on beside the format itself.

    `actors` and `events` are frames of `schema.ACTORS` and `schema.EVENTS`, `dependencies` one of
    `schema.DEPENDENCIES`; `assigned` are the assigned tasks of `tasks.dependency`, over all events.
    """

    actors: pd.DataFrame
    events: pd.DataFrame
    dependencies: pd.DataFrame
    assigned: pd.DataFrame


def formats(series: pd.DataFrame, *, around: Surroundings, programme_end: date | None, on: date) -> Formats:
    """Give every format one of four statuses, with the reasons.

    *Ends* deliberately if so decided. *Open* if there is no carrier, only the office, or one that has
    ended. *Secured* only if all of these hold: the carrier exists until the horizon, twelve months past the
    programme's end, and is not paid by a programme that ends before it; a contact person is named and there
    until the horizon; funding and space reach it; the last edition is not older than twice the rhythm, and
    at the last edition with recorded tasks the office carried no more than half of them. Otherwise *in
    handover*, with everything that is missing. Where no future carrier is named the present one is taken to
    carry on. Whether the carrier has agreed to the tasks is not recorded and not judged. Source: own
    definition (rule 4 of the domain).

    Parameters
    ----------
    series
        Frame of `schema.SERIES`; `carrier_id` is the carrier on the day `on`, dates are half-open.
    programme_end
        First day without the programme; `None` if unknown: then nothing can be called secured.
    on
        The day that the status is told for.
    """
    schema.validate(series, schema.SERIES)
    schema.validate(around.dependencies, schema.DEPENDENCIES)
    day = pd.Timestamp(on)
    horizon = _months_after(programme_end, REACH_MONTHS)
    aftercare = _months_after(programme_end, AFTERCARE_MONTHS)
    rows = _with_surroundings(series, around, day, horizon)
    verdicts = [
        (row.series_id, row.title, row.carrier_id, row.last_held, *_judge(row, day, horizon, aftercare))
        for row in rows.itertuples()
    ]
    names = ["series_id", "title", "carrier_id", "last_held", "status", "reasons"]
    table = pd.DataFrame(verdicts, columns=names)
    table = table.astype(
        {
            "series_id": "int64",
            "title": "str",
            "carrier_id": "Int64",
            "last_held": "datetime64[s]",
            "status": "str",
        }
    )
    return Formats(table, {status: int((table["status"] == status).sum()) for status in STATUSES}, on)


def _months_after(day: date | None, months: int) -> pd.Timestamp | None:
    return None if day is None else pd.Timestamp(day) + pd.DateOffset(months=months)


def _with_surroundings(
    series: pd.DataFrame, around: Surroundings, day: pd.Timestamp, horizon: pd.Timestamp | None
) -> pd.DataFrame:
    """Put beside each format what is known about its carrier and its editions."""
    carriers = series["future_carrier_id"].fillna(series["carrier_id"])
    active_until = around.actors.set_index("actor_id")["active_until"]
    offices = around.actors.loc[around.actors["is_office"], "actor_id"]
    return series.assign(
        carrier_id=carriers,
        is_office=carriers.isin(offices),
        is_paid=carriers.isin(_paid_until_then(around.dependencies, day, horizon)),
        carrier_until=_beside(carriers, active_until),
        contact_until=_beside(series["contact_id"], active_until),
        last_held=_beside(series["series_id"], _last_held(around.events, day)),
        office_share=_beside(series["series_id"], _office_share(around.assigned, day)),
    )


def _beside(keys: pd.Series, values: pd.Series) -> pd.Series:
    """Return the value of each key in its place; empty where there is none."""
    return values.reindex(keys.to_numpy(dtype="float64", na_value=float("nan"))).set_axis(keys.index)


def _paid_until_then(
    dependencies: pd.DataFrame, day: pd.Timestamp, horizon: pd.Timestamp | None
) -> pd.Series:
    """Return whom a programme pays on this day or later, and no longer at the horizon, or nobody knows."""
    until = dependencies["until"]
    lasts = until.isna() | (until > day)
    reaches = (until >= horizon) if horizon is not None else pd.Series(False, index=until.index)
    return dependencies.loc[lasts & ~reaches, "actor_id"]


def _last_held(events: pd.DataFrame, day: pd.Timestamp) -> pd.Series:
    held = events[(events["status"] == schema.HELD) & (events["date"] <= day)].dropna(subset=["series_id"])
    return held.astype({"series_id": "int64"}).groupby("series_id")["date"].max()


def _office_share(assigned: pd.DataFrame, day: pd.Timestamp) -> pd.Series:
    """Return the share of the office in the tasks of the last edition for which any are recorded."""
    rows = assigned[assigned["date"] <= day].dropna(subset=["series_id"]).astype({"series_id": "int64"})
    latest = rows.groupby("series_id")["date"].transform("max")
    return rows[rows["date"] == latest].groupby("series_id")["by_office"].mean()


def _judge(
    row: Any, day: pd.Timestamp, horizon: pd.Timestamp | None, aftercare: pd.Timestamp | None
) -> tuple[str, tuple[str, ...]]:
    if row.decision == DECIDED_TO_END:
        return ENDS, (DECISION,)
    if pd.isna(row.carrier_id):
        return OPEN, (NO_CARRIER,)
    if row.is_office:
        return OPEN, (ONLY_OFFICE,)
    if row.carrier_until <= day:
        return OPEN, (CARRIER_ENDED,)
    missing = (
        *_missing_carrier(row, horizon),
        *_missing_contact(row, day, horizon),
        *_missing_means(row, horizon),
        *_missing_editions(row, day),
    )
    remarks = _remarks(row, horizon, aftercare)
    return (IN_HANDOVER, (*missing, *remarks)) if missing else (SECURED, (ALL_MET, *remarks))


def _missing_carrier(row: Any, horizon: pd.Timestamp | None) -> Iterable[str]:
    if row.is_paid:
        yield CARRIER_PAID
    if horizon is not None and row.carrier_until < horizon:
        yield CARRIER_ENDS_EARLY


def _missing_contact(row: Any, day: pd.Timestamp, horizon: pd.Timestamp | None) -> Iterable[str]:
    if pd.isna(row.contact_id):
        yield NO_CONTACT
    elif row.contact_until <= day:
        yield CONTACT_ENDED
    elif horizon is not None and row.contact_until < horizon:
        yield CONTACT_ENDS_EARLY


def _missing_means(row: Any, horizon: pd.Timestamp | None) -> Iterable[str]:
    if horizon is None:
        yield END_UNKNOWN
        return
    if pd.isna(row.funding_until):
        yield FUNDING_UNKNOWN
    elif row.funding_until < horizon:
        yield FUNDING_TOO_SHORT
    if row.space_permanent:
        return
    if pd.isna(row.space_until):
        yield SPACE_UNKNOWN
    elif row.space_until < horizon:
        yield SPACE_TOO_SHORT


def _missing_editions(row: Any, day: pd.Timestamp) -> Iterable[str]:
    if pd.isna(row.last_held):
        yield NEVER_HELD
    elif row.last_held < day - TWO_ROUNDS.get(row.rhythm, TWO_ROUNDS[YEARLY]):
        yield LONG_AGO
    if row.office_share > 0.5:
        yield LED_BY_OFFICE


def _remarks(row: Any, horizon: pd.Timestamp | None, aftercare: pd.Timestamp | None) -> Iterable[str]:
    if horizon is not None and horizon <= row.funding_until < aftercare:
        yield NO_AFTERCARE


def latest_carriers(holding: pd.DataFrame, *, by: str) -> pd.Series:
    """Return the one carrier of each `by`: of several the one who began last, then the one recorded last.

    Parameters
    ----------
    holding
        Rows of `schema.CARRIERS` that hold on the day in question, in the order in which they were recorded.
    """
    ordered = holding.sort_values("from", na_position="first", kind="stable")
    return ordered.groupby(by)["actor_id"].last()


def formats_by_carrier(events: pd.DataFrame, carriers: pd.DataFrame) -> pd.DataFrame:
    """Say for every year which formats took place and who carried them.

    Returns `year`, `series_id`, `actor_id`, each once: a format with two editions in one year counts once for
    the same carrier. `actor_id` is empty where nobody is recorded as carrier on the day of the edition; of
    several on one day it is `latest_carriers`.
    Events without a series are no format; only held and dated events count. Unit of a count over the rows:
    formats.

    Parameters
    ----------
    events, carriers
        Frames of `schema.EVENTS` and `schema.CARRIERS`.
    """
    schema.validate(events, schema.EVENTS)
    schema.validate(carriers, schema.CARRIERS)
    held = events[events["status"] == schema.HELD].dropna(subset=["series_id", "date"])
    editions = held[["event_id", "series_id", "date"]].astype({"series_id": "int64"})
    editions["year"] = editions["date"].dt.year.astype("int64")
    carried = editions.merge(carriers, on="series_id")
    carried = carried[held_at(carried["from"], carried["until"], carried["date"])]
    joined = editions.assign(actor_id=editions["event_id"].map(latest_carriers(carried, by="event_id")))
    rows = joined[["year", "series_id", "actor_id"]].astype({"actor_id": "Int64"}).drop_duplicates()
    return rows.sort_values(["year", "series_id", "actor_id"], ignore_index=True)
