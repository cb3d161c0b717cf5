"""What stands out about a key actor, in words: first what few others share with it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
from django.utils.translation import gettext as _

from actors.models import Sector
from reports.analysis.communities import NO_COMMUNITY
from reports.analysis.privacy import SMALL
from reports.builders.network.brokers import broker_words, main_roles
from reports.builders.network.key_figures import KeyFigures
from reports.builders.shared.basis import Basis, rows_of, sector_label
from reports.builders.shared.chance import percents
from reports.builders.shared.communities import SMALLEST, Groups
from reports.builders.shared.ranks import EQUAL, are_cut_level, or_level

# Ranks need enough others to stand out from; so many stand at the top of a measure.
RANKS_FROM, TOP = 10, 3
# More than such a share of all others is more than nearly all; such a share of pairs is hardly any.
NEARLY_ALL, HARDLY = 0.9, 0.2
# A community is named to which this share of an actor's strength goes and so much more than of all strength,
# or a share as large as the last.
SHARE, LIFT, LARGE = 0.15, 1.2, 0.35
# Of one community alone everybody is; so many are named.
COMPARED, MOST = 2, 2


class KeyWords:
    """Says in words what stands out about an actor."""

    def __init__(self, basis: Basis, figures: KeyFigures, groups: Groups, listed: pd.DataFrame) -> None:
        self._basis = basis
        self._offices = set(basis.offices["actor_id"].tolist())
        self._cuts = set(figures.cuts.actors)
        self._pairs = _pairs_of(basis, figures, listed)
        self._roles = main_roles(basis, figures.structure)
        self._total = figures.structure.pairs.groupby("position")["pairs"].sum().to_dict()
        self._ahead = _standing_out(figures.table, listed) if len(figures.table) >= RANKS_FROM else {}
        self._apart = _apart(listed)
        self._labels = groups.communities.table["community"].to_numpy(dtype=np.int64)
        self._named = _named_communities(basis, self._labels)
        sectors = Counter(basis.sector_of[actor] for actor in basis.network.actor_ids.tolist())
        self._shares = {code: count / sectors.total() for code, count in sectors.items()}

    def of(self, row: Any) -> str:
        """Return the words, the most telling ones first."""
        at = int(np.searchsorted(self._basis.network.actor_ids, row.actor_id))
        said = [*self._standing(row.actor_id), *self._role(at), *self._communities(at)]
        said += self._ahead.get(row.actor_id, [])
        return ", ".join([*said, *([self._apart[row.actor_id]] if row.actor_id in self._apart else [])])

    def _standing(self, actor: int) -> Iterator[str]:
        if actor in self._offices:
            yield _("the office")
        if actor in self._cuts:
            yield _("without it a part falls off")

    def _role(self, at: int) -> Iterator[str]:
        role = self._roles.get(at)
        if role is None:
            return
        words, between = broker_words()[role], self._between(at, role)
        yield f"{words} ({between})" if between else words

    def _between(self, at: int, role: str) -> str:
        """Name the sectors it stands between most above what their sizes would give.

        Pairs with the office are left out; where some are level nothing is named.
        """
        own = self._pairs.get((at, role), [])
        others = [row for row in own if Sector.OFFICE not in (row.first, row.last)]
        if not others:
            return ""
        above = [self._residual(row, self._total[at]) for row in others]
        best = others[int(np.argmax(above))]
        if max(above) <= EQUAL or are_cut_level(sorted(above, reverse=True), 1):
            return ""
        sector = self._basis.sector_of[int(self._basis.network.actor_ids[at])]
        names = [sector_label(code) for code in dict.fromkeys((best.first, best.last)) if code != sector]
        return " – ".join(names)

    def _residual(self, row: Any, total: int) -> float:
        """How far the pairs are above what the sizes of the two sectors give, in standard deviations."""
        both = 1 if row.first == row.last else 2
        expected = total * self._shares[row.first] * self._shares[row.last] * both
        return float((row.pairs - expected) / math.sqrt(expected))

    def _communities(self, at: int) -> Iterator[str]:
        """Name one or two communities with which it has much or more to do, and how much of all it has."""
        if np.count_nonzero(self._named) < COMPARED:
            return
        weights, labels = self._basis.ties.weights, self._labels
        start, end = weights.indptr[at], weights.indptr[at + 1]
        near = np.bincount(labels[weights.indices[start:end]], weights.data[start:end], len(self._named))
        total = near.sum()
        if not total:
            return
        shares = np.where(self._named > 0, near / total, 0)
        candidates = np.flatnonzero((shares >= np.maximum(SHARE, LIFT * self._named)) | (shares >= LARGE))
        ordered = candidates[np.argsort(-shares[candidates], kind="stable")]
        best = sorted(ordered[:MOST].tolist())
        texts = [percents(shares[number], shares[number]) for number in best]
        if len(best) == MOST:
            numbers = {"one": best[0], "other": best[1], "first": texts[0], "second": texts[1]}
            text = _("with the communities %(one)s (%(first)s of its strength) and %(other)s (%(second)s)")
            yield or_level(text % numbers, shares[ordered].tolist(), MOST)
        elif best:
            text = _("with community %(number)s (%(share)s of its strength)")
            yield text % {"number": best[0], "share": texts[0]}


def _pairs_of(basis: Basis, figures: KeyFigures, listed: pd.DataFrame) -> dict[tuple[int, str], list[Any]]:
    """Return for the position and role of each actor shown the pairs of sectors it often stands between."""
    pairs = figures.structure.pairs
    positions = np.searchsorted(basis.network.actor_ids, listed["actor_id"].to_numpy())
    pairs_by_role: dict[tuple[int, str], list[Any]] = {}
    for row in rows_of(pairs[(pairs["pairs"] >= SMALL) & pairs["position"].isin(positions)]):
        pairs_by_role.setdefault((row.position, row.role), []).append(row)
    return pairs_by_role


def _named_communities(basis: Basis, labels: np.ndarray) -> np.ndarray:
    """Return for each community its share of all strength; 0 where it is too small to be described."""
    sizes = np.bincount(labels, minlength=1)
    strength = np.bincount(labels, np.asarray(basis.ties.weights.sum(axis=1)).ravel(), len(sizes))
    least = SMALL if basis.is_outside else SMALLEST
    is_described = (sizes >= least) & (np.arange(len(sizes)) != NO_COMMUNITY)
    return np.asarray(np.where(is_described, strength / max(float(strength.sum()), 1e-9), 0))


def _standing_out(table: pd.DataFrame, listed: pd.DataFrame) -> dict[int, list[str]]:
    """Say who of those shown is ahead of nearly all who took part; who ties with somebody is told alike.

    Ahead of nearly all is who has more than nine of ten others, and of whom less than three have more.
    """
    said: dict[int, list[str]] = {}
    for name, words in (
        ("degree", _("meets more others than nearly all")),
        ("participations", _("comes more often than nearly all")),
    ):
        others = np.sort(table[name].to_numpy())
        mine = listed[name].to_numpy()
        fewer = np.searchsorted(others, mine, side="left") / max(len(others) - 1, 1)
        more = len(others) - np.searchsorted(others, mine, side="right")
        for actor in listed.loc[(fewer >= NEARLY_ALL) & (more < TOP), "actor_id"].tolist():
            said.setdefault(actor, []).append(words)
    return said


def _apart(listed: pd.DataFrame) -> dict[int, str]:
    """Say whose regular acquaintances, five or more, hardly are each other's: at most one pair of five."""
    apart = listed[(listed["contacts"] >= SMALL) & (listed["closed"] <= HARDLY)]
    return {
        int(row.actor_id): _(
            "hardly any two of its regular acquaintances meet each other regularly (%(share)s of their pairs)"
        )
        % {"share": percents(row.closed, row.closed)}
        for row in rows_of(apart)
    }
