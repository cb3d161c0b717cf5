"""What stands out about a key actor, in words: first what few others share with it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from django.utils.translation import gettext as _

from actors.models import Sector
from reports.analysis.communities import NO_COMMUNITY
from reports.analysis.privacy import SMALL
from reports.builders.basis import Basis, rows_of, sector_label
from reports.builders.brokers import broker_words, main_roles
from reports.builders.communities import SMALLEST, Groups

if TYPE_CHECKING:
    from reports.builders.key_actors import KeyFigures

# Ranks need enough others to stand out from; so many stand at the top of a measure.
RANKS_FROM, TOP = 10, 3
# A community is named to which this share of an actor's strength goes and so much more than of all strength,
# or a share as large as the last.
SHARE, LIFT, LARGE = 0.15, 1.2, 0.35


class KeyWords:
    """Says in words what stands out about an actor."""

    def __init__(self, basis: Basis, figures: KeyFigures, groups: Groups, shown: pd.DataFrame) -> None:
        self._basis = basis
        self._offices = set(basis.offices["actor_id"].tolist())
        self._cuts = set(figures.cuts.actors)
        self._pairs = _pairs_of(basis, figures, shown)
        self._roles = main_roles(basis, figures.structure)
        self._first = _first(shown) if len(figures.table) >= RANKS_FROM else {}
        self._labels = groups.found.table["community"].to_numpy(dtype=np.int64)
        self._named = _named_communities(basis, self._labels)
        sectors = Counter(basis.sector_of[actor] for actor in basis.network.actor_ids.tolist())
        self._shares = {code: count / sectors.total() for code, count in sectors.items()}

    def of(self, row: Any) -> str:
        """Return the words, the most telling ones first."""
        at = int(np.searchsorted(self._basis.network.actor_ids, row.actor_id))
        said = [*self._standing(row.actor_id), *self._role(at), *self._communities(at)]
        return ", ".join([*said, *self._first.get(row.actor_id, [])])

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
        """Name the sectors it stands between clearly more often than their sizes would explain."""
        own = self._pairs.get((at, role), [])
        told = [row for row in own if Sector.OFFICE not in (row.first, row.last)]
        if not told or role == "coordinator":
            return ""
        total = sum(row.pairs for row in own)
        best = max(told, key=lambda row: (self._residual(row, total), row.first, row.last))
        sector = self._basis.sector_of[int(self._basis.network.actor_ids[at])]
        names = [sector_label(code) for code in dict.fromkeys((best.first, best.last)) if code != sector]
        return " – ".join(names)

    def _residual(self, row: Any, total: int) -> float:
        """How far the pairs are above what the sizes of the two sectors give, in standard deviations."""
        both = 1 if row.first == row.last else 2
        expected = total * self._shares[row.first] * self._shares[row.last] * both
        return float((row.pairs - expected) / math.sqrt(expected))

    def _communities(self, at: int) -> Iterator[str]:
        """Name one or two communities with which it has more to do than others have."""
        weights, labels = self._basis.ties.weights, self._labels
        start, end = weights.indptr[at], weights.indptr[at + 1]
        near = np.bincount(labels[weights.indices[start:end]], weights.data[start:end], len(self._named))
        total = near.sum()
        if not total:
            return
        shares = np.where(self._named > 0, near / total, 0)
        found = np.flatnonzero((shares >= np.maximum(SHARE, LIFT * self._named)) | (shares >= LARGE))
        best = sorted(found[np.argsort(-shares[found], kind="stable")][:2].tolist())
        if len(best) == 2:
            yield _("between the communities %(one)s and %(other)s") % {"one": best[0], "other": best[1]}
        elif best:
            yield _("mostly with community %(number)s") % {"number": best[0]}


def _pairs_of(basis: Basis, figures: KeyFigures, shown: pd.DataFrame) -> dict[tuple[int, str], list[Any]]:
    """Return for the position and role of each actor shown the pairs of sectors it often stands between."""
    pairs = figures.structure.pairs
    positions = np.searchsorted(basis.network.actor_ids, shown["actor_id"].to_numpy())
    found: dict[tuple[int, str], list[Any]] = {}
    for row in rows_of(pairs[(pairs["pairs"] >= SMALL) & pairs["position"].isin(positions)]):
        found.setdefault((row.position, row.role), []).append(row)
    return found


def _named_communities(basis: Basis, labels: np.ndarray) -> np.ndarray:
    """Return for each community its share of all strength; 0 where it is too small to be described."""
    sizes = np.bincount(labels, minlength=1)
    strength = np.bincount(labels, np.asarray(basis.ties.weights.sum(axis=1)).ravel(), len(sizes))
    least = SMALL if basis.is_outside else SMALLEST
    told = (sizes >= least) & (np.arange(len(sizes)) != NO_COMMUNITY)
    return np.asarray(np.where(told, strength / max(float(strength.sum()), 1e-9), 0))


def _first(shown: pd.DataFrame) -> dict[int, list[str]]:
    """Say who of those shown comes first in what."""
    found: dict[int, list[str]] = {}
    for name, is_high, words in (
        ("degree", True, _("meets more others than nearly all")),
        ("participations", True, _("comes more often than nearly all")),
        ("constraint", False, _("its contacts hardly meet each other")),
    ):
        known = shown[shown[name].notna() & (shown["contacts"] >= SMALL)] if not is_high else shown
        order = known.sort_values([name, "actor_id"], ascending=[not is_high, True])
        for actor in order["actor_id"].head(TOP).tolist():
            found.setdefault(actor, []).append(words)
    return found
