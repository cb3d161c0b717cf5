"""How a network is built: dense cores, a core with a periphery, and how near everybody is to everybody."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from reports.analysis.network import Ids, Network, Numbers
from reports.analysis.paths import estimated_harmonic, spread
from reports.analysis.twomode import TwoMode

_CHUNK = 64


@dataclass(frozen=True, eq=False)
class Cores:
    """`table` has `actor_id` and `core`; `largest` is the highest core number of all."""

    table: pd.DataFrame
    largest: int


@dataclass(frozen=True)
class CorePeriphery:
    """How well a core with a periphery describes a network.

    `correlation` is `None` where no such split exists: without ties, or where all have equally many, or where
    the core would leave no pair for the periphery.
    `core` holds the ids of the actors of the core, `least_ties` how many ties each of them has at least.
    """

    correlation: float | None
    core: tuple[int, ...]
    least_ties: int | None


@dataclass(frozen=True)
class Efficiency:
    """`value` is `None` for fewer than two actors; `sample` says how many end points an estimate rests on."""

    value: float | None
    sample: int | None = None


def core_numbers(network: Network) -> Cores:
    """Find the core number of every actor.

    Formula: the largest k for which the actor is in a set where everybody has at least k ties to others of
    the set. Unit: ties. An isolate gets 0. Source: S. B. Seidman (1983).
    """
    cores = np.asarray(network.graph().coreness(), dtype=np.int64)
    return Cores(pd.DataFrame({"actor_id": network.ids, "core": cores}), int(cores.max(initial=0)))


def core_periphery(network: Network) -> CorePeriphery:
    """Find the core whose ideal pattern correlates best with the ties.

    Formula: the correlation over all pairs of actors between being tied (1 or 0) and the ideal pattern: 1 for
    pairs with at least one end in the core, 0 for pairs of the periphery. Cores are sought among "everybody
    with at least d ties" only, for every d: quick, the same whatever the actors are numbered, and exact on
    ideal patterns, but not always the best core there is. Unit: -1 to 1; 1 for a star. Isolates belong to the
    periphery and raise the correlation. Source: S. P. Borgatti, M. G. Everett, Social Networks 21 (2000)
    375-395, discrete model.
    """
    degrees = network.degrees
    levels = np.unique(degrees)[1:]
    correlations = _correlations(network, degrees, levels)
    if np.isnan(correlations).all():
        return CorePeriphery(None, (), None)
    # Of equally good cores the smaller one, with the ends of rounding cut off.
    best = int(np.flatnonzero(np.round(correlations, 12) == np.round(np.nanmax(correlations), 12))[-1])
    core = tuple(int(actor) for actor in network.ids[degrees >= levels[best]])
    return CorePeriphery(float(correlations[best]), core, int(levels[best]))


def _correlations(network: Network, degrees: Ids, levels: Ids) -> Numbers:
    upper = network.upper()
    larger_end = np.sort(np.maximum(degrees[upper.row], degrees[upper.col]))
    size, ties = network.size, float(network.tie_count)
    periphery = np.searchsorted(np.sort(degrees), levels).astype(np.float64)
    pairs = size * (size - 1) / 2
    ideal = pairs - periphery * (periphery - 1) / 2
    covered = ties - np.searchsorted(larger_end, levels)
    spread = ties * (pairs - ties) * ideal * (pairs - ideal)
    over = pairs * covered - ties * ideal
    return np.divide(over, np.sqrt(spread), out=np.full(len(levels), np.nan), where=spread > 0)


def efficiency(network: Network | TwoMode, *, exact_up_to: int = 2_000, sample: int = 500) -> Efficiency:
    """Global efficiency.

    Formula: mean of 1/d_ij over all pairs, 0 for pairs that cannot reach each other, every tie one step long
    whatever its weight. Unit: share, 0 to 1. An isolate lowers it, since nobody reaches it; without ties it
    is 0, for fewer than two actors not defined. A two-mode network has that of its projection, without the
    projection being made: two steps, to an event and back, are one. Above `exact_up_to` actors estimated from
    `sample` end points. Source: V. Latora, M. Marchiori, Phys. Rev. Lett. 87, 198701 (2001).
    """
    size = network.size if isinstance(network, Network) else len(network.actor_ids)
    if size < 2:
        return Efficiency(None)
    if isinstance(network, TwoMode):
        return _of_two_modes(network, size if size <= max(exact_up_to, sample) else sample)
    estimate = estimated_harmonic(network.graph(), exact_up_to=exact_up_to, sample=sample)
    return Efficiency(float(estimate.sums.sum()) / (size * (size - 1)), estimate.sample)


def _of_two_modes(network: TwoMode, ends: int) -> Efficiency:
    graph, size, total = network.graph(), len(network.actor_ids), 0.0
    for chunk in np.array_split(spread(size, ends), -(-ends // _CHUNK)):
        steps = np.array(graph.distances(source=chunk.tolist()), dtype=np.float64)[:, :size]
        total += float((2 / steps[steps > 0]).sum())
    return Efficiency(total / (ends * (size - 1)), None if ends == size else ends)
