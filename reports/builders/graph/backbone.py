"""Shared events that are no chance, for the explorer."""

from __future__ import annotations

from dataclasses import dataclass

from reports.analysis.network import Network
from reports.analysis.ties import Ties


@dataclass(frozen=True, eq=False)
class Backbone:
    """The ties that are stronger than chance."""

    network: Network
    alpha: float
    of: int

    def told(self) -> dict[str, object]:
        """Return what the page says about it."""
        return {"alpha": self.alpha, "kept": self.network.tie_count, "of": self.of, "text": ""}


def find_backbone(ties: Ties, alpha: float) -> Backbone:
    """Find the backbone."""
    network = ties.network()
    return Backbone(network, alpha, network.tie_count)
