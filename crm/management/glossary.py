"""The glossary's tables, read so that the catalogue can be held to them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

TERMS, REFUSED = "| English", "| not this word"
# A word and its forms, not what begins with it: "Reihe" and "Reihen", not "Reihenfolge".
ENDINGS = "(?:e|en|er|es|n|s)?"
REMARK = re.compile(r"\s*\([^)]*\)|`")


@dataclass(frozen=True)
class Glossary:
    """One German word for each English term, and the words that are not used."""

    words: dict[str, str]
    refused: dict[str, str]
    faults: tuple[str, ...]

    def refused_in(self, text: str) -> Iterator[tuple[str, str]]:
        """Yield each word of the text that is not used, with the one that is."""
        for word, instead in self.refused.items():
            if re.search(rf"(?<!\w){re.escape(word)}{ENDINGS}(?!\w)", text):
                yield word, instead


def read_glossary(text: str) -> Glossary:
    """Return what the tables of the glossary say; a line that does not pair its words is a fault."""
    words: dict[str, str] = {}
    refused: dict[str, str] = {}
    faults: list[str] = []
    for kind, first, second in _rows(text):
        if kind == REFUSED:
            refused |= dict.fromkeys(_parts(first), second.strip())
            continue
        terms, german = _parts(first), _parts(second)
        if len(terms) != len(german):
            faults.append(f"glossary: not one word for each term: {first} | {second}")
        for term, word in zip(terms, german, strict=False):
            if words.setdefault(term.lower(), word) != word:
                faults.append(f"glossary: two words for one term: {term}: {words[term.lower()]}, {word}")
    return Glossary(words, refused, tuple(faults))


def _rows(text: str) -> Iterator[tuple[str, str, str]]:
    kind = ""
    for line in text.splitlines():
        if not line.startswith("|"):
            kind = ""
        elif line.startswith((TERMS, REFUSED)):
            kind = TERMS if line.startswith(TERMS) else REFUSED
        elif kind and not line.startswith("|---"):
            first, second, *_rest = (cell.strip() for cell in line.strip("|").split("|"))
            yield kind, first, second


def _parts(cell: str) -> list[str]:
    """Return the terms of a cell: "kind: person, body" names three; what stands in brackets is a remark."""
    return [part.strip() for part in re.split(r"[,:]", REMARK.sub("", cell)) if part.strip()]
