"""How broad the columns of a printed table are, how large its type, and whether it lies across the page."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from reports.renderers.texts import cell_text
from reports.report import Table

# Breadths are in em of the table's type. Sizes in points, the largest first; and how broad a page of A4 is
# between margins of 2 cm, upright and across.
UPRIGHT = (9.0, 8.0, 7.5)
ACROSS = (8.5, 7.5, 6.5)
# So low a table is not cut by a page break; in points.
LOW = 330.0
LINE, BETWEEN = 1.25, 0.8
UPRIGHT_POINTS, ACROSS_POINTS = 482.0, 728.0
LETTER, CAPITAL, BESIDE = 0.47, 0.54, 1.0
# A text up to so many letters stays on one line; a longer one is broken and shares what room is left.
# Longer words are hyphenated.
SHORT, LONGEST_WORD, LONGEST_HEAD, WIDE = 18, 15, 15, 60


@dataclass(frozen=True)
class Breadth:
    """What a column takes at least, and its share of the room that is left; 0 where it needs none."""

    least: float
    share: int


@dataclass(frozen=True)
class Layout:
    """How a table is set."""

    breadths: tuple[Breadth, ...]
    is_across: bool
    size: float

    def points(self) -> list[float]:
        """Return how broad each column is so that together they fill the page."""
        room = ACROSS_POINTS if self.is_across else UPRIGHT_POINTS
        least = [breadth.least * self.size for breadth in self.breadths]
        left, shares = room - sum(least), sum(breadth.share for breadth in self.breadths)
        if left <= 0 or not shares:
            return [part * room / sum(least) for part in least]
        return [
            part + left * breadth.share / shares for part, breadth in zip(least, self.breadths, strict=True)
        ]


def is_low(table: Table, layout: Layout) -> bool:
    """Tell whether a table takes but a part of a page."""
    letters = [(width / layout.size - BESIDE) / LETTER for width in layout.points()]
    height = 0.0
    for row in table.pairs():
        texts = (len(cell_text(cell, column)) for column, cell in row)
        lines = max(math.ceil(count / max(room, 1)) for count, room in zip(texts, letters, strict=True))
        height += (max(lines, 1) * LINE + BETWEEN) * layout.size
        if height > LOW:
            return False
    return True


def lay_out(table: Table, *, scale: float = 1.0) -> Layout:
    """Decide how ``table`` is set; ``scale`` is how much broader its type runs than that of the pages."""
    breadths = tuple(_breadth(table, at, scale) for at in range(len(table.columns)))
    # A column of long texts is not read well where it holds but one word in a line.
    breadth_sum = sum(breadth.least + min(breadth.share, SHORT) * LETTER / 2 for breadth in breadths)
    upright = next((size for size in UPRIGHT if breadth_sum * size <= UPRIGHT_POINTS), None)
    across = next((size for size in ACROSS if breadth_sum * size <= ACROSS_POINTS), ACROSS[-1])
    return Layout(breadths, is_across=upright is None, size=upright or across)


def _breadth(table: Table, at: int, scale: float) -> Breadth:
    column = table.columns[at]
    texts = [cell_text(row[at], column) for row in table.rows]
    longest = max(map(len, texts), default=0)
    # A line may end after a slash.
    words = re.findall(r"[^\s/]+/?", column.label)
    head = min(max(map(len, words), default=0), LONGEST_HEAD) * CAPITAL
    if column.is_number or longest <= SHORT:
        return Breadth(max(longest * LETTER, head) * scale + BESIDE, 0)
    word = max((len(word) for text in texts for word in text.split()), default=0)
    return Breadth(max(min(word, LONGEST_WORD) * LETTER, head) * scale + BESIDE, min(longest, WIDE))
