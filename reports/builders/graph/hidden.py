"""Actors the reader may not see: numbers that only the key gives, and small groups as one."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd
from django.utils.translation import gettext as _

from reports.analysis.privacy import SMALL, pseudonym_numbers
from reports.builders.shared.basis import sector_label
from reports.frames import Register


@dataclass(frozen=True, eq=False)
class Cover:
    """Who is hidden from the reader, and under which number.

    ``numbers`` has the public id of every hidden actor that stands for itself or for its group; ``merged``
    says which hidden actors are told as which other one.
    """

    numbers: dict[int, int]
    merged: dict[int, int]

    def public_id(self, actor_id: int) -> int:
        """Return the id that may leave the house: negative for hidden actors."""
        return self.numbers.get(actor_id, actor_id)

    def apply(self, frame: pd.DataFrame, *columns: str) -> pd.DataFrame:
        """Put the one that stands for a small group in the place of its members."""
        if not self.merged:
            return frame
        moved = {
            name: frame[name].map(lambda actor: self.merged.get(actor, actor)).astype(frame[name].dtype)
            for name in columns
        }
        return frame.assign(**moved)


def cover(register: Register, *, key: str) -> tuple[Register, Cover]:
    """Return the register as the reader may see it, and who is hidden in it.

    Hidden actors of a sector with fewer than five of them become one actor: single ones would tell how many
    there are, and who they are to anybody who knows the district. The figures of such a group are those of
    one actor.
    """
    actors = register.actors
    hidden = actors[~actors["actor_id"].isin(register.visible)]
    if hidden.empty:
        return register, Cover({}, {})
    ranks = pseudonym_numbers(actors["actor_id"].tolist(), [""] * len(actors), key=key)
    merged, labels = _small_groups(hidden)
    stand_ins = sorted(set(hidden["actor_id"]) - {one for one, other in merged.items() if one != other})
    covered = Cover({actor: -int(ranks[actor]) for actor in stand_ins}, merged)
    left = actors[actors["actor_id"].isin(register.visible) | actors["actor_id"].isin(stand_ins)]
    left = left.assign(
        label=[
            labels.get(actor, label) for actor, label in left[["actor_id", "label"]].itertuples(index=False)
        ]
    )
    participations = covered.apply(register.participations, "actor_id")
    return replace(register, actors=left.reset_index(drop=True), participations=participations), covered


def _small_groups(hidden: pd.DataFrame) -> tuple[dict[int, int], dict[int, str]]:
    merged: dict[int, int] = {}
    labels: dict[int, str] = {}
    for sector, members in hidden.groupby("sector")["actor_id"]:
        if len(members) >= SMALL:
            continue
        # The same one with every key, so that what was computed can be kept; its number never gets out.
        first = min(members.tolist())
        merged |= dict.fromkeys(members.tolist(), first)
        labels[first] = _("%(sector)s (fewer than %(count)s)") % {
            "sector": sector_label(str(sector)),
            "count": SMALL,
        }
    return merged, labels
