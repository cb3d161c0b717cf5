"""Concerns of these days, of mixed age, each with its steps; those left over from 2021 are settled."""

from __future__ import annotations

import datetime as dt
import random

from actors.models import ActorKind, Topic
from contacts.models import Concern, ConcernKind, ConcernStatus, ConcernStep, Contact
from crm.demo.concerns import FORWARDED_TO, TOPICS, add_stops, involved
from crm.demo.contacts import BERLIN, TEXTS, slots
from crm.demo.editions import Edition
from crm.demo.world import EARLY_END, World

OPEN, LATE, SETTLED = 15, 5, 8
FRESH = 21
STATUSES = ["new", "forwarded", "in_progress", "answered"]


def settle_old_concerns(world: World) -> None:
    """Have what was still open in 2021 done in the spring after."""
    rng = world.stream("present/old_concerns")
    done = world.term(ConcernStatus, "done")
    for concern in [c for c in world.pending.get(Concern, []) if c.status.is_open]:
        before, day = concern.status, EARLY_END + dt.timedelta(days=rng.randint(40, 140))
        concern.status, concern.settled_on, concern.told_on = done, day, day
        concern.answer = concern.answer or rng.choice(TEXTS["answers"])
        world.add(step(world, concern, day, "done", before.code))


def add_concerns(world: World, contacts: list[Contact], today: dt.date) -> None:
    """Add concerns that residents brought lately; most are open, the oldest for longer than they should."""
    rng = world.stream("present/concerns")
    open_talks = [contact for contact in contacts if not contact.is_confidential]
    fresh = [contact for contact in open_talks if (today - contact.date).days <= FRESH]
    older = [contact for contact in open_talks if (today - contact.date).days > FRESH]
    for contact in by_day([*rng.sample(fresh, OPEN - LATE), *rng.sample(older, LATE)]):
        wait(world, rng, new_concern(world, rng, contact), today)
    for contact in by_day([*rng.sample(fresh, 3), *rng.sample(older, SETTLED - 3)]):
        settle(world, rng, new_concern(world, rng, contact), today)


def by_day(contacts: list[Contact]) -> list[Contact]:
    """Return contacts in the order of their days."""
    return sorted(contacts, key=lambda contact: contact.date)


def add_tours(world: World, editions: list[Edition]) -> None:
    """Add the stops of the tours since then; what was found lately still waits."""
    for edition in editions:
        if edition.event_format.code == "tour" and edition.is_held and edition.day > EARLY_END:
            add_stops(world, edition, found_on_tour)


def found_on_tour(world: World, rng: random.Random, finding: str, day: dt.date) -> Concern:
    """Add the concern that a finding became, with the way it went until the day of the demo."""
    concern = Concern(
        kind=world.term(ConcernKind, "defect"),
        status=world.term(ConcernStatus, "new"),
        raised_on=day,
        topic=world.term(Topic, TOPICS["defect"]),
        text=finding,
        responsible=world.users["team"],
    )
    world.add(concern, step(world, concern, day, "new", ""))
    is_fresh = (world.today - day).days <= FRESH
    (wait if is_fresh else settle)(world, rng, concern, world.today)
    return concern


def new_concern(world: World, rng: random.Random, contact: Contact) -> Concern:
    """Return a concern that came up in a talk, new at first."""
    kind = rng.choice(sorted(FORWARDED_TO))
    residents = [actor for actor in involved(world, contact) if actor.kind == ActorKind.PERSON]
    concern = Concern(
        kind=world.term(ConcernKind, kind),
        status=world.term(ConcernStatus, "new"),
        raised_on=contact.date,
        raised_by=residents[0] if residents and rng.random() < 0.8 else None,
        topic=world.term(Topic, TOPICS[kind]),
        text=rng.choice(TEXTS["concerns"][kind]).format(**slots(world, rng)),
        contact=contact,
        responsible=contact.staff,
    )
    world.add(concern, step(world, concern, contact.date, "new", ""))
    return concern


def wait(world: World, rng: random.Random, concern: Concern, today: dt.date) -> None:
    """Leave a concern where it waits."""
    age = (today - concern.raised_on).days
    status = "new" if age < 3 else rng.choice(STATUSES)
    if status != "new":
        forward(world, rng, concern, today)
    if status in {"in_progress", "answered"}:
        move(world, concern, min(concern.raised_on + dt.timedelta(days=9), today), status)
    if status == "answered":
        concern.answer = rng.choice(TEXTS["answers"])


def settle(world: World, rng: random.Random, concern: Concern, today: dt.date) -> None:
    """Have a concern forwarded, done, and the resident told."""
    forward(world, rng, concern, today)
    day = min(concern.raised_on + dt.timedelta(days=rng.randint(2, 30)), today)
    concern.answer = rng.choice(TEXTS["answers"])
    move(world, concern, day, "done")
    concern.settled_on = concern.told_on = day


def forward(world: World, rng: random.Random, concern: Concern, today: dt.date) -> None:
    """Pass a concern on to somebody who exists today."""
    profiles = [world.profiles[key] for key in FORWARDED_TO[concern.kind.code]]
    active = [profile for profile in profiles if profile.until is None] or profiles
    day = min(concern.raised_on + dt.timedelta(days=rng.randint(0, 2)), today)
    concern.forwarded_to, concern.forwarded_on = rng.choice(active).actor, day
    concern.due = day + dt.timedelta(days=21)
    move(world, concern, day, "forwarded")


def move(world: World, concern: Concern, day: dt.date, status: str) -> None:
    """Bring a concern to another status and note the step."""
    before = concern.status.code
    concern.status = world.term(ConcernStatus, status)
    world.add(step(world, concern, day, status, before))


def step(world: World, concern: Concern, day: dt.date, status: str, before: str) -> ConcernStep:
    """Return one step of a concern, taken in the afternoon."""
    hour = 12 + (STATUSES.index(status) if status in STATUSES else 5)
    return ConcernStep(
        concern=concern,
        from_status=world.term(ConcernStatus, before) if before else None,
        to_status=world.term(ConcernStatus, status),
        at=dt.datetime.combine(day, dt.time(hour), BERLIN),
        by=concern.responsible or world.users["team"],
        forwarded_to=concern.forwarded_to if status == "forwarded" else None,
        due=concern.due if status == "forwarded" else None,
    )
