"""Ties that hang on a set of events: two actors who met there and nowhere else."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse

from reports.analysis.network import Ids
from reports.analysis.pairs import blocks
from reports.analysis.twomode import TwoMode

LISTED = 1_000
_ORDER = ["events", "source_id", "target_id"]
_ASCENDING = [False, True, True]


@dataclass(frozen=True, eq=False)
class OnlyThrough:
    """`count` ties; `ties` lists those that met most often: `source_id` < `target_id` and `events` (how many
    they had in common), most first, then by id.
    """

    count: int
    ties: pd.DataFrame


def only_through(network: TwoMode, event_ids: Iterable[int], *, listed: int = LISTED) -> OnlyThrough:
    """Find the ties that exist only through some events.

    Formula: pairs of actors with at least one common event, all common events among those given. Unit: ties.
    An isolate has none. At most `listed` of them are listed, so that an event of thousands does not become
    millions of rows. Source: own definition.
    """
    chosen = np.isin(network.event_ids, np.fromiter(event_ids, dtype=np.int64))
    inside = sparse.csr_array(network.matrix[:, chosen].astype(np.int32))
    outside = sparse.csr_array(network.matrix[:, ~chosen].astype(np.int32))
    ties = pd.DataFrame({"source_id": [], "target_id": [], "events": []}, dtype="int64")
    count = 0
    for rows in blocks(network.matrix, rows=np.flatnonzero(np.diff(inside.indptr))):
        pairs = _pairs(network.actor_ids, inside, outside, rows)
        count += len(pairs)
        ties = pd.concat([ties, pairs], ignore_index=True)
        ties = ties.sort_values(_ORDER, ascending=_ASCENDING, ignore_index=True).head(listed)
    return OnlyThrough(count, ties)


def _pairs(ids: Ids, inside: sparse.csr_array, outside: sparse.csr_array, rows: Ids) -> pd.DataFrame:
    met = sparse.csr_array(inside[rows] @ inside.T)
    elsewhere = sparse.csr_array(outside[rows] @ outside.T)
    only = sparse.csr_array(met - met.multiply(elsewhere > 0)).tocoo()
    own = rows[only.row]
    once = (only.data > 0) & (own < only.col)
    return pd.DataFrame(
        {"source_id": ids[own[once]], "target_id": ids[only.col[once]], "events": only.data[once]}
    ).astype("int64")
