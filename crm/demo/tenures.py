"""Who speaks for organisations and bodies in the later years: some move on and are succeeded."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace

from actors.models import Actor, ActorKind, Affiliation
from crm.demo.actors import NumberBook, add_actor
from crm.demo.persons import BODY_SIZES, affiliate, any_name, new_person, phones_of
from crm.demo.world import Profile, World

MOVES = 2
YEARS_AWAY = 2
"""Who has not come for so long is no longer a member of a body."""


def introduce(
    world: World, rng: random.Random, numbers: NumberBook, place: Profile, day: dt.date, *, is_there: bool
) -> None:
    """Add somebody who speaks for an organisation from a day on; drawn all the same where it is not yet."""
    person = new_person(world, rng, any_name(rng), place.actor.actor_type.code)
    phones = [("dienstlich", numbers.landline()), *phones_of(rng, numbers)[:1]]
    stream = world.stream(f"later/{day}/{person.name}")
    if is_there:
        years = frozenset(year for year in place.years if year >= day.year)
        profile = replace(
            place,
            actor=person,
            energy=place.energy * 0.12,
            topics=[],
            speaks_for=place,
            first=day,
            years=years,
        )
        add_actor(world, f"contact_{day}_{person.name}", profile, phones)
        affiliate(world, stream, person, place, (day, place.until), is_main=True)


def change_contact_persons(world: World, numbers: NumberBook, year: int) -> None:
    """Have some who speak for an organisation move on, and somebody new come after them."""
    rng = world.stream(f"later/{year}/moves")
    new_year = dt.date(year, 1, 1)
    settled = [
        affiliation
        for affiliation in world.affiliations
        if affiliation.is_main_contact
        and affiliation.organisation.kind == ActorKind.ORGANISATION
        and affiliation.holds_on(new_year)
        and affiliation.valid_from != new_year
    ]
    for affiliation in rng.sample(settled, min(MOVES, len(settled))):
        day = dt.date(year, rng.randint(1, 12), 1)
        place = world.profile_of(affiliation.organisation)
        is_there = day <= world.today and (place.until is None or day < place.until)
        if is_there:
            affiliation.valid_until = day
            world.profile_of(affiliation.person).last_year = year
        introduce(world, rng, numbers, place, day, is_there=is_there)


def change_members(world: World, year: int) -> None:
    """Let those leave a body who have not come for long, and somebody who does come join it."""
    rng = world.stream(f"later/{year}/members")
    new_year = dt.date(year, 1, 1)
    for key in BODY_SIZES:
        body = world.profiles[key]
        if body.until is None:
            members = [a for a in world.affiliations if a.organisation is body.actor and a.holds_on(new_year)]
            leaving = [a for a in members if has_left(world, a.person, year)]
            for affiliation in leaving:
                affiliation.valid_until = new_year
            staying = [a for a in members if a not in leaving]
            choose_speaker(world, rng, body, staying, new_year)
            join(world, rng, body, [a.person for a in staying], year)


def has_left(world: World, person: Actor, year: int) -> bool:
    """Tell whether a person has ended, or did not come in the years before."""
    profile = world.profile_of(person)
    ended = profile.until is not None and profile.until <= dt.date(year, 1, 1)
    return ended or not profile.years & set(range(year - YEARS_AWAY, year))


def choose_speaker(
    world: World, rng: random.Random, body: Profile, members: list[Affiliation], day: dt.date
) -> None:
    """Have one of the members speak for a body that nobody speaks for."""
    if not members or any(affiliation.is_main_contact for affiliation in members):
        return
    before = rng.choice(members)
    before.valid_until = day
    affiliate(world, rng, before.person, body, (day, body.until), is_main=True, role="Sprecher*in")


def join(world: World, rng: random.Random, body: Profile, members: list[Actor], year: int) -> None:
    """Have one more person join a body."""
    fitting = [
        profile
        for profile in world.profiles.values()
        if profile.actor.kind == ActorKind.PERSON
        and {year, year - 1} <= profile.years
        and profile.is_alive_in(year)
        and body.circle in {profile.circle, profile.second_circle}
        and not any(profile.actor is member for member in members)
    ]
    day = dt.date(year, rng.randint(1, 12), 1)
    if fitting:
        profile = rng.choice(fitting)
        if day <= world.today and (profile.until is None or day < profile.until):
            affiliate(world, rng, profile.actor, body, (day, body.until), role="Mitglied")
