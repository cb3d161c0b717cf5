"""Sums over shortest paths, exact on small graphs and estimated from evenly spread start points on large
ones.
"""

import igraph
import numpy as np

from reports.analysis.network import Ids, Numbers

_CHUNK = 64


def estimated_betweenness(
    graph: igraph.Graph, *, exact_up_to: int, sample: int
) -> tuple[Numbers, int | None]:
    """Count the shortest paths through every node, unweighted and not normalised.

    Returns the sums and the number of start points used, `None` if every node was one. The estimate is the
    sum over the start points times n ÷ sample, which is right on average (Brandes & Pich 2007).
    """
    size = graph.vcount()
    if size <= max(exact_up_to, sample):
        return np.asarray(graph.betweenness(directed=False), dtype=np.float64), None
    starts = spread(size, sample)
    sums = np.asarray(graph.betweenness(directed=False, sources=starts.tolist()), dtype=np.float64)
    return sums * (size / len(starts)), len(starts)


def estimated_harmonic(graph: igraph.Graph, *, exact_up_to: int, sample: int) -> tuple[Numbers, int | None]:
    """Sum 1/distance from every node to all others (0 for those out of reach), not normalised.

    Returns the sums and the number of end points used, `None` if every node was one. The estimate is scaled
    by the number of other nodes ÷ the number of other end points (Eppstein & Wang 2004).
    """
    size = graph.vcount()
    if size <= max(exact_up_to, sample):
        sums = graph.harmonic_centrality(normalized=False) if size > 1 else [0.0] * size
        return np.asarray(sums, dtype=np.float64), None
    ends = spread(size, sample)
    totals = np.zeros(size)
    for first in range(0, len(ends), _CHUNK):
        distances = np.asarray(
            graph.distances(source=ends[first : first + _CHUNK].tolist()), dtype=np.float64
        )
        np.divide(1.0, distances, out=distances, where=distances > 0)
        totals += distances.sum(axis=0)
    is_end = np.isin(np.arange(size), ends)
    return totals * (size - 1) / (len(ends) - is_end), len(ends)


def spread(size: int, count: int) -> Ids:
    """Choose `count` positions out of `size`, the same ones every time."""
    chosen = np.random.default_rng(20_030_401).choice(size, size=min(count, size), replace=False)
    return np.sort(chosen).astype(np.int64)
