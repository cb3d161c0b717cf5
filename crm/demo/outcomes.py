"""What editions leave behind: tasks and who carried them, headcounts, minutes."""

from __future__ import annotations

import random

from actors.models import Actor, Sector
from crm.demo.editions import TEXTS, Edition
from crm.demo.world import Profile, World
from events.models import (
    AgendaItem,
    Decision,
    EventStatus,
    Headcount,
    HeadcountGroup,
    HeadcountMethod,
    TaskAssignment,
    TaskKind,
)

STICKY = {"organisation", "permits", "cash", "insurance"}
"""Tasks that stay with the office longest: there is routine, and still somebody central takes care."""
SHARED = {"set_up", "catering", "publicity"}
GROUPS = {
    HeadcountGroup.CHILDREN: 24,
    HeadcountGroup.YOUTH: 13,
    HeadcountGroup.ADULTS_18_29: 10,
    HeadcountGroup.ADULTS_30_54: 29,
    HeadcountGroup.ADULTS_55: 18,
    HeadcountGroup.UNKNOWN: 6,
}
FIRST_YEAR_WITH_MINUTES = 2012


def add_outcomes(world: World, editions: list[Edition]) -> None:
    """Add tasks, headcounts and minutes."""
    for edition in editions:
        rng = world.stream(f"outcomes/{edition.day}/{edition.event.title}")
        if edition.is_held:
            add_tasks(world, rng, edition)
            add_headcounts(world, rng, edition)
            if edition.event_format.meeting and edition.day.year >= FIRST_YEAR_WITH_MINUTES:
                add_minutes(world, rng, edition)
        elif edition.event.status in {EventStatus.PLANNED, EventStatus.CONFIRMED}:
            add_planned_tasks(world, rng, edition)


def office_share(task: str, year: int, *, is_carrier: bool) -> float:
    """Return how likely the office carries a task: nearly always at first, by and by less."""
    start, end = (0.96, 0.68) if task in STICKY else (0.88, 0.28)
    share = start + (end - start) * min((year - 2003) / 18, 1.3)
    return share if is_carrier else share * 0.4


def add_tasks(world: World, rng: random.Random, edition: Edition) -> None:
    """Say for each task who carried it; now and then nobody did."""
    carrier = edition.organisers[0]
    office = world.office_on(edition.day)
    others = [p for p in [*edition.organisers, *edition.attendees] if p.actor.sector != Sector.OFFICE]
    unassigned = 0.03 if edition.day.year < 2018 else 0.08
    for task in edition.event_format.tasks:
        if rng.random() < office_share(task, edition.day.year, is_carrier=carrier is office) or not others:
            assign(world, edition, task, [office])
        elif task != "organisation" and rng.random() < unassigned:
            assign(world, edition, task, [])
        else:
            helpers = [rng.choice(others[: max(3, len(others) // 3)])]
            if task in SHARED and rng.random() < 0.4:
                helpers.append(rng.choice(others))
            assign(world, edition, task, helpers)


def assign(world: World, edition: Edition, task: str, helpers: list[Profile]) -> None:
    """Add a task with those who carried it, each once."""
    actors: list[Actor | None] = []
    for helper in helpers:  # compared by identity: they are not written yet and have no key
        if not any(actor is helper.actor for actor in actors):
            actors.append(helper.actor)
    for actor in actors or [None]:
        world.add(TaskAssignment(event=edition.event, task=world.term(TaskKind, task), actor=actor))


def add_planned_tasks(world: World, rng: random.Random, edition: Edition) -> None:
    """Of what is planned, half the tasks have found nobody yet."""
    carrier = world.profiles[edition.event_format.carrier_on(edition.day)]
    for task in edition.event_format.tasks:
        assign(world, edition, task, [carrier] if rng.random() < 0.5 else [])


def add_headcounts(world: World, rng: random.Random, edition: Edition) -> None:
    """Count heads where that is done: festivals by age, other events as one number."""
    if edition.event_format.heads is None:
        return
    low, high, method = edition.event_format.heads
    total = round(rng.uniform(low, high) * edition.size / max(edition.event_format.size, 1))
    if method != HeadcountMethod.ESTIMATED:
        world.add(Headcount(event=edition.event, count=max(total, 1), method=method))
        return
    for group, percent in GROUPS.items():
        count = round(total * percent / 100 * rng.uniform(0.85, 1.15))
        world.add(Headcount(event=edition.event, group=group, count=max(count, 1), method=method))


def add_minutes(world: World, rng: random.Random, edition: Edition) -> None:
    """Add agenda items and what was decided."""
    titles = [*TEXTS["agenda"]["participation"], *TEXTS["agenda"].get(edition.event_format.topics[0], [])]
    titles = list(dict.fromkeys(titles))
    for position, title in enumerate(rng.sample(titles, rng.randint(2, 4)), start=1):
        text = rng.choice(TEXTS["minutes"])
        item = AgendaItem(event=edition.event, position=position, title=title, text=text)
        world.add(item)
        if rng.random() < 0.3:
            text = rng.choice(TEXTS["decisions"]).format(n=rng.randint(1, 8))
            world.add(Decision(event=edition.event, agenda_item=item, position=position, text=text))
