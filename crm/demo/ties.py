"""Declared relations between actors, and the consents of persons."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from itertools import chain

from actors.models import (
    Actor,
    ActorKind,
    Consent,
    ConsentGivenHow,
    ConsentPurpose,
    Relation,
    RelationType,
    Sector,
)
from crm.demo.accounts import staff_on
from crm.demo.world import EARLY_END, LAST_YEAR, Profile, World

COOPERATIONS = 110
EVIDENCE = ["Gespräch", "Vereinbarung", "Protokoll", "gemeinsamer Antrag", ""]
DIRECTED = [
    ("funds", Sector.ADMINISTRATION, Sector.ASSOCIATION, 12),
    ("funds", Sector.BUSINESS, Sector.ASSOCIATION, 10),
    ("supports", Sector.INSTITUTION, Sector.ASSOCIATION, 16),
    ("informs", Sector.ADMINISTRATION, Sector.INSTITUTION, 10),
    ("informs", Sector.OFFICE, Sector.ASSOCIATION, 8),
]
PART_OF = {
    "shops_circle": ["bakery", "ice", "pharmacy", "hair", "flowers", "cafe", "pizzeria", "bank"],
    "education_circle": ["school_1", "school_2", "kita_1", "kita_2", "youth_1", "welfare_3", "library"],
    "friends": ["probe_gardeners", "seniors", "tenants", "choir", "init_neighbours"],
    "festival_circle": ["choir", "sc_muster", "atlantis", "faith_1", "fire"],
    "routine": ["city_planning", "city_social", "city_green", "housing_1", "housing_2", "police", "council"],
}
SHARED_SPACES = [("choir", "faith_1"), ("babel", "faith_1"), ("library", "parents"), ("repair", "bike_club"),
                 ("avalon", "welfare_3"), ("seniors", "faith_2"), ("chess", "seniors")]  # fmt: skip


def add_relations(world: World) -> None:
    """Add relations; the actors have to be written before: an undirected one begins at the smaller key."""
    rng = world.stream("relations")
    known: set[tuple[str, int, int]] = set()
    for code, one, other, strength in chain(wanted_relations(world, rng), relations_of_newcomers(world)):
        relation = new_relation(world, code, one, other)
        relation.strength, relation.evidence = strength, rng.choice(EVIDENCE)
        key = (code, relation.source_id, relation.target_id)
        start, end = relation.valid_from or dt.date.min, relation.valid_until or dt.date.max
        if one is not other and start < end and key not in known:
            known.add(key)
            world.add(relation)


def wanted_relations(world: World, rng: random.Random) -> Iterator[tuple[str, Profile, Profile, int]]:
    """Yield who could be related to whom, mostly within a circle; some of it twice, some impossible."""
    profiles = world.profiles
    for body, members in PART_OF.items():
        yield from (("part_of", profiles[member], profiles[body], 3) for member in members)
    yield from (("shares_space", profiles[one], profiles[other], 2) for one, other in SHARED_SPACES)
    lively = lively_ones(world)
    for _ in range(COOPERATIONS):
        one = rng.choice(lively)
        near = [p for p in lively if p is not one and (p.circle == one.circle or rng.random() < 0.06)]
        yield "cooperates", one, rng.choice(near), rng.choice([1, 2, 2, 3])
    for code, from_sector, to_sector, count in DIRECTED:
        sources = [p for p in lively if p.actor.sector == from_sector]
        targets = [p for p in lively if p.actor.sector == to_sector]
        for _ in range(count):
            yield code, rng.choice(sources), rng.choice(targets), rng.choice([1, 2, 3])


def lively_ones(world: World) -> list[Profile]:
    """Return the organisations of the early years that take part a lot."""
    profiles = [p for p in world.profiles.values() if p.actor.kind == ActorKind.ORGANISATION]
    return [p for p in profiles if p.energy > 0.3 and p.first <= EARLY_END]


def relations_of_newcomers(world: World) -> Iterator[tuple[str, Profile, Profile, int]]:
    """Yield with whom those cooperate who came later."""
    lively = lively_ones(world)
    for key, profile in world.profiles.items():
        if profile.first > EARLY_END and profile.actor.kind == ActorKind.ORGANISATION:
            rng = world.stream(f"relations/{key}")
            near = [p for p in lively if p.circle == profile.circle and p.is_alive_in(profile.first.year + 1)]
            for other in rng.sample(near, min(rng.randint(1, 2), len(near))):
                yield "cooperates", profile, other, rng.choice([1, 2, 2])


def new_relation(world: World, code: str, one: Profile, other: Profile) -> Relation:
    """Return a relation that begins when both take part and ends with the first of the two."""
    start = max(one.first, other.first, dt.date(min(one.years | other.years, default=LAST_YEAR), 1, 1))
    end = min(one.until or dt.date.max, other.until or dt.date.max)
    relation = Relation(
        source=one.actor,
        target=other.actor,
        relation_type=world.term(RelationType, code),
        valid_from=start,
        valid_until=None if end == dt.date.max else end,
    )
    relation.normalise()
    return relation


def add_consents(world: World) -> None:
    """Ask most persons who take part for their consent; some withdraw it."""
    rng = world.stream("consents")
    for profile in world.profiles.values():
        if profile.actor.kind != ActorKind.PERSON or not profile.years or rng.random() < 0.25:
            continue
        given = max(profile.first, dt.date(min(profile.years), 1, 1)) + dt.timedelta(
            days=rng.randint(10, 300)
        )
        given = min(max(given, dt.date(2004, 2, 1)), world.today)
        for purpose in purposes_of(rng):
            add_consent(world, rng, profile.actor, purpose, given)


def purposes_of(rng: random.Random) -> list[str]:
    """Return what a person agrees to: being contacted nearly always, photographs less often."""
    wishes = {
        ConsentPurpose.CONTACT: 0.95,
        ConsentPurpose.INVITATIONS: 0.75,
        ConsentPurpose.NEWSLETTER: 0.4,
        ConsentPurpose.PHOTO_WEB: 0.3,
        ConsentPurpose.PHOTO_PRINT: 0.35,
        ConsentPurpose.SUCCESSOR: 0.3,
    }
    return [purpose for purpose, likelihood in wishes.items() if rng.random() < likelihood]


def add_consent(world: World, rng: random.Random, person: Actor, purpose: str, given: dt.date) -> None:
    """Add one consent, with the date of its withdrawal in one case of twelve."""
    if purpose == ConsentPurpose.SUCCESSOR:
        given = max(given, dt.date(2020, 9, 1))
    withdrawn = given + dt.timedelta(days=rng.randint(60, 2000)) if rng.random() < 0.08 else None
    new_law = given >= dt.date(2018, 5, 25)
    world.add(
        Consent(
            person=person,
            purpose=purpose,
            given_on=given,
            given_how=rng.choice(list(ConsentGivenHow)) if new_law else ConsentGivenHow.WRITTEN,
            text_version="2018-05" if new_law else "2003-01",
            taken_by=world.users[staff_on(given)[0]],
            withdrawn_on=withdrawn if withdrawn and withdrawn <= world.today else None,
        )
    )
