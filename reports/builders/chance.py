"""What chance would do, beside what the office does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from reports.analysis.network import Ids
from reports.analysis.nullmodel import DRAWS, Range, random_removals
from reports.analysis.twomode import TwoMode
from reports.analysis.without import Without
from reports.builders.basis import SHARES_FROM
from reports.builders.digits import grouped
from reports.builders.measured import digest, digest_of, kept
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


def chance_of(network: TwoMode, *, organised: list[int], events: Ids | None = None) -> Chance:
    """Remove as many random events as were organised, a hundred times; kept for the same network.

    `organised` are records of the network, `events` the event of each record (see `random_removals`).
    """
    belongs = np.arange(len(network.event_ids)) if events is None else events
    is_own = np.isin(network.event_ids, np.asarray(organised, dtype=np.int64))
    used = is_own & (network.actors_per_event > 0) & (belongs >= 0)
    count = len(np.unique(belongs[used]))

    def compute() -> tuple[Any, ...]:
        found = random_removals(network, count=count, events=belongs)
        span = found.range_of("share")
        bounds = (span.low, span.median, span.high) if span else None
        return bounds, found.events, found.sample

    made_of = digest(network) + digest_of(belongs, np.array([count, DRAWS]))
    bounds, whole, sample = kept("chance", made_of, compute, size=len(network.actor_ids))
    return Chance(Range(*bounds) if bounds else None, count, whole, sample)


def percents(low: float, high: float) -> str:
    """Return a range of shares in whole percents."""
    first, last = round(100 * low), round(100 * high)
    return f"{first} %" if first == last else f"{first}–{last} %"


def chance_note(found: Without, chance: Chance) -> tuple[Note, ...]:
    """Say in words how the loss compares with that of random events; nothing where there is no share."""
    share = found.events_removed.share_of_ties
    if chance.share is None or share is None or not chance.removed or found.before.ties < SHARES_FROM:
        return ()
    if share < chance.share.low:
        verdict = _("So more hangs on its events than on others.")
    elif share > chance.share.high:
        verdict = _("So less hangs on its events than on others.")
    else:
        verdict = _("So its events tie no more and no less than others do.")
    text = _(
        "The office organised %(count)s of %(all)s events. Without them %(share)s of the ties remain; "
        "as many random events would leave %(range)s (95 of 100 draws)."
    ) % {
        "count": grouped(chance.removed),
        "all": grouped(chance.events),
        "share": percents(share, share),
        "range": percents(chance.share.low, chance.share.high),
    }
    sentences = [text, verdict]
    if chance.sample is not None:
        rests = _("The network is very large: chance was tried on the ties of %(count)s actors.")
        sentences.append(rests % {"count": grouped(chance.sample)})
    return (Note("info", " ".join(sentences)),)
