"""What the parts of the generator share: its streams of chance, who is who, and the rows to be written."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import models

from crm.demo.material import day

if TYPE_CHECKING:
    from actors.models import Actor, Affiliation
    from core.accounts.models import User
    from core.models import VocabularyTerm
    from events.models import EventSeries, Measure, Space

T = TypeVar("T")

FIRST_YEAR, LAST_YEAR = 2003, 2021
"""The early years. The later ones go on from there to the day of the demo."""
EARLY_END = dt.date(2021, 11, 15)
"""The day to which the log of the early years reaches."""
EARLIEST, LATEST = dt.date(2022, 7, 1), dt.date(2099, 12, 31)
"""For which days a demo can be made."""
FIRST_FUNDING_END = dt.date(2022, 1, 1)
PLANNED_AHEAD = dt.timedelta(days=240)


@dataclass(eq=False)
class Profile:
    """How an actor behaves: where it belongs, how active it is, and in which years."""

    actor: Actor
    circle: str
    second_circle: str
    energy: float
    years: frozenset[int]
    first: dt.date
    until: dt.date | None = None
    liveliness: str = "regular"
    last_year: int = LATEST.year
    speaks_for: Profile | None = None
    topics: list[str] = field(default_factory=list)

    def is_there_on(self, day: dt.date) -> bool:
        """Tell whether the actor exists and takes part in things around ``day``."""
        return day.year in self.years and self.first <= day and (self.until is None or day < self.until)

    def is_alive_in(self, year: int) -> bool:
        """Tell whether the actor has not ended before the year; what happens in it is not asked."""
        return self.until is None or self.until > dt.date(year, 1, 1)


@dataclass
class World:
    """Everything that has been invented so far."""

    seed: int
    today: dt.date
    users: dict[str, User] = field(default_factory=dict)
    profiles: dict[str, Profile] = field(default_factory=dict)
    affiliations: list[Affiliation] = field(default_factory=list)
    spaces: dict[str, Space] = field(default_factory=dict)
    measures: dict[str, Measure] = field(default_factory=dict)
    series: dict[str, EventSeries] = field(default_factory=dict)
    pending: dict[type[models.Model], list[Any]] = field(default_factory=dict)
    links: list[tuple[Any, str, list[Any]]] = field(default_factory=list)
    terms: dict[type[models.Model], dict[str, Any]] = field(default_factory=dict)

    def stream(self, name: str) -> random.Random:
        """Return a source of chance of its own: a change in one part leaves the others as they are."""
        return random.Random(f"{self.seed}/{name}")

    def term(self, model: type[VocabularyTerm], code: str) -> Any:
        """Return a term of a vocabulary by its code."""
        if model not in self.terms:
            self.terms[model] = {term.code: term for term in model._default_manager.all()}
        return self.terms[model][code]

    @cached_property
    def grant_end(self) -> dt.date:
        """The day after the grant that pays on the day of the demo, always for another year at least.

        Grants begin with even years.
        """
        year = (self.today + dt.timedelta(days=365)).year + 1
        return dt.date(year + year % 2, 1, 1)

    def day(self, text: str | None) -> dt.date | None:
        """Return the date of an ISO text, the end of the grant for ``end``; None for an empty one."""
        return self.grant_end if text == "end" else day(text)

    def promised(self, text: str | None) -> dt.date | None:
        """Return until when something is promised.

        What reached beyond the end of the first funding is moved by as many years as the office is paid
        longer: what is secured, and what is not, stays the same measured from the end.
        """
        until = day(text)
        if until is None or until < FIRST_FUNDING_END:
            return until
        return until.replace(year=until.year + self.grant_end.year - FIRST_FUNDING_END.year)

    def actor(self, key: str) -> Actor:
        """Return an actor by its key in the generator."""
        return self.profiles[key].actor

    def profile_of(self, actor: Actor) -> Profile:
        return next(profile for profile in self.profiles.values() if profile.actor is actor)

    def office_on(self, day: dt.date) -> Profile:
        """Return the office that was funded on ``day``."""
        offices = (profile for key, profile in self.profiles.items() if key.startswith("office_"))
        return next(office for office in offices if office.is_there_on(day))

    def spokespersons(self, place: Profile, day: dt.date) -> list[Actor]:
        """Return the persons who belonged to an organisation or body on ``day``."""
        return [a.person for a in self.affiliations if a.organisation is place.actor and a.holds_on(day)]

    def add(self, *rows: Any) -> None:
        """Put rows on the list of what is to be written."""
        for row in rows:
            self.pending.setdefault(type(row), []).append(row)

    def link(self, owner: Any, field_name: str, targets: list[Any]) -> None:
        """Remember a many-to-many relation of a row that is not written yet."""
        self.links.append((owner, field_name, targets))

    def write(self) -> None:
        """Write what is pending, in the order in which the kinds of rows first came."""
        for model, rows in self.pending.items():
            model._default_manager.bulk_create(rows)
        through: dict[Any, list[Any]] = {}
        for owner, field_name, targets in self.links:
            relation = owner._meta.get_field(field_name)
            table = relation.remote_field.through
            for target in targets:
                ids = {relation.m2m_field_name() + "_id": owner.pk}
                ids[relation.m2m_reverse_field_name() + "_id"] = target.pk
                through.setdefault(table, []).append(table(**ids))
        for table, rows in through.items():
            table._default_manager.bulk_create(rows)
        self.pending, self.links = {}, []


def nth_weekday(year: int, month: int, weekday: int, number: int) -> dt.date:
    """Return the ``number``-th Monday (0), Tuesday (1) … of a month.

    >>> nth_weekday(2021, 11, 0, 3)
    datetime.date(2021, 11, 15)
    """
    first = dt.date(year, month, 1)
    return first + dt.timedelta(days=(weekday - first.weekday()) % 7 + 7 * (number - 1))


def weighted_sample(rng: random.Random, weights: list[tuple[T, float]], size: int) -> list[T]:
    """Draw without replacement, the heavier the likelier (Efraimidis and Spirakis 2006)."""
    keyed = [(rng.random() ** (1 / weight), n) for n, (_, weight) in enumerate(weights) if weight > 0]
    return [weights[n][0] for _, n in sorted(keyed, reverse=True)[:size]]
