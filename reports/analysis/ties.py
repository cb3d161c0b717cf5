"""Ties from several sources: shared events, shared tasks, declared relations, affiliations, logged contacts.

Every source is kept as a two-mode network of actors and records, so that each tie knows the records behind it
and any part of a source can be left out without counting anew.

Weight of a record of n actors: 1 ÷ (n - 1) for shared events and tasks (M. E. J. Newman, Phys. Rev. E 64,
016132, 2001), the declared strength of a relation, 1 for an affiliation and for a contact. The strength of a
tie is the sum over the kinds that are switched on. Organising the same event is a part of attending it: where
attendance counts, it is told beside it and adds nothing.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from reports.analysis.network import Ids, Network, Numbers
from reports.analysis.twomode import TwoMode

Flags = NDArray[np.bool_]
Days = NDArray[np.datetime64]
Office = Literal["with", "without", "cancelled"]

ATTENDANCE, ORGANISING, TASKS = "attendance", "organising", "tasks"
RELATIONS, AFFILIATIONS, CONTACTS = "relations", "affiliations", "contacts"
TIE_KINDS = (ATTENDANCE, ORGANISING, TASKS, RELATIONS, AFFILIATIONS, CONTACTS)
STRONG_KINDS = frozenset({ORGANISING, TASKS, RELATIONS})
DEFAULT_KINDS = (ATTENDANCE, ORGANISING)
# A record of three thousand actors is four and a half million pairs, each of next to no weight.
MOST_PAIRS = 6_000_000

# Bits of `Parts.office`, and the years of an open end and of a record without a day.
OFFICE_END, OFFICE_EVENT = 1, 2
OPEN, UNDATED = -1, 0


@dataclass(frozen=True, eq=False)
class Records:
    """The records of one kind.

    `matrix` has a row for each actor and a column for each record, `weights` what a record gives to each pair
    of its actors. `starts` and `ends` are half-open; NaT is an open end, or, with `lasts` false, no day at
    all. `by_office` marks events that the office organised.
    """

    kind: str
    ids: Ids
    matrix: sparse.csr_array
    weights: Numbers
    starts: Days
    ends: Days
    by_office: Flags
    lasts: bool = False

    def only(self, columns: Flags) -> "Records":
        """Return some of the records, with all actors."""
        return replace(
            self,
            ids=self.ids[columns],
            matrix=sparse.csr_array(self.matrix[:, columns]),
            weights=self.weights[columns],
            starts=self.starts[columns],
            ends=self.ends[columns],
            by_office=self.by_office[columns],
        )

    def within(self, start: date | None, end: date | None) -> "Records":
        """Return the records that touch a half-open period; what has no day counts only without a period."""
        inside = np.ones(len(self.ids), dtype=bool)
        if start is not None:
            inside &= (self.ends > np.datetime64(start, "s")) | (np.isnat(self.ends) & self.lasts)
        if end is not None:
            inside &= (self.starts < np.datetime64(end, "s")) | (np.isnat(self.starts) & self.lasts)
        return self.only(inside) if not inside.all() else self

    def without_cells(self, gone: Flags) -> "Records":
        """Return the records without some of their actors: a mask over the stored cells of the matrix."""
        cells = self.matrix.tocoo()
        kept = sparse.csr_array(
            (cells.data[~gone], (cells.row[~gone], cells.col[~gone])), shape=self.matrix.shape
        )
        kept.sort_indices()
        return replace(self, matrix=kept)


@dataclass(frozen=True, eq=False)
class Ties:
    """Actors in ascending order of their ids, the records they share, and which of them is the office."""

    actor_ids: Ids
    records: tuple[Records, ...]
    is_office: Flags

    @property
    def counted(self) -> tuple[Records, ...]:
        """The records that make up the strength: none twice."""
        has_attendance = any(each.kind == ATTENDANCE for each in self.records)
        return tuple(each for each in self.records if each.kind != ORGANISING or not has_attendance)

    def only(self, kinds: Collection[str]) -> "Ties":
        """Return the ties of some kinds."""
        return replace(self, records=tuple(each for each in self.records if each.kind in kinds))

    def within(self, start: date | None, end: date | None) -> "Ties":
        """Return the ties of a half-open period."""
        return replace(self, records=tuple(each.within(start, end) for each in self.records))

    def without_office(self, office: Office) -> "Ties":
        """Take the office out; `cancelled` also drops the events it organised.

        What a record gives to the pairs of the others stays as it was: nobody else meets more closely because
        the office is not there.
        """
        if office == "with":
            return self
        kept = [each.without_cells(self.is_office[each.matrix.tocoo().row]) for each in self.records]
        if office == "cancelled":
            kept = [each.only(~each.by_office) for each in kept]
        return replace(self, records=tuple(kept))

    def among(self, present: Flags) -> "Ties":
        """Leave actors out (a mask in the order of `actor_ids`); they stay in the list, without any tie."""
        if present.all():
            return self
        kept = [each.without_cells(~present[each.matrix.tocoo().row]) for each in self.records]
        return replace(self, records=tuple(kept))

    @cached_property
    def too_large(self) -> int | None:
        """How many actors an event may have to be told in pairs; None where none is too large."""
        sizes = np.sort(np.concatenate([_sizes(each) for each in self.counted] or [np.zeros(0, np.int64)]))
        fits = np.cumsum(sizes * (sizes - 1) // 2) <= MOST_PAIRS
        return None if fits.all() else int(sizes[fits].max(initial=2))

    def network(self, *, minimum: float = 0, attendance_in: Network | None = None) -> Network:
        """Add up the ties of the counted kinds, and leave out those weaker than `minimum`.

        With attendance alone this is `project(weighting="newman")`. An actor without ties has no row entries.
        The largest records are left out where there would be more than `MOST_PAIRS` pairs (`too_large`).
        Shared events count only where `attendance_in` (a backbone of the same actors) has a tie as well.
        """
        size = len(self.actor_ids)
        total = sparse.csr_array((size, size), dtype=np.float64)
        for each in self.counted:
            fitting = self._fitting(each)
            scaled = sparse.csr_array(fitting.matrix * fitting.weights[np.newaxis, :])
            product = sparse.csr_array(scaled @ fitting.matrix.T)
            if each.kind == ATTENDANCE and attendance_in is not None:
                product = sparse.csr_array(product.multiply(attendance_in.weights > 0))
            total = sparse.csr_array(total + product)
        rows = np.repeat(np.arange(size, dtype=np.int32), np.diff(total.indptr))
        total.data[(total.indices == rows) | (total.data < minimum - 1e-9)] = 0
        total.eliminate_zeros()
        total.sort_indices()
        return Network(self.actor_ids, total)

    def _fitting(self, records: Records) -> Records:
        return records if self.too_large is None else records.only(_sizes(records) <= self.too_large)

    def two_mode(self) -> TwoMode:
        """Return the two-mode network of those who share in any record, and all records counted.

        With a single kind the records keep their ids, with several they are numbered from 0.
        """
        both = [each.matrix for each in self.counted]
        matrix = sparse.hstack(both, format="csr") if both else sparse.csr_array((len(self.actor_ids), 0))
        ids = self.counted[0].ids if len(both) == 1 else np.arange(matrix.shape[1], dtype=np.int64)
        active = np.diff(matrix.indptr) > 0
        cells = sparse.csr_array(matrix[active])
        cells.data = np.ones(len(cells.data))
        cells.sort_indices()
        return TwoMode(self.actor_ids[active], ids, cells)

    def behind(self, first: int, second: int) -> list[tuple[str, int]]:
        """Return the records two actors share, as kind and id, in the order of the kinds and ids."""
        rows = [int(np.searchsorted(self.actor_ids, actor)) for actor in (first, second)]
        records = []
        for each in self.records:
            one, other = (each.matrix[[row], :].indices for row in rows)
            shared = sorted({int(each.ids[column]) for column in np.intersect1d(one, other)})
            records += [(each.kind, record) for record in shared]
        return records

    def counts(self, kind: str) -> Ids:
        """Count for every actor the records of a kind."""
        layers = [each for each in self.records if each.kind == kind]
        empty = np.zeros(len(self.actor_ids), dtype=np.int64)
        return np.asarray(np.diff(layers[0].matrix.indptr), dtype=np.int64) if layers else empty


def _sizes(records: Records) -> Ids:
    return np.bincount(records.matrix.indices, minlength=len(records.ids)).astype(np.int64)


def parts(ties: Ties, network: Network) -> pd.DataFrame:
    """Tell what the ties of a network are made of.

    Returns `tie` (its place in `shown.upper()`), `kind` (its place in `TIE_KINDS`), `from_year`, `until_year`
    (`UNDATED` both: no day; `OPEN`: an open end), `strength`, `count` (records) and `office` (bits
    `OFFICE_END`: one end was the office then, `OFFICE_EVENT`: the office organised the event), in that order.
    """
    upper = network.upper()
    ends = upper.row.astype(np.int64), upper.col.astype(np.int64)
    tables = [_parts_of(ties, each, *ends) for each in ties.records]
    names = ["tie", "kind", "from_year", "until_year", "office"]
    table = pd.concat(tables or [_parts_of(ties, _none(len(ties.actor_ids)), *ends)], ignore_index=True)
    return table.groupby(names, sort=True, as_index=False).agg({"strength": "sum", "count": "sum"})


def _none(actors: int) -> Records:
    nothing = np.zeros(0)
    days = nothing.astype("datetime64[s]")
    matrix = sparse.csr_array((actors, 0))
    return Records(ATTENDANCE, nothing.astype(np.int64), matrix, nothing, days, days, nothing.astype(bool))


def _parts_of(ties: Ties, records: Records, rows: Ids, columns: Ids) -> pd.DataFrame:
    tie, at = shared_cells(records.matrix, rows, columns)
    first, last = _years(records)
    is_end = ties.is_office[rows[tie]] | ties.is_office[columns[tie]]
    return pd.DataFrame(
        {
            "tie": tie,
            "kind": np.full(len(tie), TIE_KINDS.index(records.kind), dtype=np.int64),
            "from_year": first[at],
            "until_year": last[at],
            "office": is_end * OFFICE_END + records.by_office[at] * OFFICE_EVENT,
            "strength": records.weights[at],
            "count": np.ones(len(tie), dtype=np.int64),
        }
    )


def _years(records: Records) -> tuple[Ids, Ids]:
    empty = OPEN if records.lasts else UNDATED
    last_days = records.ends - np.timedelta64(1, "s")
    both = []
    for days in (records.starts, last_days):
        numbers = days.astype("datetime64[Y]").astype(np.int64) + 1970
        both.append(np.where(np.isnat(days), empty, numbers))
    return both[0], both[1]


def shared_cells(matrix: sparse.csr_array, rows: Ids, columns: Ids) -> tuple[Ids, Ids]:
    """Find the columns that pairs of rows have in common: position of the pair, column; in that order.

    Of each pair the shorter row is looked up in the longer one, so that whoever is everywhere costs nothing.
    """
    lengths = np.diff(matrix.indptr).astype(np.int64)
    swapped = lengths[rows] > lengths[columns]
    short, long = np.where(swapped, columns, rows), np.where(swapped, rows, columns)
    pair = np.repeat(np.arange(len(rows), dtype=np.int64), lengths[short])
    before = np.concatenate([[0], np.cumsum(lengths[short])[:-1]]) if len(rows) else np.zeros(0, np.int64)
    place = np.arange(len(pair)) - np.repeat(before, lengths[short]) + matrix.indptr[short][pair]
    column = matrix.indices[place.astype(np.int64)].astype(np.int64)
    width = max(matrix.shape[1], 1)
    cells = np.repeat(np.arange(matrix.shape[0], dtype=np.int64), lengths) * width + matrix.indices
    searched = long[pair] * width + column
    positions = np.searchsorted(cells, searched)
    hit = np.zeros(len(searched), dtype=bool)
    known = positions < len(cells)
    hit[known] = cells[positions[known]] == searched[known]
    return pair[hit], column[hit]


def union(networks: Iterable[Network]) -> Network:
    """Return every tie that is in one of the networks of the same actors, with the largest of its weights."""
    given = list(networks)
    total = given[0].weights
    for other in given[1:]:
        total = total.maximum(other.weights)
    weights = sparse.csr_array(total)
    weights.sort_indices()
    return Network(given[0].ids, weights)
