"""Names that are nearly right: typing errors in a search, and names that may mean the same actor."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from django.db.models import Count, Max
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from core.models import Record
from core.text import fold, search_words

Rows = Iterable[tuple[int, str]]
SAME_NAME = 90.0  # of 100, after sorting the words
AT_ONCE = 64  # so many are compared with all that is known in one pass, which bounds the memory


def allowed_slips(word: str) -> int:
    """Return how many typing errors a word may hold and still be meant: none in short ones.

    >>> [allowed_slips(word) for word in ("ada", "verein", "stadtteil")]
    [0, 1, 2]
    """
    return 0 if len(word) < 4 else 1 if len(word) < 7 else 2


# Legal forms, titles and forms of address, as ``fold`` leaves them: with or without them it is the same name.
_TRIMMINGS = re.compile(r"\b(?:e ?v|g? ?gmbh|ug|ag|e ?g|prof|dr|frau|herrn?)\b")
_LONG_WORD = 8


def is_respelled(one: str, other: str) -> bool:
    """Tell whether two names are one name written in two ways.

    Blanks, the order of the words, legal forms and titles say nothing; a word of eight letters may hold a
    typing error. Shorter words and numbers differ where they differ: Anna is not Hanna, Kita 1 not Kita 2.

    >>> is_respelled("Bürger-Verein Westhagen", "Buergerverein Westhagen e. V.")
    True
    >>> is_respelled("Kita 1", "Kita 2")
    False
    """
    first, second = (_TRIMMINGS.sub(" ", fold(name)).split() or fold(name).split() for name in (one, other))
    if "".join(first) == "".join(second):
        return True
    only_first, only_second = Counter(first) - Counter(second), Counter(second) - Counter(first)
    left, right = sorted(only_first.elements()), sorted(only_second.elements())
    return len(left) == len(right) and all(map(_is_slip, left, right))


def _is_slip(one: str, other: str) -> bool:
    return min(len(one), len(other)) >= _LONG_WORD and OSA.distance(one, other) <= 1 and other.isalpha()


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
        return self.near_each([text], limit=limit)[0]

    def near_each(self, texts: Sequence[str], *, limit: int = 20) -> list[list[int]]:
        """Return for each text what ``near`` finds; all their words are looked for together."""
        words_of = [search_words(text) or [] for text in texts]
        slips_of = self._slips_of_words({word for words in words_of for word in words})
        return [self._ranked([slips_of[word] for word in words])[:limit] for words in words_of]

    @staticmethod
    def _ranked(slips_by_word: list[dict[int, float]]) -> list[int]:
        """Return the keys that every word led to, those with the fewest slips first."""
        if not slips_by_word:
            return []
        keys = set.intersection(*(set(slips) for slips in slips_by_word))
        slips = {key: sum(by_key[key] for by_key in slips_by_word) for key in keys}
        return sorted(slips, key=lambda key: (slips[key], key))

    def _slips_of_words(self, words: Iterable[str]) -> dict[str, dict[int, float]]:
        """Return for each word, by key, how far the nearest word of the name, or the beginning of one, is."""
        by_length: dict[int, list[str]] = defaultdict(list)
        for word in sorted(words):
            by_length[len(word)].append(word)
        by_word: dict[str, dict[int, float]] = {word: {} for same in by_length.values() for word in same}
        for length, same in by_length.items():
            beginnings = [known[:length] for known in self.words]
            for candidates, extra in ((self.words, 0.0), (beginnings, 0.5)):
                hits = _hits(same, candidates, scorer=OSA.distance, most=allowed_slips(same[0]))
                for row, position, distance in hits:
                    slips = by_word[same[row]]
                    for key in self.keys_of[position]:
                        slips[key] = min(slips.get(key, 99.0), distance + extra)
        return by_word

    def alike(self, name: str, *, limit: int = 5) -> list[int]:
        """Return the keys whose whole name is ``name`` or nearly so, whatever the order of its words."""
        return self.alike_each([name], limit=limit)[0]

    def alike_each(self, names: Sequence[str], *, limit: int = 5) -> list[list[int]]:
        """Return for each name what ``alike`` finds; all are compared together."""
        folded = [" ".join(sorted(fold(name).split())) for name in names]
        alike: list[list[tuple[float, int]]] = [[] for _name in names]
        for row, position, score in _hits(folded, self.names, scorer=fuzz.ratio, least=SAME_NAME):
            alike[row].append((-score, position))
        best = (sorted(hits)[: limit * 3] for hits in alike)
        return [
            list(dict.fromkeys(self.keys[position] for _score, position in hits))[:limit] for hits in best
        ]


def _hits(
    texts: Sequence[str],
    known: Sequence[str],
    *,
    scorer: Any,
    least: float | None = None,
    most: int | None = None,
) -> Iterator[tuple[int, int, float]]:
    """Yield the number of a text, that of a known one, and the score, where it is good enough."""
    if not known:
        return
    kind = np.uint8 if least is None else np.float64
    for start in range(0, len(texts), AT_ONCE):
        scores = process.cdist(
            texts[start : start + AT_ONCE],
            known,
            scorer=scorer,
            score_cutoff=most if least is None else least,
            dtype=kind,
            workers=1,
        )
        good = scores <= most if least is None else scores >= least
        for row, position in np.argwhere(good).tolist():
            yield start + row, position, float(scores[row, position])


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
