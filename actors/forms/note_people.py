"""Whom the names in a quick note mean: known actors, new ones, or nobody in particular."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from actors.forms.actors import usual_type
from actors.models import Actor, ActorKind, ActorType
from actors.names import guess_kind, similar_actors
from actors.quick_note import Mention, mention_candidates
from actors.quick_note.words import TITLES
from actors.services import NewActor
from crm.common.forms import label_of
from crm.common.text import fold

NEW, PLAIN = "new", "text"
MOST_HITS = 6
MOST_PEOPLE = 25


@dataclass
class Person:
    """One name of the note: the actors that it may mean, which one was chosen, what a new one would be."""

    key: str
    name: str
    value: str = ""
    hits: list[Actor] = field(default_factory=list)
    new_name: str = ""
    new_kind: str = ""
    new_type: str = ""
    errors: list[str] = field(default_factory=list)

    @property
    def is_new(self) -> bool:
        """Whether the name is to be added to the register."""
        return self.value == NEW

    @property
    def actor(self) -> Actor | None:
        """The actor that is meant, if there is one."""
        return next((hit for hit in self.hits if str(hit.pk) == self.value), None)


def known_names(text: str, user: Any) -> dict[str, list[Actor]]:
    """Return the visible actors whose whole name stands after an @ of ``text``, by the folded name."""
    wanted = mention_candidates(text)
    keys = {rotated for name in wanted for rotated in _rotations(name.split())}
    found: dict[str, list[Actor]] = {}
    if keys:
        seen = Actor.objects.visible_to(user).select_related("actor_type")
        for actor in seen.filter(sort_name__in=keys).order_by("pk"):
            if (name := fold(actor.name)) in wanted:
                found.setdefault(name, []).append(actor)
    return found


def _rotations(words: list[str]) -> Iterable[str]:
    """Return the name as it is, and with the family name first, as persons are sorted."""
    return (" ".join([*words[n:], *words[:n]]) for n in range(len(words) or 1))


class People:
    """The names of one note, resolved for one user, with what the user chose for them."""

    def __init__(
        self, *, mentions: Iterable[Mention], known: Mapping[str, list[Actor]], choices: Any, user: Any
    ) -> None:
        self.user, self.known = user, known
        self.chosen = {fold(name): value for name, value in _mapping(choices.get("who")).items()}
        self.typed = {fold(name): value for name, value in _mapping(choices.get("new")).items()}
        by_key = {mention.key: mention for mention in mentions}
        self.rows = [self._row(mention) for mention in list(by_key.values())[:MOST_PEOPLE]]

    @property
    def plain(self) -> set[str]:
        """The keys of the names that are plain text."""
        return {row.key for row in self.rows if row.value == PLAIN}

    @property
    def has_errors(self) -> bool:
        """Whether something is missing beside a name."""
        return any(row.errors for row in self.rows)

    @property
    def actors(self) -> list[Actor]:
        """The actors that are meant."""
        return [row.actor for row in self.rows if row.actor]

    def new_actors(self) -> list[NewActor]:
        """Return who is to be added to the register."""
        types = {term.code: term for term in ActorType.objects.in_use()}
        new = (row for row in self.rows if row.is_new and row.new_type in types)
        return [NewActor(row.new_name, row.new_kind, types[row.new_type]) for row in new]

    def check(self) -> None:
        """Say beside each name what is missing."""
        types = {term.code: term for term in ActorType.objects.in_use()}
        for row in self.rows:
            if not row.value:
                row.errors = [_("Please choose who is meant by “%(name)s”.") % {"name": row.name}]
            elif row.is_new:
                row.errors = _faults(row, types)

    def _row(self, mention: Mention) -> Person:
        row = Person(mention.key, mention.name, hits=list(self.known.get(mention.key, ())))
        row.value = str(row.hits[0].pk) if len(row.hits) == 1 else ""
        if not row.hits:
            self._search(row)
        self._choose(row)
        if row.is_new:
            self._describe(row)
        return row

    def _search(self, row: Person) -> None:
        """A part of a name means the only actor that has it; a misspelt name asks; an unknown one is new."""
        words = [word for word in row.key.split() if word not in TITLES]
        visible = Actor.objects.visible_to(self.user).select_related("actor_type")
        row.hits = list(visible.matching(" ".join(words) or row.key)[:MOST_HITS])
        if len(row.hits) == 1:
            row.value = str(row.hits[0].pk)
        elif not row.hits:
            row.hits = similar_actors(name=row.name, user=self.user)[:MOST_HITS]
            row.value = "" if row.hits else NEW

    def _choose(self, row: Person) -> None:
        value = self.chosen.get(row.key)
        if value in (NEW, PLAIN, ""):
            row.value = value
        elif isinstance(value, str) and value.isdecimal() and len(value) < 19:
            if all(str(hit.pk) != value for hit in row.hits):
                visible = Actor.objects.visible_to(self.user).select_related("actor_type")
                row.hits += visible.filter(Q(pk=value))
            row.value = value if row.hits and any(str(hit.pk) == value for hit in row.hits) else row.value

    def _describe(self, row: Person) -> None:
        typed = _mapping(self.typed.get(row.key))
        name, kind, code = (str(typed.get(part, "")) for part in ("name", "kind", "type"))
        row.new_name = " ".join(name.split()) or row.name
        row.new_kind = kind if kind in ActorKind.values else guess_kind(row.new_name)
        row.new_type = code if kind == row.new_kind and code else _usual_code(row.new_kind)


def _usual_code(kind: str) -> str:
    usual = usual_type(kind)
    return usual.code if usual else ""


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _faults(row: Person, types: Mapping[str, ActorType]) -> list[str]:
    if row.new_type not in types:
        return [_("Choose the type of “%(name)s”.") % {"name": row.new_name}]
    try:
        Actor(name=row.new_name, kind=row.new_kind, actor_type=types[row.new_type]).full_clean()
    except ValidationError as error:
        return [f"{row.new_name[:60]}: {message}" for message in error.messages]
    return []


def type_choices() -> list[tuple[str, str]]:
    """Return the types that a new actor may have."""
    return [(term.code, label_of(term)) for term in ActorType.objects.in_use()]
