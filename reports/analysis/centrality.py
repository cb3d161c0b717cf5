"""Centralities of actors in a network with one mode."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from reports.analysis.network import Network, Numbers
from reports.analysis.paths import Estimate, estimated_betweenness, estimated_harmonic
from reports.analysis.spectral import leading_vector
from reports.analysis.twomode import EXACT_UP_TO, relative_error


@dataclass(frozen=True, eq=False)
class Scores:
    """`table` has `actor_id` and `value`; `sample` is the number of points an estimate rests on and `errors`
    are the standard errors of the values, both `None` if exact.
    """

    table: pd.DataFrame
    sample: int | None = None
    errors: Numbers | None = None

    @property
    def sample_error(self) -> float | None:
        """The largest standard error ÷ the largest value; `None` where exact. Unit: share."""
        return relative_error(self.table["value"].to_numpy(), self.errors)


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
    estimated from `sample` start points, and `sample` and `sample_error` of the result say so. Source: L. C.
    Freeman (1977); Brandes & Pich (2007).
    """
    estimate = estimated_betweenness(network.graph(), exact_up_to=exact_up_to, sample=sample)
    pairs = max((network.size - 1) * (network.size - 2) / 2, 1.0) if normalised else 1.0
    return _estimated(network, estimate, pairs)


def closeness(network: Network) -> Scores:
    """Closeness.

    Formula: (n - 1) ÷ Σ_j d_ij, every tie one step long. Unit: share, 0 to 1. Defined on a connected network
    of two or more only: in any other everybody gets NaN (shown as "–"). Use `harmonic` there. Source: L. C.
    Freeman (1978).
    """
    graph = network.graph()
    if network.size < 2 or not graph.is_connected():
        return _scores(network, np.full(network.size, np.nan))
    return _scores(network, np.asarray(graph.closeness(), dtype=np.float64))


def harmonic(network: Network, *, exact_up_to: int = 5_000, sample: int = 500) -> Scores:
    """Harmonic closeness.

    Formula: Σ_{j≠i} 1/d_ij ÷ (n - 1), with 1/d = 0 for actors out of reach, every tie one step long.
    Unit: share, 0 to 1. An isolate gets 0. Above `exact_up_to` actors estimated from `sample` end points.
    Source: M. Marchiori, V. Latora (2000); Y. Rochat (2009).
    """
    estimate = estimated_harmonic(network.graph(), exact_up_to=exact_up_to, sample=sample)
    return _estimated(network, estimate, max(network.size - 1, 1))


def eigenvector(network: Network) -> Scores:
    """Eigenvector centrality: tied to those who are tied to many who are so too.

    Formula: the leading eigenvector x of the weights, λ x_i = Σ_j w_ij x_j, none negative, the largest 1.
    Unit: share of the highest score. An isolate gets 0, and in a network of several components so does
    everybody outside the one with the largest λ (where several have the same, each has the weight a power
    iteration from equal scores gives it). Without any tie all get 0. Source: P. Bonacich (1972).
    """
    vector = leading_vector(network.weights)
    largest = vector.max(initial=0)
    return _scores(network, vector / largest if largest > 0 else vector)


def _estimated(network: Network, estimate: Estimate, by: float) -> Scores:
    errors = None if estimate.errors is None else estimate.errors / by
    return Scores(_table(network, estimate.sums / by), estimate.sample, errors)


def _scores(network: Network, values: Numbers) -> Scores:
    return Scores(_table(network, values))


def _table(network: Network, values: Numbers) -> pd.DataFrame:
    return pd.DataFrame({"actor_id": network.ids, "value": values})
