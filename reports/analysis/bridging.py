"""What falls apart after a cut, and who could hold it together."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse

from reports.analysis.communities import NO_COMMUNITY
from reports.analysis.network import Ids
from reports.analysis.pairs import blocks, met
from reports.analysis.twomode import TwoMode
from reports.analysis.without import Remainder, parts_of


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
    main, apart = _parts(before, left)
    ids, empty = before.actor_ids, pd.DataFrame({"actor_id": [], "met": [], "common": [], "whom": []})
    if not len(apart) or len(main) < 2:
        return Bridging(tuple(int(actor) for actor in ids[apart]), empty)
    matrix = before.matrix.astype(bool)
    acquainted = _sums(matrix, _marks(len(ids), apart))
    common = _sums(matrix, acquainted)[main]
    known = acquainted[main]
    order = np.lexsort((ids[main], -common, -known))
    best = order[(known[order] > 0) | (common[order] > 0)][:most]
    near = sparse.csr_array(met(matrix, main[best])[:, apart])
    near.sort_indices()
    parts = np.split(ids[apart[near.indices]], near.indptr[1:-1])[: len(best)]
    whom = [tuple(int(actor) for actor in part) for part in parts]
    table = pd.DataFrame({"actor_id": ids[main[best]], "met": known[best], "common": common[best]})
    table["whom"] = pd.Series(whom, dtype="object")
    return Bridging(tuple(int(actor) for actor in ids[apart]), table)


def _parts(before: TwoMode, left: Remainder) -> tuple[Ids, Ids]:
    """Return the places of the actors of the largest part, and of those who fell away from it."""
    there = np.flatnonzero(left.present)
    if not len(there):
        return there, there
    now = parts_of(left.network)
    _values, first, sizes = np.unique(now[there], return_index=True, return_counts=True)
    largest = now[there[first[np.lexsort((first, -sizes))[0]]]]
    main = there[now[there] == largest]
    then = parts_of(before)
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
