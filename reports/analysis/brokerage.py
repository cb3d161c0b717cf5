"""Brokerage between groups: who stands between two others who do not meet, and in which of five roles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse

from reports.analysis.blocks import product_costs, row_blocks
from reports.analysis.network import Ids, Network, Numbers

ROLES = ("coordinator", "consultant", "gatekeeper", "representative", "liaison")


@dataclass(frozen=True, eq=False)
class Brokerage:
    """How often each actor is in each role: `actor_id`, one column for each of `ROLES`, and `total`."""

    table: pd.DataFrame


def brokerage(network: Network, groups: Sequence[str], *, actors: Iterable[int] | None = None) -> Brokerage:
    """Count the roles of Gould and Fernandez in an undirected network.

    A tie counts in both directions, as in the usual programs, so that gatekeeper and representative are the
    same number and all others are twice the number of pairs of contacts. See `directed_brokerage`.

    Parameters
    ----------
    groups
        The group (sector) of every actor, in the order of `network.ids`.
    actors
        Whom to measure; all, if not said. The cost of an actor grows with the ties of its contacts.
    """
    return _brokerage(network.ids, network.without_weights().weights, groups, actors)


def directed_brokerage(
    ids: Iterable[int],
    arcs: pd.DataFrame,
    groups: Sequence[str],
    *,
    actors: Iterable[int] | None = None,
) -> Brokerage:
    """Count the roles of Gould and Fernandez in a directed network.

    Formula: for every actor j the number of pairs (i, k), i ≠ k, with i → j, j → k and not i → k. Where all
    three are of one group, j is their *coordinator*; where i and k are of one group and j is not, its
    *consultant*; where j shares its group with k only, its *gatekeeper* (it lets in); with i only, its
    *representative* (it speaks for it); where all three differ, a *liaison*. Unit: pairs. An isolate gets 0
    in every role. Source: R. V. Gould, R. M. Fernandez, Sociological Methodology 19 (1989) 89-126. The
    published table on the EIES data could not be repeated, since that data is not at hand; the tests compare
    with counting pair by pair on random networks instead.

    Parameters
    ----------
    ids
        All actors, in ascending order.
    arcs
        `source_id`, `target_id`: who turns to whom. Repeated arcs count once, arcs to oneself not at all.
    groups
        The group of every actor, in the order of `ids`.
    """
    known = np.fromiter(ids, dtype=np.int64)
    pairs = arcs.loc[arcs["source_id"] != arcs["target_id"], ["source_id", "target_id"]].drop_duplicates()
    rows = np.searchsorted(known, pairs["source_id"].to_numpy(dtype=np.int64))
    columns = np.searchsorted(known, pairs["target_id"].to_numpy(dtype=np.int64))
    size = len(known)
    return _brokerage(
        known, sparse.csr_array((np.ones(len(pairs)), (rows, columns)), shape=(size, size)), groups, actors
    )


def _brokerage(
    ids: Ids, arcs: sparse.csr_array, groups: Sequence[str], actors: Iterable[int] | None
) -> Brokerage:
    if len(groups) != len(ids):
        raise ValueError("Every actor needs a group.")
    codes = np.unique(np.asarray(groups, dtype=str), return_inverse=True)[1]
    rows = (
        np.arange(len(ids))
        if actors is None
        else np.flatnonzero(np.isin(ids, np.fromiter(actors, dtype=np.int64)))
    )
    counts = _open_pairs(arcs, codes, rows) - _closed_pairs(arcs, codes, rows)
    table = pd.DataFrame(np.rint(counts).astype(np.int64), columns=list(ROLES))
    table.insert(0, "actor_id", ids[rows])
    table["total"] = table[list(ROLES)].sum(axis=1)
    return Brokerage(table)


def _open_pairs(arcs: sparse.csr_array, codes: Ids, rows: Ids) -> Numbers:
    """Count all pairs i → j → k with i ≠ k by role, whether i → k or not."""
    groups = int(codes.max(initial=-1)) + 1
    belongs = sparse.csr_array((np.ones(len(codes)), (np.arange(len(codes)), codes)), (len(codes), groups))
    into, out = sparse.csr_array(arcs.T[rows]), sparse.csr_array(arcs[rows])
    from_group, to_group = (side @ belongs for side in (into, out))
    both_ways = sparse.csr_array(into.multiply(out)) @ belongs
    own = sparse.csr_array(belongs[rows])
    all_in, all_out = _sums(into), _sums(out)
    own_in, own_out = _sums(from_group.multiply(own)), _sums(to_group.multiply(own))
    one_group = _sums(from_group.multiply(to_group))
    returns, own_returns = _sums(both_ways), _sums(both_ways.multiply(own))
    coordinator = own_in * own_out
    consultant = one_group - coordinator
    gatekeeper, representative = (all_in - own_in) * own_out, own_in * (all_out - own_out)
    liaison = all_in * all_out - coordinator - consultant - gatekeeper - representative
    return np.column_stack(
        [
            coordinator - own_returns,
            consultant - (returns - own_returns),
            gatekeeper,
            representative,
            liaison,
        ]
    )


def _closed_pairs(arcs: sparse.csr_array, codes: Ids, rows: Ids) -> Numbers:
    """Count the pairs i → j → k with i → k by role."""
    same, other = _by_group(arcs, codes)
    same_in, other_in = sparse.csr_array(same.T[rows]), sparse.csr_array(other.T[rows])
    same_out, other_out = sparse.csr_array(same[rows]), sparse.csr_array(other[rows])
    counts = np.zeros((len(rows), len(ROLES)))
    for block in row_blocks(product_costs(sparse.csr_array(arcs.T[rows]), arcs)):
        from_same, from_other = sparse.csr_array(same_in[block]), sparse.csr_array(other_in[block])
        to_same, to_other = sparse.csr_array(same_out[block]), sparse.csr_array(other_out[block])
        counts[block] = np.column_stack(
            [
                _sums(sparse.csr_array(from_same @ same).multiply(to_same)),
                _sums(sparse.csr_array(from_other @ same).multiply(to_other)),
                _sums(sparse.csr_array(from_other @ other).multiply(to_same)),
                _sums(sparse.csr_array(from_same @ other).multiply(to_other)),
                _sums(sparse.csr_array(from_other @ other).multiply(to_other)),
            ]
        )
    return counts


def _by_group(arcs: sparse.csr_array, codes: Ids) -> tuple[sparse.csr_array, sparse.csr_array]:
    """Part the arcs into those inside a group and those between groups."""
    cells = arcs.tocoo()
    inside = codes[cells.row] == codes[cells.col]
    ones = np.ones(len(inside))
    same, other = (
        sparse.csr_array((ones[mask], (cells.row[mask], cells.col[mask])), shape=arcs.shape)
        for mask in (inside, ~inside)
    )
    return same, other


def _sums(matrix: sparse.csr_array) -> Numbers:
    return np.asarray(matrix.sum(axis=1), dtype=np.float64).ravel()


def open_pairs(network: Network, groups: Sequence[str], *, actors: Iterable[int]) -> pd.DataFrame:
    """Count the pairs of contacts of an actor that are not tied to each other, by the groups of both.

    Formula: |{ {i, k} : both tied to j, not to each other }|. Unit: pairs, each once, so half of what
    `brokerage` counts. An actor without such a pair has no row. The roles follow from the groups.

    Returns
    -------
    DataFrame
        `actor_id`, `first` ≤ `last` (groups in alphabetical order), `pairs`, `role` (one of `ROLES`; of
        gatekeeper and representative, which are the same without directions, the first).
    """
    if len(groups) != network.size:
        raise ValueError("Every actor needs a group.")
    names, codes = np.unique(np.asarray(groups, dtype=str), return_inverse=True)
    rows = np.flatnonzero(np.isin(network.ids, np.fromiter(actors, dtype=np.int64)))
    parts = [(row, *_unmet(network.weights, codes, int(row), len(names))) for row in rows.tolist()]
    table = pd.DataFrame(
        {
            "actor_id": np.repeat(network.ids[rows], [len(part[1]) for part in parts]),
            "own": np.repeat(names[codes[rows]], [len(part[1]) for part in parts]),
            "first": names[_joined([part[1] for part in parts])],
            "last": names[_joined([part[2] for part in parts])],
            "pairs": _joined([part[3] for part in parts]),
        }
    )
    table["role"] = [
        _role(first, own, last)
        for first, own, last in table[["first", "own", "last"]].itertuples(index=False, name=None)
    ]
    return table.drop(columns="own")


def _unmet(weights: sparse.csr_array, codes: Ids, row: int, groups: int) -> tuple[Ids, Ids, Ids]:
    """Count the pairs of neighbours without a tie by their groups."""
    near = weights.indices[weights.indptr[row] : weights.indptr[row + 1]]
    among = sparse.csr_array(sparse.csr_array(weights[near])[:, near]).tocoo()
    own = codes[near]
    tied = np.bincount(own[among.row] * groups + own[among.col], minlength=groups**2)
    sizes = np.bincount(own, minlength=groups)
    # Every pair twice, within a group as between two.
    pairs = np.outer(sizes, sizes) - np.diag(sizes) - tied.reshape(groups, groups)
    pairs[np.diag_indices(groups)] //= 2
    first, last = np.nonzero(np.triu(pairs))
    return first, last, pairs[first, last]


def _joined(parts: Sequence[Ids]) -> Ids:
    return np.concatenate([np.zeros(0, dtype=np.int64), *parts])


def _role(first: str, own: str, last: str) -> str:
    if first == last:
        return "coordinator" if first == own else "consultant"
    return "gatekeeper" if own in {first, last} else "liaison"
