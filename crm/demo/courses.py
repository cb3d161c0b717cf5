"""The steps that concerns took, so that their history fits how they stand."""

from __future__ import annotations

import datetime as dt
import random

from contacts.models import Concern, ConcernStatus, ConcernStep
from crm.demo.accounts import staff_on
from crm.demo.contacts import BERLIN
from crm.demo.world import EARLY_END, World

# The steps of one day follow each other hour by hour.
FIRST_HOUR = 9
FORWARDED, ANSWERED, IN_PROGRESS = "forwarded", "answered", "in_progress"


def add_course(world: World, concern: Concern, *, today: dt.date = EARLY_END) -> None:
    """Add the steps of a concern that is on the list already, from the day it was raised until now.

    Chance comes from a stream of each concern's own: what else is invented stays as it is.
    """
    rng = world.stream(f"course/{concern.raised_on}/{concern.text}")
    day, before = concern.raised_on, None
    for hour, code in enumerate(path_of(concern, rng), start=FIRST_HOUR):
        day = next_day(concern, code, day, rng, today)
        status = world.term(ConcernStatus, code)
        forwards = code == FORWARDED
        staff = staff_on(day)
        world.add(
            ConcernStep(
                concern=concern,
                from_status=before,
                to_status=status,
                at=dt.datetime.combine(day, dt.time(hour, rng.randint(0, 59)), BERLIN),
                by=world.users[rng.choice(staff)],
                forwarded_to=concern.forwarded_to if forwards else None,
                due=concern.due if forwards else None,
            )
        )
        before = status
    finish(world, concern, day, rng)


def path_of(concern: Concern, rng: random.Random) -> list[str]:
    """Return the statuses that a concern went through."""
    end = concern.status.code
    path = ["new"]
    if concern.forwarded_to is not None:
        path.append(FORWARDED)
        if end in {"done", "declined"} and rng.random() < 0.8:
            path.append(ANSWERED)
    elif end == "done" and rng.random() < 0.5:
        path.append(IN_PROGRESS)
    return path if path[-1] == end else [*path, end]


def next_day(concern: Concern, code: str, day: dt.date, rng: random.Random, today: dt.date) -> dt.date:
    """Return when the next step was taken: never before the last one, never after today."""
    if code == "new":
        return concern.raised_on
    if code == FORWARDED and concern.forwarded_on is not None:
        return max(concern.forwarded_on, day)
    if not concern.status.is_open and code == concern.status.code and concern.told_on is not None:
        return min(max(concern.told_on, day), today)
    return min(day + dt.timedelta(days=rng.randint(1, 30)), today)


def finish(world: World, concern: Concern, day: dt.date, rng: random.Random) -> None:
    """Write into the concern what its last step means."""
    if concern.status.is_open:
        concern.responsible = world.users[rng.choice(["leitung", "team", "team"])]
        if concern.status.code == ANSWERED:
            concern.due = None
    else:
        concern.settled_on = day
        if concern.told_on is not None:
            concern.told_on = max(concern.told_on, day)
