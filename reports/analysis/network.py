"""A weighted, undirected network of actors, kept sparse."""

from dataclasses import dataclass
from itertools import pairwise

import igraph
import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse import csgraph

Ids = NDArray[np.int64]
Numbers = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Network:
    """Actors in ascending order of their ids, and the symmetric weights of their ties (no self-ties)."""

    ids: Ids
    weights: sparse.csr_array

    @property
    def size(self) -> int:
        return len(self.ids)

    @property
    def tie_count(self) -> int:
        return int(self.weights.nnz // 2)

    @property
    def degrees(self) -> Ids:
        """Count the ties of each actor."""
        return np.asarray(np.diff(self.weights.indptr), dtype=np.int64)

    def upper(self) -> sparse.coo_array:
        """Return every tie once, ordered by its two actors."""
        return sparse.triu(self.weights, k=1, format="csr").tocoo()

    def ties(self) -> pd.DataFrame:
        """Return one row per tie (`source_id` < `target_id`), ordered by the two ids."""
        upper = self.upper()
        return pd.DataFrame(
            {
                "source_id": self.ids[upper.row],
                "target_id": self.ids[upper.col],
                "weight": upper.data.astype(np.float64),
            }
        )

    def graph(self) -> igraph.Graph:
        """Return the network as an igraph graph whose edges carry `weight`."""
        upper = self.upper()
        graph = igraph.Graph(n=self.size, edges=np.column_stack([upper.row, upper.col]))
        graph.es["weight"] = upper.data.tolist()
        return graph

    def without_weights(self) -> "Network":
        """Return the same ties, each with weight 1."""
        binary = self.weights.copy()
        binary.data = np.ones_like(binary.data, dtype=np.float64)
        return Network(self.ids, binary)

    def subset(self, keep: NDArray[np.bool_]) -> "Network":
        """Return the network among some of its actors (a mask in the order of `ids`)."""
        return Network(self.ids[keep], sparse.csr_array(self.weights[keep][:, keep]))

    def at_least(self, weight: float) -> "Network":
        """Return the same actors with only the ties of at least this weight."""
        weights = self.weights.copy()
        weights.data[weights.data < weight] = 0
        weights.eliminate_zeros()
        return Network(self.ids, weights)

    def strongest(self, limit: int) -> "Network":
        """Keep at most `limit` ties, the strongest ones, without tearing connected actors apart.

        Every actor's strongest tie and what holds the components together come first (where `limit` leaves
        room), the rest is filled up by falling weight, equal weights in the order of the ids.
        """
        if self.tie_count <= limit:
            return self
        upper = self.upper()
        keys = self._keys(upper.row, upper.col)
        held = np.isin(keys, self._skeleton_keys(1))
        keep = held if held.sum() <= limit else np.zeros(len(keys), dtype=bool)
        free = np.flatnonzero(~keep)
        keep[free[_largest(upper.data[free], limit - int(keep.sum()))]] = True
        return from_pairs(self.ids, upper.row[keep], upper.col[keep], upper.data[keep])

    def skeleton(self, per_actor: int = 4) -> "Network":
        """Keep for every actor the `per_actor` strongest ties, and what it takes to hold connected actors
        together.

        Of equally strong ties those to actors with smaller ids are kept. The components stay what they are.
        """
        keys = self._skeleton_keys(per_actor)
        rows, columns = keys // max(self.size, 1), keys % max(self.size, 1)
        weights = np.asarray(self.weights[rows, columns]).ravel() if len(keys) else np.zeros(0)
        return from_pairs(self.ids, rows, columns, weights)

    def _skeleton_keys(self, per_actor: int) -> Ids:
        starts, near = self.weights.indptr, self.weights.indices
        chosen = [
            start + _largest(self.weights.data[start:end], per_actor) for start, end in pairwise(starts)
        ]
        at = np.concatenate(chosen) if chosen else np.zeros(0, dtype=np.int64)
        rows = np.repeat(np.arange(self.size), [len(part) for part in chosen])
        keys = np.unique(self._keys(np.minimum(rows, near[at]), np.maximum(rows, near[at])))
        return np.union1d(keys, self._links_between(keys))

    def _links_between(self, keys: Ids) -> Ids:
        """Find the strongest ties that join what the chosen ties leave apart."""
        ends = keys // max(self.size, 1), keys % max(self.size, 1)
        chosen = sparse.csr_array((np.ones(len(keys)), ends), shape=self.weights.shape)
        if self.size == 0:
            return keys
        count, part = csgraph.connected_components(chosen, directed=False)
        rows = np.repeat(np.arange(self.size, dtype=np.int32), self.degrees)
        between = np.flatnonzero(part[rows] < part[self.weights.indices])
        rows, columns = rows[between], self.weights.indices[between]
        order = np.lexsort((columns, rows, -self.weights.data[between]))
        pairs = self._keys(part[rows], part[columns])[order]
        first = np.sort(np.unique(pairs, return_index=True)[1])
        rank = np.arange(1, len(first) + 1, dtype=np.float64)
        best = order[first]
        joins = sparse.csr_array((rank, (part[rows[best]], part[columns[best]])), shape=(count, count))
        used = best[csgraph.minimum_spanning_tree(joins).data.astype(np.int64) - 1]
        return self._keys(np.minimum(rows[used], columns[used]), np.maximum(rows[used], columns[used]))

    def _keys(self, rows: Ids, columns: Ids) -> Ids:
        return rows.astype(np.int64) * self.size + columns


def _largest(values: Numbers, count: int) -> Ids:
    """Return the positions of the `count` largest values, of equal ones the first, in ascending order."""
    if len(values) <= count or count <= 0:
        return np.arange(len(values) if count > 0 else 0)
    least = np.partition(values, len(values) - count)[len(values) - count]
    above = np.flatnonzero(values > least)
    return np.sort(np.concatenate([above, np.flatnonzero(values == least)[: count - len(above)]]))


def from_pairs(ids: Ids, rows: Ids, columns: Ids, weights: Numbers) -> Network:
    """Build a network from positions of the two ends (each tie given once) and weights."""
    size = len(ids)
    half = sparse.coo_array((np.asarray(weights, dtype=np.float64), (rows, columns)), shape=(size, size))
    full = sparse.csr_array(half + half.T)
    full.sort_indices()
    return Network(np.asarray(ids, dtype=np.int64), full)


def from_ties(ids: Ids, ties: pd.DataFrame) -> Network:
    """Build a network from a frame of `source_id`, `target_id`, `weight`; ids without ties are isolates."""
    ordered = np.unique(np.asarray(ids, dtype=np.int64))
    rows = np.searchsorted(ordered, ties["source_id"].to_numpy())
    columns = np.searchsorted(ordered, ties["target_id"].to_numpy())
    return from_pairs(ordered, rows, columns, ties["weight"].to_numpy(dtype=np.float64))
