"""Finding the actors that a pasted list of names means. A near miss is offered, never taken silently."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from actors.hints import hints_for
from actors.models import Actor, Affiliation, FormerName
from core.names import NameIndex, NamesInMemory
from core.person_names import looks_personal, read_person
from core.text import fold, search_forms
from core.viewers import SignedIn
from events.models import Event, Participation, ParticipationRole, ParticipationState
from events.services.name_lists import PastedName, parse_names

MOST_CANDIDATES = 6
NAMES_KEPT = 50_000
LEGAL_FORMS = (" e v", " ev", " ggmbh", " gmbh", " e g", " eg", " ag")


class MatchStatus(TextChoices):
    """What became of one name of the list."""

    MATCHED = "matched", _("found")
    AMBIGUOUS = "ambiguous", _("several possible")
    NEW = "new", _("not in the register")
    RECORDED = "recorded", _("already recorded")
    REPEATED = "repeated", _("twice in the list")


@dataclass(frozen=True)
class Candidate:
    """An actor that a name may mean."""

    actor: Actor
    is_exact: bool
    hint: str = ""  # what tells two actors of the same name apart


@dataclass(frozen=True)
class MatchedName:
    """One name of the list with the actors it may mean, the likeliest first."""

    pasted: PastedName
    status: str
    candidates: tuple[Candidate, ...] = ()
    organisation: Actor | None = None
    state: str = ""

    @property
    def state_label(self) -> str:
        """The state in which the actor is recorded already."""
        return str(ParticipationState(self.state).label) if self.state else ""

    @property
    def actor(self) -> Actor | None:
        """The actor that is meant beyond doubt."""
        settled = self.status in {MatchStatus.MATCHED, MatchStatus.RECORDED}
        return self.candidates[0].actor if settled else None


@lru_cache(maxsize=NAMES_KEPT)
def exact_keys(name: str) -> frozenset[str]:
    """Return the forms under which ``name`` counts as the same name.

    Spelling of umlauts, order, legal form, a title or form of address in front. They are kept: when one actor
    changes, the names of all others are still what they were.

    >>> sorted(exact_keys("Grün e. V."))
    ['e gruen v', 'e grun v', 'gruen', 'grun']
    """
    bare = read_person(name).name if looks_personal(name) else name
    spellings = {spelling for text in {name, bare} for spelling in (fold(text), *_dropped(text))}
    for spelling in list(spellings):
        spellings |= {spelling.removesuffix(legal) for legal in LEGAL_FORMS if spelling.endswith(legal)}
    return frozenset(" ".join(sorted(spelling.split())) for spelling in spellings if spelling)


def _may_be_addressed(actor: Actor, salutation: str) -> bool:
    """Tell whether a form of address is not that of somebody else: Frau Schmidt is not Herr Schmidt."""
    return not (salutation and actor.salutation) or actor.salutation == salutation


def _dropped(name: str) -> Iterator[str]:
    """Yield the spelling with umlauts dropped instead of written out, if it differs."""
    if name.isascii():
        return
    folded, both = fold(name), search_forms(name)
    if both != folded:
        yield both.removeprefix(folded).strip()


def _known_names() -> Iterator[tuple[int, str]]:
    for key, name in Actor.objects.order_by("pk").values_list("pk", "name"):
        yield from ((key, spelling) for spelling in exact_keys(name))
    for key, name in FormerName.objects.order_by("pk").values_list("actor", "name"):
        yield from ((key, spelling) for spelling in exact_keys(name))


KNOWN = NamesInMemory([Actor, FormerName], _known_names)


def match_names(
    *, text: str, event: Event, role: ParticipationRole, user: SignedIn, today: dt.date
) -> list[MatchedName]:
    """Return the names in ``text`` with what the register knows of them, in the order of the list.

    The number of queries does not depend on the number of names.
    """
    index = KNOWN.index()
    known = set(index.names)
    names = parse_names(text, is_known=lambda name: bool(exact_keys(name) & known))
    return _Matcher(index, names, event=event, role=role, user=user, today=today).matches()


class _Matcher:
    """Looks up all names of one list together."""

    def __init__(
        self,
        index: NameIndex,
        names: Sequence[PastedName],
        *,
        event: Event,
        role: ParticipationRole,
        user: SignedIn,
        today: dt.date,
    ) -> None:
        self.index, self.names = index, names
        self.exact = self._exact({*(n.name for n in names), *(n.organisation for n in names)})
        self.near = self._near(list(dict.fromkeys(n.name for n in names if not self.exact[n.name])))
        keys = {key for by_name in (self.exact, self.near) for hits in by_name.values() for key in hits}
        self.actors = Actor.objects.visible_to(user).select_related("actor_type").in_bulk(keys)
        self.organisations_of = self._organisations(user, today)
        named = {person: list(names.values()) for person, names in self.organisations_of.items()}
        self.hints = hints_for(self.actors.values(), user=user, organisations=named)
        self.states = dict(
            Participation.objects.visible_to(user)
            .filter(event=event, role=role)
            .values_list("actor_id", "state")
        )

    def _exact(self, names: set[str]) -> dict[str, list[int]]:
        names_by_spelling: dict[str, set[str]] = defaultdict(set)
        for name in names:
            for spelling in exact_keys(name):
                names_by_spelling[spelling].add(name)
        keys_by_name: dict[str, list[int]] = {name: [] for name in names}
        for key, known in zip(self.index.keys, self.index.names, strict=True):
            for name in names_by_spelling.get(known, ()):
                if key not in keys_by_name[name]:
                    keys_by_name[name].append(key)
        return keys_by_name

    def _near(self, names: Sequence[str]) -> dict[str, list[int]]:
        alike, near = self.index.alike_each(names), self.index.near_each(names, limit=MOST_CANDIDATES)
        hits = (dict.fromkeys([*whole, *parts]) for whole, parts in zip(alike, near, strict=True))
        return {name: list(keys)[:MOST_CANDIDATES] for name, keys in zip(names, hits, strict=True)}

    def _organisations(self, user: SignedIn, today: dt.date) -> dict[int, dict[int, str]]:
        organisations: dict[int, dict[int, str]] = defaultdict(dict)
        rows = Affiliation.objects.visible_to(user).active_on(today).filter(person__in=self.actors)
        for person, organisation, name in rows.values_list(
            "person", "organisation", "organisation__name"
        ).order_by("pk"):
            organisations[person][organisation] = name
        return organisations

    def matches(self) -> list[MatchedName]:
        """Return all names with their candidates; the second of two like entries is marked."""
        seen: set[object] = set()
        matches: list[MatchedName] = []
        for pasted in self.names:
            match = self._match(pasted)
            marks: set[object] = {(fold(pasted.name), fold(pasted.organisation), pasted.salutation)}
            if match.actor:
                marks.add(match.actor.pk)
            if marks & seen:
                match = MatchedName(
                    pasted, MatchStatus.REPEATED, match.candidates, match.organisation, match.state
                )
            seen |= marks
            matches.append(match)
        return matches

    def _match(self, pasted: PastedName) -> MatchedName:
        organisation = self._organisation(pasted.organisation)
        exact = [self.actors[key] for key in self.exact[pasted.name] if key in self.actors]
        meant = self._meant(pasted, exact, organisation)
        rest = [actor for actor in exact if actor not in meant]
        near = [self.actors[key] for key in self.near.get(pasted.name, ()) if key in self.actors]
        candidates = tuple(
            Candidate(actor, actor in exact, self.hints[actor.pk])
            for actor in [*meant, *rest, *near][:MOST_CANDIDATES]
        )
        if len(meant) != 1:
            status = MatchStatus.AMBIGUOUS if meant else MatchStatus.NEW
            return MatchedName(pasted, status, candidates, organisation)
        state = self.states.get(meant[0].pk, "")
        status = MatchStatus.RECORDED if state else MatchStatus.MATCHED
        return MatchedName(pasted, status, candidates, organisation, state)

    def _meant(self, pasted: PastedName, exact: list[Actor], organisation: Actor | None) -> list[Actor]:
        """Return the likeliest namesakes: those of the organisation, else those spelled just so."""
        exact = [actor for actor in exact if _may_be_addressed(actor, pasted.salutation)]
        if len(exact) < 2:
            return exact
        if organisation:
            members = [a for a in exact if organisation.pk in self.organisations_of[a.pk]]
            if members:
                return members
        verbatim = [a for a in exact if fold(a.name) == fold(pasted.name)]
        return verbatim or exact

    def _organisation(self, name: str) -> Actor | None:
        actors = [self.actors[k] for k in self.exact.get(name, ()) if name and k in self.actors]
        collectives = [actor for actor in actors if not actor.is_person]
        return collectives[0] if len(collectives) == 1 else None
