"""Residents, and contact persons who speak for an organisation and sometimes change it."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace

from actors.models import Actor, ActorKind, ActorType, Affiliation, Salutation, Sector
from core.text import fold
from crm.demo.actors import ENERGY, NumberBook, add_actor, address, engaged_years
from crm.demo.material import read_json
from crm.demo.world import EARLY_END, FIRST_YEAR, LAST_YEAR, Profile, World

NAMES = read_json("names.json")
GIVEN_NAMES = [
    *((Salutation.MS, name) for name in NAMES["women"]),
    *((Salutation.MR, name) for name in NAMES["men"]),
    *((Salutation.NONE, name) for name in NAMES["others"]),
]
RESIDENTS, FIRST_CONTACTS, SUCCESSORS = 70, 46, 14
CIRCLES = {"neighbours": 55, "culture": 24, "education": 14, "trade": 7}
LENGTH_OF_STAY = {"core": (8, 19), "regular": (4, 12), "occasional": (1, 6), "rare": (1, 1)}
FIXED_NAMES = {
    0: (Salutation.MS, "Ada", "Musterfrau"),
    1: (Salutation.NONE, "Kim", "Beispiel"),
    2: (Salutation.MR, "Jörg", "Löwenzahn"),
    # The same name twice, and one name in two spellings, as in every real list.
    68: (Salutation.NONE, "Kim", "Beispiel"),
    69: (Salutation.MR, "Joerg", "Loewenzahn"),
}
BODY_SIZES = {
    "friends": 14, "shops_circle": 7, "festival_circle": 8, "fund_jury": 7, "green_group": 5,
    "education_circle": 6,
}  # fmt: skip
GUARDIANS = {50: 3, 51: 3, 52: 7}
"""Residents who are minors, and who is responsible for them."""


def add_persons(world: World, numbers: NumberBook) -> None:
    """Add residents, then contact persons with their affiliations."""
    rng = world.stream("persons")
    names = name_list(rng)
    for number in range(RESIDENTS):
        person = new_person(world, rng, FIXED_NAMES.get(number) or names.pop(), "resident")
        profile = resident(rng, person)
        add_actor(world, f"resident_{number}", profile, phones_of(rng, numbers))
    add_contact_persons(world, rng, names, numbers)
    add_body_members(world, rng)


def set_guardians(world: World) -> None:
    """Give the minors among the residents a guardian; both have to be written before."""
    wards = []
    for ward, guardian in GUARDIANS.items():
        person = world.actor(f"resident_{ward}")
        person.guardian = world.actor(f"resident_{guardian}")
        wards.append(person)
    Actor.objects.bulk_update(wards, ["guardian"])


def name_list(rng: random.Random) -> list[tuple[Salutation, str, str]]:
    """Return invented names, each family name once, in an order of chance."""
    taken = {family for _, _, family in FIXED_NAMES.values()}
    families = [family for family in NAMES["family"] if family not in taken]
    rng.shuffle(families)
    return [(*rng.choice(GIVEN_NAMES), family) for family in families]


def any_name(rng: random.Random) -> tuple[Salutation, str, str]:
    """Return an invented name; somebody of the same family may be there already."""
    return *rng.choice(GIVEN_NAMES), rng.choice(NAMES["family"])


def new_person(world: World, rng: random.Random, name: tuple[Salutation, str, str], actor_type: str) -> Actor:
    """Return a person with what is needed to reach them."""
    salutation, given, family = name
    person = Actor(
        kind=ActorKind.PERSON,
        actor_type=world.term(ActorType, actor_type),
        salutation=salutation,
        given_name=given,
        family_name=family,
        name=f"{given} {family}",
    )
    if rng.random() < 0.7:
        person.email = f"{fold(person.name).replace(' ', '.')}@example.org"
    if actor_type == "resident" and rng.random() < 0.8:
        for field, value in address(rng).items():
            setattr(person, field, value)
    return person


def phones_of(rng: random.Random, numbers: NumberBook) -> list[tuple[str, str]]:
    """Return none, one or two telephone numbers."""
    phones = []
    if rng.random() < 0.45:
        phones.append(("privat", numbers.landline()))
    if rng.random() < 0.5:
        phones.append(("mobil", numbers.mobile()))
    return phones


def topics_of(rng: random.Random) -> list[str]:
    """Return what a resident cares about."""
    codes = ["participation", "culture", "public_space", "integration", "education", "housing", "climate"]
    return rng.sample(codes, rng.choice([0, 1, 1, 2]))


def resident(rng: random.Random, person: Actor, *, came_in: int | None = None) -> Profile:
    """Return how a resident takes part: a few for decades, most for some years, many once."""
    kind = rng.choices(["core", "regular", "occasional", "rare"], [14, 30, 34, 22])[0]
    first = came_in or FIRST_YEAR + int(rng.random() * (10 if kind == "core" else LAST_YEAR - FIRST_YEAR + 1))
    stays_until = first + rng.randint(*LENGTH_OF_STAY[kind]) - 1
    last = min(stays_until, max(first, LAST_YEAR))
    years = engaged_years(rng, kind, first, last)
    circle = rng.choices(list(CIRCLES), list(CIRCLES.values()))[0]
    second = rng.choice(list(CIRCLES)) if rng.random() < 0.4 else ""
    until = None
    if last < LAST_YEAR and rng.random() < 0.25:
        until = person.active_until = dt.date(last + 1, rng.randint(1, 12), 1)
    return Profile(
        actor=person,
        circle=circle,
        second_circle="" if second == circle else second,
        energy=ENERGY[kind] * rng.uniform(0.7, 1.3),
        years=years,
        first=dt.date(first, 1, 1),
        until=until,
        liveliness=kind,
        last_year=stays_until,
        topics=topics_of(rng),
    )


def add_contact_persons(
    world: World, rng: random.Random, names: list[tuple[Salutation, str, str]], numbers: NumberBook
) -> None:
    """Give the livelier organisations a main contact; some of them move on and are succeeded."""
    keys = [key for key, p in world.profiles.items() if p.actor.kind == ActorKind.ORGANISATION]
    keys = [key for key in keys if world.actor(key).sector != Sector.OFFICE]
    keys.sort(key=lambda key: -world.profiles[key].energy)
    old_enough = [key for key in keys[:FIRST_CONTACTS] if years_of_life(world.profiles[key]) > 3]
    movers = set(rng.sample(old_enough, SUCCESSORS))
    for key in keys[:FIRST_CONTACTS]:
        place = world.profiles[key]
        start, end = place.actor.active_from or dt.date(FIRST_YEAR, 1, 1), place.until
        person = add_contact_person(world, rng, names.pop(), numbers, place)
        if key in movers:
            end = moving_day(rng, place)
            successor = add_contact_person(world, rng, names.pop(), numbers, place)
            affiliate(world, rng, successor, place, (end, place.until), is_main=True)
            if others := [k for k in keys[FIRST_CONTACTS:] if world.profiles[k].is_there_on(end)]:
                new_place = world.profiles[rng.choice(others)]
                affiliate(world, rng, person, new_place, (end, new_place.until), is_main=True)
        affiliate(world, rng, person, place, (start, end), is_main=True)


def years_of_life(place: Profile) -> int:
    """Return how many years of an organisation the demo data cover."""
    return (place.until or EARLY_END).year - max(place.first.year, FIRST_YEAR)


def moving_day(rng: random.Random, place: Profile) -> dt.date:
    """Return when somebody leaves an organisation: inside its life, at the start of a month."""
    first = max(place.first.year, FIRST_YEAR) + 2
    return dt.date(rng.randint(first, (place.until or EARLY_END).year - 1), rng.randint(1, 12), 1)


def add_contact_person(
    world: World, rng: random.Random, name: tuple[Salutation, str, str], numbers: NumberBook, home: Profile
) -> Actor:
    """Add a person of the same type as the organisation, who rarely comes in their own name."""
    person = new_person(world, rng, name, home.actor.actor_type.code)
    phones = [("dienstlich", numbers.landline()), *phones_of(rng, numbers)[:1]]
    profile = replace(home, actor=person, energy=home.energy * 0.12, topics=[], speaks_for=home)
    add_actor(world, f"contact_{person.name}", profile, phones)
    return person


def affiliate(
    world: World,
    rng: random.Random,
    person: Actor,
    place: Profile,
    period: tuple[dt.date, dt.date | None],
    *,
    is_main: bool = False,
    role: str = "",
) -> None:
    """Make a person a member of an organisation or body."""
    functions = NAMES["functions"].get(place.actor.sector, NAMES["functions"]["other"])
    affiliation = Affiliation(
        person=person,
        organisation=place.actor,
        role=role or rng.choice(functions),
        is_main_contact=is_main,
        valid_from=period[0],
        valid_until=period[1],
    )
    world.affiliations.append(affiliation)
    world.add(affiliation)


def add_body_members(world: World, rng: random.Random) -> None:
    """Fill the bodies with residents and contact persons of their circle."""
    persons = [p for p in world.profiles.values() if p.actor.kind == ActorKind.PERSON and len(p.years) > 2]
    for key, size in BODY_SIZES.items():
        body = world.profiles[key]
        fitting = [p for p in persons if body.circle in {p.circle, p.second_circle}]
        members = rng.sample(fitting, min(size, len(fitting)))
        members.sort(key=lambda profile: -max(profile.years))  # whoever is still there speaks for the body
        for number, member in enumerate(members):
            start = max(dt.date(min(member.years), rng.randint(1, 12), 1), body.first)
            end = dt.date(max(member.years) + 1, 1, 1) if max(member.years) < LAST_YEAR else body.until
            if end is None or start < end:
                role = "Sprecher*in" if number == 0 else "Mitglied"
                affiliate(world, rng, member.actor, body, (start, end), is_main=number == 0, role=role)
