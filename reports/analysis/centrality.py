"""Centralities of actors in a network with one mode."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from reports.analysis.network import Network, Numbers
from reports.analysis.paths import estimated_betweenness, estimated_harmonic
from reports.analysis.twomode import EXACT_UP_TO


@dataclass(frozen=True, eq=False)
class Scores:
    """`table` has `actor_id` and `value`; `sample` is the number of points an estimate rests on, `None` if
    exact.
    """

    table: pd.DataFrame
    sample: int | None = None


def degree(network: Network) -> Scores:
    """Number of ties.

    Formula: |{j : w_ij > 0}|. Unit: actors. An isolate gets 0. Source: L. C. Freeman (1978).
    """
    return _scores(network, network.degrees.astype(np.float64))


def strength(network: Network) -> Scores:
    """Sum of the weights of all ties.

    Formula: Σ_j w_ij. Unit: that of the weights; with Newman's weights the number of events with company.
    An isolate gets 0. Source: A. Barrat et al., PNAS 101 (2004) 3747.
    """
    return _scores(network, np.asarray(network.weights.sum(axis=1), dtype=np.float64).ravel())


def betweenness(
    network: Network, *, normalised: bool = True, exact_up_to: int = EXACT_UP_TO, sample: int = 200
) -> Scores:
    """Share of shortest paths between others that pass through an actor.

    Formula: Σ_{s<t} σ_st(v) ÷ σ_st, every tie one step long whatever its weight; normalised by (n - 1)(n - 2)
    ÷ 2. Unit: share, 0 to 1 (or pairs, if not normalised). An isolate gets 0. Above `exact_up_to` actors
    estimated from `sample` start points, and `sample` of the result says so. Source: L. C. Freeman (1977);
    Brandes & Pich (2007).
    """
    raw, used = estimated_betweenness(network.graph(), exact_up_to=exact_up_to, sample=sample)
    pairs = (network.size - 1) * (network.size - 2) / 2
    if normalised:
        raw = raw / pairs if pairs > 0 else np.zeros(network.size)
    return _scores(network, raw, used)


def harmonic(network: Network, *, exact_up_to: int = 5_000, sample: int = 500) -> Scores:
    """Harmonic closeness.

    Formula: Σ_{j≠i} 1/d_ij ÷ (n - 1), with 1/d = 0 for actors out of reach, every tie one step long.
    Unit: share, 0 to 1. An isolate gets 0. Above `exact_up_to` actors estimated from `sample` end points.
    Source: M. Marchiori, V. Latora (2000); Y. Rochat (2009).
    """
    totals, used = estimated_harmonic(network.graph(), exact_up_to=exact_up_to, sample=sample)
    return _scores(network, totals / max(network.size - 1, 1), used)


def _scores(network: Network, values: Numbers, sample: int | None = None) -> Scores:
    return Scores(pd.DataFrame({"actor_id": network.ids, "value": values}), sample)
