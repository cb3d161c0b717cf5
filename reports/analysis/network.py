"""A weighted, undirected network of actors, kept sparse."""

from dataclasses import dataclass

import igraph
import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

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
        graph.es["weight"] = upper.data
        return graph

    def without_weights(self) -> "Network":
        """Return the same ties, each with weight 1."""
        binary = self.weights.copy()
        binary.data = np.ones_like(binary.data, dtype=np.float64)
        return Network(self.ids, binary)

    def subset(self, keep: NDArray[np.bool_]) -> "Network":
        """Return the network among some of its actors (a mask in the order of `ids`)."""
        return Network(self.ids[keep], sparse.csr_array(self.weights[keep][:, keep]))

    def strongest(self, limit: int) -> "Network":
        """Keep at most `limit` ties, the strongest ones, without tearing connected actors apart.

        The ties of a maximum spanning forest come first, the rest is filled up by falling weight, equal
        weights in the order of the ids. Only a limit below the size of the forest separates actors.
        """
        if self.tie_count <= limit:
            return self
        upper = self.upper()
        order = np.lexsort((-upper.data, ~self._spanning_forest(upper)))
        keep = np.sort(order[:limit])
        return from_pairs(self.ids, upper.row[keep], upper.col[keep], upper.data[keep])

    def skeleton(self, per_actor: int = 4) -> "Network":
        """Keep for every actor the `per_actor` strongest ties, and what it takes to hold connected actors
        together.
        """
        rows = np.repeat(np.arange(self.size), self.degrees)
        order = np.lexsort((self.weights.indices, -self.weights.data, rows))
        rank = np.arange(len(order)) - np.repeat(self.weights.indptr[:-1], self.degrees)
        chosen = order[rank < per_actor]
        ends = np.sort(np.column_stack([rows[chosen], self.weights.indices[chosen]]), axis=1)
        wanted = np.unique(ends[:, 0].astype(np.int64) * self.size + ends[:, 1])
        upper = self.upper()
        keep = np.isin(upper.row.astype(np.int64) * self.size + upper.col, wanted) | self._spanning_forest(
            upper
        )
        return from_pairs(self.ids, upper.row[keep], upper.col[keep], upper.data[keep])

    def _spanning_forest(self, upper: sparse.coo_array) -> NDArray[np.bool_]:
        # Unique ranks instead of weights: the forest is then the same one on every machine.
        rank = np.empty(len(upper.data), dtype=np.int64)
        rank[np.argsort(-upper.data, kind="stable")] = np.arange(1, len(upper.data) + 1)
        ranked = sparse.csr_array((rank.astype(np.float64), (upper.row, upper.col)), shape=upper.shape)
        tree = sparse.csgraph.minimum_spanning_tree(ranked).tocoo()
        chosen = np.zeros(len(rank) + 1, dtype=bool)
        chosen[tree.data.astype(np.int64)] = True
        return np.asarray(chosen[rank])


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
