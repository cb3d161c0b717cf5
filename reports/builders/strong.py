"""Strong ties: who organises together, carries tasks at the same event, or has a declared relation."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from reports import frames
from reports.analysis import schema
from reports.analysis.network import Ids
from reports.analysis.tie_records import Given, collect
from reports.analysis.ties import RELATIONS, STRONG_KINDS, Ties
from reports.analysis.twomode import TwoMode
from reports.analysis.without import wholly_carried
from reports.builders.basis import Basis


@dataclass(frozen=True, eq=False)
class StrongTies:
    """The two-mode network of actors and what ties them strongly, and the part of the office in it.

    Its records are numbered: the organising side of every event, the tasks of every event, every relation.
    `taken` has `actor_id` and `event_id` (a record): what the office shared in while it was the office.
    `organised` and `carried` are records of the office, `events` the event of each record, -1 for a relation.
    """

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
        tasks=basis.tasks,
        relations=frames.load_relations(),
        affiliations=schema.build(schema.AFFILIATIONS, {}),
        contacts=schema.build(schema.CONTACTS, {}),
    )
    ties = collect(given, office_events=basis.office_events).only(STRONG_KINDS)
    ties = ties.within(basis.start, basis.end)
    events = _events(ties)
    return StrongTies(
        network=ties.two_mode(),
        taken=_taken(ties),
        organised=_records_of(events, basis.office_events),
        carried=_records_of(events, wholly_carried(basis.task_dependency.assigned)),
        events=events,
    )


def _events(ties: Ties) -> Ids:
    parts = [
        np.full(len(each.ids), -1, dtype=np.int64) if each.kind == RELATIONS else each.ids
        for each in ties.counted
    ]
    return np.concatenate(parts)


def _records_of(events: Ids, chosen: list[int]) -> list[int]:
    return [int(record) for record in np.flatnonzero(np.isin(events, np.asarray(chosen, dtype=np.int64)))]


def _taken(ties: Ties) -> pd.DataFrame:
    found, before = [pd.DataFrame({"actor_id": [], "event_id": []}, dtype="int64")], 0
    for each in ties.counted:
        cells = each.matrix.tocoo()
        rows, columns = cells.row.astype(np.int64), cells.col.astype(np.int64)
        own = ties.was_office(rows, each, columns)
        found.append(pd.DataFrame({"actor_id": ties.actor_ids[rows[own]], "event_id": before + columns[own]}))
        before += len(each.ids)
    return pd.concat(found, ignore_index=True)
