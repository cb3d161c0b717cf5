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
from reports.analysis.network import Network
from reports.analysis.projection import project
from reports.analysis.twomode import TwoMode
from reports.analysis.window import held_at


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


def without(network: TwoMode, *, taken: pd.DataFrame, organised: Iterable[int]) -> Without:
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

    Notes
    -----
    Formulas: share of ties = ties after ÷ ties before, a tie being two actors with at least one common event.
    An actor isolated before is not *newly* isolated. Source: own definition (`analysis.md`, "Without X", S1
    and S2).
    """
    before = project(network, weighting="count")
    dropped = set(organised)
    rest = network.keep_events(event for event in network.event_ids if event not in dropped)
    unorganised = project(rest, weighting="count")
    everyone = np.ones(before.size, dtype=bool)
    thinned, present = _take_out(network, taken)
    return Without(
        before=_standing(before, everyone),
        node_removed=_cut(before, project(thinned, weighting="count"), present),
        events_removed=_cut(before, unorganised, everyone),
        only_through=_only_through(before, unorganised, present),
    )


def _take_out(network: TwoMode, taken: pd.DataFrame) -> tuple[TwoMode, NDArray[np.bool_]]:
    known = taken[taken["actor_id"].isin(network.actor_ids) & taken["event_id"].isin(network.event_ids)]
    rows = np.searchsorted(network.actor_ids, known["actor_id"].to_numpy())
    columns = np.searchsorted(network.event_ids, known["event_id"].to_numpy())
    gone = sparse.csr_array((np.ones(len(known)), (rows, columns)), shape=network.matrix.shape)
    cells = sparse.csr_array(network.matrix - network.matrix.multiply(gone > 0))
    cells.eliminate_zeros()
    thinned = TwoMode(network.actor_ids, network.event_ids, cells)
    is_taken = np.zeros(len(network.actor_ids), dtype=bool)
    is_taken[rows] = True
    return thinned, ~is_taken | (thinned.events_per_actor > 0)


def _cut(before: Network, after: Network, present: NDArray[np.bool_]) -> Cut:
    isolated = (before.degrees > 0) & (after.degrees == 0) & present
    return Cut(
        standing=_standing(after, present),
        share_of_ties=after.tie_count / before.tie_count if before.tie_count else None,
        newly_isolated=tuple(int(actor) for actor in before.ids[isolated]),
    )


def _standing(network: Network, present: NDArray[np.bool_]) -> Standing:
    # Actors taken out have no ties left, so each is a component of its own that must not be counted.
    labels = csgraph.connected_components(network.weights, directed=False)[1] if network.size else network.ids
    sizes = np.unique(labels[present], return_counts=True)[1]
    return Standing(
        actors=int(present.sum()),
        ties=network.tie_count,
        components=len(sizes),
        largest=int(sizes.max(initial=0)),
        isolates=int((network.degrees[present] == 0).sum()),
    )


def _only_through(before: Network, after: Network, present: NDArray[np.bool_]) -> pd.DataFrame:
    kept = after.weights.astype(bool).astype(np.float64)
    lost = sparse.csr_array(before.weights - before.weights.multiply(kept))
    lost.eliminate_zeros()
    ties = Network(before.ids, lost).ties()
    others = before.ids[present]
    ties = ties[ties["source_id"].isin(others) & ties["target_id"].isin(others)]
    ties = ties.rename(columns={"weight": "events"}).astype({"events": "int64"})
    return ties.sort_values(
        ["events", "source_id", "target_id"], ascending=[False, True, True], ignore_index=True
    )
