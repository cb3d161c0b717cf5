"""Formats: which of them carry on when the programme ends, and who carries them year by year."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from reports.analysis import schema
from reports.analysis.window import held_at

SECURED, IN_HANDOVER, OPEN, ENDS = "secured", "in_handover", "open", "ends"
STATUSES = (SECURED, IN_HANDOVER, OPEN, ENDS)
DECIDED_TO_END = "end"
REACH_MONTHS = 12

# Why a format has its status. Words are put to these where the report is built.
NO_CARRIER, ONLY_OFFICE, DECISION = "no_carrier", "only_office", "decision"
NO_CONTACT, END_UNKNOWN, ALL_MET = "no_contact", "programme_end_unknown", "all_met"
FUNDING_UNKNOWN, FUNDING_TOO_SHORT = "funding_unknown", "funding_too_short"
SPACE_UNKNOWN, SPACE_TOO_SHORT = "space_unknown", "space_too_short"
CARRIER_PAID = "carrier_programme_paid"


@dataclass(frozen=True, eq=False)
class Formats:
    """The status of every format.

    `table` has `series_id`, `title`, `carrier_id` (who is to carry it: the future carrier, else the present
    one), `status` and `reasons` (a tuple of codes). `counts` has the number of formats for each of the four
    statuses.
    """

    table: pd.DataFrame
    counts: dict[str, int]

    @property
    def secured_share(self) -> float | None:
        """Secured formats ÷ formats that are not to end deliberately; `None` where there is none."""
        continuing = sum(self.counts.values()) - self.counts[ENDS]
        return self.counts[SECURED] / continuing if continuing else None


def formats(
    series: pd.DataFrame, *, office_ids: Iterable[int], paid_ids: Iterable[int], programme_end: date | None
) -> Formats:
    """Give every format one of four statuses, with the reasons.

    *Ends* deliberately if so decided. *Open* if there is no carrier or only the office. *Secured* only if the
    carrier is not the office, a contact person is named, and funding and space reach at least twelve months
    past the programme's end. Otherwise *in handover*, with everything that is missing. Where no future
    carrier is named the present one is taken to carry on. A carrier that is itself paid by the programme is
    noted as one more reason, since the rule alone would not show it. Source: own definition (rule 4 of the
    domain).

    Parameters
    ----------
    series
        Frame of `schema.SERIES`; `carrier_id` is the present carrier, dates are half-open.
    office_ids, paid_ids
        Actors that are the office, and other actors paid by a programme.
    programme_end
        First day without the programme; `None` if unknown: then nothing can be called secured.
    """
    schema.validate(series, schema.SERIES)
    offices, paid = set(office_ids), set(paid_ids)
    verdicts = []
    carriers = series["future_carrier_id"].fillna(series["carrier_id"])
    for row in series.assign(carrier_id=carriers, is_paid=carriers.isin(paid - offices)).itertuples():
        status, reasons = _judge(row, offices, programme_end)
        if row.is_paid and status != ENDS:
            reasons = (*reasons, CARRIER_PAID)
        verdicts.append((row.series_id, row.title, row.carrier_id, status, reasons))
    table = pd.DataFrame(verdicts, columns=["series_id", "title", "carrier_id", "status", "reasons"])
    table = table.astype({"series_id": "int64", "title": "str", "carrier_id": "Int64", "status": "str"})
    return Formats(table, {status: int((table["status"] == status).sum()) for status in STATUSES})


def _judge(row: Any, offices: set[int], programme_end: date | None) -> tuple[str, tuple[str, ...]]:
    if row.decision == DECIDED_TO_END:
        return ENDS, (DECISION,)
    if pd.isna(row.carrier_id):
        return OPEN, (NO_CARRIER,)
    if row.carrier_id in offices:
        return OPEN, (ONLY_OFFICE,)
    missing = tuple(_missing(row, programme_end))
    return (IN_HANDOVER, missing) if missing else (SECURED, (ALL_MET,))


def _missing(row: Any, programme_end: date | None) -> Iterable[str]:
    if not row.has_contact:
        yield NO_CONTACT
    if programme_end is None:
        yield END_UNKNOWN
        return
    horizon = pd.Timestamp(programme_end) + pd.DateOffset(months=REACH_MONTHS)
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


def formats_by_carrier(events: pd.DataFrame, carriers: pd.DataFrame) -> pd.DataFrame:
    """Say for every year which formats took place and who carried them.

    Returns `year`, `series_id`, `actor_id`, each once: a format with two editions in one year counts once for
    the same carrier. `actor_id` is empty where nobody is recorded as carrier on the day of the edition.
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
    joined = editions.merge(carried[["event_id", "actor_id"]], on="event_id", how="left")
    rows = joined[["year", "series_id", "actor_id"]].astype({"actor_id": "Int64"}).drop_duplicates()
    return rows.sort_values(["year", "series_id", "actor_id"], ignore_index=True)
