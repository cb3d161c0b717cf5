"""What chance would do, beside what the office does."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from core.numbers import outside
from reports.analysis.network import Ids
from reports.analysis.nullmodel import DRAWS, Range, random_removals
from reports.analysis.twomode import TwoMode
from reports.analysis.without import Without
from reports.builders.shared.basis import SHARES_FROM
from reports.builders.shared.digits import grouped
from reports.builders.shared.measured import Calculation, digest, digest_of, kept_together
from reports.report import Note


@dataclass(frozen=True)
class Chance:
    """The share of ties that remains after removing as many random events: `removed` out of `events`.

    `sample` is the number of actors it was counted on, None if all.
    """

    share: Range | None
    removed: int
    events: int
    sample: int | None


@dataclass(frozen=True, eq=False)
class Removal:
    """A network out of which as many random events are taken as were organised.

    `organised` are records of the network, `events` the event of each record (see `random_removals`).
    """

    network: TwoMode
    organised: list[int]
    events: Ids

    @classmethod
    def of_events(cls, network: TwoMode, organised: list[int]) -> Removal:
        """Return the removal out of a network whose every record is an event of its own."""
        return cls(network, organised, np.arange(len(network.event_ids)))

    @cached_property
    def count(self) -> int:
        """How many events were organised and attended."""
        is_own = np.isin(self.network.event_ids, np.asarray(self.organised, dtype=np.int64))
        used = is_own & (self.network.actors_per_event > 0) & (self.events >= 0)
        return len(np.unique(self.events[used]))

    def compute(self) -> tuple[Any, ...]:
        """Return the bounds of the share that remains, the number of events, and the sample."""
        removals = random_removals(self.network, count=self.count, events=self.events)
        span = removals.range_of("share")
        bounds = (span.low, span.median, span.high) if span else None
        return bounds, removals.events, removals.sample

    @property
    def calculation(self) -> Calculation:
        """What is looked up before it is computed."""
        made_of = digest(self.network) + digest_of(self.events, np.array([self.count, DRAWS]))
        return Calculation("chance", made_of, self.compute, len(self.network.actor_ids))


def chances_of(*removals: Removal) -> list[Chance]:
    """Remove as many random events as were organised, a hundred times each; kept for the same networks."""
    results = kept_together([removal.calculation for removal in removals])
    return [
        Chance(Range(*bounds) if bounds else None, removal.count, whole, sample)
        for removal, (bounds, whole, sample) in zip(removals, results, strict=True)
    ]


def percents(low: float, high: float) -> str:
    """Return a range of shares in whole percents; what is neither none nor all is not told as that."""
    first, last = _whole(low), _whole(high)
    beyond = outside(low if first else high, 0) if first == last else None
    if beyond:
        sign, bound = beyond
        return f"{sign}{_whole(bound)} %"
    return f"{first} %" if first == last else f"{first}–{last} %"


def _whole(share: float) -> int:
    return round(100 * share)


def chance_note(cuts: Without, chance: Chance) -> tuple[Note, ...]:
    """Say in words how the loss compares with that of random events; nothing where there is no share."""
    share = cuts.events_removed.share_of_ties
    if chance.share is None or share is None or not chance.removed or cuts.before.ties < SHARES_FROM:
        return ()
    if chance.removed >= chance.events:
        text = _("The office organised all events that count here: there are no others to compare with.")
        return (Note("info", text),)
    text = _(
        "Of the %(all)s events that count here the office organised %(count)s. Without them %(share)s of the "
        "ties remain; as many random events would leave %(range)s (95 of 100 draws)."
    ) % {
        "count": grouped(chance.removed),
        "all": grouped(chance.events),
        "share": percents(share, share),
        "range": percents(chance.share.low, chance.share.high),
    }
    sentences = [text, _verdict(share, chance.share)]
    if chance.sample is not None:
        rests = _("The network is very large: chance was tried on the ties of %(count)s actors.")
        sentences.append(rests % {"count": grouped(chance.sample)})
    return (Note("info", " ".join(sentences)),)


def _verdict(share: float, by_chance: Range) -> str:
    """Compare as it is told, in whole percents: 26 % is not less than 26–97 %."""
    if _whole(share) < _whole(by_chance.low):
        return _("That is less than random events leave.")
    if _whole(share) > _whole(by_chance.high):
        return _("That is more than random events leave.")
    return _("That lies within what random events leave.")
