"""Programmes with their funding periods, spaces, and measures with goals."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from actors.models import Topic
from crm.demo.material import day, read_json
from crm.demo.world import FIRST_FUNDING_END, World
from events.models import FundingPeriod, GoalDirection, Measure, MeasureGoal, Programme, Space

TODAYS_PROGRAMME = "Sozialer Zusammenhalt"
GRANT_YEARS = 2


def grants(world: World) -> Iterator[tuple[dt.date, dt.date]]:
    """Yield the grants that have paid the office since 2022, the running one extended if it ends too soon."""
    first = FIRST_FUNDING_END
    while first <= world.today:
        until = first.replace(year=first.year + GRANT_YEARS)
        yield first, until if until <= world.today else world.grant_end
        first = until


def add_programmes(world: World) -> None:
    """Add programmes, spaces and measures."""
    material = read_json("programme.json")
    programmes = {}
    for name, description, periods in material["programmes"]:
        programmes[name] = Programme(name=name, description=description)
        world.add(programmes[name])
        for first, until in periods:
            world.add(
                FundingPeriod(programme=programmes[name], valid_from=day(first), valid_until=day(until))
            )
    for first, until in grants(world):
        world.add(FundingPeriod(programme=programmes[TODAYS_PROGRAMME], valid_from=first, valid_until=until))
    for name, address, owner, right_until, is_permanent, is_free, is_anchor in material["spaces"]:
        world.spaces[name] = Space(
            name=name,
            address=f"{address}, 38444 Wolfsburg",
            owner=world.actor(owner),
            right_until=world.promised(right_until),
            has_permanent_right=is_permanent,
            is_free=is_free,
            is_anchor=is_anchor,
        )
        world.add(world.spaces[name])
    for title, programme, carrier, first, until, topics, goals in material["measures"]:
        if first > str(world.today):
            continue
        measure = Measure(
            title=title,
            programme=programmes[programme],
            carrier=world.actor(carrier),
            valid_from=day(first),
            valid_until=world.day(until),
        )
        world.measures[title] = measure
        world.add(measure)
        world.link(measure, "topics", [world.term(Topic, code) for code in topics])
        for goal, indicator, target, actual, *more in goals:
            direction, counted_as = more or (GoalDirection.MORE, "")
            world.add(
                MeasureGoal(
                    measure=measure,
                    goal=goal,
                    indicator=indicator,
                    direction=direction,
                    counted_as=counted_as,
                    target=Decimal(target),
                    actual=None if actual is None else Decimal(actual),
                )
            )
