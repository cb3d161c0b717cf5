"""Mixing: do actors of one group meet their own kind or others, and which groups meet which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse

from reports.analysis.network import Network, Numbers


@dataclass(frozen=True, eq=False)
class Mixing:
    """Ties from group to group.

    `ties` (number) and `weights` (sum) have a row and a column for every group; they are symmetric, and a tie
    inside a group counts once. `groups` says to how many of them somebody belongs.
    """

    ties: pd.DataFrame
    weights: pd.DataFrame
    groups: int

    def count(self, one: str, other: str) -> int:
        """Return how many ties run between two groups, or inside one."""
        return int(self.ties.to_numpy()[self.ties.index.get_loc(one), self.ties.columns.get_loc(other)])

    def strength(self, one: str, other: str) -> float:
        """Return how strong the ties between two groups, or inside one, are together."""
        table = self.weights
        return float(table.to_numpy()[table.index.get_loc(one), table.columns.get_loc(other)])

    def ei_index(self, *, weighted: bool = False) -> float | None:
        """E-I index of the whole network.

        Formula: (E - I) ÷ (E + I), with E the ties (or their weights) between groups and I those inside them.
        Unit: -1 (only among themselves) to 1 (only with others). Isolates change nothing; without ties, and
        where there is but one group and hence nobody else to meet, it is not defined (`None`). Source:
        D. Krackhardt, R. N. Stern (1988).
        """
        table = self._table(weighted)
        inside = float(np.trace(table))
        return _ei(float(np.triu(table, 1).sum()), inside) if self.groups > 1 else None

    def ei_by_group(self, *, weighted: bool = False) -> dict[str, float | None]:
        """E-I index of each group: of the ties that have at least one end in it."""
        table = self._table(weighted)
        inside = np.diag(table)
        outside = table.sum(axis=1) - inside
        return {
            str(group): _ei(float(external), float(internal)) if self.groups > 1 else None
            for group, external, internal in zip(self.ties.index, outside, inside, strict=True)
        }

    def assortativity(self, *, weighted: bool = False) -> float | None:
        """Attribute assortativity.

        Formula: (Σ_g e_gg - Σ_g a_g²) ÷ (1 - Σ_g a_g²), with e_gh the share of the ties (or their weight)
        that run from g to h, each taken in both directions, and a_g = Σ_h e_gh. Unit: 1 where all ties stay
        inside the groups, 0 where they run as chance would have it, below 0 where others are preferred.
        Isolates change nothing; without ties, or where all ties are in one group, it is not defined (`None`).
        Source: M. E. J. Newman, Phys. Rev. E 67, 026126 (2003).
        """
        table = self._table(weighted)
        both_ways = table + np.diag(np.diag(table))
        total = both_ways.sum()
        if total == 0:
            return None
        share = both_ways / total
        by_chance = float((share.sum(axis=1) ** 2).sum())
        return (float(np.trace(share)) - by_chance) / (1 - by_chance) if by_chance < 1 else None

    def _table(self, weighted: bool) -> Numbers:
        return (self.weights if weighted else self.ties).to_numpy(dtype=np.float64)


def mixing(network: Network, groups: Sequence[str], *, order: Sequence[str] | None = None) -> Mixing:
    """Add up the ties from group to group.

    Parameters
    ----------
    groups
        The group of every actor, in the order of `network.ids`.
    order
        The groups in the order of the rows; those nobody belongs to have rows of zeros. Else the groups there
        are, in alphabetical order.
    """
    if len(groups) != network.size:
        raise ValueError("Every actor needs a group.")
    names = list(dict.fromkeys(order)) if order is not None else sorted(set(groups))
    place = {name: at for at, name in enumerate(names)}
    columns = np.array([place[group] for group in groups], dtype=np.int64)
    belongs = sparse.csr_array(
        (np.ones(network.size), (np.arange(network.size), columns)), shape=(network.size, len(names))
    )
    ties = _added(network.without_weights().weights, belongs)
    return Mixing(
        pd.DataFrame(np.rint(ties).astype(np.int64), index=names, columns=names),
        pd.DataFrame(_added(network.weights, belongs), index=names, columns=names),
        len(set(groups)),
    )


def _added(weights: sparse.csr_array, belongs: sparse.csr_array) -> Numbers:
    # Groups by groups: a handful each way, whatever the size of the network.
    table = np.asarray((belongs.T @ weights @ belongs).todense(), dtype=np.float64)
    table[np.diag_indices_from(table)] /= 2
    # The two halves are added up in different orders; one of them stands for both.
    return np.triu(table) + np.triu(table, 1).T


def _ei(external: float, internal: float) -> float | None:
    total = external + internal
    return (external - internal) / total if total else None
