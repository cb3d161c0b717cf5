"""What hangs together: components, isolates, and the actors and ties that alone hold parts together."""

from dataclasses import dataclass

import igraph
import numpy as np
import pandas as pd
from scipy import sparse
from scipy.sparse import csgraph

from reports.analysis.network import Ids, Network
from reports.analysis.twomode import TwoMode


@dataclass(frozen=True, eq=False)
class Components:
    """The parts of a network.

    `table` has `actor_id`, `component` (1 is the largest) and `size` (of the component). `count` includes
    isolates, each of which is a component of its own.
    """

    table: pd.DataFrame
    count: int
    largest: int
    isolates: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class CutPoints:
    """Actors (`actors`) and ties (`bridges`: `source_id`, `target_id`) whose loss splits the network."""

    actors: tuple[int, ...]
    bridges: pd.DataFrame


def components(network: Network) -> Components:
    """Split a network into its components.

    A component is a largest set of actors that can all reach each other. An isolate is a component of size 1.
    Source: S. Wasserman, K. Faust (1994), ch. 4.
    """
    if network.size == 0:
        empty = pd.DataFrame({"actor_id": [], "component": [], "size": []}, dtype="int64")
        return Components(empty, 0, 0, ())
    labels = csgraph.connected_components(network.weights, directed=False)[1].astype(np.int64)
    number, sizes = _by_size(labels)
    table = pd.DataFrame({"actor_id": network.ids, "component": number, "size": sizes})
    isolates = tuple(int(actor) for actor in network.ids[network.degrees == 0])
    return Components(table, int(number.max()), int(sizes.max()), isolates)


def cut_points(network: Network) -> CutPoints:
    """Find articulation points and bridges.

    An articulation point is an actor, a bridge a tie, without which a component falls into parts. An isolate
    is neither. Source: R. Tarjan (1972).
    """
    graph = network.graph()
    actors = tuple(int(actor) for actor in network.ids[sorted(graph.articulation_points())])
    ends = np.asarray([graph.es[edge].tuple for edge in graph.bridges()], dtype=np.int64).reshape(-1, 2)
    bridges = pd.DataFrame({"source_id": network.ids[ends[:, 0]], "target_id": network.ids[ends[:, 1]]})
    return CutPoints(actors, bridges.sort_values(["source_id", "target_id"], ignore_index=True))


def cut_points_of(network: TwoMode) -> CutPoints:
    """Find the articulation points and bridges of a projection without making the projection.

    The result is that of `cut_points` on the projection. An actor whose loss parts others does so in both
    networks, once events with nobody else are left out; a bridge can only come from events of two actors,
    since three of them are tied all round. The cost grows with participations, not with ties.
    """
    shared = network.keep_events(network.event_ids[network.actors_per_event > 1])
    of_two = shared.actors_per_event == 2
    larger, pairs = shared.matrix[:, ~of_two].tocoo(), _pairs(shared.matrix[:, of_two])
    size = len(network.actor_ids)
    edges = np.vstack([pairs, np.column_stack([larger.row, larger.col + size])])
    graph = igraph.Graph(n=size + larger.shape[1], edges=edges.astype(np.int64))
    cut = np.asarray(sorted(graph.articulation_points()), dtype=np.int64)
    bridge_ends = [graph.es[edge].tuple for edge in graph.bridges() if edge < len(pairs)]
    ends = np.sort(np.asarray(bridge_ends, dtype=np.int64).reshape(-1, 2), axis=1)
    ids = network.actor_ids
    bridges = pd.DataFrame({"source_id": ids[ends[:, 0]], "target_id": ids[ends[:, 1]]})
    return CutPoints(
        tuple(int(actor) for actor in ids[cut[cut < size]]),
        bridges.sort_values(["source_id", "target_id"], ignore_index=True),
    )


def _pairs(events_of_two: sparse.csr_array) -> Ids:
    """Return the two actors of each event, every pair once."""
    members = sparse.csc_array(events_of_two).indices.reshape(-1, 2)
    return np.unique(np.sort(members, axis=1), axis=0).astype(np.int64)


def _by_size(labels: Ids) -> tuple[Ids, Ids]:
    values, first, counts = np.unique(labels, return_index=True, return_counts=True)
    number = np.empty(len(values), dtype=np.int64)
    number[np.lexsort((first, -counts))] = np.arange(1, len(values) + 1)
    return number[labels], counts[labels].astype(np.int64)
