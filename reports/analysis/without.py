"""The network without a set of actors, above all without the office: what remains, and what existed through
it.

Two cuts are made. *Node removed*: the office is not there, everybody else still meets. *Events removed*: what
the office organised does not take place. Whoever was the office only between two dates is taken out only
then.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse import csgraph

from reports.analysis import schema
from reports.analysis.network import Ids, Network
from reports.analysis.projection import project
from reports.analysis.twomode import TwoMode
from reports.analysis.window import held_at

Flags = NDArray[np.bool_]
_BLOCK = 2_000


@dataclass(frozen=True)
class Standing:
    """How a network stands: actors, ties, components (isolates included), the largest of them, isolates."""

    actors: int
    ties: int
    components: int
    largest: int
    isolates: int


@dataclass(frozen=True)
class Cut:
    """A network after a cut.

    `share_of_ties` is the ties that remain ÷ the ties before, `None` where there were none. `newly_isolated`
    are the ids of actors who had a tie before and have none now, those taken out not among them.
    """

    standing: Standing
    share_of_ties: float | None
    newly_isolated: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Without:
    """The network before, after both cuts, and the ties between others that hang on the organised events.

    `only_through` has `source_id`, `target_id` and `events` (how many they had in common, every one organised
    by the set), most first.
    """

    before: Standing
    node_removed: Cut
    events_removed: Cut
    only_through: pd.DataFrame


def taken_part(participations: pd.DataFrame, events: pd.DataFrame, actors: pd.DataFrame) -> pd.DataFrame:
    """Return the participations of a set of actors that fall into the time they belong to the set.

    `actors` has `actor_id`, `office_from` and `office_until` (half-open, NaT is open). An undated event
    counts as inside.
    """
    schema.validate(participations, schema.PARTICIPATIONS)
    dated = participations.merge(events[["event_id", "date"]], on="event_id")
    spans = dated.merge(actors[["actor_id", "office_from", "office_until"]], on="actor_id")
    inside = held_at(spans["office_from"], spans["office_until"], spans["date"])
    return spans.loc[inside, list(participations.columns)].reset_index(drop=True)


def without(
    network: TwoMode, *, taken: pd.DataFrame, organised: Iterable[int], ties: Network | None = None
) -> Without:
    """Compare the network with itself after taking participations out and after dropping events.

    Parameters
    ----------
    network
        The two-mode network of everybody.
    taken
        `actor_id`, `event_id`: the participations of the set (see `taken_part`). Actors left with none are
        removed.
    organised
        Ids of the events the set organised.
    ties
        The projection of `network` with any weights, where it is at hand.

    Notes
    -----
    Formulas: share of ties = ties after ÷ ties before, a tie being two actors with at least one common event.
    An actor isolated before is not *newly* isolated. Source: own definition ("Without X" of the analysis,
    cuts S1 and S2).
    """
    degrees = (ties or project(network, weighting="count")).degrees
    everyone = np.ones(len(degrees), dtype=bool)
    thinned, present = _take_out(network, taken)
    dropped = np.isin(network.event_ids, np.fromiter(organised, dtype=np.int64))
    rest = sparse.csr_array(network.matrix[:, ~dropped])
    lost = _pairs_only_in(sparse.csr_array(network.matrix[:, dropped]), rest)
    lost_with_node = _pairs_only_in(network.matrix, thinned, touching=_rows_changed(network.matrix, thinned))
    return Without(
        before=_standing(network.matrix, degrees, everyone),
        node_removed=_cut(network.actor_ids, thinned, degrees, lost_with_node, present),
        events_removed=_cut(network.actor_ids, rest, degrees, lost, everyone),
        only_through=_only_through(network.actor_ids, lost, present),
    )


def _take_out(network: TwoMode, taken: pd.DataFrame) -> tuple[sparse.csr_array, Flags]:
    """Return the matrix without some participations, and who is still there."""
    known = taken[taken["actor_id"].isin(network.actor_ids) & taken["event_id"].isin(network.event_ids)]
    rows = np.searchsorted(network.actor_ids, known["actor_id"].to_numpy())
    columns = np.searchsorted(network.event_ids, known["event_id"].to_numpy())
    gone = sparse.csr_array((np.ones(len(known)), (rows, columns)), shape=network.matrix.shape)
    thinned = sparse.csr_array(network.matrix - network.matrix.multiply(gone > 0))
    thinned.eliminate_zeros()
    is_taken = np.zeros(len(network.actor_ids), dtype=bool)
    is_taken[rows] = True
    return thinned, ~is_taken | (np.diff(thinned.indptr) > 0)


def _rows_changed(before: sparse.csr_array, after: sparse.csr_array) -> Ids:
    return np.flatnonzero(np.diff(before.indptr) != np.diff(after.indptr)).astype(np.int64)


def _pairs_only_in(
    meetings: sparse.csr_array, others: sparse.csr_array, *, touching: Ids | None = None
) -> pd.DataFrame:
    """Return the pairs of rows that meet in one matrix and not in the other, each once, with how often they
    meet.

    Rows are taken in blocks, so that the need for memory does not grow with the number of ties.
    """
    rows = np.flatnonzero(np.diff(meetings.indptr)) if touching is None else touching
    found = [_block(meetings, others, rows[at : at + _BLOCK]) for at in range(0, len(rows), _BLOCK)]
    pairs = np.concatenate([np.zeros((0, 3), dtype=np.int64), *found])
    lower, upper = np.minimum(pairs[:, 0], pairs[:, 1]), np.maximum(pairs[:, 0], pairs[:, 1])
    table = pd.DataFrame({"row": lower, "column": upper, "events": pairs[:, 2]})
    distinct: pd.DataFrame = table[lower < upper].drop_duplicates(["row", "column"])
    return distinct


def _block(meetings: sparse.csr_array, others: sparse.csr_array, rows: Ids) -> NDArray[np.int64]:
    met = sparse.csr_array(meetings[rows] @ meetings.T)
    elsewhere = sparse.csr_array(others[rows] @ others.T)
    lost = sparse.csr_array(met - met.multiply(elsewhere > 0)).tocoo()
    some = lost.data > 0
    return np.column_stack([rows[lost.row[some]], lost.col[some], lost.data[some]]).astype(np.int64)


def _cut(ids: Ids, after: sparse.csr_array, degrees: Ids, lost: pd.DataFrame, present: Flags) -> Cut:
    ends = np.concatenate([lost["row"].to_numpy(), lost["column"].to_numpy()])
    remaining = degrees - np.bincount(ends, minlength=len(degrees))
    before = int(degrees.sum()) // 2
    return Cut(
        standing=_standing(after, remaining, present),
        share_of_ties=1 - len(lost) / before if before else None,
        newly_isolated=tuple(int(actor) for actor in ids[(degrees > 0) & (remaining == 0) & present]),
    )


def _standing(matrix: sparse.csr_array, degrees: Ids, present: Flags) -> Standing:
    # Actors taken out would each be a component of their own, and so would the events; neither counts here.
    both = sparse.block_array([[None, matrix], [matrix.T, None]], format="csr")
    labels = (
        csgraph.connected_components(both, directed=False)[1][: len(degrees)] if len(degrees) else degrees
    )
    sizes = np.unique(labels[present], return_counts=True)[1]
    return Standing(
        actors=int(present.sum()),
        ties=int(degrees.sum()) // 2,
        components=len(sizes),
        largest=int(sizes.max(initial=0)),
        isolates=int((degrees[present] == 0).sum()),
    )


def _only_through(ids: Ids, lost: pd.DataFrame, present: Flags) -> pd.DataFrame:
    among = lost[present[lost["row"]] & present[lost["column"]]]
    table = pd.DataFrame(
        {
            "source_id": ids[among["row"]],
            "target_id": ids[among["column"]],
            "events": among["events"].to_numpy(),
        }
    )
    order = ["events", "source_id", "target_id"]
    return table.sort_values(order, ascending=[False, True, True], ignore_index=True)
