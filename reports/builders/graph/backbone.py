"""Shared events that are no chance, for the explorer."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext as _

from reports.analysis.backbone import backbone
from reports.analysis.network import Network, from_pairs
from reports.analysis.ties import Ties
from reports.analysis.twomode import TwoMode
from reports.builders.graph.digests import arrays
from reports.builders.shared.digits import grouped, rounded
from reports.builders.shared.measured import digest_of, kept


@dataclass(frozen=True, eq=False)
class KeptTies:
    """The ties of the backbone; ``of`` counts those it was chosen from."""

    network: Network
    alpha: float
    of: int

    def summary(self) -> dict[str, object]:
        """Return what the page says about it."""
        count = self.network.tie_count
        text = _("Ties by shared events: %(of)s; stronger than chance: %(kept)s (error rate %(alpha)s).")
        if not count:
            text = _("No tie by shared events is stronger than chance (error rate %(alpha)s).")
        numbers = {
            "kept": grouped(count),
            "of": grouped(self.of),
            "alpha": f"{rounded(self.alpha * 100, 0)} %",
        }
        return {"alpha": self.alpha, "kept": count, "of": self.of, "text": text % numbers}


def find_backbone(attendance: Ties, alpha: float) -> KeptTies:
    """Find the ties by shared events that are stronger than chance; once found they are kept."""
    (meetings,) = attendance.records
    network = TwoMode(attendance.actor_ids, meetings.ids, meetings.matrix)

    def compute() -> tuple[np.ndarray, np.ndarray, int]:
        measure = backbone(network, alpha=alpha)
        upper = measure.network().upper()
        return upper.row.astype(np.int32), upper.col.astype(np.int32), measure.of

    key = digest_of(*arrays(attendance), np.asarray(alpha))
    rows, columns, of = kept("backbone", key, compute, size=len(network.actor_ids))
    return KeptTies(from_pairs(network.actor_ids, rows, columns, np.ones(len(rows))), alpha, of)
