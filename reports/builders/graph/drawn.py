"""Which ties the picture draws, and what they are made of: bounded, and kept for the next visit."""

from __future__ import annotations

import numpy as np
import pandas as pd

from reports.analysis import ties as kinds
from reports.analysis.network import Network, from_pairs
from reports.analysis.ties import parts, union
from reports.builders.graph.digests import arrays, text
from reports.builders.graph.view import GraphView
from reports.builders.shared.measured import digest_of, kept

# Of shared events, and of each other kind.
MOST_TIES, MOST_OTHERS = 20_000, 10_000


def drawn(view: GraphView) -> tuple[Network, pd.DataFrame, int]:
    """Return the ties to draw, their parts (`reports.analysis.ties.parts`), and how many ties there are."""
    everything = view.everything
    limits = (view.query.alpha, view.query.minimum, MOST_TIES, MOST_OTHERS)
    key = digest_of(*arrays(view.ties), text(limits))

    def compute() -> tuple[np.ndarray, np.ndarray, dict[str, np.ndarray], int]:
        network = _bounded(view)
        upper = network.upper()
        table = _within_backbone(view, network, parts(view.ties, network))
        columns = {str(name): _small(table[name].to_numpy()) for name in table}
        return _small(upper.row), _small(upper.col), columns, view.network.tie_count

    rows, columns, table, count = kept("drawn", key, compute, size=len(everything.actor_ids))
    network = from_pairs(everything.actor_ids, rows, columns, np.ones(len(rows)))
    return network, pd.DataFrame(table), count


def _small(values: np.ndarray) -> np.ndarray:
    return values.astype(np.float32 if values.dtype.kind == "f" else np.int32)


def _bounded(view: GraphView) -> Network:
    """Keep the strongest ties of every kind, so that no kind crowds out another."""
    networks = [view.network.strongest(0)]
    for each in view.ties.records:
        most = MOST_TIES if each.kind == kinds.ATTENDANCE else MOST_OTHERS
        networks.append(view.add_up(view.ties.only({each.kind})).strongest(most))
    everything = union(networks)
    if not view.query.minimum:
        return everything
    strong = everything.weights.multiply(view.network.weights > 0).tocoo()
    upper = strong.row < strong.col
    return from_pairs(view.network.ids, strong.row[upper], strong.col[upper], strong.data[upper])


def _within_backbone(view: GraphView, network: Network, table: pd.DataFrame) -> pd.DataFrame:
    """Leave shared events out of ties that the backbone does not hold."""
    upper = network.upper()
    if view.backbone is None or not upper.nnz:
        return table
    pairs = np.asarray(view.backbone.network.weights[upper.row, upper.col]).ravel() > 0
    attended = table["kind"] == kinds.TIE_KINDS.index(kinds.ATTENDANCE)
    return table[~attended | pairs[table["tie"].to_numpy()]]
