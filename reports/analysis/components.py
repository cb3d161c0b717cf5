"""What hangs together: components, isolates, and the actors and ties that alone hold parts together."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.sparse import csgraph

from reports.analysis.network import Ids, Network


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


def _by_size(labels: Ids) -> tuple[Ids, Ids]:
    values, first, counts = np.unique(labels, return_index=True, return_counts=True)
    number = np.empty(len(values), dtype=np.int64)
    number[np.lexsort((first, -counts))] = np.arange(1, len(values) + 1)
    return number[labels], counts[labels].astype(np.int64)
