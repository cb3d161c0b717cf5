"""Who or what comes first, in words: where several are level, all of them are named, or it is said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from django.utils.translation import gettext as _

from reports.builders.shared.digits import grouped

# Values that differ by less are level: sums of shares may miss each other by the last bit.
EQUAL = 1e-9


def are_cut_level(values: Sequence[float], most: int) -> bool:
    """Say whether a list in falling order, cut after `most`, leaves out somebody level with its last."""
    return 0 < most < len(values) and abs(values[most - 1] - values[most]) < EQUAL


def named_first(names: Sequence[str], values: Sequence[float], most: int) -> str:
    """Name the first of a list in falling order, and say where others are level with the last of them."""
    return or_level(", ".join(names[:most]), values, most)


def or_level(text: str, values: Sequence[float], most: int) -> str:
    """Say behind the names of the first of a falling order whether others are level with the last of them."""
    return _("%(names)s (others are level)") % {"names": text} if are_cut_level(values, most) else text


def first_of(count: int, whole: int, *, is_level: bool = False) -> str:
    """Say that a list shows only its first rows; nothing where it shows all."""
    if count >= whole:
        return ""
    text = _("The first %(count)s of %(all)s.") % {"count": grouped(count), "all": grouped(whole)}
    return f"{text} {others_are_level()}" if is_level else text


def others_are_level() -> str:
    """Say that a list is cut at a tie."""
    return _("Others are level with the last one listed.")


def highest(what: str, labels: Sequence[str], counts: Sequence[int | None]) -> str:
    """Say in words where counts are highest; nothing where some of them are not told.

    `what` is the word for what is counted, `labels` are the years (or whatever else) of the counts.
    """
    known = [count for count in counts if count is not None]
    if not known or len(known) < len(counts):
        return ""
    figures = {"what": what, "count": grouped(max(known))}
    if min(known) == max(known):
        return _("%(what)s: %(count)s in every year.") % figures
    best = [label for label, count in zip(labels, known, strict=True) if count == max(known)]
    return _("%(what)s: %(count)s at most (%(years)s).") % {**figures, "years": ", ".join(best)}


def most_frequent(counts: Counter[str], *, names: int) -> list[str]:
    """Return what is most frequent: so many, and with the last all that are as frequent.

    Where that would be more than twice as many nothing stands out, and the list is empty.
    """
    ordered = counts.most_common()
    if len(ordered) <= names:
        return [name for name, _count in ordered]
    least = ordered[names - 1][1]
    best = [name for name, count in ordered if count >= least]
    return best if len(best) <= 2 * names else []
