"""Structural holes: how much an actor's contacts are tied to each other, and so how free it is among them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse

from reports.analysis.blocks import product_costs, row_blocks
from reports.analysis.network import Ids, Network, Numbers


@dataclass(frozen=True, eq=False)
class Holes:
    """Constraint and effective size of some actors.

    `table` has `actor_id`, `degree`, `constraint` and `effective_size`; both are NaN for an actor without
    ties. `ties_left_out` counts the ties too weak to be looked at.
    """

    table: pd.DataFrame
    ties_left_out: int = 0


def structural_holes(
    network: Network, *, actors: Iterable[int] | None = None, at_least: float = 0.0
) -> Holes:
    """Measure Burt's constraint and effective size.

    Formulas, with p_ij = w_ij ÷ Σ_k w_ik (the share of i's ties that goes to j), m_jq = w_jq ÷ max_k w_jk,
    and sums over the contacts j of i only:

    - constraint: Σ_j (p_ij + Σ_q p_iq p_qj)². Unit: none; 1 for a single contact, near 0 for many contacts
      that do not know each other, above 1 in small dense circles of uneven ties.
    - effective size: Σ_j (1 - Σ_q p_iq m_jq). Unit: contacts, from 1 to the degree.

    The weights count; hand over `network.without_weights()` for the unweighted measures. For an isolate
    neither is defined (NaN, shown as "–"). The cost of an actor grows with the ties of its contacts: on a
    large projection name the `actors`, or leave out ties that weigh less than `at_least`. Source: R. S. Burt,
    Structural Holes (1992), equations 2.2 to 2.4.
    """
    kept = network.at_least(at_least) if at_least > 0 else network
    rows = _rows(kept.ids, actors)
    shares, marginals = _divided(kept.weights, "sum"), _divided(kept.weights, "max")
    measures = np.full((len(rows), 2), np.nan)
    own = sparse.csr_array(shares[rows])
    for block in row_blocks(product_costs(own, shares)):
        part = sparse.csr_array(own[block])
        measures[block, 0] = _constraints(part, shares)
        measures[block, 1] = _effective_sizes(part, marginals)
    degrees = kept.degrees[rows]
    measures[degrees == 0] = np.nan
    table = pd.DataFrame(
        {
            "actor_id": kept.ids[rows],
            "degree": degrees,
            "constraint": measures[:, 0],
            "effective_size": measures[:, 1],
        }
    )
    return Holes(table, network.tie_count - kept.tie_count)


def _rows(ids: Ids, actors: Iterable[int] | None) -> Ids:
    if actors is None:
        return np.arange(len(ids))
    return np.flatnonzero(np.isin(ids, np.fromiter(actors, dtype=np.int64)))


def _divided(weights: sparse.csr_array, by: str) -> sparse.csr_array:
    """Divide every row by its sum or by its largest entry."""
    sizes = np.diff(weights.indptr)
    filled = np.flatnonzero(sizes)
    divisors = np.ones(weights.shape[0])
    reduce = np.add if by == "sum" else np.maximum
    if len(filled):
        divisors[filled] = reduce.reduceat(weights.data, weights.indptr[filled])
    return sparse.csr_array(
        (weights.data / np.repeat(divisors, sizes), weights.indices, weights.indptr), shape=weights.shape
    )


def _constraints(part: sparse.csr_array, shares: sparse.csr_array) -> Numbers:
    # The diagonal of the shares is empty, so q is neither i nor j of itself.
    indirect = sparse.csr_array(part @ shares).multiply(part > 0)
    both = sparse.csr_array(part + indirect)
    return np.asarray(both.multiply(both).sum(axis=1), dtype=np.float64).ravel()


def _effective_sizes(part: sparse.csr_array, marginals: sparse.csr_array) -> Numbers:
    redundant = sparse.csr_array(part @ marginals.T).multiply(part > 0)
    contacts = np.diff(part.indptr)
    return np.asarray(contacts - np.asarray(redundant.sum(axis=1)).ravel(), dtype=np.float64)
