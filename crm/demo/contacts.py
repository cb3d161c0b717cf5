"""The office's log: who called, wrote and dropped in, what about, and what is still to be done."""

from __future__ import annotations

import datetime as dt
import random
from typing import NamedTuple
from zoneinfo import ZoneInfo

from actors.models import Actor, ActorKind, Sector, Topic
from contacts.models import Contact, ContactChannel, Direction, FollowUp
from crm.demo.accounts import staff_on
from crm.demo.editions import Edition
from crm.demo.material import read_json
from crm.demo.world import EARLY_END, FIRST_YEAR, Profile, World
from events.models import EventContact

CONTACTS = 900
TEXTS = read_json("contacts.json")
STREETS = read_json("names.json")["streets"]
CHANNELS = {
    "walk_in": 24, "consultation_hour": 8, "appointment": 12, "phone": 24, "voicemail": 3, "email": 14,
    "letter": 3, "home_visit": 1, "site_visit": 3, "meeting": 5, "outreach": 3,
}  # fmt: skip
LATER = {"email": 10, "messenger": 4}
PANDEMIC = {"phone": 34, "email": 24, "online": 16, "voicemail": 6, "messenger": 8, "appointment": 6}
PANDEMIC_DAYS = (dt.date(2020, 3, 16), dt.date(2021, 6, 7))
BERLIN = ZoneInfo("Europe/Berlin")
LONG_TERM = [
    ("Zweckbindung der Ausstattung im Musterhof endet", dt.date(2027, 12, 31)),
    ("Aufbewahrungsfrist der Förderbelege endet", dt.date(2031, 12, 31)),
]


class Talk(NamedTuple):
    """What was said in a contact."""

    subject: str
    note: str
    topic: str
    is_confidential: bool


def add_contacts(world: World, editions: list[Edition]) -> list[Contact]:
    """Add the logged contacts in the order of their days."""
    rng = world.stream("contacts")
    contacts = []
    for when in sorted(office_day(rng) for _ in range(CONTACTS)):
        partners = [
            p for p in world.profiles.values() if p.is_there_on(when) and p.actor.sector != Sector.OFFICE
        ]
        partner = rng.choices(partners, [0.05 + p.energy for p in partners])[0]
        actors = [partner.actor, *companions(world, rng, partner, when)]
        talk = what_was_said(world, rng, when, partner)
        contact = new_contact(world, rng, when, talk)
        contact.derive()
        contacts.append(contact)
        world.add(contact)
        world.link(contact, "actors", actors)
        world.link(contact, "topics", [world.term(Topic, talk.topic)] if talk.topic else [])
        add_to_event(world, rng, contact, editions)
    return contacts


def office_day(rng: random.Random) -> dt.date:
    """Return a working day; the log was kept more carefully in later years."""
    years = (EARLY_END - dt.date(FIRST_YEAR, 1, 1)).days
    while True:
        when = dt.date(FIRST_YEAR, 1, 1) + dt.timedelta(days=int(years * rng.random() ** 0.7))
        if when.weekday() < 5 and (when.month, when.day) < (12, 22):
            return when


def companions(world: World, rng: random.Random, partner: Profile, when: dt.date) -> list[Actor]:
    """Return who else took part in the talk: the person who spoke for an organisation."""
    if partner.actor.kind == ActorKind.PERSON or rng.random() < 0.4:
        return []
    persons = world.spokespersons(partner, when)
    return [rng.choice(persons)] if persons else []


def new_contact(world: World, rng: random.Random, when: dt.date, talk: Talk) -> Contact:
    """Return one contact with what was said."""
    hour, minute = rng.randint(9, 17), rng.choice([0, 10, 15, 20, 30, 40, 45])
    return Contact(
        date=when,
        time=dt.time(hour, minute) if rng.random() < 0.6 else None,
        channel=world.term(ContactChannel, channel_on(rng, when)),
        direction=Direction.INCOMING if rng.random() < 0.7 else Direction.OUTGOING,
        staff=world.users[rng.choice(staff_on(when))],
        subject=talk.subject,
        note=talk.note,
        duration_minutes=rng.choice([None, 5, 10, 10, 15, 20, 30, 45, 60, 90]),
        is_confidential=talk.is_confidential,
    )


def channel_on(rng: random.Random, when: dt.date) -> str:
    """Return how people got in touch in those days."""
    weights = dict(CHANNELS)
    if PANDEMIC_DAYS[0] <= when <= PANDEMIC_DAYS[1]:
        weights = dict(PANDEMIC)
    elif when.year >= 2014:
        weights |= {code: weights.get(code, 0) + more for code, more in LATER.items()}
    return rng.choices(list(weights), list(weights.values()))[0]


def what_was_said(world: World, rng: random.Random, when: dt.date, partner: Profile) -> Talk:
    """Return a talk, mostly about what the partner cares about."""
    is_confidential, topic = rng.random() < 0.06, ""
    if is_confidential:
        talks = TEXTS["confidential"]
    elif PANDEMIC_DAYS[0] <= when <= PANDEMIC_DAYS[1] and rng.random() < 0.4:
        talks = TEXTS["pandemic"]
    else:
        own = partner.topics and rng.random() < 0.75
        topic = rng.choice(partner.topics if own else sorted(TEXTS["talks"]))
        talks = TEXTS["talks"][topic]
    subject, note = rng.choice(talks)
    words = slots(world, rng)
    note = f"{note.format(**words)} {rng.choice(TEXTS['outcomes'])}".strip()
    return Talk(subject.format(**words), note, topic, is_confidential)


def slots(world: World, rng: random.Random) -> dict[str, str]:
    """Return what the gaps in the sentences are filled with."""
    return {
        "n": str(rng.randint(3, 19)),
        "place": rng.choice(sorted(world.spaces)),
        "street": rng.choice(STREETS),
        "topic": rng.choice(["Wohnen", "Verkehr", "Klima", "Jugend", "Nachbarschaft"]),
    }


def add_to_event(world: World, rng: random.Random, contact: Contact, editions: list[Edition]) -> None:
    """Attach some contacts to the next event within four weeks."""
    if rng.random() > 0.12:
        return
    coming = [e for e in editions if dt.timedelta() < e.day - contact.date <= dt.timedelta(days=28)]
    if coming:
        world.add(EventContact(event=coming[0].event, contact=contact))


def add_follow_ups(world: World, contacts: list[Contact]) -> None:
    """Add follow-ups: nearly all old ones are done, of the last months some are open and some overdue."""
    rng = world.stream("follow_ups")
    for contact in contacts:
        recent = EARLY_END - contact.date < dt.timedelta(days=150)
        if rng.random() < (0.6 if recent else 0.1):
            due = contact.date + dt.timedelta(days=rng.choice([1, 7, 7, 14, 30]))
            follow_up = FollowUp(
                due=due, assignee=contact.staff, text=rng.choice(TEXTS["follow_ups"]), contact=contact
            )
            if not recent or rng.random() < 0.5:
                finish(rng, follow_up)
            elif not contact.staff.is_active:
                follow_up.assignee = world.users["team"]
            world.add(follow_up)
    for text, due in LONG_TERM:
        world.add(FollowUp(due=due, assignee=world.users["leitung"], text=text))


def finish(rng: random.Random, follow_up: FollowUp) -> None:
    """Mark a follow-up as done, on its day or soon after, yet never later than the demo data reach."""
    done = min(follow_up.due + dt.timedelta(days=rng.choice([0, 0, 1, 3])), EARLY_END)
    follow_up.done_at = dt.datetime(done.year, done.month, done.day, 11, 30, tzinfo=BERLIN)
    follow_up.done_by = follow_up.assignee
