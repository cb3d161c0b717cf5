"""Published networks and small invented ones, as the library's own frames."""

from collections.abc import Callable, Sequence

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from reports.analysis import schema
from reports.analysis.network import Network, from_ties
from reports.analysis.twomode import TwoMode, two_mode

Pair = tuple[int, int]


@pytest.fixture
def attended() -> Callable[[Sequence[Pair]], pd.DataFrame]:
    """Build participations from pairs of actor and event, all of them attended."""

    def build(pairs: Sequence[Pair]) -> pd.DataFrame:
        return schema.build(
            schema.PARTICIPATIONS,
            {
                "actor_id": [actor for actor, _ in pairs],
                "event_id": [event for _, event in pairs],
                "state": [schema.ATTENDED] * len(pairs),
            },
        )

    return build


@pytest.fixture
def held() -> Callable[[dict[int, int | None]], pd.DataFrame]:
    """Build held events from ids and years (None: undated)."""

    def build(years: dict[int, int | None]) -> pd.DataFrame:
        return schema.build(
            schema.EVENTS,
            {
                "event_id": list(years),
                "date": [None if year is None else f"{year}-06-01" for year in years.values()],
                "year": list(years.values()),
                "status": [schema.HELD] * len(years),
            },
        )

    return build


@pytest.fixture
def bipartite(attended) -> Callable[..., TwoMode]:
    """Build a two-mode network from pairs; actors and events without a pair can be named beside."""

    def build(pairs: Sequence[Pair], actors: Sequence[int] = (), events: Sequence[int] = ()) -> TwoMode:
        return two_mode(
            attended(pairs),
            actor_ids={*actors, *(actor for actor, _ in pairs)},
            event_ids={*events, *(event for _, event in pairs)},
        )

    return build


@pytest.fixture
def davis(attended) -> tuple[TwoMode, list[str], list[str]]:
    """Return the Southern Women with the names of the women and of the events in the order of their ids."""
    graph = nx.davis_southern_women_graph()
    women, events = sorted(graph.graph["top"]), sorted(graph.graph["bottom"])
    pairs = [(women.index(woman), events.index(event)) for woman in women for event in graph[woman]]
    network = two_mode(attended(pairs), actor_ids=range(len(women)), event_ids=range(len(events)))
    return network, women, events


@pytest.fixture
def as_network() -> Callable[[nx.Graph], Network]:
    """Turn a networkx graph whose nodes are numbers into a network."""

    def build(graph: nx.Graph) -> Network:
        ties = pd.DataFrame(
            [(*edge, float(weight)) for *edge, weight in graph.edges.data("weight", default=1)],
            columns=["source_id", "target_id", "weight"],
        )
        return from_ties(np.array(sorted(graph), dtype=np.int64), ties)

    return build


@pytest.fixture
def named_network(as_network) -> Callable[[nx.Graph], tuple[Network, list[str]]]:
    """Turn a networkx graph with names into a network and the names in the order of its ids."""

    def build(graph: nx.Graph) -> tuple[Network, list[str]]:
        names = sorted(graph)
        return as_network(nx.relabel_nodes(graph, {name: at for at, name in enumerate(names)})), names

    return build
