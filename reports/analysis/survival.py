"""How long actors keep taking part: survival from their first year on.

Time is counted in *counted years*: years in which anybody took part in a held event. A year without events is
nobody's absence.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from reports.analysis import schema
from reports.analysis.change import presence_of
from reports.analysis.network import Ids, Numbers

GAP = 2


@dataclass(frozen=True, eq=False)
class Curve:
    """A survival curve with its band.

    `table` has one row per time at which somebody was lost: `time`, `at_risk`, `lost`, `survival` (share that
    stays longer), `error` (standard error), `low` and `high` (bounds of the band; NaN where survival is 0).
    """

    table: pd.DataFrame
    cases: int
    confidence: float

    def at(self, time: float) -> float:
        """Return the share that stays longer than a time; 1 before the first loss."""
        before = self.table.loc[self.table["time"] <= time, "survival"]
        return float(before.iloc[-1]) if len(before) else 1.0

    @property
    def median(self) -> float | None:
        """The first time after which no more than half stay, `None` while more than half do."""
        # A product of shares may miss one half by the last bit.
        reached = self.table.loc[self.table["survival"] <= 0.5 + 1e-12, "time"]
        return float(reached.iloc[0]) if len(reached) else None


@dataclass(frozen=True, eq=False)
class Survival:
    """How long actors stay, and who was counted.

    `members` has `actor_id`, `first` (year), `time` (counted years) and `lost` for every actor counted.
    `from_the_start` actors were there in the first counted year already: since when is not known, so they are
    left out. `too_new` actors came so late that nothing can be said of them yet. `returned` of the lost ones
    came back later.
    """

    curve: Curve
    members: pd.DataFrame
    from_the_start: int
    too_new: int
    returned: int


def kaplan_meier(times: Sequence[float], lost: Sequence[bool], *, confidence: float = 0.95) -> Curve:
    """Estimate a survival curve from times of which some are censored.

    Formulas: S(t) = Π over times t_i ≤ t of (1 - d_i ÷ n_i), with d_i lost at t_i and n_i still at risk just
    before (who is censored at t_i is still at risk then); error = S √(Σ d_i ÷ (n_i (n_i - d_i)))
    (Greenwood); the band is log-log: S^exp(± z √(Σ …) ÷ log S), which stays between 0 and 1. Unit: share.
    Without anybody lost the table is empty. Source: E. L. Kaplan, P. Meier (1958); M. Greenwood (1926); J.
    D. Kalbfleisch, R. L. Prentice (1980).

    Parameters
    ----------
    times
        Time until the loss, or until somebody was last known not to be lost.
    lost
        Whether the time ended in a loss; otherwise it is censored.
    """
    all_times, is_lost = np.asarray(times, dtype=np.float64), np.asarray(lost, dtype=bool)
    if len(all_times) != len(is_lost):
        raise ValueError(f"There are {len(all_times)} times, and of {len(is_lost)} it is said how they end.")
    if np.isnan(all_times).any() or (all_times < 0).any():
        raise ValueError("A time is missing or negative.")
    at, counts = np.unique(all_times[is_lost], return_counts=True)
    at_risk = len(all_times) - np.searchsorted(np.sort(all_times), at, side="left")
    survival = np.cumprod(1 - counts / at_risk).astype(np.float64)
    left = at_risk - counts
    spread = np.cumsum(np.divide(counts, at_risk * left, out=np.full(len(at), np.nan), where=left > 0))
    low, high = _band(
        survival, np.sqrt(spread).astype(np.float64), NormalDist().inv_cdf((1 + confidence) / 2)
    )
    table = pd.DataFrame({"time": at, "at_risk": at_risk, "lost": counts, "survival": survival})
    error = np.where(left > 0, survival * np.sqrt(spread), np.nan)
    return Curve(table.assign(error=error, low=low, high=high), len(all_times), confidence)


def _band(survival: Numbers, root: Numbers, z: float) -> tuple[Numbers, Numbers]:
    inside = (survival > 0) & (survival < 1)
    logs = np.log(survival, out=np.full(len(survival), np.nan), where=inside)
    return survival ** np.exp(-z * root / logs), survival ** np.exp(z * root / logs)


def survival(participations: pd.DataFrame, events: pd.DataFrame, *, gap: int = GAP) -> Survival:
    """Estimate for how many counted years actors take part.

    An actor's time begins with the first year of attendance. It is *lost* after t years if it then misses
    `gap` counted years in a row; one missed year is no loss while `gap` is 2, and who comes back after a
    loss stays lost here (`returned` counts them; the figures per year call them reactivated). Who was not
    lost is censored where it could last be known: `gap` years before the end, for everybody alike, or those
    who happen to come in the last year would make the rest look better. Unit of the times: counted years.
    An actor without attendance appears nowhere.

    Hand over all years there are: who was there from the start depends on them.
    """
    schema.validate(events, schema.EVENTS)
    schema.validate(participations, schema.PARTICIPATIONS)
    if gap < 1:
        raise ValueError("A loss needs at least one missed year.")
    seen = presence_of(participations, events)
    years, place = np.unique(seen["year"].to_numpy(dtype=np.int64), return_inverse=True)
    first, members, returned = _spells(seen["actor_id"].to_numpy(dtype=np.int64), place, len(years), gap)
    is_early, is_new = first == 0, (first > 0) & (members["time"] < 1).to_numpy()
    members.insert(1, "first", years[first])
    kept = ~is_early & ~is_new
    counted = members[kept].reset_index(drop=True)
    return Survival(
        curve=kaplan_meier(counted["time"].tolist(), counted["lost"].tolist()),
        members=counted,
        from_the_start=int(is_early.sum()),
        too_new=int(is_new.sum()),
        returned=int(returned[kept].sum()),
    )


def _spells(actors: Ids, place: Ids, count: int, gap: int) -> tuple[Ids, pd.DataFrame, NDArray[np.bool_]]:
    """Follow every actor from its first year to the first loss or to the end of what can be known.

    `actors` and `place` (of the year) are ordered by both. Returns the place of the first year, the members,
    and who came back after a loss.
    """
    is_last = np.append(actors[1:] != actors[:-1], True)[: len(actors)]
    following = np.where(is_last, count, np.append(place[1:], 0)[: len(place)])
    # Missing `gap` years in a row means: the next attendance (or the end) is further away than that.
    is_loss = following - place > gap
    ids, start = np.unique(actors, return_index=True)
    losses = np.flatnonzero(is_loss)
    who, which = np.unique(np.searchsorted(ids, actors[losses]), return_index=True)
    first = place[start]
    time = count - gap - first
    lost = np.zeros(len(ids), dtype=bool)
    returned = np.zeros(len(ids), dtype=bool)
    lost[who] = True
    time[who] = place[losses[which]] - first[who] + 1
    returned[who] = ~is_last[losses[which]]
    return first, pd.DataFrame({"actor_id": ids, "time": time, "lost": lost}), returned
