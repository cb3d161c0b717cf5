"""Robustness: how the largest connected group shrinks while actors leave one after the other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.sparse import csgraph

from reports.analysis.network import Ids, Network, Numbers
from reports.analysis.twomode import TwoMode


@dataclass(frozen=True, eq=False)
class Robustness:
    """The curve of one order of leaving.

    `table` has one row for every number of actors gone, from none to all: `gone`, `actor_id` (who left last,
    missing in the first row) and `largest` (actors in the largest component). `r` is `None` without actors.
    """

    table: pd.DataFrame
    r: float | None

    def gone_until(self, share: float) -> int | None:
        """Say after how many actors the largest component has at most this share of all actors."""
        if self.r is None:
            return None
        small = self.table["largest"] <= share * (len(self.table) - 1)
        return int(self.table.loc[small, "gone"].iloc[0])


def robustness(network: Network | TwoMode, order: Iterable[int]) -> Robustness:
    """Take actors out in an order and follow the largest component.

    Formula: R = (1/n) Σ_{q=1..n} S(q), with S(q) the share of all n actors that is in the largest component
    after q of them left. Unit: share, from (n - 1)/n² (a star that loses its centre first) to (n - 1)/(2n)
    (everybody tied to everybody). An isolate lowers every S. A two-mode network gives the curve of its
    projection, without the projection being made: events stay, and only actors are counted. Computed
    backwards, from nobody to everybody, by union and find over a spanning forest. Source: C. M. Schneider et
    al., PNAS 108 (2011) 3838-3841.

    Parameters
    ----------
    order
        The ids of all actors, who leaves first coming first: see `highest_first`, `adaptive_order`,
        `random_order`.

    Raises
    ------
    ValueError
        Where the order is not one of all the actors.
    """
    ids = network.ids if isinstance(network, Network) else network.actor_ids
    leaving = np.fromiter(order, dtype=np.int64)
    if not np.array_equal(np.sort(leaving), ids):
        raise ValueError("The order must name every actor once.")
    turn = np.empty(len(ids), dtype=np.int64)
    turn[np.searchsorted(ids, leaving)] = np.arange(1, len(ids) + 1)
    largest = _largest_by_gone(turn, *_lasting_ties(network, turn))
    table = pd.DataFrame(
        {
            "gone": np.arange(len(ids) + 1),
            "actor_id": pd.array([None, *leaving.tolist()], dtype="Int64"),
            "largest": largest,
        }
    )
    return Robustness(table, float(largest[1:].sum()) / len(ids) ** 2 if len(ids) else None)


def highest_first(ids: Ids, values: Numbers) -> Ids:
    """Order actors by falling score (degree, betweenness), those alike by their ids: a static attack."""
    return np.asarray(ids[np.lexsort((ids, -np.asarray(values)))], dtype=np.int64)


def random_order(ids: Ids, *, seed: int) -> Ids:
    """Shuffle the actors, the same way for the same seed: chance instead of an attack."""
    return np.random.default_rng(seed).permutation(np.sort(ids)).astype(np.int64)


def adaptive_order(network: Network) -> Ids:
    """Order actors so that whoever has most ties among those still there leaves next; those alike by ids."""
    degrees = network.degrees.copy()
    starts, near = network.weights.indptr, network.weights.indices
    order = np.empty(network.size, dtype=np.int64)
    for step in range(network.size):
        actor = int(degrees.argmax())
        order[step] = actor
        degrees[near[starts[actor] : starts[actor + 1]]] -= 1
        # Below everybody who is still there, however often neighbours leave.
        degrees[actor] = -network.size - 1
    return np.asarray(network.ids[order], dtype=np.int64)


def _lasting_ties(network: Network | TwoMode, turn: Ids) -> tuple[Ids, Ids, Ids]:
    """Return the two ends of enough ties, and the turn in which the tie goes: those that last longest first.

    A spanning forest of the ties that last longest connects at every moment what all ties connect.
    """
    if isinstance(network, Network):
        upper = network.upper()
        rows, columns, size = upper.row, upper.col, network.size
        goes = np.minimum(turn[rows], turn[columns])
    else:
        cells = network.matrix.tocoo()
        rows, columns = cells.row, cells.col + len(turn)
        size, goes = len(turn) + len(network.event_ids), turn[cells.row]
    # The forest is one of least weight, and a weight of zero is no tie.
    weights = len(turn) + 1 - goes.astype(np.float64)
    ties = sparse.csr_array((weights, (rows, columns)), shape=(size, size))
    forest = csgraph.minimum_spanning_tree(ties).tocoo() if len(turn) else ties.tocoo()
    order = np.argsort(forest.data, kind="stable")
    goes = len(turn) + 1 - forest.data[order].astype(np.int64)
    return forest.row[order].astype(np.int64), forest.col[order].astype(np.int64), goes


def _largest_by_gone(turn: Ids, rows: Ids, columns: Ids, goes: Ids) -> Ids:
    """Let the actors come back one by one, last gone first, and note the size of the largest component."""
    count = len(turn)
    nodes = max(count, int(max(rows.max(initial=-1), columns.max(initial=-1))) + 1)
    parts = _Parts([1] * count + [0] * (nodes - count))
    largest = np.zeros(count + 1, dtype=np.int64)
    ends = list(zip(rows.tolist(), columns.tolist(), goes.tolist(), strict=True))
    at, most = 0, 0
    for gone in range(count - 1, -1, -1):
        # Whoever leaves in turn gone + 1 is there while only `gone` have left.
        most = max(most, 1)
        while at < len(ends) and ends[at][2] > gone:
            most = max(most, parts.join(ends[at][0], ends[at][1]))
            at += 1
        largest[gone] = most
    return largest


class _Parts:
    """Which nodes hang together, and how many actors each part has."""

    def __init__(self, sizes: list[int]) -> None:
        self._sizes = sizes
        self._above = list(range(len(sizes)))

    def join(self, one: int, other: int) -> int:
        """Join two parts and return how many actors they have together."""
        top, below = self._top(one), self._top(other)
        if top != below:
            if self._sizes[top] < self._sizes[below]:
                top, below = below, top
            self._above[below] = top
            self._sizes[top] += self._sizes[below]
        return self._sizes[top]

    def _top(self, node: int) -> int:
        above = self._above
        while above[node] != node:
            above[node] = above[above[node]]
            node = above[node]
        return node
