"""What the search box finds. Each room declares it in its ``search.py``; ``crm/search.py`` asks them all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from core.models import Record
from core.names import NamesInMemory
from core.viewers import Viewer

ENOUGH = 3  # so many exact hits need no guessing


@dataclass(frozen=True)
class Question:
    """What somebody looks for, and how many hits are wanted."""

    text: str
    user: Viewer
    limit: int
    # Where reading all would be slow at every letter: only so many of the latest.
    among: int | None = None


class Hints(Protocol):
    """What stands beside hits, by key, in a number of queries that does not grow with them."""

    def __call__(self, records: list[Any], /, *, user: Viewer) -> Mapping[int, str]: ...


@dataclass(frozen=True)
class Searched:
    """One kind of record that is found, and how a hit looks.

    Parameters
    ----------
    find
        Returns the best hits among what the user may see, best first.
    title, sector
        What a hit is called; the sector whose colour marks it, if it has one.
    hints
        What stands beside it: what tells namesakes apart, a day, an end.
    list_name
        The address of the list in which all hits are found, by ``?q=``.
    offers_new
        Whether to add one is offered where nothing was found.
    """

    model: type[Record]
    label: Any
    icon: str
    list_name: str
    find: Callable[[Question], list[Any]]
    title: Callable[[Any], str]
    hints: Hints
    sector: Callable[[Any], str] = lambda _record: ""
    offers_new: bool = False


def hints_of_each(parts: Callable[[Any], Iterable[Any]]) -> Hints:
    """Return hints that each record gives by itself, part by part."""

    def hints(records: list[Any], /, *, user: Viewer) -> Mapping[int, str]:
        return {record.pk: " · ".join(str(part) for part in parts(record) if part) for record in records}

    return hints


def found_by_name(model: Any, names: NamesInMemory, *, along: str) -> Callable[[Question], list[Any]]:
    """Find the records that hold every word; where those are few, also those that nearly do.

    ``along`` names the relation that a hit shows.
    """

    def find(question: Question) -> list[Any]:
        visible = model.objects.visible_to(question.user).select_related(along)
        exact = list(visible.matching(question.text)[: question.limit])
        if len(exact) >= min(ENOUGH, question.limit):
            return exact
        have = {record.pk for record in exact}
        near = [key for key in names.index().near(question.text, limit=question.limit * 2) if key not in have]
        seen = visible.in_bulk(near)
        return [*exact, *(seen[key] for key in near if key in seen)][: question.limit]

    return find
