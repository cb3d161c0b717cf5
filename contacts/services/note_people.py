"""Whom the names in a quick note mean: known actors, new ones, or nobody in particular."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from actors.hints import with_hints
from actors.models import Actor, ActorKind, ActorType
from actors.names import guess_kind, similar_actors, usual_type
from actors.services.actors import NewActor
from contacts.quick_note import Mention, Register, mention_candidates
from contacts.quick_note.typed_terms import TITLES
from core.choices import label_of
from core.name_words import without_legal_form
from core.person_names import looks_personal, names_several, read_person
from core.roles import can
from core.text import fold
from core.viewers import SignedIn

NEW, PLAIN = "new", "text"
MOST_HITS = 6
MOST_SEARCHED = 50
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


def known_in(text: str, user: SignedIn) -> tuple[Register, dict[str, list[Actor]]]:
    """Return what the register knows of the words after an @, and who has those names as a whole."""
    known = _known_names(text, user)
    alone, families = _known_alone(text, user)
    return Register(known.keys(), alone, families), known


def _known_names(text: str, user: SignedIn) -> dict[str, list[Actor]]:
    """Return the visible actors whose whole name stands after an @ of ``text``, by the folded name."""
    names = mention_candidates(text)
    keys = {rotated for name in names for rotated in _rotations(name.split())}
    actors_by_name: dict[str, list[Actor]] = {}
    if keys:
        seen = Actor.objects.visible_to(user).select_related("actor_type")
        for actor in seen.filter(sort_name__in=keys).order_by("pk"):
            for name in {fold(actor.name), actor.sort_name} & names:
                actors_by_name.setdefault(name, []).append(actor)
    # Who is called so comes before whoever is so with the family name in front.
    return {
        name: [actor for actor in actors if fold(actor.name) == name] or actors
        for name, actors in actors_by_name.items()
    }


def _known_alone(text: str, user: SignedIn) -> tuple[set[str], set[str]]:
    """Return the words after an @ by which the names of actors begin, and which of them are family names."""
    runs = {
        " ".join(word for word in name.split() if word not in TITLES) for name in mention_candidates(text)
    }
    begins = [Q(sort_name=run) | Q(sort_name__startswith=f"{run} ") for run in runs if run and " " not in run]
    if not begins:
        return set(), set()
    seen = Actor.objects.visible_to(user).filter(reduce(or_, begins)).order_by()
    kinds: dict[str, set[str]] = defaultdict(set)
    for name, kind in seen.values_list("sort_name", "kind"):
        words = name.split()
        for count in range(1, len(words) + 1):
            kinds[" ".join(words[:count])].add(kind)
    return runs & kinds.keys(), {run for run in runs & kinds.keys() if ActorKind.PERSON in kinds[run]}


def _rotations(words: list[str]) -> Iterable[str]:
    """Return the name as it is, and with the family name first, as persons are sorted."""
    return (" ".join([*words[n:], *words[:n]]) for n in range(len(words) or 1))


class People:
    """The names of one note, resolved for one user, with what the user chose for them."""

    def __init__(
        self, *, mentions: Iterable[Mention], known: Mapping[str, list[Actor]], choices: Any, user: SignedIn
    ) -> None:
        self.user, self.known = user, known
        self.may_add = can(user, "add", Actor)
        self.chosen = {fold(name): value for name, value in _mapping(choices.get("who")).items()}
        self.typed = {fold(name): value for name, value in _mapping(choices.get("new")).items()}
        by_key = {mention.key: mention for mention in mentions}
        self.count = len(by_key)
        self.rows = [self._row(mention) for mention in list(by_key.values())[:MOST_PEOPLE]]
        with_hints([hit for row in self.rows for hit in row.hits], user=user)

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
            elif row.is_new and not self.may_add:
                row.errors = [_no_new_actor(row.new_name)]
            elif row.is_new:
                row.errors = _faults(row, types)

    def _row(self, mention: Mention) -> Person:
        keys = (mention.key, fold(without_legal_form(mention.name)))
        known = next((self.known[key] for key in keys if key in self.known), [])
        row = Person(mention.key, mention.name, hits=list(known))
        row.value = str(row.hits[0].pk) if len(row.hits) == 1 else ""
        if not row.hits:
            self._search(row)
        self._choose(row)
        if row.is_new:
            self._describe(row)
        return row

    def _search(self, row: Person) -> None:
        """Find who is meant by a part of a name; a name that is not clear asks; an unknown one is new.

        A part means the only actor of whose name it begins words. What stands in the midst of a word, or is
        only the family name of the person that is named, is offered and never taken.
        """
        words = [word for word in fold(without_legal_form(row.name)).split() if word not in TITLES]
        text = " ".join(words) or row.key
        visible = Actor.objects.visible_to(self.user).select_related("actor_type")
        begun = visible
        for word in text.split():
            begun = begun.filter(Q(search_names__startswith=word) | Q(search_names__contains=f" {word}"))
        candidates = list(begun[:MOST_SEARCHED])
        meant = [actor for actor in candidates if _may_be_meant(actor, row.name, text.split())]
        row.hits = list(dict.fromkeys([*meant, *candidates, *visible.matching(text)[:MOST_HITS]]))[:MOST_HITS]
        if len(meant) == 1 and len(candidates) < MOST_SEARCHED:
            row.value = str(meant[0].pk)
        elif not row.hits:
            row.hits = [*similar_actors(name=row.name, user=self.user), *self._namesakes(row)][:MOST_HITS]
            row.value = "" if row.hits else NEW

    def _namesakes(self, row: Person) -> list[Actor]:
        """Return who has the family name of "Müller, Anna": the comma may as well be that of the sentence."""
        if "," not in row.name:
            return []
        name = fold(read_person(row.name).family_name)
        visible = Actor.objects.visible_to(self.user).select_related("actor_type")
        return list(visible.filter(kind=ActorKind.PERSON, sort_name__startswith=f"{name} ")[:MOST_HITS])

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
        # "Müller, Anna" is stored, and shown, as Anna Müller.
        usual = read_person(row.name).written if looks_personal(row.name) else row.name
        row.new_name = " ".join(name.split()) or usual
        row.new_kind = kind if kind in ActorKind.values else guess_kind(row.new_name)
        row.new_type = code if kind == row.new_kind and code else _usual_code(row.new_kind)


def _may_be_meant(actor: Actor, name: str, words: list[str]) -> bool:
    """Tell whether an actor is meant by words that begin those of its name.

    A person's name is typed in whole words: Schulz is not Schulze, Anna not Annabell. Frau Schmidt is not
    Herr Schmidt, and Familie Schmidt is none of them.
    """
    if not actor.is_person:
        return True
    salutation = read_person(name).salutation
    is_other = bool(salutation and actor.salutation and salutation != actor.salutation)
    return not is_other and not names_several(name) and set(words) <= set(actor.search_names.split())


def _no_new_actor(name: str) -> str:
    """Return the sentence for a name that is not in the register and that this user may not add."""
    text = _(
        "“%(name)s” is not in the register, and only the office adds actors. Please choose somebody known."
    )
    return text % {"name": name[:60]}


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
