"""What falls apart after a cut, and who could hold it together."""

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
    `actor_id`, `met` (separated actors met before), `common` (common contacts with them before) and `whom`
    (ids of the separated actors met), best first.
    """

    separated: tuple[int, ...]
    candidates: pd.DataFrame


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
    there = sparse.csr_array(belongs @ network.matrix).tocoo()
    mixed = there.data < network.actors_per_event[there.col]
    found = np.zeros(count, dtype=bool)
    found[there.row[mixed]] = True
    return found


def could_bridge(before: TwoMode, left: Remainder, *, most: int = 10) -> Bridging:
    """Name who falls away from the largest part, and who could bring them back.

    *Separated* is who could reach the largest remaining part before the cut and cannot now (of equally large
    parts the one with the smallest id counts). Every actor of that part is a candidate. Formulas, with N(a)
    the actors a had met before the cut and S the separated ones: met = |N(a) ∩ S|; common = Σ over s in S of
    |N(a) ∩ N(s)|. Ranked by met, then common, then id; who has neither is left out. Unit: actors. Source: own
    definition: whoever knows somebody can ring them up, and whoever has common contacts can be introduced.
    """
    ids = before.actor_ids
    main, apart = _apart(np.flatnonzero(left.present), parts_of(before), parts_of(left.network))
    if not len(apart) or len(main) < 2:
        return Bridging(tuple(ids[apart].tolist()), _nobody())
    matrix = before.matrix.astype(bool)
    acquainted = _sums(matrix, _marks(len(ids), apart))
    common = _sums(matrix, acquainted)
    best = _best(main, acquainted, common, most)
    return _bridging(ids, apart, best, met(matrix, best["place"].to_numpy()))


def could_bridge_by_ties(before: Network, after: Network, present: Flags, *, most: int = 10) -> Bridging:
    """Do what `could_bridge` does for ties of any kind: two actors have met if there was a tie between them.

    Parameters
    ----------
    before, after
        The same actors before and after the cut.
    present
        Who is still there, in the order of the ids.
    """
    there = np.flatnonzero(present)
    parts = [csgraph.connected_components(network.weights, directed=False)[1] for network in (before, after)]
    main, apart = _apart(there, *parts)
    if not len(apart) or len(main) < 2:
        return Bridging(tuple(before.ids[apart].tolist()), _nobody())
    ties = before.without_weights().weights
    acquainted = np.asarray(ties @ _marks(before.size, apart), dtype=np.int64)
    common = np.asarray(ties @ acquainted, dtype=np.int64)
    best = _best(main, acquainted, common, most)
    return _bridging(before.ids, apart, best, ties[best["place"].to_numpy()])


def _nobody() -> pd.DataFrame:
    return pd.DataFrame({"actor_id": [], "met": [], "common": [], "whom": []})


def _best(main: Ids, known: Ids, common: Ids, most: int) -> pd.DataFrame:
    """Return the best candidates by their places; who met nobody and shares no contact is left out."""
    found = pd.DataFrame({"place": main, "met": known[main], "common": common[main]})
    found = found[(found["met"] > 0) | (found["common"] > 0)]
    # Places are in the order of the ids.
    return found.sort_values(["met", "common", "place"], ascending=[False, False, True]).head(most)


def _bridging(ids: Ids, apart: Ids, best: pd.DataFrame, met_by_best: sparse.csr_array) -> Bridging:
    near = sparse.csr_array(met_by_best[:, apart])
    near.sort_indices()
    parts = np.split(ids[apart[near.indices]], near.indptr[1:-1])[: len(best)]
    table = pd.DataFrame({"actor_id": ids[best["place"]], "met": best["met"], "common": best["common"]})
    table["whom"] = pd.Series([tuple(part.tolist()) for part in parts], dtype="object", index=table.index)
    return Bridging(tuple(ids[apart].tolist()), table.reset_index(drop=True))


def _apart(there: Ids, then: Ids, now: Ids) -> tuple[Ids, Ids]:
    """Return the places of the actors of the largest part, and of those who fell away from it.

    `there` is who is still there, `then` and `now` the parts of everybody before and after.
    """
    if not len(there):
        return there, there
    _values, first, sizes = np.unique(now[there], return_index=True, return_counts=True)
    largest = now[there[first[np.lexsort((first, -sizes))[0]]]]
    main = there[now[there] == largest]
    return main, there[(now[there] != largest) & (then[there] == then[main[0]])]


def _marks(size: int, places: Ids) -> Ids:
    marks = np.zeros(size, dtype=np.int64)
    marks[places] = 1
    return marks


def _sums(matrix: sparse.csr_array, values: Ids) -> Ids:
    """Sum values over everybody each actor met; only those with a value are looked at."""
    found = np.zeros(len(values), dtype=np.int64)
    for rows in blocks(matrix, rows=np.flatnonzero(values)):
        found += values[rows] @ met(matrix, rows).astype(np.int64)
    # Whoever took part in anything has met themselves there; that does not count.
    return np.asarray(found - values * (np.diff(matrix.indptr) > 0))
