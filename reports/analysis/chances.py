"""How likely so many common events are by chance: sums of unlike draws (Poisson binomial)."""

from __future__ import annotations

import numpy as np

from reports.analysis.bicm import Model
from reports.analysis.network import Ids, Numbers

# What is cut off a distribution, and so how exact a p-value is.
_CUT_OFF = 1e-13
_PAIRS_AT_ONCE = 2_000
_SHORTEST = 8


class CommonEvents:
    """P-values of numbers of common events.

    Two actors with as many events as two others have the same distribution: it is computed once for each pair
    of totals that occurs, and kept as far as it weighs more than 1e-13.
    """

    def __init__(self, model: Model) -> None:
        self._model = model
        self._classes = len(model.row_count)
        pairs = self._classes**2
        self._start = np.full(pairs, -1, dtype=np.int64)
        self._length = np.zeros(pairs, dtype=np.int64)
        self._tails = np.zeros(0)

    def at_least(self, rows: Ids, columns: Ids, events: Ids) -> Numbers:
        """Return for each pair of actors the chance of so many common events or more."""
        one, other = self._model.row_class[rows], self._model.row_class[columns]
        pairs = np.minimum(one, other) * self._classes + np.maximum(one, other)
        self._learn(np.unique(pairs[self._start[pairs] < 0]))
        inside = events < self._length[pairs]
        chances = np.zeros(len(pairs))
        chances[inside] = self._tails[self._start[pairs[inside]] + events[inside]]
        return chances

    def _learn(self, pairs: Ids) -> None:
        lengths = self._lengths(pairs)
        known, end = [self._tails], len(self._tails)
        for length in np.unique(lengths).tolist():
            same = pairs[lengths == length]
            step = max(_PAIRS_AT_ONCE * 4 * _SHORTEST // length, 1)
            for start in range(0, len(same), step):
                part = same[start : start + step]
                masses = poisson_binomial(self._chances(part), self._model.column_count, length)
                tails = np.cumsum(masses[:, ::-1], axis=1)[:, ::-1]
                known.append(np.clip(tails, 0.0, 1.0).ravel())
                self._start[part] = end + np.arange(len(part)) * length
                self._length[part] = length
                end += tails.size
        self._tails = np.concatenate(known)

    def _chances(self, pairs: Ids) -> Numbers:
        return self._model.meeting(pairs // self._classes, pairs % self._classes)

    def _lengths(self, pairs: Ids) -> Ids:
        means = np.zeros(len(pairs))
        for start in range(0, len(pairs), _PAIRS_AT_ONCE):
            part = slice(start, start + _PAIRS_AT_ONCE)
            means[part] = self._chances(pairs[part]) @ self._model.column_count
        return lengths_for(means, len(self._model.column_class))


def poisson_binomial(chances: Numbers, counts: Ids, length: int) -> Numbers:
    """Return the first `length` probabilities of sums of independent draws, a row for each row of chances.

    `counts` says how often each column of chances is drawn. Computed by a discrete Fourier transform of the
    characteristic function; what lies beyond `length` is folded onto the beginning, so choose it such that
    this is next to nothing (`lengths_for`). Source: Y. Hong, Comput. Stat. Data Anal. 59 (2013) 41-51.
    """
    half = length // 2 + 1
    turns = np.exp(-2j * np.pi * np.arange(half) / length) - 1
    transformed = np.zeros((len(chances), half), dtype=np.complex128)
    with np.errstate(divide="ignore"):
        for column, count in enumerate(counts.tolist()):
            transformed += count * np.log1p(chances[:, [column]] * turns)
    return np.asarray(np.fft.irfft(np.exp(transformed), n=length, axis=1))


def lengths_for(means: Numbers, most: int) -> Ids:
    """Return lengths beyond which a sum of so many draws has no weight to speak of (Chernoff's bound)."""
    lengths = np.full(len(means), _SHORTEST, dtype=np.int64)
    while True:
        with np.errstate(divide="ignore"):
            bound = lengths - means - lengths * np.log(lengths / np.maximum(means, 1e-300))
        short = ((lengths <= means) | (bound > np.log(_CUT_OFF))) & (lengths <= most)
        if not short.any():
            return lengths
        lengths[short] *= 2
