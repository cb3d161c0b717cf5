"""Networks as networkx graphs and back: the form in which other tools and our own tests take them."""

from __future__ import annotations

import networkx as nx
import numpy as np
from scipy import sparse

from reports.analysis.network import Network, from_pairs
from reports.analysis.twomode import TwoMode

ACTOR, EVENT = "actor", "event"


def to_networkx(network: Network) -> nx.Graph:
    """Return the network as a graph: nodes are actor ids in ascending order, edges carry `weight`."""
    graph: nx.Graph = nx.Graph()
    graph.add_nodes_from(network.ids.tolist())
    upper = network.upper()
    ends = zip(
        network.ids[upper.row].tolist(), network.ids[upper.col].tolist(), upper.data.tolist(), strict=True
    )
    graph.add_weighted_edges_from(ends)
    return graph


def from_networkx(graph: nx.Graph) -> Network:
    """Return an undirected graph with numbers as nodes as a network.

    An edge without `weight` weighs 1; ties of an actor to itself and ties that weigh nothing are left out.

    Raises
    ------
    ValueError
        Where edges have a direction, run in parallel, or weigh less than nothing.
    """
    if graph.is_directed() or graph.is_multigraph():
        raise ValueError("Only undirected graphs without parallel edges are networks here.")
    ids = np.array(sorted(graph), dtype=np.int64)
    edges = [(a, b, weight) for a, b, weight in graph.edges.data("weight", default=1) if a != b and weight]
    weights = np.array([weight for _a, _b, weight in edges], dtype=np.float64)
    if (weights < 0).any():
        raise ValueError("A tie cannot weigh less than nothing.")
    ends = np.array([edge[:2] for edge in edges], dtype=np.int64).reshape(-1, 2)
    return from_pairs(ids, np.searchsorted(ids, ends[:, 0]), np.searchsorted(ids, ends[:, 1]), weights)


def two_mode_to_networkx(network: TwoMode) -> nx.Graph:
    """Return the two-mode network as a graph.

    Nodes are `("actor", id)` with `bipartite` 0 and `("event", id)` with `bipartite` 1, as networkx has it.
    """
    graph: nx.Graph = nx.Graph()
    graph.add_nodes_from(((ACTOR, actor) for actor in network.actor_ids.tolist()), bipartite=0)
    graph.add_nodes_from(((EVENT, event) for event in network.event_ids.tolist()), bipartite=1)
    cells = network.matrix.tocoo()
    actors, events = network.actor_ids[cells.row].tolist(), network.event_ids[cells.col].tolist()
    graph.add_edges_from(
        ((ACTOR, actor), (EVENT, event)) for actor, event in zip(actors, events, strict=True)
    )
    return graph


def two_mode_from_networkx(graph: nx.Graph) -> TwoMode:
    """Return a graph made as by `two_mode_to_networkx` as a two-mode network.

    Raises
    ------
    ValueError
        Where an edge ties two nodes of the same mode.
    """
    actors = np.array(sorted(number for mode, number in graph if mode == ACTOR), dtype=np.int64)
    events = np.array(sorted(number for mode, number in graph if mode == EVENT), dtype=np.int64)
    pairs = [dict(edge) for edge in graph.edges]
    if any(len(pair) != 2 for pair in pairs):
        raise ValueError("In a two-mode network only actors and events are tied.")
    rows = np.searchsorted(actors, np.array([pair[ACTOR] for pair in pairs], dtype=np.int64))
    columns = np.searchsorted(events, np.array([pair[EVENT] for pair in pairs], dtype=np.int64))
    matrix = sparse.csr_array((np.ones(len(pairs)), (rows, columns)), shape=(len(actors), len(events)))
    matrix.sort_indices()
    return TwoMode(actors, events, matrix)
