"""The measures that take long, computed once for a network and kept.

What is kept are bare numbers in the order of the actors: no names, no ids. The key is a digest of the network
itself, so that a changed register is simply another network.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b
from typing import Any

import numpy as np
import pandas as pd
from django.core.cache import cache

from reports.analysis import twomode
from reports.analysis.communities import Communities, communities
from reports.analysis.components import CutPoints, cut_points_of
from reports.analysis.layout import layout
from reports.analysis.network import Network
from reports.analysis.twomode import TwoMode

KEEP_SECONDS = 30 * 24 * 3600
# Counted up when a method changes, so that nothing older is shown.
VERSION = 3
# Below this size computing is quicker than asking.
KEPT_FROM = 60


def digest(network: TwoMode) -> str:
    """Return a digest of who took part in what."""
    parts = (network.actor_ids, network.event_ids, network.matrix.indptr, network.matrix.indices)
    return digest_of(*(part.astype(np.int64) for part in parts))


def digest_of(*arrays: np.ndarray) -> str:
    """Return a digest of arrays."""
    state = blake2b(digest_size=20)
    for array in arrays:
        state.update(np.ascontiguousarray(array).tobytes())
        state.update(b"|")
    return state.hexdigest()


def kept_betweenness(network: TwoMode) -> tuple[np.ndarray, int | None, float | None]:
    """Return the two-mode betweenness of the actors, the sample it rests on, and the error of that sample."""

    def compute() -> tuple[np.ndarray, int | None, float | None]:
        scores = twomode.betweenness(network)
        return scores.actors["value"].to_numpy(), scores.sample, scores.sample_error

    found: tuple[np.ndarray, int | None, float | None] = _kept("betweenness", network, compute)
    return found


def kept_communities(network: TwoMode, ties: Network) -> Communities:
    """Return the communities of the projection."""

    def compute() -> tuple[np.ndarray, Any]:
        found = communities(ties)
        figures = found.modularity, found.agreement, found.ties_used, found.stability
        return found.table["community"].to_numpy(), figures

    labels, figures = _kept("communities", network, compute)
    return Communities(pd.DataFrame({"actor_id": ties.ids, "community": labels}), *figures)


def kept_cut_points(network: TwoMode) -> CutPoints:
    """Return the actors and the ties without which a part falls off."""

    def compute() -> tuple[np.ndarray, np.ndarray]:
        found = cut_points_of(network)
        ends = found.bridges[["source_id", "target_id"]].to_numpy(dtype=np.int64)
        return np.searchsorted(network.actor_ids, found.actors), np.searchsorted(network.actor_ids, ends)

    actors, ends = _kept("cut-points", network, compute)
    ids = network.actor_ids
    bridges = pd.DataFrame({"source_id": ids[ends[:, 0]], "target_id": ids[ends[:, 1]]})
    return CutPoints(tuple(ids[actors].tolist()), bridges)


def kept_layout(network: TwoMode, ties: Network) -> np.ndarray:
    """Return where the actors stand in the picture: one row of x and y each."""

    def compute() -> np.ndarray:
        return layout(ties)[["x", "y"]].to_numpy()

    return np.asarray(_kept("layout", network, compute))


def _kept(name: str, network: TwoMode, compute: Callable[[], Any]) -> Any:
    return kept(name, digest(network), compute, size=len(network.actor_ids))


def kept(name: str, made_of: str, compute: Callable[[], Any], *, size: int) -> Any:
    """Return what was computed before from the same digest, or compute it; bare numbers only.

    Where `size`, the number of actors, is small, nothing is kept.
    """
    if size < KEPT_FROM:
        return compute()
    key = f"reports:{VERSION}:{name}:{made_of}"
    found = cache.get(key)
    if found is None:
        found = compute()
        cache.set(key, found, KEEP_SECONDS)
    return found
