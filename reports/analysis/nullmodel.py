"""What chance would do: the same number of events removed, but any events.

Removing events costs ties whoever organised them. Only beside this range does a share say something about the
set that was taken out.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from reports.analysis.network import Ids
from reports.analysis.pairs import blocks
from reports.analysis.paths import spread
from reports.analysis.twomode import TwoMode
from reports.analysis.without import parts_of

DRAWS = 100
SEED = 20_030_401
LOW, HIGH = 0.025, 0.975
# With more meetings of two actors than this the share of ties is counted on a sample of the actors.
MOST_MEETINGS = 20_000_000
_BITS = 64
_PORTION = 1_000_000


@dataclass(frozen=True)
class Range:
    """The middle 95 % of what the draws gave, and their median."""

    low: float
    median: float
    high: float


@dataclass(frozen=True, eq=False)
class Null:
    """What remains after removing random events.

    `draws` has one row per draw: `share` (ties that remain ÷ ties before), `components`, `largest` and
    `isolated` (actors with a tie before and none after). `removed` is the number of events each draw removes,
    out of `events`. `sample` is the number of actors the share rests on, `None` if all.
    """

    draws: pd.DataFrame
    removed: int
    events: int
    sample: int | None = None

    def range_of(self, figure: str) -> Range | None:
        """Return the range of 95 percent of a figure, `None` where there was nothing to draw or no tie."""
        values = self.draws[figure].dropna()
        if not len(values):
            return None
        low, median, high = np.quantile(values, [LOW, 0.5, HIGH])
        return Range(float(low), float(median), float(high))


def random_removals(
    network: TwoMode,
    *,
    count: int,
    events: Ids | None = None,
    draws: int = DRAWS,
    seed: int = SEED,
    most_meetings: int = MOST_MEETINGS,
) -> Null:
    """Remove `count` random events, again and again, and see what remains.

    Formula: each draw takes `count` events without replacement, every event with participants as likely as
    any other; the range is that between the 2.5 % and the 97.5 % quantile of the draws. Unit: share of ties;
    actors; components (isolates included). An isolate stays one and is not newly isolated. The same seed
    gives the same draws. Source: own definition ("the null" of the analysis).

    Parameters
    ----------
    events
        The event each record (column) of the network belongs to, -1 for none: records of one event go
        together, those of none always stay. Without it every record is an event of its own. Events without
        participants are never drawn.
    most_meetings
        Above so many meetings of two actors the share is that of the ties of some actors only, spread over
        the register; `sample` of the result says of how many.
    """
    belongs = np.arange(len(network.event_ids)) if events is None else events
    choices = np.unique(belongs[(network.actors_per_event > 0) & (belongs >= 0)])
    if not 0 <= count <= len(choices):
        raise ValueError(f"{count} events cannot be drawn out of {len(choices)}.")
    kept = _draw(choices, count, belongs, draws, seed)
    sizes = network.actors_per_event
    meetings = int((sizes * (sizes - 1)).sum()) // 2
    sample = None if meetings <= most_meetings else max(len(network.actor_ids) * most_meetings // meetings, 1)
    table = pd.DataFrame(
        {
            "share": _shares(network, kept, sample),
            **_parts(network, kept),
            "isolated": _isolated(network, kept),
        }
    )
    return Null(table, count, len(choices), sample)


def _draw(choices: Ids, count: int, belongs: Ids, draws: int, seed: int) -> NDArray[np.bool_]:
    """Return which records (rows) each draw (column) keeps."""
    random = np.random.default_rng(seed)
    # One row more than there are events: -1 finds the last one, which always stays.
    kept = np.ones((int(belongs.max(initial=-1)) + 2, draws), dtype=bool)
    for draw in range(draws):
        kept[random.choice(choices, size=count, replace=False), draw] = False
    return np.asarray(kept[belongs])


def _shares(network: TwoMode, kept: NDArray[np.bool_], sample: int | None) -> NDArray[np.float64]:
    # Sixty-four draws at a time: one bit each, set where the draw keeps the event.
    draws = kept.shape[1]
    rows = None if sample is None else spread(len(network.actor_ids), sample)
    words = np.ascontiguousarray(np.pad(kept, ((0, 0), (0, -draws % _BITS))))
    masks = np.packbits(words, axis=1, bitorder="little").view(np.uint64)
    remaining, before = np.zeros(masks.shape[1] * _BITS, dtype=np.int64), 0
    for starts, events in _meetings(network, rows):
        before += len(starts)
        for word in range(masks.shape[1]):
            # A tie remains in a draw if the draw keeps any of its events.
            ties = np.bitwise_or.reduceat(masks[events, word], starts)
            remaining[word * _BITS : (word + 1) * _BITS] += _bit_counts(ties)
    return remaining[:draws] / before if before else np.full(draws, np.nan)


def _bit_counts(words: NDArray[np.uint64]) -> Ids:
    bits = np.unpackbits(words.view(np.uint8).reshape(-1, 8), axis=1, bitorder="little")
    return np.asarray(bits.sum(axis=0, dtype=np.int64))


def _meetings(network: TwoMode, rows: Ids | None) -> Iterator[tuple[Ids, Ids]]:
    """Yield the ties of portions of actors: where the events of each begin, and the events.

    Of all actors every tie comes once; of a sample all ties of each.
    """
    matrix, columns = network.matrix, sparse.csr_array(network.matrix.T)
    size = matrix.shape[0]
    for portion in blocks(matrix, rows=rows, most=_PORTION):
        part = sparse.csr_array(matrix[portion])
        own = np.repeat(portion, np.diff(part.indptr))
        lengths = np.diff(columns.indptr)[part.indices]
        offsets = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        other = columns.indices[np.repeat(columns.indptr[part.indices], lengths) + offsets]
        own = np.repeat(own, lengths)
        is_pair = other > own if rows is None else other != own
        keys = own[is_pair].astype(np.int64) * size + other[is_pair]
        order = np.argsort(keys, kind="stable")
        keys = keys[order]
        if len(keys):
            starts = np.flatnonzero(np.append(True, keys[1:] != keys[:-1]))
            yield starts, np.repeat(part.indices, lengths)[is_pair][order]


def _parts(network: TwoMode, kept: NDArray[np.bool_]) -> dict[str, list[int]]:
    matrix, components, largest = network.matrix, [], []
    for draw in range(kept.shape[1]):
        stays = kept[matrix.indices, draw]
        starts = np.append(0, np.cumsum(stays))[matrix.indptr]
        cells = matrix.data[stays], matrix.indices[stays], starts
        labels = parts_of(replace(network, matrix=sparse.csr_array(cells, shape=matrix.shape)))
        sizes = np.bincount(labels)
        components.append(int((sizes > 0).sum()))
        largest.append(int(sizes.max(initial=0)))
    return {"components": components, "largest": largest}


def _isolated(network: TwoMode, kept: NDArray[np.bool_]) -> list[int]:
    company = sparse.csr_array(network.matrix[:, network.actors_per_event > 1])
    present = company @ kept[network.actors_per_event > 1].astype(np.int32)
    had = np.diff(company.indptr) > 0
    return [int(count) for count in ((present == 0) & had[:, None]).sum(axis=0)]
