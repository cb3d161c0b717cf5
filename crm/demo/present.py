"""The office today: what the city's team logs now, so that a demo is not the desk of somebody who left.

Everything lies on days counted from the day the demo is made: what happened in the years before stays as it
is. Nothing here was held; talks are ties of a kind of their own.
"""

from __future__ import annotations

import datetime as dt
import random
from itertools import count

from actors.models import Actor, ActorGroup, Sector, Topic
from contacts.models import Contact, DiscussionPoint, FollowUp, Repeats
from crm.demo.contacts import BERLIN, TEXTS, companions, new_contact, what_was_said
from crm.demo.editions import Edition
from crm.demo.material import read_json
from crm.demo.present_concerns import add_concerns, add_tours, settle_old_concerns
from crm.demo.present_office import add_emails, add_hours, add_next_events
from crm.demo.world import EARLY_END, Profile, World

LATELY = 90
RECENT_CONTACTS = 80
CONTACTS_A_YEAR = 26
MATERIAL = read_json("present.json")


def add_present(world: World, editions: list[Edition]) -> None:
    """Add what the office does in these days."""
    today = world.today
    finish_old_work(world)
    settle_old_concerns(world)
    world.write()
    add_groups(world)
    contacts = add_contacts(world, today)
    add_points(world, contacts, today)
    add_follow_ups(world, contacts, today)
    add_concerns(world, contacts, today)
    add_tours(world, editions)
    add_next_events(world, today)
    add_hours(world, today)
    add_emails(world, today)


def partners_of_today(world: World) -> list[Profile]:
    """Return who still takes part."""
    lately = {world.today.year, world.today.year - 1}
    return [profile for profile in still_there(world) if profile.years & lately]


def still_there(world: World) -> list[Profile]:
    """Return who has not come to an end, the office itself left out."""
    profiles = [profile for profile in world.profiles.values() if profile.until is None]
    return [profile for profile in profiles if profile.actor.sector != Sector.OFFICE]


def working_day(day: dt.date) -> dt.date:
    """Return the day, or the Friday before a weekend."""
    return day - dt.timedelta(days=max(day.weekday() - 4, 0))


def finish_old_work(world: World) -> None:
    """Have what was left over in 2021 done in the weeks after."""
    rng = world.stream("present/old")
    for follow_up in world.pending.get(FollowUp, []):
        if follow_up.done_at is None and follow_up.due <= EARLY_END + dt.timedelta(days=60):
            done = EARLY_END + dt.timedelta(days=rng.randint(61, 120))
            follow_up.done_at = dt.datetime(done.year, done.month, done.day, 10, tzinfo=BERLIN)
            follow_up.done_by = follow_up.assignee


def add_groups(world: World) -> None:
    """Add groups, some with an interval of their own, and how often the office wants to see whom."""
    for name, description, interval, keys in MATERIAL["groups"]:
        group = ActorGroup(name=name, description=description, contact_interval_days=interval)
        world.add(group)
        world.link(group, "members", [world.actor(key) for key in keys])
    for key, interval in MATERIAL["intervals"].items():
        actor = world.actor(key)
        actor.contact_interval_days = interval
        Actor.objects.filter(pk=actor.pk).update(contact_interval_days=interval)


def add_contacts(world: World, today: dt.date) -> list[Contact]:
    """Add the contacts since 2022; returns those of the last weeks."""
    rng = world.stream("present/contacts")
    partners = partners_of_today(world)
    weights = [0.05 + profile.energy for profile in partners]
    days = [(day, rng.choices(partners, weights)[0]) for day in quiet_years(rng, today)]
    days += [(last_talk(rng, today), known) for known in still_there(world) if keeps_in_touch(rng, known)]
    recent = [today - dt.timedelta(days=int(LATELY * rng.random() ** 1.3)) for _ in range(RECENT_CONTACTS)]
    days += [(day, rng.choices(partners, weights)[0]) for day in recent]
    lately = []
    for day, partner in sorted(days, key=lambda pair: pair[0]):
        contact = add_contact(world, rng, working_day(day), partner)
        if (today - contact.date).days <= LATELY:
            lately.append(contact)
    return lately


def quiet_years(rng: random.Random, today: dt.date) -> list[dt.date]:
    """Return some days between the end of the old log and the last weeks."""
    first, last = dt.date(2022, 1, 10), today - dt.timedelta(days=LATELY + 1)
    length = max((last - first).days, 0)
    number = CONTACTS_A_YEAR * length // 365
    return [first + dt.timedelta(days=rng.randrange(length)) for _ in range(number)]


def keeps_in_touch(rng: random.Random, partner: Profile) -> bool:
    """Tell whether somebody talks to those with whom the office wants to be in touch."""
    return partner.actor.actor_type.contact_interval_days is not None and rng.random() < 0.92


def last_talk(rng: random.Random, today: dt.date) -> dt.date:
    """Return when the last talk was: mostly in the last months, at times too long ago."""
    first, last = rng.choices([(5, 150), (181, 260), (280, 420)], [78, 14, 8])[0]
    return today - dt.timedelta(days=rng.randint(first, last))


def add_contact(world: World, rng: random.Random, day: dt.date, partner: Profile) -> Contact:
    """Add a contact with a partner and those who came along."""
    talk = what_was_said(world, rng, day, partner)
    contact = new_contact(world, rng, day, talk)
    contact.derive()
    world.add(contact)
    world.link(contact, "actors", [partner.actor, *companions(world, rng, partner, day)])
    world.link(contact, "topics", [world.term(Topic, talk.topic)] if talk.topic else [])
    return contact


def add_points(world: World, contacts: list[Contact], today: dt.date) -> None:
    """Add discussion points to some longer talks; one in three waits for somebody to come back to it."""
    rng = world.stream("present/points")
    for contact in rng.sample(contacts, 14):
        points = rng.sample(MATERIAL["points"], rng.randint(2, 3))
        contact.derive(points=[text for _topic, text in points])
        for position, (topic, text) in enumerate(points):
            needs = position == 0 and rng.random() < 0.6
            point = DiscussionPoint(
                contact=contact,
                position=position,
                topic=world.term(Topic, topic),
                text=text,
                needs_follow_up=needs,
            )
            world.add(point)
            if needs:
                due = max(contact.date, today - dt.timedelta(days=5)) + dt.timedelta(days=rng.randint(3, 25))
                world.add(
                    FollowUp(due=due, assignee=contact.staff, contact=contact, point=point, text=text[:300])
                )


def add_follow_ups(world: World, contacts: list[Contact], today: dt.date) -> None:
    """Add follow-ups: a few overdue, some today, more in the next weeks, done ones, and recurring ones."""
    rng = world.stream("present/follow_ups")
    colleagues = [world.users["team"], world.users["leitung"]]
    turns = count()
    for distance in MATERIAL["due_in_days"]:
        contact = rng.choice(contacts)
        world.add(
            FollowUp(
                due=max(today + dt.timedelta(days=distance), contact.date),
                assignee=colleagues[next(turns) % 2],
                text=rng.choice(TEXTS["follow_ups"]),
                contact=contact,
            )
        )
    for contact in rng.sample([c for c in contacts if (today - c.date).days < 14], 6):
        done = FollowUp(due=contact.date, assignee=contact.staff, text="Rückruf", contact=contact)
        done.done_at = dt.datetime.combine(contact.date, dt.time(16), BERLIN)
        done.done_by = contact.staff
        world.add(done)
    for text, distance, repeats, key in MATERIAL["recurring"]:
        due = today + dt.timedelta(days=distance)
        actor = world.actor(key) if key else None
        assignee = world.users["leitung"]
        world.add(
            FollowUp(
                due=due, assignee=assignee, text=text, repeats=Repeats(repeats), repeats_from=due, actor=actor
            )
        )
