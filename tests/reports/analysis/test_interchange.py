"""Networks go to networkx and come back unchanged."""

import networkx as nx
import pytest
from hypothesis import given, settings

from reports.analysis.interchange import (
    from_networkx,
    to_networkx,
    two_mode_from_networkx,
    two_mode_to_networkx,
)
from tests.reports.analysis.graphs import network_of, participations, weighted_graphs


@settings(max_examples=40, deadline=None)
@given(graph=weighted_graphs())
def test_a_network_comes_back_as_the_graph_it_was_made_of(graph):
    network = from_networkx(graph)
    back = to_networkx(network)

    assert nx.utils.graphs_equal(back, graph)
    assert from_networkx(back).ties().equals(network.ties())


@settings(max_examples=40, deadline=None)
@given(pairs=participations)
def test_a_two_mode_network_comes_back_with_its_isolates(pairs):
    network = network_of(pairs)
    graph = two_mode_to_networkx(network)
    back = two_mode_from_networkx(graph)

    assert nx.bipartite.is_bipartite_node_set(graph, {node for node in graph if node[0] == "actor"})
    assert (back.actor_ids.tolist(), back.event_ids.tolist()) == (
        network.actor_ids.tolist(),
        network.event_ids.tolist(),
    )
    assert back.matrix.toarray().tolist() == network.matrix.toarray().tolist()


def test_ties_to_oneself_and_ties_without_weight_are_left_out():
    graph: nx.Graph = nx.Graph([(3, 3), (3, 5), (5, 9)])
    graph.edges[5, 9]["weight"] = 0

    assert from_networkx(graph).ties().to_dict("list") == {
        "source_id": [3],
        "target_id": [5],
        "weight": [1.0],
    }


@pytest.mark.parametrize(
    "graph",
    [nx.DiGraph([(1, 2)]), nx.MultiGraph([(1, 2), (1, 2)]), nx.Graph([(1, 2, {"weight": -1})])],
    ids=["directed", "parallel", "negative"],
)
def test_what_is_no_network_is_refused(graph):
    with pytest.raises(ValueError):
        from_networkx(graph)


def test_a_tie_inside_one_mode_is_refused():
    with pytest.raises(ValueError, match="only actors and events"):
        two_mode_from_networkx(nx.Graph([(("actor", 1), ("actor", 2))]))
