"""Strong ties: who organises together, carries tasks at the same event, or has a declared relation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from reports.analysis import schema
from reports.analysis.network import Ids
from reports.analysis.pairs import others_met
from reports.analysis.tie_records import Given, collect
from reports.analysis.ties import RELATIONS, STRONG_KINDS, Ties
from reports.analysis.twomode import TwoMode
from reports.analysis.without import wholly_carried
from reports.builders.shared.basis import Basis
from reports.builders.shared.measured import digest, digest_of, kept

# Stands for the strong ties that need neither the office nor its events, where records are asked for.
INDEPENDENT = "independent"


@dataclass(frozen=True, eq=False)
class StrongTies:
    """The two-mode network of actors and what ties them strongly, and the part of the office in it.

    Its records are numbered: the organising side of every event, the tasks of every event, every relation.
    `taken` has `actor_id` and `event_id` (a record): what the office shared in while it was the office.
    `organised` and `carried` are records of the office, `events` the event of each record, -1 for a relation.
    """

    ties: Ties
    network: TwoMode
    taken: pd.DataFrame
    organised: list[int]
    carried: list[int]
    events: Ids


def find_strong_ties(basis: Basis) -> StrongTies:
    """Gather the strong ties of the period."""
    participations = basis.window.participations
    given = Given(
        actors=basis.register.actors,
        events=basis.window.events,
        participations=participations[participations["is_strong"]],
        tasks=basis.frames.tasks,
        relations=basis.frames.relations,
        affiliations=schema.build(schema.AFFILIATIONS, {}),
        contacts=schema.build(schema.CONTACTS, {}),
    )
    ties = collect(given, office_events=basis.office_events).only(STRONG_KINDS)
    ties = ties.within(basis.period.start, basis.period.end)
    events = _events(ties)
    return StrongTies(
        ties=ties,
        network=ties.two_mode(),
        taken=_taken(ties),
        organised=_records_of(events, basis.office_events),
        carried=_records_of(events, wholly_carried(basis.task_dependency.assigned)),
        events=events,
    )


def independent_by_year(strong: StrongTies, years: Iterable[int]) -> dict[int, tuple[int, int]]:
    """Count for every year the strong ties, and those that need neither the office nor its events.

    A relation counts in every year that it touches. Kept for the same ties.
    """
    all_years = list(years)

    def compute() -> list[tuple[int, int]]:
        counts = []
        for year in all_years:
            ties = strong.ties.within(dt.date(year, 1, 1), dt.date(year + 1, 1, 1))
            counts.append((_count(ties), _count(ties.without_office("cancelled"))))
        return counts

    days = [part for each in strong.ties.counted for part in (each.starts, each.ends)]
    own = strong.taken["actor_id"].to_numpy(), strong.taken["event_id"].to_numpy()
    rest = digest_of(
        *(day.astype(np.int64) for day in days), *own, np.array(strong.organised), np.array(all_years)
    )
    size = len(strong.network.actor_ids)
    return dict(
        zip(all_years, kept("independent", digest(strong.network) + rest, compute, size=size), strict=True)
    )


def _count(ties: Ties) -> int:
    return int(others_met(ties.two_mode().matrix.astype(bool)).sum()) // 2


def _events(ties: Ties) -> Ids:
    parts = [
        np.full(len(each.ids), -1, dtype=np.int64) if each.kind == RELATIONS else each.ids
        for each in ties.counted
    ]
    return np.concatenate(parts)


def _records_of(events: Ids, chosen: list[int]) -> list[int]:
    return [int(record) for record in np.flatnonzero(np.isin(events, np.asarray(chosen, dtype=np.int64)))]


def _taken(ties: Ties) -> pd.DataFrame:
    tables, before = [pd.DataFrame({"actor_id": [], "event_id": []}, dtype="int64")], 0
    for each in ties.counted:
        cells = each.matrix.tocoo()
        rows, columns = cells.row.astype(np.int64), cells.col.astype(np.int64)
        own = ties.is_office[rows]
        tables.append(
            pd.DataFrame({"actor_id": ties.actor_ids[rows[own]], "event_id": before + columns[own]})
        )
        before += len(each.ids)
    return pd.concat(tables, ignore_index=True)
