"""What a typed note is made of."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection
from dataclasses import dataclass

from core.text import fold


@dataclass(frozen=True)
class Term:
    """A term of a vocabulary: a channel or a topic."""

    code: str
    names: tuple[str, ...] = ()

    @property
    def spellings(self) -> tuple[str, ...]:
        """The code and the names, folded."""
        return tuple(dict.fromkeys(fold(name) for name in (self.code, *self.names) if fold(name)))


@dataclass(frozen=True)
class Span:
    """A stretch of the text that was understood as ``field``; taken out of the note unless ``stays``."""

    start: int
    end: int
    field: str
    stays: bool = False


@dataclass(frozen=True)
class Mention:
    """A name after an @; ``key`` is the name in its folded spelling."""

    name: str
    start: int
    end: int

    @property
    def key(self) -> str:
        """The name however it is spelled."""
        return fold(self.name)


@dataclass(frozen=True)
class Hashtag:
    """A topic after a #."""

    code: str
    name: str
    start: int
    end: int


@dataclass(frozen=True)
class Problem:
    """Something that was recognised and cannot be right; ``text`` is what was typed."""

    field: str
    code: str
    text: str
    blocks: bool = True


@dataclass(frozen=True)
class ParsedNote:
    """What a typed note says."""

    text: str
    channel: str | None = None
    direction: str | None = None
    duration_minutes: int | None = None
    date: dt.date | None = None
    due: dt.date | None = None
    mentions: tuple[Mention, ...] = ()
    hashtags: tuple[Hashtag, ...] = ()
    spans: tuple[Span, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def topics(self) -> tuple[str, ...]:
        """The codes of the topics, each once."""
        return tuple(dict.fromkeys(tag.code for tag in self.hashtags))

    def note(self, *, plain: Collection[str] = (), plain_names: Collection[str] = ()) -> str:
        """Return the text without what is kept as a field.

        ``plain`` names the fields whose words are text after all, ``plain_names`` the keys of such mentions.
        """
        cuts = [(s.start, s.end, "") for s in self.spans if not s.stays and s.field not in plain]
        cuts += [(m.start, m.end, m.name) for m in self.mentions if m.key not in plain_names]
        cuts += [(t.start, t.end, t.name) for t in self.hashtags]
        return _without(self.text, sorted(cuts))

    def says_more(self, *, plain: Collection[str] = (), plain_names: Collection[str] = ()) -> bool:
        """Tell whether a word is left besides the fields, names and topics."""
        cuts = [(s.start, s.end, "") for s in self.spans if not s.stays and s.field not in plain]
        cuts += [(m.start, m.end, "") for m in self.mentions if m.key not in plain_names]
        cuts += [(t.start, t.end, "") for t in self.hashtags]
        return bool(fold(_without(self.text, sorted(cuts))))


def _without(text: str, cuts: list[tuple[int, int, str]]) -> str:
    """Return ``text`` with each stretch replaced, and no gap where one was taken out."""
    pieces, at = [], 0
    for start, end, instead in cuts:
        pieces += [text[at:start], instead or "\0"]
        at = end
    joined = "".join([*pieces, text[at:]])
    # What introduced the rest goes with the word it stood behind: "wv morgen: Halle klären".
    joined = re.sub(r"\0[ \t]*:(?=\s|\Z)", "\0", joined)
    # A gap keeps the break of the line it stood in, and one space between the words beside it.
    joined = re.sub(r"(?m)^(?:[ \t]*\0)+[ \t]*(?:\n|\Z)", "", joined)
    joined = re.sub(r"(?m)^(?:[ \t]*\0)+[ \t]*", "", joined)
    joined = re.sub(r"(?m)[,;]?(?:[ \t]*\0)+[ \t]*$", "", joined)
    return re.sub(r"(?:[ \t]*\0)+[ \t]*", " ", joined).strip()
