"""Communities: groups whose members meet each other more than chance would have it, and how stable they
are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import igraph
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from reports.analysis.network import Ids, Network
from reports.analysis.randomness import seeded

STABLE_FROM = 0.8
MOST_TIES = 100_000
NO_COMMUNITY = 0
# Modularities that differ by less are the same.
EQUAL = 1e-12


def is_stable(agreement: float | None) -> bool:
    """Judge an agreement as it is told, with two decimal places: what agrees at 0.80 is not unstable."""
    return agreement is None or round(agreement, 2) >= STABLE_FROM


@dataclass(frozen=True, eq=False)
class Communities:
    """The best partition found and what the other runs said.

    `table` has `actor_id` and `community`: 1 for the largest, and 0 for isolates, which belong to none.
    Where nothing divides the actors, as when all ties come from one event, nobody belongs to a community:
    there are no others from whom it would stand apart. `modularity` and `agreement` (mean adjusted Rand index
    between the runs) are `None` then, and without any tie.
    `ties_used` is the number of ties that were looked at, `None` if all were. `stability` has a number for
    each community, the largest first: how much of it the other runs found again (see `stability_of`).
    """

    table: pd.DataFrame
    modularity: float | None
    agreement: float | None
    ties_used: int | None = None
    stability: tuple[float, ...] = ()

    @property
    def count(self) -> int:
        return int(self.table["community"].max()) if len(self.table) else 0

    @property
    def is_stable(self) -> bool:
        return is_stable(self.agreement)

    @property
    def sizes(self) -> "pd.Series[int]":
        """Count the members of each community, largest first."""
        members = self.table.loc[self.table["community"] != NO_COMMUNITY, "community"]
        return members.value_counts().sort_index()


def communities(network: Network, *, runs: int = 20, most_ties: int = MOST_TIES) -> Communities:
    """Find communities by the Leiden algorithm, maximising modularity on the weighted ties.

    Formula: Q = Σ_ij [w_ij - s_i s_j / 2W] δ(c_i, c_j) / 2W at resolution 1; every run is iterated until
    nothing improves. The run of the highest Q is kept, of equal ones the first. Unit: Q from -0.5 to 1. An
    isolate gets community 0 and counts in none of the figures. Below a mean adjusted Rand index of 0.8
    between the runs the result is called unstable. Of more than `most_ties` ties only the strongest are
    looked at (`Network.strongest`), and `ties_used` of the result says so. Source: V. A. Traag, L. Waltman,
    N. J. van Eck (2019); L. Hubert, P. Arabie (1985).
    """
    bounded = network.strongest(most_ties)
    tied = bounded.degrees > 0
    labels = np.zeros(network.size, dtype=np.int64)
    if not tied.any():
        return Communities(_table(network.ids, labels), None, None)
    partitions = _runs(bounded.subset(tied).graph(), runs)
    best = max(partitions, key=lambda run: round(run[0], 12))
    if len(np.unique(best[1])) < 2:
        return Communities(_table(network.ids, labels), None, None)
    labels[tied] = numbers = _by_size(best[1])
    return Communities(
        table=_table(network.ids, labels),
        modularity=best[0],
        agreement=agreement([run[1] for run in partitions]),
        ties_used=None if bounded is network else bounded.tie_count,
        stability=stability_of(numbers, [run[1] for run in partitions if run is not best]),
    )


def modularity(network: Network, labels: Ids) -> float | None:
    """Return the modularity of a given partition on the weighted ties; `None` without any tie.

    Formula and unit as in `communities`. Source: M. E. J. Newman, Phys. Rev. E 70, 056131 (2004).
    """
    if not network.tie_count:
        return None
    return float(network.graph().modularity(np.asarray(labels).tolist(), weights="weight"))


def _runs(graph: igraph.Graph, runs: int) -> list[tuple[float, Ids]]:
    partitions = []
    for seed in range(1, runs + 1):
        with seeded(seed):
            partitions.append(_run(graph))
    return partitions


def _run(graph: igraph.Graph) -> tuple[float, Ids]:
    """Iterate until nothing improves.

    igraph's own way of asking for that never ends where an actor is level between communities: to and fro it
    finds an improvement in the last bit.
    """
    membership, quality = None, -1.0
    while True:
        membership = graph.community_leiden(
            objective_function="modularity", weights="weight", n_iterations=1, initial_membership=membership
        ).membership
        before, quality = quality, float(graph.modularity(membership, weights="weight"))
        if quality <= before + EQUAL:
            return quality, np.asarray(membership, dtype=np.int64)


def _by_size(membership: Ids) -> Ids:
    """Number communities from 1: larger ones first, equal ones by their first member."""
    values, first, inverse, counts = np.unique(
        membership, return_index=True, return_inverse=True, return_counts=True
    )
    number = np.empty(len(values), dtype=np.int64)
    number[np.lexsort((first, -counts))] = np.arange(1, len(values) + 1)
    return np.asarray(number[inverse])


def stability_of(labels: Ids, others: Sequence[Ids]) -> tuple[float, ...]:
    """Say for each community how well other partitions find it again.

    Formula: mean over the other partitions of the largest Jaccard index, members in common ÷ members of
    either, with any of their communities. Unit: share; from 0.75 on a community can be relied on, below 0.6
    not. Without other partitions 1. Source: C. Hennig, Comput. Stat. Data Anal. 52 (2007) 258-271.
    """
    overlaps = np.ones((max(len(others), 1), int(labels.max(initial=0))))
    sizes = np.bincount(labels)
    for row, other in enumerate(others):
        width = int(other.max()) + 1
        keys, common = np.unique(labels * width + other, return_counts=True)
        own, counterpart = keys // width, keys % width
        alike = common / (sizes[own] + np.bincount(other)[counterpart] - common)
        best = np.zeros(len(sizes))
        np.maximum.at(best, own, alike)
        overlaps[row] = best[1:]
    return tuple(float(value) for value in overlaps.mean(axis=0))


def agreement(partitions: Sequence[Ids]) -> float:
    """Mean adjusted Rand index over all pairs of partitions; 1 where there is only one."""
    pairs = [adjusted_rand(one, other) for one, other in combinations(partitions, 2)]
    return float(np.mean(pairs)) if pairs else 1.0


def adjusted_rand(one: Ids, other: Ids) -> float:
    """Agreement of two partitions, corrected for chance.

    Formula: (Σ C(n_ij, 2) - E) ÷ (M - E), with E = Σ C(a_i, 2) Σ C(b_j, 2) ÷ C(n, 2) and M the mean of the
    two sums. Unit: 1 for equal partitions, 0 on average for unrelated ones. Source: L. Hubert, P. Arabie
    (1985).
    """
    cells = _pairs(one * (int(other.max(initial=0)) + 1) + other)
    rows, columns, total = _pairs(one), _pairs(other), len(one) * (len(one) - 1) / 2
    expected = rows * columns / total if total else 0.0
    largest = (rows + columns) / 2
    return float((cells - expected) / (largest - expected)) if largest != expected else 1.0


def _pairs(labels: NDArray[np.int64]) -> float:
    counts = np.unique(labels, return_counts=True)[1].astype(np.float64)
    return float((counts * (counts - 1) / 2).sum())


def _table(ids: Ids, labels: Ids) -> pd.DataFrame:
    return pd.DataFrame({"actor_id": ids, "community": labels})
