"""Who takes part from 2022 to the day of the demo: year by year, some come, some stay away, some end.

Every year has streams of chance of its own, and what will only happen after the day of the demo is drawn all
the same and left out: so the years before a day are the same for every later day.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator

from actors.models import ActorKind, Sector
from crm.demo.actors import RETURN, STAY, NumberBook, add_actor, collective
from crm.demo.concerns import FORWARDED_TO
from crm.demo.material import read_collectives, read_json
from crm.demo.persons import NAMES, any_name, new_person, phones_of, resident
from crm.demo.tenures import change_contact_persons, change_members, introduce
from crm.demo.ties import PART_OF
from crm.demo.world import LAST_YEAR, Profile, World

NEW_RESIDENTS = 6
ENDINGS = 2
MOVES_AWAY = 0.25
RECOVERY = {2022: 1.6}
"""By how much likelier those come back whom the pandemic had kept away."""
MAY_END = {Sector.ASSOCIATION, Sector.BUSINESS}
INVENTED_FROM = 2030
"""From this year on newcomers are put together from kinds and streets: no list reaches that far."""


def add_later_years(world: World, numbers: NumberBook) -> None:
    """Carry everybody on to the year of the demo's day."""
    settled = settled_keys()
    for year in range(LAST_YEAR + 1, world.today.year + 1):
        continue_taking_part(world, year)
        add_newcomers(world, numbers, year)
        end_some(world, year, settled)
        change_contact_persons(world, numbers, year)
        change_members(world, year)


def continue_taking_part(world: World, year: int) -> None:
    """Let those who are there come again, stay away, or come back."""
    rng = world.stream(f"later/{year}/years")
    for profile in world.profiles.values():
        if year in profile.years:
            continue  # bodies and offices are always there
        was_there = year - 1 in profile.years
        chance = STAY[profile.liveliness]
        if not was_there:
            chance = RETURN[profile.liveliness] * RECOVERY.get(year, 1)
        if rng.random() < chance and year <= profile.last_year and profile.is_alive_in(year):
            profile.years |= {year}
        elif year == profile.last_year + 1:
            move_away(world, rng, profile, year)


def move_away(world: World, rng: random.Random, profile: Profile, year: int) -> None:
    """End some residents with their last year; most are simply not seen any more."""
    day = dt.date(year, rng.randint(1, 12), 1)
    gone = profile.until is None and rng.random() < MOVES_AWAY
    if gone and profile.actor.kind == ActorKind.PERSON and day <= world.today:
        profile.until = profile.actor.active_until = day


def add_newcomers(world: World, numbers: NumberBook, year: int) -> None:
    """Add the organisations founded in a year, each with somebody who speaks for it, and new residents."""
    rng = world.stream(f"later/{year}/newcomers")
    for row in founded_in(year):
        profile = collective(world, rng, row)
        phones = [("Büro", numbers.landline())]
        is_there = profile.first <= world.today
        if is_there:
            add_actor(world, row["key"], profile, phones)
        introduce(world, rng, numbers, profile, profile.first, is_there=is_there)
    for number in range(NEW_RESIDENTS):
        person = new_person(world, rng, any_name(rng), "resident")
        profile = resident(rng, person, came_in=year)
        add_actor(world, f"resident_{year}_{number}", profile, phones_of(rng, numbers))


def founded_in(year: int) -> Iterator[dict[str, str]]:
    """Yield the rows of the organisations that begin in a year."""
    if year < INVENTED_FROM:
        yield from (row for row in read_collectives("newcomers.csv") if row["from"].startswith(str(year)))
        return
    material = read_json("later.json")
    kinds, streets = material["newcomers"], NAMES["streets"]
    for half, day in enumerate(("02-01", "09-01")):
        number = (year - INVENTED_FROM) * 2 + half
        turn, (name, actor_type, circle, topics) = number // len(kinds), kinds[number % len(kinds)]
        again = f" {turn // len(streets) + 1}" if turn >= len(streets) else ""
        yield {
            "key": f"new_{year}_{half}",
            "kind": ActorKind.ORGANISATION,
            "type": actor_type,
            "name": f"{name} {streets[turn % len(streets)]}{again}",
            "cluster": circle,
            "second": "neighbours",
            "energy": ("regular", "occasional")[half],
            "from": f"{year}-{day}",
            "until": "",
            "topics": topics,
            "description": "",
        }


def end_some(world: World, year: int, settled: frozenset[str]) -> None:
    """End some associations and shops in the course of a year; never those on whom the story stands."""
    rng = world.stream(f"later/{year}/ends")
    candidates = [
        profile
        for key, profile in world.profiles.items()
        if key not in settled
        and profile.actor.kind == ActorKind.ORGANISATION
        and profile.actor.sector in MAY_END
        and profile.liveliness != "core"
        and profile.until is None
        and profile.first.year < year - 2
    ]
    for profile in rng.sample(candidates, min(ENDINGS, len(candidates))):
        day = dt.date(year, rng.randint(1, 12), 1)
        if day <= world.today:
            end(world, profile, day)


def end(world: World, profile: Profile, day: dt.date) -> None:
    """End an organisation, and with it whoever belonged to it."""
    profile.until = profile.actor.active_until = day
    for affiliation in world.affiliations:
        if affiliation.organisation is profile.actor and affiliation.valid_until is None:
            affiliation.valid_until = day
            speaker = world.profile_of(affiliation.person)
            if speaker.speaks_for is profile:
                speaker.last_year = day.year


def settled_keys() -> frozenset[str]:
    """Return the keys of those who carry formats, own spaces, or are named elsewhere in the material."""
    programme, present = read_json("programme.json"), read_json("present.json")
    keys = {row[2] for row in programme["measures"]} | {row[2] for row in programme["spaces"]}
    for row in read_json("series.json"):
        keys |= {key for key, *_ in row["carriers"]} | {row["future"]["carrier"]}
    for group in (*(row[3] for row in present["groups"]), *PART_OF.values(), *FORWARDED_TO.values()):
        keys |= set(group)
    return frozenset(keys | set(present["intervals"]) - {None})
