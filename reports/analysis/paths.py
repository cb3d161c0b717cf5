"""Sums over shortest paths, exact on small graphs and estimated from evenly spread start points on large
ones.
"""

from __future__ import annotations

from dataclasses import dataclass

import igraph
import numpy as np

from reports.analysis.network import Ids, Numbers

_CHUNK = 64
# So many batches of start points say how far estimates from other start points would lie apart.
_BATCHES = 20


@dataclass(frozen=True, eq=False)
class Estimate:
    """Sums of every node, and how sure they are.

    `sample` is the number of start points used, `None` if every node was one. `errors` is then empty, else
    the standard error of every sum.
    """

    sums: Numbers
    sample: int | None = None
    errors: Numbers | None = None


def estimated_betweenness(graph: igraph.Graph, *, exact_up_to: int, sample: int) -> Estimate:
    """Count the shortest paths through every node, unweighted and not normalised.

    The estimate is the sum over the start points times n ÷ sample, which is right on average (Brandes & Pich
    2007). Its standard error comes from the spread between up to twenty batches of the start points, with the
    correction for drawing without putting back. Paths through nodes at the edge start at few others: their
    own error is too small where none of those was drawn, so take the largest error of all as the bound.
    """
    size = graph.vcount()
    if size <= max(exact_up_to, sample):
        return Estimate(np.asarray(graph.betweenness(directed=False), dtype=np.float64))
    starts = _drawn(size, sample)
    batches = np.array_split(starts, min(_BATCHES, len(starts)))
    sums = np.array([graph.betweenness(directed=False, sources=batch.tolist()) for batch in batches])
    per_start = sums / np.array([[len(batch)] for batch in batches])
    return Estimate(
        sums.sum(axis=0) * (size / len(starts)),
        len(starts),
        size * _error_of_mean(per_start, len(starts) / size),
    )


def estimated_harmonic(graph: igraph.Graph, *, exact_up_to: int, sample: int) -> Estimate:
    """Sum 1/distance from every node to all others (0 for those out of reach), not normalised.

    The estimate is scaled by the number of other nodes ÷ the number of other end points (Eppstein & Wang
    2004), and so is its standard error.
    """
    size = graph.vcount()
    if size <= max(exact_up_to, sample):
        sums = graph.harmonic_centrality(normalized=False) if size > 1 else [0.0] * size
        return Estimate(np.asarray(sums, dtype=np.float64))
    ends = spread(size, sample)
    totals, squares = np.zeros(size), np.zeros(size)
    for first in range(0, len(ends), _CHUNK):
        distances = np.asarray(
            graph.distances(source=ends[first : first + _CHUNK].tolist()), dtype=np.float64
        )
        np.divide(1.0, distances, out=distances, where=distances > 0)
        totals += distances.sum(axis=0)
        squares += (distances**2).sum(axis=0)
    used = len(ends) - np.isin(np.arange(size), ends)
    variance = np.maximum(squares / used - (totals / used) ** 2, 0) / np.maximum(used - 1, 1)
    errors = (size - 1) * np.sqrt(variance * (1 - used / (size - 1)))
    return Estimate(totals * (size - 1) / used, len(ends), errors)


def spread(size: int, count: int) -> Ids:
    """Choose `count` positions out of `size`, the same ones every time."""
    return np.sort(_drawn(size, count))


def _drawn(size: int, count: int) -> Ids:
    chosen = np.random.default_rng(20_030_401).choice(size, size=min(count, size), replace=False)
    return chosen.astype(np.int64)


def _error_of_mean(values: Numbers, share: float) -> Numbers:
    """Return the standard error of the mean of the rows, which are made of this share of all there are."""
    if len(values) < 2:
        return np.full(values.shape[1], np.nan)
    return np.asarray(np.sqrt(values.var(axis=0, ddof=1) / len(values) * (1 - share)))
