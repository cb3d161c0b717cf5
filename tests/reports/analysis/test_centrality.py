"""Centralities in one mode: published tables, and networkx as the oracle on random networks."""

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.analysis import centrality
from reports.analysis.network import from_pairs

graphs = st.builds(
    lambda size, share, seed: nx.gnp_random_graph(size, share, seed=seed),
    st.integers(0, 25),
    st.floats(0, 0.6),
    st.integers(0, 10_000),
)


def network_of(graph):
    ends = np.array(list(graph.edges), dtype=np.int64).reshape(-1, 2)
    return from_pairs(np.array(sorted(graph), dtype=np.int64), ends[:, 0], ends[:, 1], np.ones(len(ends)))


def test_the_florentine_families_have_the_published_betweenness(named_network):
    network, names = named_network(nx.florentine_families_graph())
    shares = dict(zip(names, centrality.betweenness(network).table["value"].round(4), strict=True))
    raw = dict(zip(names, centrality.betweenness(network, normalised=False).table["value"], strict=True))

    assert [shares[name] for name in ("Medici", "Guadagni", "Albizzi")] == [0.5220, 0.2546, 0.2125]
    assert raw["Medici"] == pytest.approx(47.5)


def test_the_kite_has_the_published_betweenness(as_network):
    diane, fernando, garth, heather = 3, 5, 6, 7
    network = as_network(nx.krackhardt_kite_graph())

    shares = centrality.betweenness(network).table["value"].round(4)
    raw = centrality.betweenness(network, normalised=False).table["value"]

    assert shares[[heather, fernando, garth, diane]].tolist() == [0.3889, 0.2315, 0.2315, 0.1019]
    assert raw[heather] == pytest.approx(14)


def test_the_kite_has_the_published_closeness(as_network):
    scores = centrality.closeness(as_network(nx.krackhardt_kite_graph())).table["value"]

    assert scores[[5, 6]].round(4).tolist() == [0.6429, 0.6429]


@pytest.mark.parametrize("graph", [nx.empty_graph(0), nx.empty_graph(1), nx.Graph([(0, 1), (2, 3)])])
def test_closeness_is_not_defined_where_not_everybody_can_be_reached(graph, as_network):
    assert centrality.closeness(as_network(graph)).table["value"].isna().all()


def test_the_karate_club_has_the_published_betweenness(as_network):
    scores = centrality.betweenness(as_network(nx.karate_club_graph())).table["value"]

    assert scores[[0, 33]].round(4).tolist() == [0.4376, 0.3041]


def test_degree_counts_ties_and_strength_adds_their_weights(as_network):
    graph: nx.Graph = nx.Graph()
    graph.add_weighted_edges_from([(1, 2, 0.5), (1, 3, 2.0)])
    graph.add_node(4)

    network = as_network(graph)

    assert centrality.degree(network).table.to_dict("list") == {
        "actor_id": [1, 2, 3, 4],
        "value": [2, 1, 1, 0],
    }
    assert centrality.strength(network).table["value"].tolist() == [2.5, 0.5, 2.0, 0.0]


@settings(max_examples=50, deadline=None)
@given(graph=graphs)
def test_betweenness_and_harmonic_closeness_agree_with_networkx(graph):
    network = network_of(graph)
    betweenness = nx.betweenness_centrality(graph)
    harmonic = nx.harmonic_centrality(graph)
    others = max(len(graph) - 1, 1)

    assert centrality.betweenness(network).table["value"].tolist() == pytest.approx(
        [betweenness[node] for node in sorted(graph)]
    )
    assert centrality.harmonic(network).table["value"].tolist() == pytest.approx(
        [harmonic[node] / others for node in sorted(graph)]
    )


@settings(max_examples=25, deadline=None)
@given(graph=graphs)
def test_an_isolate_gets_zero_and_changes_no_raw_betweenness(graph):
    extended = graph.copy()
    extended.add_node(len(graph))

    scores = centrality.betweenness(network_of(extended), normalised=False).table

    before = centrality.betweenness(network_of(graph), normalised=False).table
    isolate = pd.DataFrame({"actor_id": [len(graph)], "value": [0.0]})
    assert scores.equals(pd.concat([before, isolate], ignore_index=True))
    assert centrality.harmonic(network_of(extended)).table["value"].iloc[-1] == 0


def test_estimates_say_how_many_points_they_rest_on(as_network):
    network = as_network(nx.barabasi_albert_graph(400, 3, seed=3))

    betweenness = centrality.betweenness(network, exact_up_to=300, sample=200)
    harmonic = centrality.harmonic(network, exact_up_to=300, sample=200)

    assert (betweenness.sample, harmonic.sample) == (200, 200)
    exact = centrality.harmonic(network)
    assert exact.sample is None
    assert harmonic.table["value"].tolist() == pytest.approx(exact.table["value"].tolist(), rel=0.1)
    assert betweenness.table["value"].corr(centrality.betweenness(network).table["value"]) > 0.98
