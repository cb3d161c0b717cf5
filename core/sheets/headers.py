"""Guessing which column is meant for which field, from the headings of a stranger's table."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import pairwise

from rapidfuzz import fuzz

from core.sheets.cells import Cell, CellError, show
from core.text import fold

# Below this likeness two headings are different words rather than one word written twice.
SIMILAR_ENOUGH = 86
_MIN_FUZZY_CHARS = 5
_ROW_NUMBER = re.compile(r"(?:nr\.?|no\.?|#)?\s*0*(\d{1,6})[.)]?", re.IGNORECASE)
# So many of the cells are numbers, and so many of the numbers follow each other.
_NUMBERED, _CONSECUTIVE = 0.9, 0.7
_MANY, _FEW = 10, 3
# A number, date or time, an e-mail or web address.
_VALUE = re.compile(r"[\d\s.,:/+()€–-]*\d[\d\s.,:/+()€–-]*|\S+@\S+\.\S+|(?:https?://|www\.)\S+")
# Heads a column of figures more often than it stands in a record.
_YEAR = re.compile(r"(?:19|20)\d\d")
_JUDGED_ROWS = 200


def guess_mapping(
    headers: Sequence[str],
    fields: Mapping[str, Sequence[str]],
    *,
    never: Collection[tuple[int, str]] = (),
) -> dict[int, str]:
    """Return column index → field key, each field at most once, the surest pairs first.

    Parameters
    ----------
    fields
        Per field key the words it is known by, German and English; the key itself counts as one.
    never
        Pairs of column and field that cannot be, whatever the heading says.
    """
    aliases = {key: [fold(word.replace("_", " ")) for word in (key, *words)] for key, words in fields.items()}
    pairs = [
        (-score, column, order, key)
        for column, header in enumerate(headers)
        for order, (key, words) in enumerate(aliases.items())
        if (column, key) not in never
        if (score := _likeness(fold(header.replace("_", " ")), words)) >= SIMILAR_ENOUGH
    ]
    mapping: dict[int, str] = {}
    for _, column, _, key in sorted(pairs):
        if column not in mapping and key not in mapping.values():
            mapping[column] = key
    return dict(sorted(mapping.items()))


def may_be_data(heading: Sequence[Cell], rows: Sequence[Sequence[Cell]], recognised: int) -> bool:
    """Tell whether what was taken for the headings may be the first record.

    So it is when none of them is known; when fewer than half are, a value such as a number or an address
    among them decides, or a text that stands again below it.
    """
    filled = [cell for cell in heading if cell is not None]
    if not recognised:
        return True
    if 2 * recognised >= len(filled):
        return False
    return any(map(_is_value, filled)) or _stands_again(heading, rows[:_JUDGED_ROWS])


def _is_value(cell: Cell) -> bool:
    text = show(cell)
    is_typed = not isinstance(cell, str | CellError)
    return not _YEAR.fullmatch(text) and (is_typed or _VALUE.fullmatch(text) is not None)


def _stands_again(heading: Sequence[Cell], rows: Sequence[Sequence[Cell]]) -> bool:
    """Tell whether a text stands in its column again; a heading repeated as a whole says nothing."""
    return any(
        cell is not None and cell == other
        for row in rows
        if list(row) != list(heading)
        for cell, other in zip(heading, row, strict=False)
    )


def counts_rows(cells: Iterable[Cell]) -> bool:
    """Tell whether a column merely numbers the rows: 1, 2, 3 …, in any order, with some gaps and insertions.

    Such numbers mean another row in the next list. They count from one, or go on where another sheet ended;
    a few numbers from anywhere else may well be keys.
    """
    texts = [show(cell) for cell in cells if cell is not None]
    values = [int(match[1]) for text in texts if (match := _ROW_NUMBER.fullmatch(text))]
    numbers = sorted(set(values))
    # Figures repeat themselves, numbers of rows hardly do.
    if not values or len(values) < _NUMBERED * len(texts) or len(numbers) < _NUMBERED * len(values):
        return False
    if len(numbers) < _MANY and numbers[0] > 1:
        return False
    if len(numbers) >= _FEW and numbers[0] <= _FEW and numbers[-1] <= _FEW * len(numbers):
        return True  # of a list from which rows were taken out
    steps = sum(following - number == 1 for number, following in pairwise(numbers))
    return steps >= _CONSECUTIVE * (len(numbers) - 1)


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
