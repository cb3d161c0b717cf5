"""How the network is built, measured once for all chapters and kept: numbers in the order of the actors."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from actors.models import Sector
from reports.analysis.brokerage import open_pairs
from reports.analysis.components import components
from reports.analysis.cores import core_numbers, core_periphery, efficiency
from reports.analysis.holes import structural_holes
from reports.analysis.mixing import Mixing, mixing
from reports.analysis.network import Ids, Network, Numbers
from reports.analysis.projection import project
from reports.analysis.robustness import highest_first, random_order, robustness
from reports.analysis.twomode import TwoMode
from reports.builders.shared.basis import Basis
from reports.builders.shared.measured import Calculation, digest, digest_of

# Whoever met at least so often is a regular contact: one festival makes none.
REGULAR = 2
# Among so many actors with the highest betweenness brokers are looked for.
CANDIDATES = 100
RUNS = 5


@dataclass(frozen=True, eq=False)
class Structure:
    """Measures of the whole network.

    `contacts` counts the regular contacts of every actor. `constraint`, and `closed`, the share of the pairs
    of regular contacts that are regular contacts of each other, are NaN for all but the candidates for
    brokers (`closed` also with fewer than two contacts). `pairs` has `position`, `first`, `last`, `pairs` and
    `role`, `cores` are core numbers among regular contacts, `densest` says into how many parts the actors
    with the highest one fall, `center` marks the core of a core with a periphery. `attacked` and `by_chance`
    (a row for each run) are the sizes of the largest component after 0, 1, 2 … actors left.
    """

    contacts: Ids
    constraint: Numbers
    closed: Numbers
    pairs: pd.DataFrame
    cores: Ids
    densest: int
    center: np.ndarray
    correlation: float | None
    efficiency: float | None
    efficiency_sample: int | None
    attacked: Ids
    by_chance: Ids
    mixing: Mixing


def structure_calculation(basis: Basis, betweenness: np.ndarray) -> Calculation:
    """Return what is to be looked up of the network of a report, and how to measure it."""
    network = basis.network
    sectors = [basis.sector_of[actor] for actor in network.actor_ids.tolist()]
    order = {code: at for at, code in enumerate(Sector.values)}
    made_of = f"{digest(network)}-{digest_of(np.array([order[code] for code in sectors], dtype=np.int64))}"
    return Calculation(
        "structure",
        made_of,
        lambda: _measure(network, basis.ties, sectors, betweenness),
        len(network.actor_ids),
    )


def _measure(network: TwoMode, ties: Network, sectors: list[str], betweenness: np.ndarray) -> Structure:
    ids = network.actor_ids
    regular = project(network, weighting="count").at_least(REGULAR)
    first = highest_first(ids, betweenness)
    holes = structural_holes(regular, actors=first[:CANDIDATES].tolist()).table
    constraint = np.full(len(ids), np.nan)
    constraint[np.searchsorted(ids, holes["actor_id"].to_numpy())] = holes["constraint"]
    pairs = open_pairs(regular, sectors, actors=first[:CANDIDATES].tolist())
    pairs.insert(0, "position", np.searchsorted(ids, pairs.pop("actor_id").to_numpy()))
    closed = _closed(regular, pairs, candidates=np.searchsorted(ids, first[:CANDIDATES]))
    center = core_periphery(regular)
    near = efficiency(network, exact_up_to=1_000, sample=200)
    cores = core_numbers(regular).table["core"].to_numpy()
    orders = [first, *(random_order(ids, seed=seed) for seed in range(RUNS))]
    curves = [robustness(network, order).table["largest"].to_numpy() for order in orders]
    return Structure(
        contacts=regular.degrees,
        constraint=constraint,
        closed=closed,
        pairs=pairs,
        cores=cores,
        densest=components(regular.subset(cores == cores.max(initial=0))).count,
        center=np.isin(ids, center.core),
        correlation=center.correlation,
        efficiency=near.value,
        efficiency_sample=near.sample,
        attacked=curves[0],
        by_chance=np.array(curves[1:]),
        mixing=mixing(ties, sectors, order=Sector.values),
    )


def _closed(regular: Network, pairs: pd.DataFrame, *, candidates: Ids) -> Numbers:
    """Return of the pairs of contacts of each candidate the share that are contacts of each other."""
    contacts = regular.degrees.astype(np.float64)
    every = contacts * (contacts - 1) / 2
    apart = np.zeros(len(every))
    np.add.at(apart, pairs["position"].to_numpy(), pairs["pairs"].to_numpy())
    closed = np.full(len(every), np.nan)
    known = candidates[every[candidates] > 0]
    closed[known] = 1 - apart[known] / every[known]
    return closed
