"""The bipartite configuration model: how likely each participation is if only the totals are known."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from reports.analysis.network import Ids, Numbers

_TOLERANCE = 1e-10
_MOST_STEPS = 500
_LONGEST = 4.0
_RIDGE = 1e-11


@dataclass(frozen=True, eq=False)
class Model:
    """Probabilities of the cells of a table, which are the same wherever row and column total are.

    `row_class` and `column_class` give every row and column its class, `row_count` and `column_count` the
    size of each class, `probabilities` has a row and a column for each class. There are never more classes
    than about the square root of twice the number of participations.
    """

    row_class: Ids
    column_class: Ids
    row_count: Ids
    column_count: Ids
    probabilities: Numbers

    def meeting(self, one: Ids, other: Ids) -> Numbers:
        """Return the chance that rows of two classes are both in a column, for every class of columns."""
        return np.asarray(self.probabilities[one] * self.probabilities[other])

    def cells(self) -> Numbers:
        """Return the probability of every cell: for small tables only."""
        return np.asarray(self.probabilities[np.ix_(self.row_class, self.column_class)])


def fit(row_totals: Ids, column_totals: Ids) -> Model:
    """Fit the model of largest entropy whose expected totals are the given ones.

    Formula: π_ik = x_i y_k ÷ (1 + x_i y_k), with Σ_k π_ik the total of row i and Σ_i π_ik that of column k.
    Unit: probability. An empty row or column gets 0, a full one 1, before the rest is fitted. Solved for the
    distinct totals by Newton's method on the concave likelihood, so that the size of the table costs nothing;
    where totals leave no freedom, x or y run off to infinity and the probabilities approach 0 or 1 as they
    must. Source: F. Saracco et al., Sci. Rep. 5, 10595 (2015).
    """
    rows, row_class, row_count = _classes(row_totals)
    columns, column_class, column_count = _classes(column_totals)
    table = _Table(rows, columns, row_count, column_count)
    while table.settle() or table.transposed().settle():
        pass
    table.solve()
    return Model(row_class, column_class, row_count, column_count, table.probabilities)


def _classes(totals: Ids) -> tuple[Numbers, Ids, Ids]:
    values, place, counts = np.unique(totals, return_inverse=True, return_counts=True)
    return values.astype(np.float64), place.astype(np.int64), counts.astype(np.int64)


class _Table:
    """Row and column classes with what is left of their totals; what is settled is taken out."""

    def __init__(self, rows: Numbers, columns: Numbers, row_count: Ids, column_count: Ids) -> None:
        self.totals = (rows.copy(), columns.copy())
        self.counts = (row_count.astype(np.float64), column_count.astype(np.float64))
        self.free = (np.ones(len(rows), dtype=bool), np.ones(len(columns), dtype=bool))
        self.probabilities = np.zeros((len(rows), len(columns)))

    def transposed(self) -> _Table:
        """Return the same table the other way round; what is changed there is changed here."""
        other = object.__new__(_Table)
        other.totals, other.counts, other.free = self.totals[::-1], self.counts[::-1], self.free[::-1]
        other.probabilities = self.probabilities.T
        return other

    def settle(self) -> bool:
        """Take out the rows that are empty or full, and say whether there were any."""
        totals, free = self.totals[0], self.free[0]
        width = self.counts[1][self.free[1]].sum()
        is_full = free & (totals >= width) & (width > 0)
        settled = is_full | (free & (totals <= 0))
        self.probabilities[np.ix_(is_full, self.free[1])] = 1.0
        self.totals[1][self.free[1]] -= self.counts[0][is_full].sum()
        free[settled] = False
        return bool(settled.any())

    def solve(self) -> None:
        """Fit what is free."""
        rows, columns = self.free
        if not (rows.any() and columns.any()):
            return
        totals = np.concatenate([self.totals[0][rows], self.totals[1][columns]])
        sizes = np.concatenate([self.counts[0][rows], self.counts[1][columns]])
        self.probabilities[np.ix_(rows, columns)] = _newton(totals, sizes, int(rows.sum()))


def _newton(totals: Numbers, sizes: Numbers, split: int) -> Numbers:
    """Return the probabilities that give the totals; the first `split` are those of the rows."""
    ties = float((totals * sizes)[:split].sum())
    logs = np.log(totals) - np.log(ties) / 2
    for _step in range(_MOST_STEPS):
        chances = _chances(logs, split)
        off = totals - _expected(chances, sizes, split)
        if (np.abs(off) <= _TOLERANCE * (1 + totals)).all():
            break
        step = _step_of(chances, off * sizes, sizes, split)
        logs = _improved(logs, step, totals, sizes, split)
    return _chances(logs, split)


def _chances(logs: Numbers, split: int) -> Numbers:
    return np.asarray(expit(logs[:split, None] + logs[None, split:]))


def _expected(cells: Numbers, sizes: Numbers, split: int) -> Numbers:
    return np.concatenate([cells @ sizes[split:], sizes[:split] @ cells])


def _step_of(chances: Numbers, gradient: Numbers, sizes: Numbers, split: int) -> Numbers:
    spread = chances * (1 - chances)
    cross = sizes[:split, None] * spread * sizes[None, split:]
    diagonal = np.maximum(_expected(spread, sizes, split) * sizes, 1e-300)
    scale = 1 / np.sqrt(diagonal)
    # Rows and columns can be shifted against each other; the ridge picks the smallest step of all.
    curvature = np.eye(len(sizes)) * (1 + _RIDGE)
    curvature[:split, split:] = scale[:split, None] * cross * scale[None, split:]
    curvature[split:, :split] = curvature[:split, split:].T
    step = scale * np.linalg.solve(curvature, scale * gradient)
    return np.asarray(step * min(1.0, _LONGEST / np.abs(step).max()))


def _improved(logs: Numbers, step: Numbers, totals: Numbers, sizes: Numbers, split: int) -> Numbers:
    """Go as much of the step as makes the totals likelier."""
    before, share = _likelihood(logs, totals, sizes, split), 1.0
    while share > 1e-6:
        after = logs + share * step
        if _likelihood(after, totals, sizes, split) >= before - 1e-12 * abs(before):
            return after
        share /= 2
    return logs + share * step


def _likelihood(logs: Numbers, totals: Numbers, sizes: Numbers, split: int) -> float:
    softplus = np.logaddexp(0, logs[:split, None] + logs[None, split:])
    return float((sizes * totals * logs).sum() - sizes[:split] @ softplus @ sizes[split:])
