"""Actors by names that are nearly right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from actors.models import Actor, ActorKind, FormerName
from crm.common.names import NamesInMemory
from crm.common.text import fold

ENOUGH = 5  # so many exact hits need no guessing


def _whole_names() -> Iterator[tuple[int, str]]:
    yield from Actor.objects.order_by("pk").values_list("pk", "sort_name")
    for key, name in FormerName.objects.order_by("pk").values_list("actor", "name"):
        yield key, fold(name)


def _spellings() -> Iterator[tuple[int, str]]:
    yield from Actor.objects.order_by("pk").values_list("pk", "search_names")


NAMES = NamesInMemory([Actor, FormerName], _whole_names)
SPELLINGS = NamesInMemory([Actor, FormerName], _spellings)


def in_order(keys: list[int], *, user: Any) -> list[Actor]:
    """Return the actors with these keys that ``user`` may see, in the order of the keys."""
    seen = Actor.objects.visible_to(user).select_related("actor_type").in_bulk(keys)
    return [seen[key] for key in keys if key in seen]


def similar_actors(*, name: str, user: Any, exclude: int | None = None) -> list[Actor]:
    """Return the actors whose present or former name is ``name`` or nearly so."""
    return [a for a in in_order(NAMES.index().alike(name), user=user) if a.pk != exclude]


def find_actors(
    *, text: str, user: Any, details: bool = False, kinds: Sequence[str] | None = None, limit: int = 10
) -> list[Actor]:
    """Return the best hits for ``text``: those that hold every word first, then those with typing errors."""
    visible = Actor.objects.visible_to(user)
    if kinds:
        visible = visible.filter(kind__in=kinds)
    if not fold(text):
        return []
    exact = list(visible.matching(text, details=details).select_related("actor_type")[: limit * 5])
    exact.sort(key=lambda actor: _rank(actor, fold(text)))
    if len(exact) >= min(ENOUGH, limit):
        return exact[:limit]
    have = {actor.pk for actor in exact}
    near = [key for key in SPELLINGS.index().near(text, limit=limit * 10) if key not in have]
    seen = visible.select_related("actor_type").in_bulk(near)
    return [*exact, *(seen[key] for key in near if key in seen)][:limit]


def _rank(actor: Actor, wanted: str) -> tuple[bool, bool, bool, str]:
    """Order hits: the very name, a name that begins so, a word that begins so, the rest by the alphabet."""
    folded = fold(actor.name)
    return (
        folded != wanted,
        not folded.startswith(wanted),
        f" {wanted}" not in f" {actor.search_names}",
        actor.sort_name,
    )


BODY_WORDS = (
    "verein", "club", "gmbh", "schule", "kita", "amt", "stadt", "gruppe", "kreis", "rat", "forum", "netzwerk",
    "initiative", "kirche", "gemeinde", "zentrum", "haus", "bund", "verband", "stiftung", "büro", "treff",
    "runde", "laden", "café", "markt", "werkstatt", "wehr", "polizei", "ausschuss", "beratung",
    "stelle", "association", "school", "office", "group", "network", "council", "church", "centre",
)  # fmt: skip


def guess_kind(name: str) -> str:
    """Guess whether a name is a person's: two or three capitalised words, none of which names a body.

    >>> str(guess_kind("Erika Muster")), str(guess_kind("Sportverein Nord"))
    ('person', 'organisation')
    """
    words = name.split()
    looks_personal = 2 <= len(words) <= 3 and all(
        w[:1].isupper() and w.replace("-", "").isalpha() for w in words
    )
    return ActorKind.PERSON if looks_personal and not _names_a_body(name) else ActorKind.ORGANISATION


def _names_a_body(name: str) -> bool:
    """Tell whether a word of the name ends with a short word for a body or holds a long one."""
    words = name.lower().split()
    return any(word.endswith(BODY_WORDS) for word in words) or any(
        body in word for word in words for body in BODY_WORDS if len(body) >= 5
    )
