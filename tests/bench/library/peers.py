"""What networkx does for each step, in the way its documentation shows, from a graph that is ready."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

import networkx as nx
from networkx.algorithms import bipartite
from networkx.utils import UnionFind

from reports.analysis.communities import MOST_TIES
from tests.bench.library.material import OFFICE, Material, as_networkx

Call = Callable[[], Any]
SAMPLE = 200
ROUNDS = 500
DRAWS = 100


def count_projection(material: Material) -> Call:
    graph, actors = material.bipartite, material.actor_nodes
    return lambda: bipartite.weighted_projected_graph(graph, actors)


def newman_projection(material: Material) -> Call:
    graph, actors = material.bipartite, material.actor_nodes
    return lambda: bipartite.collaboration_weighted_projected_graph(graph, actors)


def exact_betweenness(material: Material) -> Call:
    graph, actors = material.bipartite, material.actor_nodes
    return lambda: bipartite.betweenness_centrality(graph, actors)


def sampled_betweenness(material: Material) -> Call:
    graph = material.bipartite
    return lambda: nx.betweenness_centrality(graph, k=min(SAMPLE, len(graph)), seed=1)


def harmonic(material: Material) -> Call:
    graph = material.bipartite
    return lambda: nx.harmonic_centrality(graph)


def degree(material: Material) -> Call:
    graph = as_networkx(material.projection)
    return lambda: (dict(graph.degree()), dict(graph.degree(weight="weight")))


def communities(material: Material) -> Call:
    graph = as_networkx(material.projection.strongest(MOST_TIES))
    return lambda: nx.community.louvain_communities(graph, seed=1)


def eigenvector(material: Material) -> Call:
    graph = material.bipartite
    return lambda: nx.eigenvector_centrality(graph, max_iter=1_000)


def constraint(material: Material) -> Call:
    graph = as_networkx(material.repeated)
    return lambda: nx.constraint(graph, weight="weight")


def mixing(material: Material) -> Call:
    graph = as_networkx(material.projection)
    nx.set_node_attributes(graph, dict(zip(material.actor_nodes, material.groups, strict=True)), "group")
    return lambda: (
        nx.attribute_mixing_matrix(graph, "group", normalized=False),
        nx.attribute_assortativity_coefficient(graph, "group"),
    )


def cores(material: Material) -> Call:
    graph = as_networkx(material.projection)
    return lambda: nx.core_number(graph)


def efficiency(material: Material) -> Call:
    graph = as_networkx(material.projection)
    return lambda: nx.global_efficiency(graph)


def robustness(material: Material) -> Call:
    """Let the actors come back, those of the fewest events first, and follow the largest group."""
    graph, actors = material.bipartite, material.actor_nodes

    def measure() -> list[int]:
        sets, sizes, largest, rows = UnionFind(graph), dict.fromkeys(actors, 1), 0, []
        for actor in sorted(actors, key=lambda actor: (graph.degree(actor), -actor)):
            for event in graph[actor]:
                one, other = sets[actor], sets[event]
                if one != other:
                    together = sizes.pop(one, 0) + sizes.pop(other, 0)
                    sets.union(one, other)
                    sizes[sets[one]] = together
            largest = max(largest, sizes[sets[actor]])
            rows.append(largest)
        return rows

    return measure


def snapshots(material: Material) -> Call:
    """Project every year by itself, and compare its ties with those of the year before."""
    graph, years = material.bipartite, dict(material.events.groupby("year")["event_id"].apply(list))

    def measure() -> list[tuple[int, int, int]]:
        rows, before = [], set[frozenset[int]]()
        for events in years.values():
            part = graph.edge_subgraph(graph.edges([-event for event in events]))
            ties = bipartite.projected_graph(part, [node for node in part if node > 0])
            now = {frozenset(tie) for tie in ties.edges}
            rows.append((len(now - before), len(now & before), len(before - now)))
            before = now
        return rows

    return measure


def null(material: Material) -> Call:
    """Remove as many random events as the office organised, again and again."""
    graph, actors, count = material.bipartite, material.actor_nodes, len(material.organised)
    events, random = [-event for event in range(1, material.size.events + 1)], Random(1)

    def measure() -> list[tuple[int, int]]:
        rows = []
        for _draw in range(DRAWS):
            rest = graph.copy()
            rest.remove_nodes_from(random.sample(events, count))
            ties = bipartite.projected_graph(rest, actors)
            rows.append((ties.number_of_edges(), nx.number_connected_components(ties)))
        return rows

    return measure


def cut_points(material: Material) -> Call:
    graph = as_networkx(material.projection)
    return lambda: (list(nx.articulation_points(graph)), list(nx.bridges(graph)))


def components(material: Material) -> Call:
    graph = as_networkx(material.projection)
    return lambda: list(nx.connected_components(graph))


def layout(material: Material) -> Call:
    graph = as_networkx(material.projection.skeleton())
    return lambda: nx.spring_layout(graph, iterations=ROUNDS, seed=1)


def without(material: Material) -> Call:
    """Project the network whole, without the office, and without its events, and count what is left."""
    graph, actors = material.bipartite, material.actor_nodes
    events = [-event for event in material.organised]

    def measure() -> list[tuple[int, int]]:
        rows = []
        for gone in ([], [OFFICE], events):
            rest = graph.copy()
            rest.remove_nodes_from(gone)
            ties = bipartite.projected_graph(rest, [actor for actor in actors if actor in rest])
            rows.append((ties.number_of_edges(), nx.number_connected_components(ties)))
        return rows

    return measure
