"""Projection of the two-mode network on its actors: who took part together, and how strongly that ties them.

The binary density of a projection says little, since one large event ties everybody to everybody: 139 of the
153 possible ties among the eighteen women of the Davis study exist. Weights carry the information.
"""

from typing import Literal

import numpy as np
from scipy import sparse

from reports.analysis.network import Ids, Network
from reports.analysis.twomode import TwoMode

Weighting = Literal["count", "newman", "cosine", "jaccard"]


def project(network: TwoMode, *, weighting: Weighting = "newman") -> Network:
    """Tie two actors who took part in at least one common event of two or more actors.

    Formulas, with b_ik = 1 if actor i took part in event k, n_k the actors of event k, d_i the events of
    actor i:

    - `count`: Σ_k b_ik b_jk. Unit: common events.
    - `newman`: Σ_k b_ik b_jk ÷ (n_k - 1). An actor's strength then equals the number of their events with
      company, and
      a festival with eighty actors ties nobody strongly. Source: M. E. J. Newman, Phys. Rev. E 64, 016132
      (2001).
    - `cosine`: count ÷ √(d_i d_j). Source: G. Salton, M. J. McGill (1983).
    - `jaccard`: count ÷ (d_i + d_j - count). Source: P. Jaccard (1901).

    An isolate has no row entries. The result is symmetric to the last bit; no dense matrix is made.
    """
    share = _share_per_event(network) if weighting == "newman" else np.ones(len(network.event_ids))
    scaled = sparse.csr_array(network.matrix * share[np.newaxis, :])
    product = sparse.csr_array(scaled @ network.matrix.T)
    ties = _without_diagonal(product)
    if weighting in {"cosine", "jaccard"}:
        _normalise(ties, network.events_per_actor, weighting)
    return Network(network.actor_ids, ties)


def common_events(network: TwoMode, first: int, second: int) -> list[int]:
    """Return the ids of the events both actors took part in: the records behind their tie."""
    rows = np.searchsorted(network.actor_ids, [first, second])
    one, other = (network.matrix[[row], :].indices for row in rows)
    return [int(event) for event in network.event_ids[np.intersect1d(one, other)]]


def _share_per_event(network: TwoMode) -> np.ndarray:
    others = network.actors_per_event - 1
    return np.divide(1.0, others, out=np.zeros(len(others)), where=others > 0)


def _without_diagonal(product: sparse.csr_array) -> sparse.csr_array:
    # In place: at a size where memory matters a detour over triplets would double the need.
    rows = np.repeat(np.arange(product.shape[0], dtype=np.int32), np.diff(product.indptr))
    product.data[product.indices == rows] = 0
    product.eliminate_zeros()
    product.sort_indices()
    return product


def _normalise(ties: sparse.csr_array, events_per_actor: Ids, weighting: Weighting) -> None:
    rows = np.repeat(np.arange(ties.shape[0]), np.diff(ties.indptr))
    own, other = events_per_actor[rows], events_per_actor[ties.indices]
    ties.data /= np.sqrt(own * other) if weighting == "cosine" else own + other - ties.data
