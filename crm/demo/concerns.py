"""What residents asked for, where it was passed on to, and which of it still waits for an answer."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable

from actors.models import Actor, ActorKind, Topic
from contacts.models import Concern, ConcernKind, ConcernStatus, Contact, FollowUp
from crm.demo.contacts import TEXTS, slots
from crm.demo.courses import add_course
from crm.demo.editions import TEXTS as EVENT_TEXTS
from crm.demo.editions import Edition
from crm.demo.world import EARLY_END, World
from events.models import TourStop

CONCERNS = 90
SHARE_OF_CONCERNS = 0.2
FORWARDED_TO = {
    "complaint": ["housing_1", "housing_2", "city_social", "police"],
    "defect": ["city_green", "city_traffic", "housing_1", "city_planning"],
    "idea": ["city_planning", "shops_circle", "friends"],
    "enquiry": ["city_social", "city_planning"],
    "support": ["welfare_1", "welfare_3", "init_neighbours"],
    "grant_advice": ["city_integration", "funder_foundation"],
    "room_request": ["faith_1", "city_social", "youth_1"],
    "referral": ["welfare_1", "volunteers", "sc_muster"],
}
TOPICS = {
    "complaint": "housing", "defect": "public_space", "idea": "culture", "support": "social_infrastructure",
    "grant_advice": "participation", "room_request": "culture", "referral": "integration",
    "enquiry": "publicity",
}  # fmt: skip


def add_concerns(world: World, contacts: list[Contact]) -> None:
    """Add concerns out of contacts, some of which nobody has answered yet."""
    rng = world.stream("concerns")
    for contact in sorted(rng.sample(contacts, CONCERNS), key=lambda contact: contact.date):
        residents = [a for a in involved(world, contact) if a.kind == ActorKind.PERSON]
        kind = rng.choice(sorted(FORWARDED_TO))
        text = rng.choice(TEXTS["concerns"][kind]).format(**slots(world, rng))
        concern = new_concern(world, rng, kind, text, contact.date)
        concern.contact = contact
        concern.raised_by = rng.choice(residents) if residents and rng.random() < 0.8 else None
        world.add(concern)
        add_course(world, concern)
        if concern.status.is_open and rng.random() < 0.5:
            due = contact.date + dt.timedelta(days=21)
            assignee = world.users["team"]
            world.add(FollowUp(due=due, assignee=assignee, text="Sachstand erfragen", concern=concern))


def add_tours(world: World, editions: list[Edition]) -> None:
    """Add the stops of the tours of the early years; a finding may become a concern."""
    for edition in editions:
        if edition.event_format.code == "tour" and edition.is_held and edition.day <= EARLY_END:
            add_stops(world, edition, found_early)


def add_stops(
    world: World,
    edition: Edition,
    raise_concern: Callable[[World, random.Random, str, dt.date], Concern],
) -> None:
    """Add the stops of one tour with what was found there."""
    rng = world.stream(f"tours/{edition.day}")
    places = rng.sample(EVENT_TEXTS["stops"], rng.randint(4, 6))
    for position, (place, finding) in enumerate(places, start=1):
        stop = TourStop(event=edition.event, position=position, place=place, finding=finding)
        if rng.random() < SHARE_OF_CONCERNS:
            stop.concern = raise_concern(world, rng, finding, edition.day)
        world.add(stop)


def found_early(world: World, rng: random.Random, finding: str, day: dt.date) -> Concern:
    """Add the concern that a finding of the early years became."""
    concern = new_concern(world, rng, "defect", finding, day)
    world.add(concern)
    add_course(world, concern)
    return concern


def involved(world: World, contact: Contact) -> list[Actor]:
    """Return the actors of a contact that is not written yet."""
    return next(actors for owner, name, actors in world.links if owner is contact and name == "actors")


def new_concern(world: World, rng: random.Random, kind: str, text: str, raised: dt.date) -> Concern:
    """Return a concern that is settled if it is old, and waits in some state if it is not."""
    age = (EARLY_END - raised).days
    if age > 250 and rng.random() < 0.97:
        status = rng.choices(["done", "declined", "not_responsible"], [80, 12, 8])[0]
    else:
        status = rng.choices(["new", "forwarded", "in_progress", "answered"], [2, 4, 3, 2])[0]
    concern = Concern(
        kind=world.term(ConcernKind, kind),
        status=world.term(ConcernStatus, status),
        raised_on=raised,
        topic=world.term(Topic, TOPICS[kind]),
        text=text,
    )
    if status != "new" and rng.random() < 0.85:
        forward(world, rng, concern, kind)
    if status in {"done", "declined", "answered"}:
        concern.answer = rng.choice(TEXTS["answers"])
    if status in {"done", "declined"}:
        concern.told_on = min(raised + dt.timedelta(days=rng.randint(5, 60)), EARLY_END)
    if status == "forwarded" and concern.forwarded_to is None:
        concern.status = world.term(ConcernStatus, "in_progress")
    return concern


def forward(world: World, rng: random.Random, concern: Concern, kind: str) -> None:
    """Pass a concern on to somebody who existed then."""
    day = concern.raised_on
    profiles = [world.profiles[key] for key in FORWARDED_TO[kind]]
    existing = [p for p in profiles if p.first <= day and (p.until is None or p.until > day)]
    if existing:
        concern.forwarded_to = rng.choice(existing).actor
        concern.forwarded_on = min(concern.raised_on + dt.timedelta(days=rng.randint(0, 9)), EARLY_END)
        concern.due = concern.forwarded_on + dt.timedelta(days=21)
