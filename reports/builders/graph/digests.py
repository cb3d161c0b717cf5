"""What makes ties what they are, for digests under which results are kept."""

from __future__ import annotations

import numpy as np

from reports.analysis.ties import Ties


def arrays(ties: Ties) -> list[np.ndarray]:
    """Return the arrays that make the ties what they are."""
    parts: list[np.ndarray] = [ties.actor_ids, ties.is_office]
    for each in ties.records:
        parts += [text(each.kind), each.ids, each.matrix.indptr, each.matrix.indices]
        parts += [each.weights, each.starts, each.ends, each.by_office]
    return parts


def text(value: object) -> np.ndarray:
    """Return a value as an array for a digest."""
    return np.frombuffer(repr(value).encode(), dtype=np.uint8)
