"""The editions of every series, with what storms, too few registrations and the pandemic did to them."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from actors.models import Topic
from crm.demo.formats import Format
from crm.demo.material import read_json
from crm.demo.world import LAST_YEAR, PLANNED_AHEAD, Profile, World, nth_weekday
from events.models import Event, EventMode, EventStatus, EventType, ParticipationLevel

SATURDAY = 5
POSTPONED_BY = dt.timedelta(weeks=5)
HYBRID_SHARES = {2021: 0.35}
LOCKDOWNS = [(dt.date(2020, 3, 13), dt.date(2020, 6, 15)), (dt.date(2020, 11, 2), dt.date(2021, 6, 7))]
TEXTS = read_json("events.json")
OPEN_AIR = {"festival", "advent", "clean_up"}


@dataclass
class Edition:
    """One event with the format it follows, and who came."""

    event: Event
    event_format: Format
    size: int
    attendees: list[Profile] = field(default_factory=list)
    organisers: list[Profile] = field(default_factory=list)

    @property
    def day(self) -> dt.date:
        """The day on which it takes place."""
        assert self.event.start_date is not None  # noqa: S101 - undated ideas are no editions
        return self.event.start_date

    @property
    def is_held(self) -> bool:
        """Whether it took place."""
        return self.event.status == EventStatus.HELD


def add_editions(world: World, formats: list[Format]) -> list[Edition]:
    """Add all editions of all series and the events that happened once."""
    editions = []
    for event_format in formats:
        for year in range(event_format.first, planned_until(world).year + 1):
            for number, month in enumerate(event_format.months_in(year), start=1):
                rng = world.stream(f"editions/{event_format.code}/{year}/{month}")
                editions += edition_of(world, rng, event_format, (year, month, number))
    editions += single_events(world, formats)
    editions.sort(key=lambda edition: (edition.day, edition.event.title))
    for edition in editions:
        world.add(edition.event)
        world.link(edition.event, "topics", [world.term(Topic, code) for code in edition.event_format.topics])
    for title in TEXTS["ideas"]:
        event = Event(title=title, event_type=world.term(EventType, "other"), status=EventStatus.IDEA)
        event.derive()
        world.add(event)
    return editions


def planned_until(world: World) -> dt.date:
    """Return until when editions have a day."""
    return world.today + PLANNED_AHEAD


def edition_of(
    world: World, rng: random.Random, event_format: Format, due: tuple[int, int, int]
) -> list[Edition]:
    """Return the edition due in a month, as year, month and number within the year.

    There is none before the first carrier, and two when it was made up for later.
    """
    year, month, number = due
    week = 2 if event_format.rhythm == "yearly" else rng.randint(1, 4)
    when = nth_weekday(year, month, event_format.weekday, week)
    if not event_format.takes_place_on(when) or when > planned_until(world):
        return []
    status, mode, reason = fate(world, rng, event_format, when)
    title = event_format.title.format(name=event_format.name_on(when), year=year, number=number)
    size = max(2, round(event_format.size * growth(when) * rng.uniform(0.8, 1.2)))
    event = new_event(world, event_format, when, title, status=status, mode=mode, description=reason)
    editions = [Edition(event, event_format, size)]
    if status == EventStatus.POSTPONED:
        later = make_up_day(event_format, when)
        status, *_ = plan(world, later) if later >= world.today else (EventStatus.HELD,)
        again = new_event(world, event_format, later, f"{title} (Nachholtermin)", status=status)
        editions.append(Edition(again, event_format, max(2, size * 3 // 4)))
    return editions


def make_up_day(event_format: Format, when: dt.date) -> dt.date:
    """Return when a postponed edition takes place: in the autumn of the pandemic, else some weeks later."""
    return (
        nth_weekday(when.year, 9, event_format.weekday, 2) if when.year <= LAST_YEAR else when + POSTPONED_BY
    )


def growth(when: dt.date) -> float:
    """Return how much of its ordinary size an event had: few at first, and in the pandemic."""
    if dt.date(2020, 3, 13) <= when <= dt.date(2021, 8, 31):
        return 0.62
    return 0.85 if when.year == LAST_YEAR + 1 else min(0.55 + 0.05 * (when.year - 2003), 1.0)


def fate(world: World, rng: random.Random, event_format: Format, when: dt.date) -> tuple[str, str, str]:
    """Return status, mode and the reason when an edition did not take place."""
    if when >= world.today:
        return plan(world, when)
    known = event_format.fates.get(f"{when:%Y-%m}") or event_format.fates.get(f"{when:%Y}")
    if known:
        return EventStatus(known[0]), EventMode.ON_SITE, known[1]
    if any(first <= when <= last for first, last in LOCKDOWNS):
        return fate_in_lockdown(rng, event_format, when)
    # What takes place once a year is called off by the story alone.
    draw = 1.0 if event_format.rhythm == "yearly" else rng.random()
    if draw < 0.02:
        return EventStatus.CANCELLED, EventMode.ON_SITE, rng.choice(TEXTS["cancelled"])
    if draw < 0.04 and when.year > LAST_YEAR:
        return EventStatus.POSTPONED, EventMode.ON_SITE, rng.choice(TEXTS["postponed"])
    share = HYBRID_SHARES.get(when.year, 0.12 if when.year > LAST_YEAR else 0)
    hybrid = event_format.meeting and rng.random() < share
    return EventStatus.HELD, EventMode.HYBRID if hybrid else EventMode.ON_SITE, ""


def plan(world: World, when: dt.date) -> tuple[str, str, str]:
    """Return how an edition that is still to come stands."""
    soon = when <= world.today + dt.timedelta(days=60)
    return EventStatus.CONFIRMED if soon else EventStatus.PLANNED, EventMode.ON_SITE, ""


def fate_in_lockdown(rng: random.Random, event_format: Format, when: dt.date) -> tuple[str, str, str]:
    """Cancelled at first, made up for in summer where that could be, online in the second winter."""
    draw = rng.random()
    if event_format.code in OPEN_AIR or not event_format.meeting:
        return EventStatus.CANCELLED, EventMode.ON_SITE, rng.choice(TEXTS["pandemic"])
    if when.year == 2020 and when.month < 7:
        if draw < 0.25:
            return EventStatus.POSTPONED, EventMode.ON_SITE, "Auf den September verschoben."
        return EventStatus.CANCELLED, EventMode.ON_SITE, TEXTS["pandemic"][0]
    if draw < 0.75:
        return EventStatus.HELD, EventMode.ONLINE, ""
    return EventStatus.CANCELLED, EventMode.ON_SITE, TEXTS["pandemic"][0]


def new_event(
    world: World,
    event_format: Format,
    when: dt.date,
    title: str,
    *,
    status: str,
    mode: str = EventMode.ON_SITE,
    description: str = "",
) -> Event:
    """Return an event, not yet saved, with what its format says of it."""
    start = dt.time.fromisoformat(event_format.time)
    measure = world.measures.get(event_format.measure_on(when) or "")
    event = Event(
        series=world.series.get(event_format.code),
        event_type=world.term(EventType, event_format.type),
        title=title,
        start_date=when,
        start_time=start,
        end_time=start.replace(hour=start.hour + event_format.hours),
        status=status,
        mode=mode,
        space=world.spaces[event_format.space] if event_format.space and mode != EventMode.ONLINE else None,
        place_note="Treffpunkt: Stadtteilbüro" if event_format.code == "tour" else "",
        measure=measure if measure and measure.holds_on(when) else None,
        participation_level=world.term(ParticipationLevel, event_format.level),
        description=description,
    )
    event.derive()
    return event


def single_events(world: World, formats: list[Format]) -> list[Edition]:
    """Return conferences, workshops, surveys and other events that belong to no series."""
    forum = next(event_format for event_format in formats if event_format.code == "forum")
    editions = []
    for title, event_type, when, size, space in [*TEXTS["single"], *yearly_events(world)]:
        day = dt.date.fromisoformat(when)
        event_format = replace(
            forum,
            code="single",
            type=event_type,
            time="14:00",
            hours=4,
            space=space,
            size=size,
            co_organisers=3,
            reach=dict.fromkeys(forum.reach, 0.8),
            tasks=["organisation", "publicity", "set_up", "catering", "moderation", "minutes"],
            heads=[size, size * 3, "counted"],
        )
        status, *_ = (EventStatus.HELD,) if day < world.today else plan(world, day)
        event = new_event(world, event_format, day, title, status=status)
        rng = world.stream(f"editions/{title}")
        editions.append(Edition(event, event_format, round(size * rng.uniform(0.9, 1.1))))
    return editions


def yearly_events(world: World) -> Iterator[tuple[str, str, str, int, str]]:
    """Yield the single events of the later years, like the rows of ``events.json``."""
    last = planned_until(world)
    for title, event_type, first, every, month, week, size, space in read_json("later.json")["yearly"]:
        for year in range(first, last.year + 1, every):
            when = nth_weekday(year, month, SATURDAY, week)
            if when <= last:
                yield title.format(year=year), event_type, str(when), size, space
