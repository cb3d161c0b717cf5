"""Actors by names that are nearly right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.models import Q

from actors.models import Actor, ActorKind, ActorType, FormerName
from core.names import NamesInMemory
from core.person_names import looks_personal
from core.text import fold
from core.viewers import Viewer

ENOUGH = 5  # so many exact hits need no guessing
USUAL_TYPE = {ActorKind.PERSON: "resident", ActorKind.BODY: "body", ActorKind.ORGANISATION: "association"}


def _whole_names() -> Iterator[tuple[int, str]]:
    yield from Actor.objects.order_by("pk").values_list("pk", "sort_name")
    for key, name in FormerName.objects.order_by("pk").values_list("actor", "name"):
        yield key, fold(name)


def _spellings() -> Iterator[tuple[int, str]]:
    yield from Actor.objects.order_by("pk").values_list("pk", "search_names")


NAMES = NamesInMemory([Actor, FormerName], _whole_names)
SPELLINGS = NamesInMemory([Actor, FormerName], _spellings)


def in_order(keys: list[int], *, user: Viewer) -> list[Actor]:
    """Return the actors with these keys that ``user`` may see, in the order of the keys."""
    seen = Actor.objects.visible_to(user).select_related("actor_type").in_bulk(keys)
    return [seen[key] for key in keys if key in seen]


def similar_actors(*, name: str, user: Viewer, exclude: int | None = None) -> list[Actor]:
    """Return the actors whose present or former name is ``name`` or nearly so."""
    return [a for a in in_order(NAMES.index().alike(name), user=user) if a.pk != exclude]


def find_actors(
    *,
    text: str,
    user: Viewer,
    details: bool | Q | None = False,
    kinds: Sequence[str] | None = None,
    limit: int = 10,
    with_namesakes: bool = False,
) -> list[Actor]:
    """Return the best hits for ``text``: those that hold every word first, then those with typing errors.

    ``with_namesakes`` keeps all whose very name is ``text``, also beyond the limit: no other word finds them.
    """
    visible = Actor.objects.visible_to(user)
    if kinds:
        visible = visible.filter(kind__in=kinds)
    if not fold(text):
        return []
    exact = list(visible.matching(text, details=details).select_related("actor_type")[: limit * 5])
    exact.sort(key=lambda actor: _rank(actor, fold(text)))
    if with_namesakes:
        limit = max(limit, sum(fold(actor.name) == fold(text) for actor in exact))
    if len(exact) >= min(ENOUGH, limit):
        return exact[:limit]
    have = {actor.pk for actor in exact}
    near = [key for key in SPELLINGS.index().near(text, limit=limit * 10) if key not in have]
    seen = visible.select_related("actor_type").in_bulk(near)
    return [*exact, *(seen[key] for key in near if key in seen)][:limit]


def _rank(actor: Actor, text: str) -> tuple[bool, bool, bool, str]:
    """Order hits: the very name, a name that begins so, a word that begins so, the rest by the alphabet."""
    folded = fold(actor.name)
    return (
        folded != text,
        not folded.startswith(text),
        f" {text}" not in f" {actor.search_names}",
        actor.sort_name,
    )


def guess_kind(name: str) -> str:
    """Guess whether a name is a person's; see ``core.person_names``.

    >>> str(guess_kind("Erika Muster")), str(guess_kind("Sportverein Nord"))
    ('person', 'organisation')
    """
    return ActorKind.PERSON if looks_personal(name) else ActorKind.ORGANISATION


def usual_type(kind: str) -> ActorType | None:
    """Return the type that actors of this kind mostly have."""
    in_use = ActorType.objects.in_use()
    return in_use.filter(code=USUAL_TYPE.get(ActorKind(kind), "")).first() or in_use.first()
