"""Finding the actors that a pasted list of names means. A near miss is offered, never taken silently."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from actors.models import Actor, Affiliation, FormerName
from crm.common.names import NameIndex, NamesInMemory
from crm.common.text import fold, search_forms
from events.models import Event, Participation, ParticipationRole, ParticipationState
from events.services.name_lists import PastedName, parse_names, without_titles

MOST_CANDIDATES = 6
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
    affiliations: tuple[str, ...] = ()

    @property
    def hint(self) -> str:
        """What tells two actors of the same name apart."""
        return " · ".join([self.actor.actor_type.label, *self.affiliations])


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


def exact_keys(name: str) -> set[str]:
    """Return the forms under which ``name`` counts as the same name: spelling of umlauts, order, legal form.

    >>> sorted(exact_keys("Grün e. V."))
    ['e gruen v', 'e grun v', 'gruen', 'grun']
    """
    forms = {fold(name), *_dropped(name)}
    for form in list(forms):
        forms |= {form.removesuffix(legal) for legal in LEGAL_FORMS if form.endswith(legal)}
    return {" ".join(sorted(form.split())) for form in forms if form}


def _dropped(name: str) -> Iterator[str]:
    """Yield the spelling with umlauts dropped instead of written out, if it differs."""
    folded, both = fold(name), search_forms(name)
    if both != folded:
        yield both.removeprefix(folded).strip()


def _known_names() -> Iterator[tuple[int, str]]:
    for key, name in Actor.objects.order_by("pk").values_list("pk", "name"):
        yield from ((key, form) for form in exact_keys(name))
    for key, name in FormerName.objects.order_by("pk").values_list("actor", "name"):
        yield from ((key, form) for form in exact_keys(name))


KNOWN = NamesInMemory([Actor, FormerName], _known_names)


def match_names(
    *, text: str, event: Event, role: ParticipationRole, user: Any, today: dt.date
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
        user: Any,
        today: dt.date,
    ) -> None:
        self.index, self.names = index, names
        self.exact = self._exact({*(n.name for n in names), *(n.organisation for n in names)})
        self.near = {n.name: self._near(n) for n in names if not self.exact[n.name]}
        keys = {key for found in (self.exact, self.near) for hits in found.values() for key in hits}
        self.actors = Actor.objects.visible_to(user).select_related("actor_type").in_bulk(keys)
        self.organisations_of = self._organisations(user, today)
        self.states = dict(
            Participation.objects.visible_to(user)
            .filter(event=event, role=role)
            .values_list("actor_id", "state")
        )

    def _exact(self, names: set[str]) -> dict[str, list[int]]:
        wanted: dict[str, set[str]] = defaultdict(set)
        for name in names:
            for form in exact_keys(without_titles(name)):
                wanted[form].add(name)
        found: dict[str, list[int]] = {name: [] for name in names}
        for key, known in zip(self.index.keys, self.index.names, strict=True):
            for name in wanted.get(known, ()):
                if key not in found[name]:
                    found[name].append(key)
        return found

    def _near(self, pasted: PastedName) -> list[int]:
        name = without_titles(pasted.name)
        hits = [*self.index.alike(name), *self.index.near(name, limit=MOST_CANDIDATES)]
        return list(dict.fromkeys(hits))[:MOST_CANDIDATES]

    def _organisations(self, user: Any, today: dt.date) -> dict[int, dict[int, str]]:
        found: dict[int, dict[int, str]] = defaultdict(dict)
        rows = Affiliation.objects.visible_to(user).active_on(today).filter(person__in=self.actors)
        for person, organisation, name in rows.values_list(
            "person", "organisation", "organisation__name"
        ).order_by("pk"):
            found[person][organisation] = name
        return found

    def matches(self) -> list[MatchedName]:
        """Return all names with their candidates; the second of two like entries is marked."""
        seen: set[object] = set()
        found: list[MatchedName] = []
        for pasted in self.names:
            match = self._match(pasted)
            marks: set[object] = {(fold(pasted.name), fold(pasted.organisation))}
            if match.actor:
                marks.add(match.actor.pk)
            if marks & seen:
                match = MatchedName(
                    pasted, MatchStatus.REPEATED, match.candidates, match.organisation, match.state
                )
            seen |= marks
            found.append(match)
        return found

    def _match(self, pasted: PastedName) -> MatchedName:
        organisation = self._organisation(pasted.organisation)
        exact = [self.actors[key] for key in self.exact[pasted.name] if key in self.actors]
        meant = self._meant(pasted, exact, organisation)
        rest = [actor for actor in exact if actor not in meant]
        near = [self.actors[key] for key in self.near.get(pasted.name, ()) if key in self.actors]
        candidates = tuple(
            Candidate(actor, actor in exact, tuple(self.organisations_of[actor.pk].values()))
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
        if len(exact) < 2:
            return exact
        if organisation:
            members = [a for a in exact if organisation.pk in self.organisations_of[a.pk]]
            if members:
                return members
        verbatim = [a for a in exact if fold(a.name) == fold(pasted.name)]
        return verbatim or exact

    def _organisation(self, name: str) -> Actor | None:
        found = [self.actors[k] for k in self.exact.get(name, ()) if name and k in self.actors]
        collectives = [actor for actor in found if not actor.is_person]
        return collectives[0] if len(collectives) == 1 else None
