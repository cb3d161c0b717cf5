"""The network at different times: its ties in each year, and which of them are new, kept or lost.

Periods are half-open. They may overlap or leave gaps; an event counts in every period that holds its day. A
tie is there in a period if two actors took part in a common held event in it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import pandas as pd
from scipy import sparse

from reports.analysis.network import Ids, Network
from reports.analysis.pairs import blocks, met, others_met
from reports.analysis.projection import project
from reports.analysis.twomode import TwoMode
from reports.analysis.window import in_period

NEW, KEPT, LOST = "new", "kept", "lost"
CHANGES = (NEW, KEPT, LOST)
LISTED = 100_000
_COLUMNS = {"source_id": "int64", "target_id": "int64", "change": "str"}


@dataclass(frozen=True)
class Span:
    """A half-open period with the name it has in tables."""

    label: str
    start: date
    end: date

    def __post_init__(self) -> None:
        """Refuse a period that ends before it begins."""
        if self.start >= self.end:
            raise ValueError(f"The period {self.label} ends on {self.end}, before it begins on {self.start}.")


@dataclass(frozen=True, eq=False)
class Snapshots:
    """The same actors in several periods. Networks are made when asked for; the two-mode data is cut, not
    rebuilt.

    `undated` counts events without a day, which are in no period.
    """

    network: TwoMode
    spans: tuple[Span, ...]
    parts: tuple[sparse.csr_array, ...]
    undated: int

    @property
    def held(self) -> list[int]:
        """Count the held events of each period."""
        return [part.shape[1] for part in self.parts]

    def at(self, position: int) -> Network:
        """Return the ties of one period, weighted after Newman; everybody is in it, isolates too."""
        part = self.parts[position].astype(np.float64)
        return project(TwoMode(self.network.actor_ids, np.arange(part.shape[1]), part))

    @cached_property
    def degrees(self) -> tuple[Ids, ...]:
        """Count the ties of every actor in every period."""
        return tuple(others_met(part) for part in self.parts)

    @cached_property
    def table(self) -> pd.DataFrame:
        """Count every period.

        Columns: `label`, `held` (events), `actors` (who took part), `participations`, `ties`. A period
        without held events has no figures (NA), never 0.
        """
        table = pd.DataFrame(
            {
                "label": pd.Series([span.label for span in self.spans], dtype="str"),
                "held": pd.Series(self.held, dtype="int64"),
                "actors": [int((np.diff(part.indptr) > 0).sum()) for part in self.parts],
                "participations": [int(part.nnz) for part in self.parts],
                "ties": [int(degrees.sum()) // 2 for degrees in self.degrees],
            }
        )
        figures = ["actors", "participations", "ties"]
        table[figures] = table[figures].astype("Int64")
        table.loc[table["held"] == 0, figures] = pd.NA
        return table


@dataclass(frozen=True, eq=False)
class Turnover:
    """Ties of two periods compared.

    `new`, `kept` and `lost` count ties, all `None` if one of the periods has no held event. `actors` has
    `actor_id`, `new`, `kept`, `lost`: the ties of each actor, so that every sum is twice the count of ties;
    without figures it is empty.
    """

    new: int | None
    kept: int | None
    lost: int | None
    actors: pd.DataFrame

    @property
    def jaccard(self) -> float | None:
        """Kept ÷ (new + kept + lost): 1 if nothing changed, 0 if no tie is the same, `None` without ties."""
        if self.new is None or self.kept is None or self.lost is None:
            return None
        either = self.new + self.kept + self.lost
        return self.kept / either if either else None


def years_of(events: pd.DataFrame) -> tuple[Span, ...]:
    """Return the calendar years from the first to the last dated event, none left out."""
    years = events["date"].dropna().dt.year
    span = range(int(years.min()), int(years.max()) + 1) if len(years) else range(0)
    return tuple(Span(str(year), date(year, 1, 1), date(year + 1, 1, 1)) for year in span)


def snapshots(network: TwoMode, events: pd.DataFrame, spans: Sequence[Span]) -> Snapshots:
    """Cut a two-mode network into periods.

    Parameters
    ----------
    network
        Everybody and all held events.
    events
        At least the events of the network, with `event_id` and `date`.
    spans
        The periods, in the order of the figures.
    """
    dates = events.set_index("event_id")["date"].reindex(network.event_ids)
    columns = sparse.csc_array(network.matrix.astype(bool))
    parts = []
    for span in spans:
        inside = np.flatnonzero(in_period(dates, span.start, span.end).to_numpy())
        parts.append(sparse.csr_array(columns[:, inside]))
    return Snapshots(network, tuple(spans), tuple(parts), int(dates.isna().sum()))


def turnover(shots: Snapshots, first: int, second: int) -> Turnover:
    """Compare the ties of two periods, given by their positions.

    Formulas, with T_a and T_b the ties of the two periods: new = |T_b without T_a|, kept = |T_a ∩ T_b|,
    lost = |T_a without T_b|. Unit: ties. An isolate of both periods gets 0, 0, 0. Not defined if one of the
    periods has no held event. Source: own definition; Jaccard as in T. A. B. Snijders et al., Social
    Networks 32 (2010) 44.
    """
    before, after = shots.parts[first], shots.parts[second]
    if not (before.shape[1] and after.shape[1]):
        return Turnover(None, None, None, _per_actor(shots.network.actor_ids[:0], np.zeros((3, 0), np.int64)))
    # Who was met in either period is found without comparing pair by pair: by putting both side by side.
    either = others_met(sparse.csr_array(sparse.hstack([before, after])))
    old, fresh = shots.degrees[first], shots.degrees[second]
    counts = np.array([either - old, old + fresh - either, either - fresh])
    new, same, lost = (int(total) // 2 for total in counts.sum(axis=1))
    return Turnover(new, same, lost, _per_actor(shots.network.actor_ids, counts))


def turnovers(shots: Snapshots) -> pd.DataFrame:
    """Compare every period with the one before.

    Columns: `label` (of the later one), `new`, `kept`, `lost` (ties, NA where not defined) and `jaccard`. The
    first period has no figures.
    """
    changes = [turnover(shots, at - 1, at) for at in range(1, len(shots.spans))]
    rows = [(None, None, None, None), *((one.new, one.kept, one.lost, one.jaccard) for one in changes)]
    table = pd.DataFrame(rows[: len(shots.spans)], columns=[*CHANGES, "jaccard"])
    table = table.astype({**dict.fromkeys(CHANGES, "Int64"), "jaccard": "float64"})
    table.insert(0, "label", pd.Series([span.label for span in shots.spans], dtype="str"))
    return table


def changed_ties(
    shots: Snapshots, first: int, second: int, *, changes: Collection[str] = CHANGES, most: int = LISTED
) -> pd.DataFrame:
    """List the ties of two periods one by one.

    Columns: `source_id` < `target_id`, ordered by both, and `change` (new, kept or lost). Empty if one of the
    periods has no held event. At most `most` are listed, those of the smallest ids; `turnover` counts all.
    """
    before, after = shots.parts[first], shots.parts[second]
    is_covered = bool(before.shape[1] and after.shape[1])
    return _listed(shots.network.actor_ids, before, after, changes, most) if is_covered else _nothing()


def ties_at(shots: Snapshots, position: int, *, most: int = LISTED) -> pd.DataFrame:
    """List the ties of one period: `source_id` < `target_id`, at most `most` as in `changed_ties`."""
    part = shots.parts[position]
    ties = _listed(shots.network.actor_ids, part, part, (KEPT,), most)
    return ties.drop(columns="change")


def _listed(
    ids: Ids, before: sparse.csr_array, after: sparse.csr_array, changes: Collection[str], most: int
) -> pd.DataFrame:
    tables, count, words = [_nothing()], 0, np.array(["", NEW, LOST, KEPT])
    for rows in blocks(sparse.csr_array(sparse.hstack([before, after]))):
        # 1 for the later period, 2 for the earlier one, 3 for both.
        both = met(after, rows).astype(np.int8) + 2 * met(before, rows).astype(np.int8)
        both.sort_indices()
        cells = sparse.coo_array(both)
        is_listed = (rows[cells.row] < cells.col) & np.isin(words[cells.data], list(changes))
        at = np.flatnonzero(is_listed)[: most - count]
        pairs = ids[rows[cells.row[at]]], ids[cells.col[at]], words[cells.data[at]]
        tables.append(pd.DataFrame(dict(zip(_COLUMNS, pairs, strict=True))).astype(_COLUMNS))
        count += len(at)
        if count >= most:
            break
    return pd.concat(tables, ignore_index=True)


def _nothing() -> pd.DataFrame:
    return pd.DataFrame(columns=list(_COLUMNS)).astype(_COLUMNS)


def _per_actor(ids: Ids, counts: Ids) -> pd.DataFrame:
    return pd.DataFrame({"actor_id": ids, **dict(zip(CHANGES, counts, strict=True))})
