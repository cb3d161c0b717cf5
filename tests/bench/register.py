"""A register of any size from a seed: circles that meet among themselves, a few actors who are everywhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from django.db import models, transaction
from numpy.typing import NDArray

from actors.models import (
    Actor,
    ActorKind,
    ActorType,
    Affiliation,
    PhoneNumber,
    ProgrammeDependency,
    Relation,
    RelationType,
    Topic,
)
from contacts.models import Contact, ContactChannel, FollowUp
from core.accounts.models import User
from core.models import VocabularyTerm
from core.roles import Role
from core.text import search_forms
from crm.demo.material import read_json
from events.models import (
    Event,
    EventSeries,
    EventType,
    FundingPeriod,
    Participation,
    ParticipationRole,
    Programme,
    SeriesCarrier,
    TaskAssignment,
    TaskKind,
)

T = TypeVar("T", bound=models.Model)

SEED = 2003
CHUNK = 10_000
FIRST_DAY, DAYS = dt.date(2006, 1, 1), 20 * 365
LONGEST_TIMELINE = 5_000
WORDS = ["Verein", "Initiative", "Treffpunkt", "Werkstatt", "Gemeinschaft", "Laden", "Club", "Forum", "Haus"]
QUARTERS = ["Nord", "Süd", "Ost", "West", "Mitte", "am Park", "am Markt", "am See"]
NAMES = read_json("names.json")


@dataclass(frozen=True)
class Shape:
    """How many rows of each kind a register of a size has."""

    actors: int
    events: int
    participations: int

    @property
    def contacts(self) -> int:
        """As many for each actor as in the demo data."""
        return self.actors * 36 // 10


def shape_of(actors: int) -> Shape:
    """Return the shape that the design names for a size, or one in proportion."""
    known = {2_000: (1_200, 20_000), 5_000: (3_000, 60_000), 20_000: (10_000, 300_000)}
    events, participations = known.get(actors, (actors * 6 // 10, actors * 12))
    return Shape(actors, events, participations)


def fill(actors: int) -> None:
    """Write a register with this many actors; the vocabularies have to be there."""
    with transaction.atomic():
        Filler(shape_of(actors)).fill()


class Filler:
    """Draws and writes the register part by part."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape
        self.rng = np.random.default_rng(SEED)
        self.circles = max(8, shape.actors // 80)
        self.circle_of = self.rng.integers(0, self.circles, shape.actors)
        self.activity = self.rng.pareto(1.5, shape.actors) + 0.05
        self.user = User.objects.create(
            username="bench", role=Role.MANAGEMENT, first_name="Bea", last_name="Ench"
        )
        self.actors: list[Actor] = []
        self.events: list[Event] = []
        self.terms: dict[type[VocabularyTerm], list[Any]] = {
            model: list(model._default_manager.order_by("pk"))
            for model in (
                ActorType,
                Topic,
                RelationType,
                ContactChannel,
                EventType,
                ParticipationRole,
                TaskKind,
            )
        }

    def fill(self) -> None:
        """Write everything."""
        self.add_actors()
        self.add_ties()
        self.add_events()
        write(self.participations())
        write(self.tasks())
        self.add_contacts()

    def draw(self, model: type[VocabularyTerm]) -> Any:
        """Return any term of a vocabulary."""
        terms = self.terms[model]
        return terms[int(self.rng.integers(len(terms)))]

    def term(self, model: type[VocabularyTerm], code: str) -> Any:
        """Return the term with this code."""
        return next(term for term in self.terms[model] if term.code == code)

    def day(self) -> dt.date:
        """Return any day that the register covers."""
        return FIRST_DAY + dt.timedelta(days=int(self.rng.integers(DAYS)))

    def add_actors(self) -> None:
        """Write the actors: the first is the office, the second has the longest timeline."""
        phones = []
        for number in range(self.shape.actors):
            actor = self.actor(number)
            telephone = f"0{5300 + number % 600} {100000 + number}"
            actor.derive(former_names=[], phones=[telephone])
            self.actors.append(actor)
            phones.append(PhoneNumber(actor=actor, number=telephone))
        write(self.actors)
        write(phones)
        through = Actor.topics.through
        write(
            through(actor_id=actor.pk, topic_id=topic)
            for actor in self.actors
            for topic in {self.draw(Topic).pk, self.draw(Topic).pk}
        )
        office = ProgrammeDependency(actor=self.actors[0], programme="Soziale Stadt", valid_from=FIRST_DAY)
        write([office])
        programme = Programme.objects.create(name="Soziale Stadt")
        end = FIRST_DAY + dt.timedelta(days=DAYS)
        write([FundingPeriod(programme=programme, valid_from=FIRST_DAY, valid_until=end)])

    def actor(self, number: int) -> Actor:
        """Return an actor; every second one is a person."""
        given = [*NAMES["women"], *NAMES["men"], *NAMES["others"]]
        family = NAMES["family"]
        common = {"district": QUARTERS[number % len(QUARTERS)], "city": "Wolfsburg", "responsible": self.user}
        if number > 1 and number % 2:
            first, second = number // 2 % len(given), number // 2 // len(given)
            surname = family[second % len(family)]
            if second >= len(family):
                surname += f"-{family[number % len(family)]}"
            return Actor(
                kind=ActorKind.PERSON,
                actor_type=self.term(ActorType, "resident"),
                given_name=given[first],
                family_name=surname,
                name=f"{given[first]} {surname}",
                email=f"person{number}@example.org",
                **common,
            )
        name = f"{WORDS[number % 9]} {family[number // 9 % len(family)]} {QUARTERS[number // 7 % 8]}"
        office = self.term(ActorType, "office")
        kind = office if number == 0 else self.draw(ActorType)
        while number and kind.code in {"office", "resident"}:
            kind = self.draw(ActorType)
        return Actor(
            kind=ActorKind.BODY if kind.code == "body" else ActorKind.ORGANISATION,
            actor_type=kind,
            name=f"{name} {number}" if number > 2_000 else name,
            email=f"kontakt{number}@example.org",
            **common,
        )

    def add_ties(self) -> None:
        """Write affiliations of the persons and relations inside circles."""
        persons = [actor for actor in self.actors if actor.kind == ActorKind.PERSON]
        collectives = [actor for actor in self.actors if actor.kind != ActorKind.PERSON]
        members = self.rng.integers(0, len(collectives), len(persons))
        write(
            Affiliation(person=person, organisation=collectives[int(place)], valid_from=self.day())
            for person, place in zip(persons, members, strict=True)
        )
        pairs = {
            tuple(sorted(map(int, pair)))
            for pair in self.rng.integers(0, len(self.actors), (self.shape.actors, 2))
        }
        cooperates = self.term(RelationType, "cooperates")
        relations = [
            Relation(
                source=self.actors[a], target=self.actors[b], relation_type=cooperates, valid_from=self.day()
            )
            for a, b in sorted(pairs)
            if a != b
        ]
        for relation in relations:
            relation.normalise()
        write(relations)

    def add_events(self) -> None:
        """Write series with carriers and their editions."""
        collectives = [actor for actor in self.actors if actor.kind != ActorKind.PERSON]
        series = [
            EventSeries(
                name=(name := f"{NAMES['family'][n % 125]}-Treffen {n}"),
                event_type=self.draw(EventType),
                search_names=search_forms(name),
            )
            for n in range(max(12, self.shape.events // 50))
        ]
        write(series)
        carriers = [
            self.actors[0] if n % 3 == 0 else collectives[n % len(collectives)] for n in range(len(series))
        ]
        write(
            SeriesCarrier(series=one, actor=actor, valid_from=FIRST_DAY)
            for one, actor in zip(series, carriers, strict=True)
        )
        for number in range(self.shape.events):
            own = series[number % len(series)] if number % 10 else None
            event = Event(
                series=own,
                event_type=own.event_type if own else self.draw(EventType),
                title=f"{own.name if own else 'Bürgerwerkstatt'} {number}",
                start_date=self.day(),
                status="held" if self.rng.random() < 0.93 else "cancelled",
            )
            event.derive()
            self.events.append(event)
        write(self.events)

    def participations(self) -> Iterator[Participation]:
        """Yield who took part: three quarters from the circle of the event, the rest from everywhere."""
        organiser, co_organiser, attendee, volunteer = (
            self.term(ParticipationRole, code)
            for code in ("organiser", "co_organiser", "attendee", "volunteer")
        )
        mean = self.shape.participations / self.shape.events
        # A mean of 1 before scaling; a third is lost where the same actor is drawn twice.
        sizes = np.maximum(self.rng.lognormal(-0.32, 0.8, self.shape.events) * mean * 1.5, 2).astype(int)
        members = [np.flatnonzero(self.circle_of == circle) for circle in range(self.circles)]
        everybody = np.arange(self.shape.actors)
        always = min(LONGEST_TIMELINE // 5, self.shape.events // 2)
        for number, event in enumerate(self.events):
            circle = members[number % self.circles]
            inside = self.pick(circle, int(sizes[number] * 0.75))
            guests = [*inside, *self.pick(everybody, int(sizes[number] * 0.25) + 1)]
            guests += [0] if number % 5 < 3 else []
            guests += [1] if number < always else []
            for place, guest in enumerate(dict.fromkeys(guests)):
                role = (
                    (organiser, co_organiser)[place]
                    if place < 2
                    else (volunteer if place % 9 == 0 else attendee)
                )
                state = "attended" if self.rng.random() < 0.92 else "excused"
                yield Participation(event=event, actor=self.actors[guest], role=role, state=state)

    def pick(self, places: NDArray[np.int64], size: int) -> list[int]:
        """Draw with replacement, the active ones likelier."""
        edges = np.cumsum(self.activity[places])
        drawn = np.searchsorted(edges, self.rng.random(size) * edges[-1])
        return [int(places[n]) for n in drawn]

    def tasks(self) -> Iterator[TaskAssignment]:
        """Yield three tasks an event, half of them carried by the office."""
        kinds = self.terms[TaskKind]
        for number, event in enumerate(self.events):
            for place in range(3):
                chosen = 0 if self.rng.random() < 0.5 else int(self.rng.integers(1, self.shape.actors))
                kind = kinds[(number + place) % len(kinds)]
                yield TaskAssignment(event=event, task=kind, actor=self.actors[chosen])

    def add_contacts(self) -> None:
        """Write contacts, most of them with one actor, and enough with the one of the longest timeline."""
        extra = max(LONGEST_TIMELINE - min(LONGEST_TIMELINE // 5, self.shape.events // 2), 0)
        partners = self.pick(np.arange(self.shape.actors), self.shape.contacts) + [1] * extra
        contacts = [
            Contact(
                date=self.day(),
                channel=self.draw(ContactChannel),
                staff=self.user,
                subject=f"Gespräch über {NAMES['family'][number % 125]}",
                note="Rückruf zugesagt, Unterlagen per E-Mail geschickt. " * (1 + number % 5),
                is_confidential=number % 17 == 0,
            )
            for number in range(len(partners))
        ]
        for contact in contacts:
            contact.derive()
        write(contacts)
        through = Contact.actors.through
        write(
            through(contact_id=contact.pk, actor_id=self.actors[partner].pk)
            for contact, partner in zip(contacts, partners, strict=True)
        )
        write(
            FollowUp(
                due=contact.date + dt.timedelta(days=14), assignee=self.user, contact=contact, text="Rückruf"
            )
            for contact in contacts[:: 1 + len(contacts) // 500]
        )


def write(rows: Sequence[T] | Iterator[T] | Any) -> None:
    """Write rows in chunks, so that memory does not grow with the register."""
    chunk: list[Any] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == CHUNK:
            type(row)._default_manager.bulk_create(chunk)
            chunk = []
    if chunk:
        type(chunk[0])._default_manager.bulk_create(chunk)
