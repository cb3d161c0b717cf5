"""Many rows in slices: a statement can carry only so many values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

BATCH = 500
Item = TypeVar("Item")


def batches(items: Sequence[Item], size: int = BATCH) -> Iterator[Sequence[Item]]:
    """Yield the items in slices."""
    for start in range(0, len(items), size):
        yield items[start : start + size]
