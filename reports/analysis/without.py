"""The network without a set of actors, above all without the office: what remains, and what existed through
it.

Three cuts are made. *Node removed* (S1): the set is not there, everybody else still meets. *Events removed*
(S2): what the set organised does not take place. *Both removed* (S3): neither, and no event either at which
the set carried every task.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse import csgraph

from reports.analysis.network import Ids, Network
from reports.analysis.only_through import OnlyThrough, only_through
from reports.analysis.pairs import others_met
from reports.analysis.twomode import TwoMode

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Standing:
    """How a network stands: actors, ties, components (isolates included), the largest of them, isolates."""

    actors: int
    ties: int
    components: int
    largest: int
    isolates: int


@dataclass(frozen=True, eq=False)
class Remainder:
    """What a cut leaves: everybody with what they still take part in, and who is still there (`present`)."""

    network: TwoMode
    present: Flags


@dataclass(frozen=True, eq=False)
class Cut:
    """A network after a cut.

    `share_of_ties` is the ties that remain ÷ the ties before, `None` where there were none. `newly_isolated`
    are the ids of actors who had a tie before and have none now, those taken out not among them.
    """

    standing: Standing
    share_of_ties: float | None
    newly_isolated: tuple[int, ...]
    remainder: Remainder


@dataclass(frozen=True, eq=False)
class Without:
    """The network before, after the three cuts, and the ties between others that hang on organised events."""

    before: Standing
    node_removed: Cut
    events_removed: Cut
    both_removed: Cut
    only_through: OnlyThrough


def taken_whole(network: TwoMode, actor_ids: Iterable[int]) -> pd.DataFrame:
    """Return everything some actors took part in, at whatever time, as `without` wants it."""
    rows = np.flatnonzero(np.isin(network.actor_ids, np.fromiter(actor_ids, dtype=np.int64)))
    part = sparse.csr_array(network.matrix[rows])
    actors = np.repeat(network.actor_ids[rows], np.diff(part.indptr))
    return pd.DataFrame({"actor_id": actors, "event_id": network.event_ids[part.indices]})


def wholly_carried(assigned: pd.DataFrame) -> list[int]:
    """Return the events at which the office carried every task that was assigned.

    `assigned` is that of `tasks.dependency`: `event_id` and `by_office`, one row per assigned task.
    """
    alone = assigned.groupby("event_id")["by_office"].all()
    return [int(event) for event in alone.index[alone]]


def without(
    network: TwoMode,
    *,
    taken: pd.DataFrame,
    organised: Iterable[int],
    carried: Iterable[int] = (),
    ties: Network | None = None,
) -> Without:
    """Compare the network with itself after taking participations out and after dropping events.

    Parameters
    ----------
    network
        The two-mode network of everybody.
    taken
        `actor_id`, `event_id`: the participations of the set (see `taken_whole`). Actors left
        with none are removed.
    organised
        Ids of the events the set organised.
    carried
        Ids of the events at which the set carried every task (see `wholly_carried`); for S3 only.
    ties
        The projection of `network` with any weights, where it is at hand.

    Notes
    -----
    Formulas: share of ties = ties after ÷ ties before, a tie being two actors with at least one common event.
    An actor isolated before is not *newly* isolated. Ties are counted without ever listing them all. Source:
    own definition ("Without X" of the analysis, cuts S1 to S3).
    """
    degrees = ties.degrees if ties is not None else others_met(network.matrix.astype(bool))
    dropped = list(organised)
    nobody = taken.iloc[:0]
    both = remainder(network, taken=taken, dropped=[*dropped, *carried])
    node = remainder(network, taken=taken, dropped=[])
    return Without(
        before=_standing(network, degrees, np.ones(len(degrees), dtype=bool)),
        node_removed=_cut(node, degrees),
        events_removed=_cut(remainder(network, taken=nobody, dropped=dropped), degrees),
        both_removed=_cut(both, degrees),
        only_through=only_through(node.network, dropped),
    )


def remainder(network: TwoMode, *, taken: pd.DataFrame, dropped: Iterable[int]) -> Remainder:
    """Take participations out and drop events; the actors stay in their order, with nothing left to some."""
    known = taken[taken["actor_id"].isin(network.actor_ids) & taken["event_id"].isin(network.event_ids)]
    rows = np.searchsorted(network.actor_ids, known["actor_id"].to_numpy())
    columns = np.searchsorted(network.event_ids, known["event_id"].to_numpy())
    gone = sparse.csr_array((np.ones(len(known)), (rows, columns)), shape=network.matrix.shape)
    thinned = sparse.csr_array(network.matrix - network.matrix.multiply(gone > 0))
    thinned.eliminate_zeros()
    is_taken = np.zeros(len(network.actor_ids), dtype=bool)
    is_taken[rows] = True
    present = ~is_taken | (np.diff(thinned.indptr) > 0)
    keep = ~np.isin(network.event_ids, np.fromiter(dropped, dtype=np.int64))
    left = sparse.csr_array(thinned[:, keep])
    return Remainder(TwoMode(network.actor_ids, network.event_ids[keep], left), present)


def _cut(left: Remainder, degrees: Ids) -> Cut:
    remaining = others_met(left.network.matrix.astype(bool))
    alone = (degrees > 0) & (remaining == 0) & left.present
    before, after = int(degrees.sum()), int(remaining.sum())
    return Cut(
        standing=_standing(left.network, remaining, left.present),
        share_of_ties=after / before if before else None,
        newly_isolated=tuple(int(actor) for actor in left.network.actor_ids[alone]),
        remainder=left,
    )


def _standing(network: TwoMode, degrees: Ids, present: Flags) -> Standing:
    sizes = np.unique(parts_of(network)[present], return_counts=True)[1]
    return Standing(
        actors=int(present.sum()),
        ties=int(degrees.sum()) // 2,
        components=len(sizes),
        largest=int(sizes.max(initial=0)),
        isolates=int((degrees[present] == 0).sum()),
    )


def parts_of(network: TwoMode) -> Ids:
    """Number the components the actors belong to, in no particular order."""
    if not len(network.actor_ids):
        return np.zeros(0, dtype=np.int64)
    size = sum(network.matrix.shape)
    # Events have no rows of their own: ties count in both directions.
    ends = np.full(network.matrix.shape[1], network.matrix.nnz)
    cells = network.matrix.data, network.matrix.indices + len(network.actor_ids)
    both = sparse.csr_array((*cells, np.append(network.matrix.indptr, ends)), shape=(size, size))
    labels = csgraph.connected_components(both, directed=False)[1]
    return np.asarray(labels[: len(network.actor_ids)], dtype=np.int64)
