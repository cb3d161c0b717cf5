"""Published data and small invented registers in the database."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import networkx as nx
import pytest

from events.models import Event
from tests.factories.actors import ActorFactory
from tests.factories.events import (
    EventFactory,
    OrganiserRoleFactory,
    ParticipationFactory,
    ParticipationRoleFactory,
)


@pytest.fixture
def meet() -> Callable[..., Event]:
    """Record that actors met at a held event, a new one or the one given; keywords go to the new one."""

    def record(*actors: Any, role: Any = None, event: Event | None = None, **given: Any) -> Event:
        held = event or EventFactory.create(**given)
        for actor in actors:
            ParticipationFactory.create(
                event=held, actor=actor, role=role or ParticipationRoleFactory.create()
            )
        return held

    return record


@pytest.fixture
def by_year(meet: Callable[..., Event]) -> Callable[[dict[int, list[Any]]], None]:
    """Record who met in which year."""

    def record(years: dict[int, list[Any]]) -> None:
        for year, actors in years.items():
            meet(*actors, start_date=dt.date(year, 5, 1))

    return record


@pytest.fixture
def organiser() -> Any:
    return OrganiserRoleFactory.create()


@pytest.fixture
def davis(meet: Callable[..., Event]) -> dict[str, Any]:
    """Record the Southern Women of Davis, Gardner and Gardner, and return the actors by name."""
    graph = nx.davis_southern_women_graph()
    women = {name: ActorFactory.create(name=name) for name in sorted(graph.graph["top"])}
    for event in sorted(graph.graph["bottom"]):
        meet(*(women[name] for name in sorted(graph[event])), title=event)
    return women
