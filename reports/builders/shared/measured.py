"""The measures that take long, computed once for a network and kept.

What is kept are bare numbers in the order of the actors: no names, no ids. The key is a digest of the network
itself, so that a changed register is simply another network.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
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
VERSION = 6
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


@dataclass(frozen=True)
class Calculation:
    """Something that takes long: its name, the digest of what it is made of, and how to compute it."""

    name: str
    made_of: str
    compute: Callable[[], Any]
    size: int

    @property
    def key(self) -> str:
        """Under which it is kept."""
        return f"reports:{VERSION}:{self.name}:{self.made_of}"


def kept_betweenness(network: TwoMode) -> tuple[np.ndarray, int | None, float | None]:
    """Return the two-mode betweenness of the actors, the sample it rests on, and the error of that sample."""

    def compute() -> tuple[np.ndarray, int | None, float | None]:
        scores = twomode.betweenness(network)
        return scores.actors["value"].to_numpy(), scores.sample, scores.sample_error

    figures: tuple[np.ndarray, int | None, float | None] = _kept("betweenness", network, compute)
    return figures


def kept_communities(network: TwoMode, ties: Network) -> Communities:
    """Return the communities of the projection."""

    def compute() -> tuple[np.ndarray, Any]:
        measure = communities(ties)
        figures = measure.modularity, measure.agreement, measure.ties_used, measure.stability
        return measure.table["community"].to_numpy(), figures

    labels, figures = _kept("communities", network, compute)
    return Communities(pd.DataFrame({"actor_id": ties.ids, "community": labels}), *figures)


def cut_points_calculation(network: TwoMode) -> Calculation:
    """Return what is to be looked up of the actors and the ties without which a part falls off."""

    def compute() -> tuple[np.ndarray, np.ndarray]:
        cuts = cut_points_of(network)
        ends = cuts.bridges[["source_id", "target_id"]].to_numpy(dtype=np.int64)
        return np.searchsorted(network.actor_ids, cuts.actors), np.searchsorted(network.actor_ids, ends)

    return Calculation("cut-points", digest(network), compute, len(network.actor_ids))


def read_cut_points(network: TwoMode, result: tuple[np.ndarray, np.ndarray]) -> CutPoints:
    """Return the cut points that were looked up."""
    (actors, ends), ids = result, network.actor_ids
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
    return kept_together([Calculation(name, made_of, compute, size)])[0]


def kept_together(calculations: Sequence[Calculation]) -> list[Any]:
    """Return several results, as `kept` does, looked up all at once."""
    known = _known([one.key for one in calculations if one.size >= KEPT_FROM])
    results = []
    for one in calculations:
        result = known.get(one.key)
        if result is None:
            result = one.compute()
            if one.size >= KEPT_FROM:
                cache.set(one.key, result, KEEP_SECONDS)
        results.append(result)
    return results


def _known(keys: list[str]) -> dict[str, Any]:
    """Look up what is kept; where that was written by a program whose classes are gone, nothing is known."""
    try:
        return cache.get_many(keys) if keys else {}
    except (ImportError, AttributeError):
        return {}
