"""Names that are not known: what they may mean, and what is said about them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from rapidfuzz import fuzz, process

from core.sheets.values import ValueProblem
from core.text import fold, one_line

UNKNOWN = _("“%(value)s” is not known here.")
UNKNOWN_WITH_SUGGESTION = _("“%(value)s” is not known here. Did you mean %(suggestions)s?")
JOINED = _("“%(value)s” is taken as “%(name)s”.")
AMBIGUOUS = _("“%(value)s” is ambiguous: %(candidates)s.")
_SIMILAR = 60
_MARGIN = 8
_JUDGED = 200
_SHOWN = 3
_CANDIDATES = 4


class UnknownWords(ValueProblem):
    """Some words of a cell that may hold several; ``words`` are the words, each with its own problem."""

    def __init__(self, words: Sequence[tuple[str, ValueProblem]]) -> None:
        super().__init__("%(reason)s", reason=" ".join(str(problem) for _word, problem in words))
        self.words = words


def name_key(text: str) -> str:
    """Return what two spellings of one name have in common."""
    return fold(text) or text.strip().casefold()


def joined_remark(text: str, name: str) -> Iterator[str]:
    """Yield what the preview says where a record is meant that is spelled otherwise."""
    if one_line(text) != one_line(name):
        yield str(JOINED) % {"value": text[:60], "name": name[:60]}


def one_of(text: str, candidates: Sequence[Any]) -> Any:
    """Return the only one found; more than one is a problem that names them."""
    if len(candidates) == 1:
        return candidates[0]
    names = "; ".join(str(known) for known in candidates[:_CANDIDATES])
    if len(candidates) > _CANDIDATES:
        names += "; …"
    raise ValueProblem(AMBIGUOUS, value=text[:60], candidates=names)


def resembling(text: str, names: Iterable[str]) -> list[str]:
    """Return the folded names that resemble the text, the likeliest first, and no also-rans."""
    hits = process.extract(fold(text), list(names), scorer=fuzz.WRatio, limit=10, score_cutoff=_SIMILAR)
    return [name for name, score, _index in hits if score >= hits[0][1] - _MARGIN]


class KnownNames:
    """The names that a text can mean, and the problem of one that is not among them.

    ``names`` gives what each folded name is called, asked for when the first unknown text turns up. A table
    may hold thousands of those: the same text is judged once, and after a few hundred nothing is suggested.
    """

    def __init__(self, names: Callable[[], Mapping[str, str]]) -> None:
        self._read = names
        self._judged: dict[str, list[str]] = {}

    @cached_property
    def _names(self) -> Mapping[str, str]:
        return self._read()

    def unknown(self, text: str) -> ValueProblem:
        """Return the problem of an unknown text, with the known names that resemble it."""
        if text not in self._judged:
            few = len(self._judged) < _JUDGED
            likely = resembling(text, self._names) if few else []
            self._judged[text] = list(dict.fromkeys(self._names[name] for name in likely))[:_SHOWN]
        suggestions = self._judged[text]
        if not suggestions:
            return ValueProblem(UNKNOWN, value=text[:60])
        quoted = ", ".join(gettext("“%(value)s”") % {"value": name} for name in suggestions)
        return ValueProblem(UNKNOWN_WITH_SUGGESTION, value=text[:60], suggestions=quoted)
