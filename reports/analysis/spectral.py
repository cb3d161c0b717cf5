"""The leading eigenvector of a network, found part by part, so that it does not depend on a start."""

from __future__ import annotations

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph
from scipy.sparse.linalg import eigsh

from reports.analysis.network import Numbers

# Up to so many nodes a part is solved as a small full matrix.
_SMALL = 64
_ALIKE = 1e-9
_SEED = 20_030_401


def leading_vector(adjacency: sparse.csr_array) -> Numbers:
    """Return the leading eigenvector of a symmetric matrix without negative entries; it has none either.

    A connected part has one leading vector (Perron and Frobenius). Of several parts the one with the largest
    eigenvalue decides, and the nodes of all others get 0. Where parts have the same largest eigenvalue, each
    gets the weight that a power iteration from equal scores would give it. Without any tie all get 0.
    """
    vector = np.zeros(adjacency.shape[0])
    if adjacency.nnz == 0:
        return vector
    strengths = np.asarray(adjacency.sum(axis=1)).ravel()
    parts = _promising(adjacency, strengths)
    solved = [(*_solve(sparse.csr_array(adjacency[part][:, part])), part) for part in parts]
    best = max(value for value, _vector, _part in solved)
    for value, own, part in solved:
        if value >= best * (1 - _ALIKE):
            vector[part] = own * own.sum()
    return vector


def _promising(adjacency: sparse.csr_array, strengths: Numbers) -> list[np.ndarray]:
    """Return the nodes of every part whose eigenvalue may be the largest, by bounds that cost nothing."""
    count, labels = csgraph.connected_components(adjacency, directed=False)
    squares = np.asarray(adjacency.multiply(adjacency).sum(axis=1)).ravel()
    near = np.asarray(adjacency @ strengths).ravel()
    at_most = np.divide(near, strengths, out=np.zeros(len(near)), where=strengths > 0)
    upper = np.zeros(count)
    np.maximum.at(upper, labels, at_most)
    least = np.sqrt(squares.max()) * (1 - _ALIKE)
    order = np.argsort(labels, kind="stable")
    starts = np.searchsorted(labels[order], np.arange(count + 1))
    return [order[starts[at] : starts[at + 1]] for at in np.flatnonzero(upper >= least)]


def _solve(part: sparse.csr_array) -> tuple[float, Numbers]:
    size = part.shape[0]
    if size <= _SMALL:
        values, vectors = np.linalg.eigh(part.toarray())
    else:
        random = np.random.default_rng(_SEED)
        start = random.uniform(0.5, 1.5, size)
        values, vectors = eigsh(part, k=1, which="LA", v0=start, tol=0, rng=random)
    # The sign is free; nothing in the vector of a connected part is negative but for rounding.
    return float(values[-1]), np.abs(vectors[:, -1])
