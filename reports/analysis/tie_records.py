"""From frames to the records that tie actors: which actors share in which record, and when."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse

from reports.analysis import schema
from reports.analysis.network import Ids, Numbers
from reports.analysis.ties import (
    AFFILIATIONS,
    ATTENDANCE,
    CONTACTS,
    ORGANISING,
    RELATIONS,
    TASKS,
    Records,
    Ties,
)
from reports.analysis.window import held_at

_ONE_DAY = pd.Timedelta(days=1)
_ENDS = ["source_id", "target_id"]


@dataclass(frozen=True, eq=False)
class Given:
    """The frames that ties are made of; `events` and `participations` hold what counts (`window`)."""

    actors: pd.DataFrame
    events: pd.DataFrame
    participations: pd.DataFrame
    tasks: pd.DataFrame
    relations: pd.DataFrame
    affiliations: pd.DataFrame
    contacts: pd.DataFrame

    def __post_init__(self) -> None:
        for name in ("actors", "events", "participations", "tasks", "relations", "affiliations", "contacts"):
            schema.validate(getattr(self, name), getattr(schema, name.upper()))


def collect(given: Given, *, office_events: Iterable[int] = ()) -> Ties:
    """Gather the records of all kinds.

    Parameters
    ----------
    office_events
        Ids of the events that the office organised.
    """
    actors = given.actors.sort_values("actor_id")
    ids = actors["actor_id"].to_numpy(dtype=np.int64)
    strong = given.participations[given.participations["is_strong"]]
    events = given.events.sort_values("event_id")
    tasks = given.tasks[given.tasks["event_id"].notna() & given.tasks["actor_id"].notna()]
    by_office = np.isin(events["event_id"].to_numpy(), np.fromiter(office_events, dtype=np.int64))
    meetings = (
        _meetings(kind, ids, events, rows, by_office)
        for kind, rows in ((ATTENDANCE, given.participations), (ORGANISING, strong), (TASKS, tasks))
    )
    return Ties(
        actor_ids=ids,
        records=(*meetings, *_declared(ids, given), _contacts(ids, given)),
        is_office=actors["is_office"].to_numpy(dtype=bool),
    )


def _days(values: pd.Series) -> np.ndarray:
    return np.asarray(values.to_numpy(dtype="datetime64[s]"))


def _matrix(ids: Ids, actors: np.ndarray, columns: np.ndarray, width: int) -> sparse.csr_array:
    rows = np.searchsorted(ids, actors)
    pairs = np.unique(rows.astype(np.int64) * max(width, 1) + columns.astype(np.int64))
    cells = (np.ones(len(pairs)), (pairs // max(width, 1), pairs % max(width, 1)))
    matrix = sparse.csr_array(cells, shape=(len(ids), width))
    matrix.sort_indices()
    return matrix


def _meetings(
    kind: str, ids: Ids, events: pd.DataFrame, rows: pd.DataFrame, by_office: np.ndarray
) -> Records:
    known = rows[rows["event_id"].isin(events["event_id"]) & rows["actor_id"].isin(ids)]
    event_ids = events["event_id"].to_numpy(dtype=np.int64)
    columns = np.searchsorted(event_ids, known["event_id"].to_numpy(dtype=np.int64))
    matrix = _matrix(ids, known["actor_id"].to_numpy(dtype=np.int64), columns, len(event_ids))
    others = np.bincount(matrix.indices, minlength=len(event_ids)) - 1
    weights = np.divide(1.0, others, out=np.zeros(len(others)), where=others > 0)
    return Records(
        kind, event_ids, matrix, weights, _days(events["date"]), _days(events["date"] + _ONE_DAY), by_office
    )


def _declared(ids: Ids, given: Given) -> tuple[Records, Records]:
    relations = given.relations.rename(columns={"relation_id": "id"})
    affiliations = given.affiliations.rename(
        columns={"affiliation_id": "id", "person_id": "source_id", "organisation_id": "target_id"}
    )
    affiliations = affiliations.assign(strength=1)
    return _of_two(RELATIONS, ids, relations), _of_two(AFFILIATIONS, ids, affiliations)


def _of_two(kind: str, ids: Ids, rows: pd.DataFrame) -> Records:
    """Make records of rows that name two actors and hold between two dates."""
    known = rows[
        rows["source_id"].isin(ids)
        & rows["target_id"].isin(ids)
        & (rows["source_id"] != rows["target_id"])
        & ~(rows["until"] <= rows["from"])
    ]
    weights = known["strength"].to_numpy(dtype=np.float64)
    return _pairs(kind, ids, known, weights=weights, starts=known["from"], ends=known["until"], lasts=True)


def _pairs(
    kind: str,
    ids: Ids,
    rows: pd.DataFrame,
    *,
    weights: Numbers,
    starts: pd.Series,
    ends: pd.Series,
    lasts: bool = False,
) -> Records:
    count = len(rows)
    actors = rows[_ENDS].to_numpy(dtype=np.int64).ravel()
    matrix = _matrix(ids, actors, np.repeat(np.arange(count), 2), count)
    numbers = rows["id"].to_numpy(dtype=np.int64)
    nobody = np.zeros(count, dtype=bool)
    return Records(kind, numbers, matrix, weights, _days(starts), _days(ends), nobody, lasts)


def _contacts(ids: Ids, given: Given) -> Records:
    """Tie the office of the day to each actor of a contact; without an office there is no tie."""
    offices = given.actors.loc[given.actors["is_office"], ["actor_id", "active_until"]]
    offices = offices.rename(columns={"actor_id": "source_id"})
    days = given.contacts[["contact_id", "date"]].drop_duplicates("contact_id").merge(offices, how="cross")
    # One operator follows the other: the office of a day is the one that ended next after it.
    days["has_ended"] = days["active_until"] <= days["date"]
    days["distance"] = (days["active_until"] - days["date"]).abs()
    order = ["has_ended", "distance", "source_id"]
    then = days.sort_values(order, ascending=[True, True, False], na_position="last", kind="stable")
    host = then.drop_duplicates("contact_id")[["contact_id", "source_id"]]
    rows = given.contacts.merge(host, on="contact_id").rename(
        columns={"contact_id": "id", "actor_id": "target_id"}
    )
    rows = rows[(rows["source_id"] != rows["target_id"]) & rows["target_id"].isin(ids)].drop_duplicates()
    rows = rows.sort_values(["id", "target_id"])
    ends = rows["date"] + _ONE_DAY
    return _pairs(CONTACTS, ids, rows, weights=np.ones(len(rows)), starts=rows["date"], ends=ends)


def counted_for_organisations(
    rows: pd.DataFrame, *, events: pd.DataFrame, affiliations: pd.DataFrame
) -> pd.DataFrame:
    """Count what persons did for the organisation they belonged to on the day of the event.

    Of several affiliations the main contact comes first, then the one that began earliest. Who belonged to no
    organisation that day stays a person; on an unknown day any affiliation holds. `rows` has `actor_id` and
    `event_id` (participations or tasks).
    """
    numbered = rows[["actor_id", "event_id"]].assign(row=np.arange(len(rows)))
    dated = numbered.merge(events[["event_id", "date"]], on="event_id")
    choices = dated.merge(affiliations, left_on="actor_id", right_on="person_id")
    choices = choices[held_at(choices["from"], choices["until"], choices["date"])]
    order = ["row", "is_main_contact", "from", "affiliation_id"]
    best = choices.sort_values(
        order, ascending=[True, False, True, True], na_position="first", kind="stable"
    ).drop_duplicates("row")
    actors = rows["actor_id"].to_numpy(copy=True)
    actors[best["row"].to_numpy()] = best["organisation_id"].to_numpy()
    return rows.assign(actor_id=pd.Series(actors, index=rows.index, dtype=rows["actor_id"].dtype))


def about(topics: pd.DataFrame, codes: Collection[str]) -> set[int]:
    """Return the ids of the records that have one of the topics."""
    return set(topics.loc[topics["topic"].isin(list(codes)), "record_id"].tolist())
