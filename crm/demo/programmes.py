"""Programmes with their funding periods, spaces, and measures with goals."""

from __future__ import annotations

from decimal import Decimal

from actors.models import Topic
from crm.demo.material import day, read_json
from crm.demo.world import World
from events.models import FundingPeriod, Measure, MeasureGoal, Programme, Space


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
    for name, address, owner, right_until, is_permanent, is_free, is_anchor in material["spaces"]:
        world.spaces[name] = Space(
            name=name,
            address=f"{address}, 38444 Wolfsburg",
            owner=world.actor(owner),
            right_until=day(right_until),
            has_permanent_right=is_permanent,
            is_free=is_free,
            is_anchor=is_anchor,
        )
        world.add(world.spaces[name])
    for title, programme, carrier, first, until, topics, goals in material["measures"]:
        measure = Measure(
            title=title,
            programme=programmes[programme],
            carrier=world.actor(carrier),
            valid_from=day(first),
            valid_until=day(until),
        )
        world.measures[title] = measure
        world.add(measure)
        world.link(measure, "topics", [world.term(Topic, code) for code in topics])
        for goal, indicator, target, actual in goals:
            world.add(
                MeasureGoal(
                    measure=measure,
                    goal=goal,
                    indicator=indicator,
                    target=Decimal(target),
                    actual=Decimal(actual),
                )
            )
