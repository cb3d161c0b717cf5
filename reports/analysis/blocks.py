"""Work on sparse matrices a few rows at a time, so that the need for memory has a bound."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from scipy import sparse

from reports.analysis.network import Ids

# Entries of a product that are held at one time: about 100 MB.
MOST_ENTRIES = 4_000_000


def row_blocks(costs: Ids, most: int = MOST_ENTRIES) -> Iterator[slice]:
    """Cut rows into runs whose costs add up to at most `most`; a dearer row is a run of its own."""
    ends = np.cumsum(costs)
    start, spent = 0, 0
    while start < len(costs):
        stop = max(int(np.searchsorted(ends, spent + most, side="right")), start + 1)
        yield slice(start, stop)
        start, spent = stop, int(ends[stop - 1])


def product_costs(left: sparse.csr_array, right: sparse.csr_array) -> Ids:
    """Return for every row of `left` how many entries its row of the product has at most."""
    lengths = np.diff(right.indptr).astype(np.float64)
    filled = sparse.csr_array((np.ones(left.nnz), left.indices, left.indptr), shape=left.shape)
    return np.minimum(filled @ lengths, right.shape[1]).astype(np.int64)
