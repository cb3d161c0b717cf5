"""How rows of the database become a frame of the analysis."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from reports.analysis import schema


def frame(declared: schema.Schema, names: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> pd.DataFrame:
    """Return rows as a frame with the declared columns; ``names`` are those of the rows, in their order."""
    columns = list(zip(*rows, strict=True)) or [()] * len(names)
    return schema.build(declared, dict(zip(names, columns, strict=True)))
