"""The event series: what they are called when, who carries them, and what is to become of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import Any

from actors.models import Affiliation
from core.text import search_forms
from crm.demo.material import day, read_json
from crm.demo.world import LAST_YEAR, World
from events.models import EventSeries, EventType, SeriesCarrier, SeriesFormerName, TaskAssignment, TaskKind

OFFICE = "office"


@dataclass(frozen=True)
class Format:
    """A row of ``series.json``: a format that recurs."""

    code: str
    name: str
    title: str
    former_name: str
    renamed: str | None
    type: str
    rhythm: str
    first: int
    months: list[int]
    weekday: int
    time: str
    hours: int
    space: str | None
    size: int
    persons: float
    reach: dict[str, float]
    roles: dict[str, float]
    co_organisers: int
    meeting: bool
    carriers: list[tuple[str, str, str | None]]
    tasks: list[str]
    future: dict[str, Any]
    level: str
    measure: str | None
    topics: list[str]
    heads: list[Any] | None
    last: str | None = None
    """The day after which no edition takes place."""
    fates: dict[str, list[str]] = field(default_factory=dict)
    """What became of the editions of a year, or of a month, and why."""
    later: dict[str, Any] = field(default_factory=dict)
    """What is different from 2022 on: months, rhythm, measure, and what the future looks like since when."""

    def name_on(self, when: dt.date) -> str:
        """Return what the format was called on that day."""
        return self.former_name if self.renamed and when < dt.date.fromisoformat(self.renamed) else self.name

    def months_in(self, year: int) -> list[int]:
        """Return the months in which an edition is due."""
        months: list[int] = self.later.get("months", self.months) if year > LAST_YEAR else self.months
        return months

    def takes_place_on(self, when: dt.date) -> bool:
        """Tell whether the format has begun, and has not ended."""
        return self.carriers[0][1] <= str(when) <= (self.last or "9")

    def measure_on(self, when: dt.date) -> str | None:
        """Return the title of the measure that the format belongs to."""
        title: str | None = self.later.get("measure", self.measure) if when.year > LAST_YEAR else self.measure
        return title

    def as_of(self, today: dt.date) -> Format:
        """Return the format as it is known on a day: nothing of what will change after it."""
        later = self.later.get("future", {"since": "9"})
        renamed = self.renamed if (self.renamed or "9") <= str(today) else None
        return replace(
            self,
            name=self.name if renamed or not self.renamed else self.former_name,
            renamed=renamed,
            former_name=self.former_name if renamed else "",
            rhythm=self.later.get("rhythm", self.rhythm),
            carriers=[
                (key, first, until if until and until <= str(today) else None)
                for key, first, until in self.carriers
                if first <= str(today)
            ],
            future={k: v for k, v in later.items() if k != "since"}
            if later["since"] <= str(today)
            else self.future,
        )

    def carrier_on(self, when: dt.date) -> str:
        """Return the key of the actor that carried the format on that day."""
        return next(key for key, first, until in self.carriers if first <= str(when) < (until or "9"))


def read_formats(today: dt.date) -> list[Format]:
    """Return all formats that have begun by a day."""
    formats = [Format(**row) for row in read_json("series.json")]
    return [
        event_format.as_of(today) for event_format in formats if event_format.carriers[0][1] <= str(today)
    ]


def add_series(world: World, formats: list[Format]) -> None:
    """Add the series with former names, carriers and the tasks to be handed over."""
    rng = world.stream("series")
    for event_format in formats:
        series = new_series(world, event_format)
        world.series[event_format.code] = series
        world.add(series)
        if event_format.renamed:
            world.add(
                SeriesFormerName(
                    series=series,
                    name=event_format.former_name,
                    used_from=dt.date(event_format.first, 1, 1),
                    used_until=day(event_format.renamed),
                )
            )
        for key, first, until in event_format.carriers:
            world.add(
                SeriesCarrier(
                    series=series, actor=world.actor(key), valid_from=day(first), valid_until=day(until)
                )
            )
        for task in event_format.tasks if event_format.future["decision"] != "end" else []:
            heir = rng.choices(
                [event_format.future["carrier"], event_format.carrier_on(world.today), None], [6, 2, 2]
            )[0]
            actor = world.actor(heir) if heir else None
            world.add(TaskAssignment(series=series, task=world.term(TaskKind, task), actor=actor))


def new_series(world: World, event_format: Format) -> EventSeries:
    """Return one series with its future carrier and the person to talk to there."""
    future = event_format.future
    contact = main_contact(world, future["carrier"]) if future["contact"] else None
    return EventSeries(
        name=event_format.name,
        event_type=world.term(EventType, event_format.type),
        rhythm=event_format.rhythm,
        space=world.spaces[event_format.space] if event_format.space else None,
        future_carrier=world.actor(future["carrier"]) if future["carrier"] else None,
        future_contact=contact.person if contact else None,
        funding_until=world.promised(future["funding_until"]),
        decision=future["decision"],
        search_names=search_forms(f"{event_format.name} {event_format.former_name}"),
    )


def main_contact(world: World, key: str) -> Affiliation | None:
    """Return who speaks for an organisation or body on the day of the demo."""
    candidates = [
        a for a in world.affiliations if a.organisation is world.actor(key) and a.holds_on(world.today)
    ]
    candidates.sort(key=lambda affiliation: not affiliation.is_main_contact)
    return candidates[0] if candidates else None
