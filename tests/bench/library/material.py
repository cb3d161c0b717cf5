"""A network of any size from a seed, in the shapes that the steps take: our own, and networkx's."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import networkx as nx
import numpy as np
import pandas as pd

from reports.analysis import schema
from reports.analysis.network import Network
from reports.analysis.projection import project
from reports.analysis.twomode import TwoMode, two_mode

SEED = 2003
FIRST_YEAR, YEARS = 2006, 20
OFFICE = 1


@dataclass(frozen=True)
class Size:
    """How many rows a network is made of."""

    actors: int
    events: int
    participations: int


SIZES = {
    500: Size(500, 300, 5_000),
    5_000: Size(5_000, 3_000, 60_000),
    20_000: Size(20_000, 10_000, 300_000),
}


def size_of(actors: int) -> Size:
    """Return the size that the design names for so many actors, or one in proportion."""
    return SIZES.get(actors, Size(actors, max(actors * 6 // 10, 2), actors * 10))


@dataclass(frozen=True)
class Material:
    """One generated network; each shape is made when it is first asked for."""

    size: Size

    @cached_property
    def events(self) -> pd.DataFrame:
        """Return one event a row, the years evenly filled."""
        rng = np.random.default_rng(SEED)
        years = FIRST_YEAR + np.sort(rng.integers(0, YEARS, self.size.events))
        days = [pd.Timestamp(int(year), 1 + number % 12, 15) for number, year in enumerate(years)]
        return schema.build(
            schema.EVENTS,
            {
                "event_id": range(1, self.size.events + 1),
                "date": days,
                "year": years,
                "event_type": [f"type{number % 6}" for number in range(self.size.events)],
                "status": [schema.HELD] * self.size.events,
            },
        )

    @cached_property
    def participations(self) -> pd.DataFrame:
        """Return who took part: circles that meet among themselves, guests, and often the office."""
        rng = np.random.default_rng(SEED + 1)
        circles = max(8, self.size.actors // 80)
        circle_of = rng.integers(0, circles, self.size.actors)
        members = [np.flatnonzero(circle_of == circle) for circle in range(circles)]
        activity = rng.pareto(1.5, self.size.actors) + 0.05
        shares = rng.lognormal(-0.32, 0.8, self.size.events)
        sizes = np.maximum(shares / shares.mean() * self.size.participations / self.size.events * 1.53, 2)
        everybody = np.arange(self.size.actors)
        rows = []
        for number, size in enumerate(sizes.astype(int)):
            inside = _drawn(rng, members[number % circles], activity, int(size * 0.75))
            guests = np.concatenate([inside, _drawn(rng, everybody, activity, int(size * 0.25) + 1)])
            guests = np.unique(np.append(guests, OFFICE - 1) if number % 5 < 3 else guests)
            rows.append(np.column_stack([guests + 1, np.full(len(guests), number + 1)]))
        pairs = np.concatenate(rows)
        frame = pd.DataFrame({"actor_id": pairs[:, 0], "event_id": pairs[:, 1], "role": "attendee"})
        organises = ~frame["event_id"].duplicated()
        frame.loc[organises, "role"] = "organiser"
        return frame.assign(
            is_strong=organises,
            state=schema.ATTENDED,
            represented_by=pd.array([None] * len(frame), dtype="Int64"),
            brought=0,
        )

    @cached_property
    def organised(self) -> list[int]:
        """Return the events that the office organised: a fifth of those it came to."""
        came = self.participations.loc[self.participations["actor_id"] == OFFICE, "event_id"]
        return [int(event) for event in came[::5]]

    @cached_property
    def office(self) -> pd.DataFrame:
        """Return the office as an actor who always was one."""
        return schema.build(schema.ACTORS, {"actor_id": [OFFICE], "is_office": [True]})

    @cached_property
    def two_mode(self) -> TwoMode:
        """Return the two-mode network of all of it."""
        return two_mode(
            self.participations,
            actor_ids=range(1, self.size.actors + 1),
            event_ids=range(1, self.size.events + 1),
        )

    @cached_property
    def projection(self) -> Network:
        """Return the projection with Newman's weights."""
        return project(self.two_mode)

    @cached_property
    def repeated(self) -> Network:
        """Return the ties of actors who met at least twice, weighted by how often."""
        return project(self.two_mode, weighting="count").at_least(2)

    @property
    def groups(self) -> list[str]:
        """Return a sector for every actor."""
        return [f"sector{actor % 6}" for actor in range(self.size.actors)]

    @cached_property
    def bipartite(self) -> nx.Graph:
        """Return the two-mode network as networkx has it: actors 1, 2, …, events -1, -2 and so on."""
        graph = nx.Graph()
        graph.add_nodes_from(self.actor_nodes, bipartite=0)
        graph.add_nodes_from((-event for event in range(1, self.size.events + 1)), bipartite=1)
        ends = self.participations[["actor_id", "event_id"]].to_numpy().tolist()
        graph.add_edges_from((actor, -event) for actor, event in ends)
        return graph

    @property
    def actor_nodes(self) -> range:
        """Return the actors' nodes in ``bipartite``."""
        return range(1, self.size.actors + 1)


def as_networkx(network: Network) -> nx.Graph:
    """Return a network of ours as a weighted graph of networkx."""
    graph = nx.Graph()
    graph.add_nodes_from(network.ids.tolist())
    graph.add_weighted_edges_from(network.ties().itertuples(index=False, name=None))
    return graph


def _drawn(rng: np.random.Generator, places: np.ndarray, activity: np.ndarray, count: int) -> np.ndarray:
    """Draw with replacement, the active ones likelier."""
    edges = np.cumsum(activity[places])
    if not len(edges):
        return np.zeros(0, dtype=np.int64)
    return np.asarray(places[np.searchsorted(edges, rng.random(count) * edges[-1])])
