"""Pairs of actors who met, found block by block, so that memory does not grow with the number of pairs.

An event with three thousand actors makes four and a half million pairs. Where pairs are only counted or
compared, they need not exist all at once.
"""

from collections.abc import Iterator

import numpy as np
from scipy import sparse

from reports.analysis.network import Ids

# So many entries a block may have, before pairs that met several times fall together.
MOST_ENTRIES = 4_000_000


def blocks(matrix: sparse.csr_array, *, rows: Ids | None = None, most: int = MOST_ENTRIES) -> Iterator[Ids]:
    """Yield the rows (all, or those given) in portions whose pairs number at most `most`.

    A single row always goes through, whatever it needs: it can have no more pairs than there are actors.
    """
    chosen = np.arange(matrix.shape[0]) if rows is None else rows
    sizes = np.bincount(matrix.indices, minlength=matrix.shape[1])
    cost = (matrix[chosen] @ sizes).astype(np.int64) if len(chosen) else np.zeros(0, dtype=np.int64)
    ends = np.cumsum(cost)
    at = 0
    while at < len(chosen):
        done = ends[at - 1] if at else 0
        following = max(int(np.searchsorted(ends, done + most, side="right")), at + 1)
        yield chosen[at:following]
        at = following


def met(matrix: sparse.csr_array, rows: Ids) -> sparse.csr_array:
    """Say for some rows whom they met: a sparse table of truth, everybody with an event also themselves.

    `matrix` is actors × events and holds truth values, so that no number can grow too large for its cell.
    """
    return sparse.csr_array(matrix[rows] @ matrix.T)


def others_met(matrix: sparse.csr_array) -> Ids:
    """Count for every row how many others it met."""
    numbers = [np.diff(met(matrix, rows).indptr) for rows in blocks(matrix)]
    counts = np.concatenate([np.zeros(0, dtype=np.int64), *numbers]).astype(np.int64)
    return np.asarray(counts - (np.diff(matrix.indptr) > 0))
