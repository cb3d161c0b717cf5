"""Random networks for tests that compare with networkx or with counting by hand."""

import networkx as nx
import numpy as np
from hypothesis import strategies as st

from reports.analysis import schema
from reports.analysis.interchange import from_networkx
from reports.analysis.network import Network
from reports.analysis.twomode import TwoMode, two_mode

ACTORS, EVENTS = 13, 10

graphs = st.builds(
    lambda size, share, seed: nx.gnp_random_graph(size, share, seed=seed),
    st.integers(0, 22),
    st.floats(0, 0.6),
    st.integers(0, 10_000),
)
participations = st.lists(
    st.tuples(st.integers(0, ACTORS - 1), st.integers(0, EVENTS - 1)), max_size=60, unique=True
)


@st.composite
def weighted_graphs(draw: st.DrawFn) -> nx.Graph:
    """Draw a random graph whose edges weigh between 0.5 and 4."""
    graph: nx.Graph = draw(graphs)
    random = np.random.default_rng(draw(st.integers(0, 10_000)))
    for _one, _other, data in graph.edges(data=True):
        data["weight"] = float(random.integers(1, 9)) / 2
    return graph


def network_of(pairs: list[tuple[int, int]], actors: int = ACTORS, events: int = EVENTS) -> TwoMode:
    """Return the two-mode network of pairs of actor and event; whoever has none is an isolate."""
    columns = {"actor_id": [actor for actor, _ in pairs], "event_id": [event for _, event in pairs]}
    frame = schema.build(schema.PARTICIPATIONS, columns)
    return two_mode(frame, actor_ids=range(actors), event_ids=range(events))


def relabelled(graph: nx.Graph, seed: int) -> tuple[Network, list[int]]:
    """Return the network of a graph under other numbers, and the new number of each old one."""
    new = np.random.default_rng(seed).permutation(len(graph)).tolist()
    return from_networkx(nx.relabel_nodes(graph, dict(enumerate(new)))), new
