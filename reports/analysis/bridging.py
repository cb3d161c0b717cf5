"""What falls apart after a cut, and who could hold it together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.sparse import csgraph

from reports.analysis.communities import NO_COMMUNITY
from reports.analysis.network import Ids, Network
from reports.analysis.pairs import blocks, met
from reports.analysis.twomode import TwoMode
from reports.analysis.without import Flags, Remainder, parts_of


@dataclass(frozen=True, eq=False)
class Bridging:
    """Who falls away from the largest part, and who of it could reach them.

    `separated` are the ids of actors who could reach the largest part before and cannot now. `candidates` has
    `actor_id`, `met` (separated actors met before), `common` (common acquaintances with them before) and
    `whom` (ids of the separated actors met), best first. `largest` counts the actors of the largest part
    that is left: where it is one, or nobody, there is no group that anybody could reach. `equals` counts the
    parts of that size, itself included.
    """

    separated: tuple[int, ...]
    candidates: pd.DataFrame
    largest: int
    equals: int


@dataclass(frozen=True, eq=False)
class _Split:
    """The places of the largest part and of those who fell away; how many parts are as large."""

    main: Ids
    apart: Ids
    equals: int


def cut_off(before: TwoMode, left: Remainder, community: Ids) -> pd.DataFrame:
    """List the communities that lose their only bridge.

    A community is *bridged* if a member took part in an event together with somebody who is not a member. It
    loses its only bridge if it was bridged before the cut and is not after it. Actors without a community
    (0) are not members of any. Returns `community` and `members` (who of it is still there, at least one), by
    number. Source: own definition.

    Parameters
    ----------
    community
        The number of each actor of `before`, in the order of its ids.
    """
    lost = _bridged(before, community) & ~_bridged(left.network, community)
    sizes = np.bincount(community[left.present], minlength=len(lost))
    numbers = np.flatnonzero(lost & (sizes > 0))
    numbers = numbers[numbers != NO_COMMUNITY]
    return pd.DataFrame({"community": numbers, "members": sizes[numbers]}, dtype="int64")


def _bridged(network: TwoMode, community: Ids) -> np.ndarray:
    count, size = int(community.max(initial=0)) + 1, len(community)
    belongs = sparse.csr_array((np.ones(size), (community, np.arange(size))), shape=(count, size))
    attendance = sparse.csr_array(belongs @ network.matrix).tocoo()
    mixed = attendance.data < network.actors_per_event[attendance.col]
    bridged = np.zeros(count, dtype=bool)
    bridged[attendance.row[mixed]] = True
    return bridged


def could_bridge(before: TwoMode, left: Remainder, *, most: int = 10) -> Bridging:
    """Name who falls away from the largest part, and who could bring them back.

    *Separated* is who could reach the largest remaining part before the cut and cannot now (of equally large
    parts the one with the smallest id counts). Every actor of that part is a candidate. Formulas, with N(a)
    the actors a had met before the cut and S the separated ones: met = |N(a) ∩ S|; common = Σ over s in S of
    |N(a) ∩ N(s)|. Ranked by met, then common, then id; who has neither is left out. Unit: actors. Source: own
    definition: whoever knows somebody can ring them up, and common acquaintances can introduce.
    """
    ids = before.actor_ids
    split = _split(np.flatnonzero(left.present), parts_of(before), parts_of(left.network))
    main, apart = split.main, split.apart
    if not len(apart) or len(main) < 2:
        return Bridging(tuple(ids[apart].tolist()), _nobody(), len(main), split.equals)
    matrix = before.matrix.astype(bool)
    acquainted = _sums(matrix, _marks(len(ids), apart))
    common = _sums(matrix, acquainted)
    best = _best(main, acquainted, common, most)
    return _bridging(ids, split, best, met(matrix, best["place"].to_numpy()))


def could_bridge_by_ties(before: Network, after: Network, present: Flags, *, most: int = 10) -> Bridging:
    """Do what `could_bridge` does for ties of any kind: two actors have met if there was a tie between them.

    Parameters
    ----------
    before, after
        The same actors before and after the cut.
    present
        Who is still there, in the order of the ids.
    """
    attended = np.flatnonzero(present)
    parts = [csgraph.connected_components(network.weights, directed=False)[1] for network in (before, after)]
    split = _split(attended, *parts)
    main, apart = split.main, split.apart
    if not len(apart) or len(main) < 2:
        return Bridging(tuple(before.ids[apart].tolist()), _nobody(), len(main), split.equals)
    ties = before.without_weights().weights
    acquainted = np.asarray(ties @ _marks(before.size, apart), dtype=np.int64)
    common = np.asarray(ties @ acquainted, dtype=np.int64)
    best = _best(main, acquainted, common, most)
    return _bridging(before.ids, split, best, ties[best["place"].to_numpy()])


def _nobody() -> pd.DataFrame:
    return pd.DataFrame({"actor_id": [], "met": [], "common": [], "whom": []})


def _best(main: Ids, known: Ids, common: Ids, most: int) -> pd.DataFrame:
    """Return the best candidates by their places; who met nobody and shares no contact is left out."""
    candidates = pd.DataFrame({"place": main, "met": known[main], "common": common[main]})
    candidates = candidates[(candidates["met"] > 0) | (candidates["common"] > 0)]
    # Places are in the order of the ids.
    return candidates.sort_values(["met", "common", "place"], ascending=[False, False, True]).head(most)


def _bridging(ids: Ids, split: _Split, best: pd.DataFrame, met_by_best: sparse.csr_array) -> Bridging:
    apart = split.apart
    near = sparse.csr_array(met_by_best[:, apart])
    near.sort_indices()
    parts = np.split(ids[apart[near.indices]], near.indptr[1:-1])[: len(best)]
    table = pd.DataFrame({"actor_id": ids[best["place"]], "met": best["met"], "common": best["common"]})
    table["whom"] = pd.Series([tuple(part.tolist()) for part in parts], dtype="object", index=table.index)
    return Bridging(tuple(ids[apart].tolist()), table.reset_index(drop=True), len(split.main), split.equals)


def _split(attended: Ids, then: Ids, now: Ids) -> _Split:
    """Return the largest part, who fell away from it, and how many parts are as large.

    `attended` is who is still there, `then` and `now` the parts of everybody before and after.
    """
    if not len(attended):
        return _Split(attended, attended, 0)
    _values, first, sizes = np.unique(now[attended], return_index=True, return_counts=True)
    largest = now[attended[first[np.lexsort((first, -sizes))[0]]]]
    main = attended[now[attended] == largest]
    apart = attended[(now[attended] != largest) & (then[attended] == then[main[0]])]
    return _Split(main, apart, int((sizes == sizes.max()).sum()))


def _marks(size: int, places: Ids) -> Ids:
    marks = np.zeros(size, dtype=np.int64)
    marks[places] = 1
    return marks


def _sums(matrix: sparse.csr_array, values: Ids) -> Ids:
    """Sum values over everybody each actor met; only those with a value are looked at."""
    sums = np.zeros(len(values), dtype=np.int64)
    for rows in blocks(matrix, rows=np.flatnonzero(values)):
        sums += values[rows] @ met(matrix, rows).astype(np.int64)
    # Whoever took part in anything has met themselves there; that does not count.
    return np.asarray(sums - values * (np.diff(matrix.indptr) > 0))
