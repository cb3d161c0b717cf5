"""What networkx does for each step, in the way its documentation shows, from a graph that is ready."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import networkx as nx
from networkx.algorithms import bipartite

from reports.analysis.communities import MOST_TIES
from tests.bench.library.material import OFFICE, Material, as_networkx

Call = Callable[[], Any]
SAMPLE = 200
ROUNDS = 500


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
        found = []
        for gone in ([], [OFFICE], events):
            rest = graph.copy()
            rest.remove_nodes_from(gone)
            ties = bipartite.projected_graph(rest, [actor for actor in actors if actor in rest])
            found.append((ties.number_of_edges(), nx.number_connected_components(ties)))
        return found

    return measure
