"""The event series: what they are called when, who carries them, and what is to become of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from actors.models import Affiliation
from crm.common.text import search_forms
from crm.demo.material import day, read_json
from crm.demo.world import TODAY, World
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

    def name_on(self, when: dt.date) -> str:
        """Return what the format was called on that day."""
        return self.former_name if self.renamed and when < dt.date.fromisoformat(self.renamed) else self.name

    def carrier_on(self, when: dt.date) -> str:
        """Return the key of the actor that carried the format on that day."""
        return next(key for key, first, until in self.carriers if first <= str(when) < (until or "9"))


def read_formats() -> list[Format]:
    """Return all formats that recur."""
    return [Format(**row) for row in read_json("series.json")]


def add_series(world: World, formats: list[Format]) -> None:
    """Add the series with former names, carriers and the tasks to be handed over."""
    rng = world.stream("series")
    for form in formats:
        series = new_series(world, form)
        world.series[form.code] = series
        world.add(series)
        if form.renamed:
            world.add(
                SeriesFormerName(
                    series=series,
                    name=form.former_name,
                    used_from=dt.date(form.first, 1, 1),
                    used_until=day(form.renamed),
                )
            )
        for key, first, until in form.carriers:
            world.add(
                SeriesCarrier(
                    series=series, actor=world.actor(key), valid_from=day(first), valid_until=day(until)
                )
            )
        for task in form.tasks if form.future["decision"] != "end" else []:
            heir = rng.choices([form.future["carrier"], form.carrier_on(TODAY), None], [6, 2, 2])[0]
            actor = world.actor(heir) if heir else None
            world.add(TaskAssignment(series=series, task=world.term(TaskKind, task), actor=actor))


def new_series(world: World, form: Format) -> EventSeries:
    """Return one series with its future carrier and the person to talk to there."""
    future = form.future
    contact = main_contact(world, future["carrier"]) if future["contact"] else None
    return EventSeries(
        name=form.name,
        event_type=world.term(EventType, form.type),
        rhythm=form.rhythm,
        space=world.spaces[form.space] if form.space else None,
        future_carrier=world.actor(future["carrier"]) if future["carrier"] else None,
        future_contact=contact.person if contact else None,
        funding_until=day(future["funding_until"]),
        decision=future["decision"],
        search_names=search_forms(f"{form.name} {form.former_name}"),
    )


def main_contact(world: World, key: str) -> Affiliation | None:
    """Return who speaks for an organisation or body at the end of the demo data."""
    candidates = [a for a in world.affiliations if a.organisation is world.actor(key) and a.holds_on(TODAY)]
    candidates.sort(key=lambda affiliation: not affiliation.is_main_contact)
    return candidates[0] if candidates else None
