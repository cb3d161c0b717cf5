"""Names that are nearly right: typing errors in a search, and names that may mean the same actor."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from django.db.models import Count, Max
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from crm.common.models import Record
from crm.common.text import fold

Rows = Iterable[tuple[int, str]]
SAME_NAME = 90.0  # of 100, after sorting the words


def allowed_slips(word: str) -> int:
    """Return how many typing errors a word may hold and still be meant: none in short ones.

    >>> [allowed_slips(word) for word in ("ada", "verein", "stadtteil")]
    [0, 1, 2]
    """
    return 0 if len(word) < 4 else 1 if len(word) < 7 else 2


class NameIndex:
    """The words and the whole names of many records, all folded."""

    def __init__(self, rows: Rows) -> None:
        keys_of: dict[str, set[int]] = defaultdict(set)
        self.names: list[str] = []
        self.keys: list[int] = []
        for key, name in rows:
            words = name.split()
            for word in words:
                keys_of[word].add(key)
            self.names.append(" ".join(sorted(words)))
            self.keys.append(key)
        self.words = list(keys_of)
        self.keys_of = list(keys_of.values())

    def near(self, text: str, *, limit: int = 20) -> list[int]:
        """Return the keys whose names hold every word of ``text``, give or take typing errors; best first."""
        found: dict[int, float] | None = None
        for word in fold(text).split():
            slips = self._slips_of_word(word)
            if found is None:
                found = slips
            else:
                found = {key: found[key] + slips[key] for key in found.keys() & slips.keys()}
        ranked = sorted((found or {}).items(), key=lambda item: (item[1], item[0]))
        return [key for key, _slips in ranked[:limit]]

    def _slips_of_word(self, word: str) -> dict[int, float]:
        """Return for each key how far its nearest word, or the beginning of one, is from ``word``."""
        slips: dict[int, float] = {}
        beginnings = [known[: len(word)] for known in self.words]
        for candidates, extra in ((self.words, 0.0), (beginnings, 0.5)):
            hits = process.extract(
                word,
                candidates,
                scorer=OSA.distance,
                score_cutoff=allowed_slips(word),
                limit=None,
                processor=None,
            )
            for _known, distance, position in hits:
                for key in self.keys_of[position]:
                    slips[key] = min(slips.get(key, 99.0), distance + extra)
        return slips

    def alike(self, name: str, *, limit: int = 5) -> list[int]:
        """Return the keys whose whole name is ``name`` or nearly so, whatever the order of its words."""
        wanted = " ".join(sorted(fold(name).split()))
        hits = process.extract(
            wanted, self.names, scorer=fuzz.ratio, score_cutoff=SAME_NAME, limit=limit * 3, processor=None
        )
        keys = dict.fromkeys(self.keys[position] for _name, _score, position in hits)
        return list(keys)[:limit]


class NamesInMemory:
    """An index held in memory, and made anew when a row of one of the models came, went or changed."""

    def __init__(self, models: Sequence[type[Record]], read: Callable[[], Rows]) -> None:
        self.models, self.read = models, read
        self._held: tuple[object, NameIndex] | None = None

    def index(self) -> NameIndex:
        """Return the index as the database is now."""
        stamp = [m.objects.aggregate(rows=Count("pk"), changed=Max("updated_at")) for m in self.models]
        held = self._held
        if held is None or held[0] != stamp:
            held = self._held = (stamp, NameIndex(self.read()))
        return held[1]
