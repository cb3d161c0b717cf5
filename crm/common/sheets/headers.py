"""Guessing which column is meant for which field, from the headings of a stranger's table."""

from collections.abc import Mapping, Sequence

from rapidfuzz import fuzz

from crm.common.text import fold

# Below this likeness two headings are different words rather than one word written twice.
SIMILAR_ENOUGH = 86
_MIN_FUZZY_CHARS = 5


def guess_mapping(headers: Sequence[str], fields: Mapping[str, Sequence[str]]) -> dict[int, str]:
    """Return column index → field key, each field at most once, the surest pairs first.

    Parameters
    ----------
    fields
        Per field key the words it is known by, German and English; the key itself counts as one.
    """
    aliases = {key: [fold(word.replace("_", " ")) for word in (key, *words)] for key, words in fields.items()}
    pairs = [
        (-score, column, order, key)
        for column, header in enumerate(headers)
        for order, (key, words) in enumerate(aliases.items())
        if (score := _likeness(fold(header.replace("_", " ")), words)) >= SIMILAR_ENOUGH
    ]
    mapping: dict[int, str] = {}
    for _, column, _, key in sorted(pairs):
        if column not in mapping and key not in mapping.values():
            mapping[column] = key
    return dict(sorted(mapping.items()))


def _likeness(header: str, words: Sequence[str]) -> float:
    """Return 0–100; exactly a known word beats everything, an earlier one beats a later one."""
    if not header:
        return 0
    if header in words:
        return 200 - words.index(header)
    squeezed = header.replace(" ", "")
    if any(squeezed == word.replace(" ", "") for word in words):
        return 100
    if len(header) < _MIN_FUZZY_CHARS:
        return 0
    long_words = [word for word in words if len(word) >= _MIN_FUZZY_CHARS]
    return max(
        (max(fuzz.ratio(header, word), fuzz.token_sort_ratio(header, word)) for word in long_words), default=0
    )
