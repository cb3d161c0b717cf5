"""What makes ties what they are, for digests under which results are kept."""

from __future__ import annotations

import numpy as np

from reports.analysis.ties import Ties


def arrays(ties: Ties) -> list[np.ndarray]:
    """Return the arrays that make the ties what they are."""
    found: list[np.ndarray] = [ties.actor_ids, ties.is_office, ties.office_from, ties.office_until]
    for each in ties.records:
        found += [text(each.kind), each.ids, each.matrix.indptr, each.matrix.indices]
        found += [each.weights, each.starts, each.ends, each.by_office]
    return found


def text(value: object) -> np.ndarray:
    """Return a value as an array for a digest."""
    return np.frombuffer(repr(value).encode(), dtype=np.uint8)
