"""Organisations, bodies and persons with the years in which they take part."""

from __future__ import annotations

import datetime as dt
import random
from decimal import Decimal
from typing import Any

from actors.models import Actor, ActorKind, ActorType, FormerName, PhoneNumber, ProgrammeDependency, Topic
from core.text import fold
from crm.demo.accounts import staff_on
from crm.demo.material import day, read_collectives, read_json
from crm.demo.world import EARLY_END, FIRST_YEAR, LAST_YEAR, LATEST, Profile, World

STREETS = read_json("names.json")["streets"]
ENERGY = {"core": 1.0, "regular": 0.5, "occasional": 0.28, "rare": 0.25}
STAY = {"core": 0.98, "regular": 0.88, "occasional": 0.55, "rare": 0.1}
"""How likely an actor that took part this year does so the next."""
RETURN = {"core": 0.9, "regular": 0.35, "occasional": 0.16, "rare": 0.05}
"""How likely one that stayed away comes back."""
DELAY = {"core": 1, "regular": 5, "occasional": 9, "rare": 10}
"""In how many years after its founding an actor finds its way to the office."""
PANDEMIC = {2020: 0.75, 2021: 0.9}


class NumberBook:
    """Hands out numbers that the Federal Network Agency keeps free for films and examples, each once."""

    def __init__(self, rng: random.Random) -> None:
        self.landlines = [f"030 23125{n:03}" for n in range(1000)] + [f"040 66969{n:03}" for n in range(1000)]
        self.mobiles = [f"0171 39200{n:02}" for n in range(100)]
        rng.shuffle(self.landlines)
        rng.shuffle(self.mobiles)

    def landline(self) -> str:
        """Return the next landline number."""
        return self.landlines.pop()

    def mobile(self) -> str:
        """Return the next mobile number, or a landline once they are used up."""
        return self.mobiles.pop() if self.mobiles else self.landline()


def engaged_years(rng: random.Random, kind: str, first: int, last: int) -> frozenset[int]:
    """Return the years in which an actor takes part: it comes, stays, pauses, and may come back."""
    years, engaged = set(), True
    for year in range(first, last + 1):
        if year > first:
            engaged = rng.random() < (STAY if engaged else RETURN)[kind] * PANDEMIC.get(year, 1)
        if engaged:
            years.add(year)
    return frozenset(years)


def address(rng: random.Random) -> dict[str, Any]:
    """Return an invented address in the district."""
    return {
        "street": f"{rng.choice(STREETS)} {rng.randint(1, 60)}",
        "postal_code": "38444",
        "city": "Wolfsburg",
        "district": "Westhagen",
    }


def add_actor(world: World, profile_key: str, profile: Profile, phones: list[tuple[str, str]]) -> None:
    """Put an actor with its former names and telephone numbers on the list."""
    actor = profile.actor
    former = []
    for key, name, used_from, used_until in read_json("programme.json")["former_names"]:
        if key == profile_key and used_until <= str(world.today):
            former.append((name, used_from, used_until))
        elif key == profile_key:
            actor.name = name  # it has not been renamed yet
    actor.derive(former_names=[name for name, *_ in former], phones=[number for _, number in phones])
    world.profiles[profile_key] = profile
    world.add(actor)
    world.link(actor, "topics", [world.term(Topic, code) for code in profile.topics])
    for name, used_from, used_until in former:
        world.add(FormerName(actor=actor, name=name, used_from=day(used_from), used_until=day(used_until)))
    for position, (label, number) in enumerate(phones):
        world.add(PhoneNumber(actor=actor, number=number, label=label, position=position))


def add_collectives(world: World, numbers: NumberBook) -> None:
    """Add organisations, bodies and the offices, and what programmes pay for."""
    rng = world.stream("collectives")
    for row in read_collectives():
        profile = collective(world, rng, row)
        phones = [("Büro", numbers.landline())] if profile.actor.kind == ActorKind.ORGANISATION else []
        add_actor(world, row["key"], profile, phones)
    for key, programme, share, first, until in read_json("programme.json")["dependencies"]:
        if first > str(world.today):
            continue
        world.add(
            ProgrammeDependency(
                actor=world.actor(key),
                programme=programme,
                share_percent=share,
                valid_from=day(first),
                valid_until=world.day(until),
            )
        )


def collective(world: World, rng: random.Random, row: dict[str, str]) -> Profile:
    """Return an organisation or body with the years in which it takes part."""
    first, until = dt.date.fromisoformat(row["from"]), day(row["until"])
    actor = Actor(
        kind=row["kind"],
        actor_type=world.term(ActorType, row["type"]),
        name=row["name"],
        description=row["description"],
        active_from=None if first == dt.date(FIRST_YEAR, 1, 1) else first,
        active_until=until,
    )
    if actor.kind == ActorKind.ORGANISATION:
        describe_organisation(actor, rng)
    if (until is None or until > EARLY_END) and rng.random() < 0.7:
        actor.responsible = world.users[rng.choice(staff_on(EARLY_END))]
    start = max(first.year, FIRST_YEAR)
    told_until = max(start, LAST_YEAR)
    if row["type"] not in {"office", "body"}:
        start = min(start + int(rng.random() ** 2 * (DELAY[row["energy"]] + 1)), told_until)
    years = engaged_years(rng, row["energy"], start, told_until)
    if row["type"] in {"office", "body"}:
        years = frozenset(range(start, LATEST.year + 2))
    return Profile(
        actor=actor,
        circle=row["cluster"],
        second_circle=row["second"],
        energy=ENERGY[row["energy"]],
        years=years,
        first=first,
        until=until,
        liveliness=row["energy"],
        topics=row["topics"].split(","),
    )


def describe_organisation(actor: Actor, rng: random.Random) -> None:
    """Give an organisation an address, an e-mail address, perhaps a website, and a place on the map."""
    slug = "-".join(fold(actor.name).split()[:3])
    actor.email = f"{slug}@example.org"
    actor.website = f"https://www.example.org/{slug}" if rng.random() < 0.55 else ""
    for name, value in address(rng).items():
        setattr(actor, name, value)
    actor.latitude = Decimal("52.39450") + Decimal(rng.randint(-500, 500)).scaleb(-5)
    actor.longitude = Decimal("10.75300") + Decimal(rng.randint(-800, 800)).scaleb(-5)
