"""The editions of every series, with what storms, too few registrations and the pandemic did to them."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field, replace

from actors.models import Topic
from crm.demo.formats import Format
from crm.demo.material import read_json
from crm.demo.world import TODAY, Profile, World, nth_weekday
from events.models import Event, EventMode, EventStatus, EventType, ParticipationLevel

LAST_PLANNED = dt.date(2022, 6, 30)
LOCKDOWNS = [(dt.date(2020, 3, 13), dt.date(2020, 6, 15)), (dt.date(2020, 11, 2), dt.date(2021, 6, 7))]
TEXTS = read_json("events.json")
OPEN_AIR = {"festival", "advent", "clean_up"}


@dataclass
class Edition:
    """One event with the format it follows, and who came."""

    event: Event
    form: Format
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
    rng = world.stream("editions")
    editions = []
    for form in formats:
        for year in range(form.first, LAST_PLANNED.year + 1):
            for month in form.months:
                editions += edition_of(world, rng, form, year, month)
    editions += single_events(world, rng, formats)
    editions.sort(key=lambda edition: (edition.day, edition.event.title))
    for edition in editions:
        world.add(edition.event)
        world.link(edition.event, "topics", [world.term(Topic, code) for code in edition.form.topics])
    for title in TEXTS["ideas"]:
        event = Event(title=title, event_type=world.term(EventType, "other"), status=EventStatus.IDEA)
        event.derive()
        world.add(event)
    return editions


def edition_of(world: World, rng: random.Random, form: Format, year: int, month: int) -> list[Edition]:
    """Return the edition of a month: none before the first carrier, two when it was made up for later."""
    week = 2 if form.rhythm == "yearly" else rng.randint(1, 4)
    when = nth_weekday(year, month, form.weekday, week)
    if not form.carriers[0][1] <= str(when) <= str(LAST_PLANNED):
        return []
    status, mode, reason = fate(rng, form, when)
    number = form.months.index(month) + 1
    title = form.title.format(name=form.name_on(when), year=year, number=number)
    size = max(2, round(form.size * growth(when) * rng.uniform(0.8, 1.2)))
    event = new_event(world, form, when, title, status=status, mode=mode, description=reason)
    editions = [Edition(event, form, size)]
    if status == EventStatus.POSTPONED:
        later = nth_weekday(year, 9, form.weekday, 2)
        again = new_event(world, form, later, f"{title} (Nachholtermin)", status=EventStatus.HELD)
        editions.append(Edition(again, form, max(2, size * 3 // 4)))
    return editions


def growth(when: dt.date) -> float:
    """Return how much of its ordinary size an event had: few at first, fewer again in the pandemic."""
    pandemic = 0.62 if dt.date(2020, 3, 13) <= when <= dt.date(2021, 8, 31) else 1.0
    return pandemic * min(0.55 + 0.05 * (when.year - 2003), 1.0)


def fate(rng: random.Random, form: Format, when: dt.date) -> tuple[str, str, str]:
    """Return status, mode and the reason when an edition did not take place."""
    if when > TODAY:
        soon = when <= TODAY + dt.timedelta(days=60)
        return EventStatus.CONFIRMED if soon else EventStatus.PLANNED, EventMode.ON_SITE, ""
    if form.code == "festival" and when.year == 2021:
        return EventStatus.POSTPONED, EventMode.ON_SITE, "Auf den September verschoben."
    if any(first <= when <= last for first, last in LOCKDOWNS):
        return fate_in_lockdown(rng, form, when)
    if form.code == "festival" and when.year == 2020:
        return EventStatus.CANCELLED, EventMode.ON_SITE, TEXTS["pandemic"][1]
    if rng.random() < 0.02:
        return EventStatus.CANCELLED, EventMode.ON_SITE, rng.choice(TEXTS["cancelled"])
    hybrid = when.year == 2021 and form.meeting and rng.random() < 0.35
    return EventStatus.HELD, EventMode.HYBRID if hybrid else EventMode.ON_SITE, ""


def fate_in_lockdown(rng: random.Random, form: Format, when: dt.date) -> tuple[str, str, str]:
    """Cancelled at first, made up for in summer where that could be, online in the second winter."""
    draw = rng.random()
    if form.code in OPEN_AIR or not form.meeting:
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
    form: Format,
    when: dt.date,
    title: str,
    *,
    status: str,
    mode: str = EventMode.ON_SITE,
    description: str = "",
) -> Event:
    """Return one event."""
    start = dt.time.fromisoformat(form.time)
    measure = world.measures.get(form.measure or "")
    event = Event(
        series=world.series.get(form.code),
        event_type=world.term(EventType, form.type),
        title=title,
        start_date=when,
        start_time=start,
        end_time=start.replace(hour=start.hour + form.hours),
        status=status,
        mode=mode,
        space=world.spaces[form.space] if form.space and mode != EventMode.ONLINE else None,
        place_note="Treffpunkt: Stadtteilbüro" if form.code == "tour" else "",
        measure=measure if measure and measure.holds_on(when) else None,
        participation_level=world.term(ParticipationLevel, form.level),
        description=description,
    )
    event.derive()
    return event


def single_events(world: World, rng: random.Random, formats: list[Format]) -> list[Edition]:
    """Return conferences, workshops, surveys and other events that belong to no series."""
    forum = next(form for form in formats if form.code == "forum")
    editions = []
    for title, event_type, when, size, space in TEXTS["single"]:
        form = replace(
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
        event = new_event(world, form, dt.date.fromisoformat(when), title, status=EventStatus.HELD)
        editions.append(Edition(event, form, round(size * rng.uniform(0.9, 1.1))))
    return editions
