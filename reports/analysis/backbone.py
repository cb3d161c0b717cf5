"""The backbone: ties of two actors who met more often than chance would have it.

Chance is what the bipartite configuration model makes of it: every actor keeps, on average, the number of its
events, and every event the number of its actors, and nothing else is known. Two who come to everything meet
often without being tied; two who rarely come and then come together are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse

from reports.analysis.bicm import fit
from reports.analysis.blocks import product_costs, row_blocks
from reports.analysis.chances import CommonEvents
from reports.analysis.network import Ids, Network, Numbers, from_pairs
from reports.analysis.twomode import TwoMode

MOST_TIES = 200_000


@dataclass(frozen=True, eq=False)
class Backbone:
    """The ties of the backbone, and what was tested.

    `ties` has `source_id` < `target_id`, `events` (how many they have in common) and `p`, in the order of the
    ids. `of` counts the ties of the projection, `tested` those with at least `minimum` common events, and
    `significant` those with p ≤ `alpha`. There may be none: then no tie is stronger than chance. `ties` holds
    fewer than `significant` only where there were too many to be kept.
    """

    ids: Ids
    ties: pd.DataFrame
    alpha: float
    minimum: int
    of: int
    tested: int
    significant: int

    @property
    def kept(self) -> int:
        """How many ties the backbone has."""
        return len(self.ties)

    @property
    def is_cut(self) -> bool:
        """Whether more ties are significant than could be kept."""
        return self.kept < self.significant

    def network(self) -> Network:
        """Return the backbone as a network of all actors, weighted by the number of common events."""
        return from_pairs(
            self.ids,
            np.searchsorted(self.ids, self.ties["source_id"].to_numpy()),
            np.searchsorted(self.ids, self.ties["target_id"].to_numpy()),
            self.ties["events"].to_numpy(dtype=np.float64),
        )


def backbone(
    network: TwoMode, *, alpha: float = 0.05, minimum: int = 1, most_ties: int = MOST_TIES
) -> Backbone:
    """Keep the ties that are stronger than chance (stochastic degree sequence model).

    Formula: p_ij = P(X ≥ number of common events), X the sum over the events k of independent draws with
    probability q_k = π_ik π_jk, with π from the bipartite configuration model (`bicm.fit`). One-tailed; a tie
    stays at p ≤ `alpha`. The distribution of X (Poisson binomial) is computed by a discrete Fourier transform
    of its characteristic function to within 1e-12, for large and small alike; nothing is approximated by a
    normal distribution. No correction for the number of ties tested: at α = 0.05 one in twenty ties made by
    chance alone may stay. An isolate has no tie and changes no other's.

    Two actors who came once each, to the same event, pass the test easily, because chance would have spread
    them. `minimum` = 2 leaves out such ties (they are then not tested, and `tested` says so).

    Only pairs with a common event are looked at, a few million at a time, never a matrix of all pairs. One
    event of 3,000 participants makes 4.5 million such pairs: all are tested, but at most `most_ties` are
    kept, those with the smallest p. Where pairs with the same p straddle that limit none of them is kept, for
    want of a reason to prefer some. Source: Z. P. Neal, Social Networks 39 (2014) 84-97; F. Saracco et al.,
    Sci. Rep. 5, 10595 (2015).
    """
    model = fit(network.events_per_actor, network.actors_per_event)
    sieve = _Sieve(alpha, most_ties)
    chances = CommonEvents(model)
    for meetings in _meetings(network.matrix):
        enough = meetings[2] >= minimum
        rows, columns, events = (part[enough] for part in meetings)
        sieve.of += len(enough)
        sieve.add(rows, columns, events, chances.at_least(rows, columns, events))
    table = sieve.table(network.actor_ids)
    return Backbone(network.actor_ids, table, alpha, minimum, sieve.of, sieve.tested, sieve.significant)


def _meetings(matrix: sparse.csr_array) -> Iterator[tuple[Ids, Ids, Ids]]:
    """Yield the pairs of rows with a common column, each once, and how many they have, block by block."""
    turned = sparse.csr_array(matrix.T)
    for block in row_blocks(product_costs(matrix, turned)):
        counts = sparse.csr_array(sparse.csr_array(matrix[block]) @ turned).tocoo()
        rows = counts.row.astype(np.int64) + block.start
        later = counts.col > rows
        yield rows[later], counts.col[later].astype(np.int64), np.rint(counts.data[later]).astype(np.int64)


class _Sieve:
    """Collects significant ties, and forgets the least of them where there are too many."""

    def __init__(self, alpha: float, most: int) -> None:
        self._alpha, self._most = alpha, most
        self._parts: list[pd.DataFrame] = []
        self._held, self._limit = 0, np.inf
        self.of = self.tested = self.significant = 0

    def add(self, rows: Ids, columns: Ids, events: Ids, p: Numbers) -> None:
        """Take in the tested ties of one block."""
        self.tested += len(p)
        self.significant += int((p <= self._alpha).sum())
        keep = (p <= self._alpha) & (p < self._limit)
        part = {"row": rows[keep], "column": columns[keep], "events": events[keep], "p": p[keep]}
        self._parts.append(pd.DataFrame(part))
        self._held += int(keep.sum())
        if self._held > 2 * self._most:
            self._forget()

    def _forget(self) -> pd.DataFrame:
        ties = pd.concat(self._parts) if self._parts else _nothing()
        if len(ties) > self._most:
            # The smallest p that must go; all that share it go, too.
            self._limit = min(self._limit, float(np.partition(ties["p"].to_numpy(), self._most)[self._most]))
            ties = ties[ties["p"] < self._limit]
        self._parts, self._held = [ties], len(ties)
        return ties

    def table(self, ids: Ids) -> pd.DataFrame:
        """Return what is kept, in the order of the ids."""
        ties = self._forget().sort_values(["row", "column"], ignore_index=True)
        return pd.DataFrame(
            {
                "source_id": ids[ties["row"].to_numpy()],
                "target_id": ids[ties["column"].to_numpy()],
                "events": ties["events"],
                "p": ties["p"],
            }
        )


def _nothing() -> pd.DataFrame:
    return pd.DataFrame({"row": [], "column": [], "events": []}, dtype="int64").assign(p=0.0)
