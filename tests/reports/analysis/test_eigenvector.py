"""Eigenvector centrality in one mode and in two."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from reports.analysis import centrality, twomode
from reports.analysis.interchange import from_networkx
from tests.reports.analysis.graphs import network_of, participations, relabelled, weighted_graphs


def test_the_southern_women_agree_with_the_full_decomposition(davis):
    network, women, _events = davis
    left, _values, right = np.linalg.svd(network.matrix.toarray())

    scores = twomode.eigenvector(network)

    assert scores.actors["value"].tolist() == pytest.approx(abs(left[:, 0]) / abs(left[:, 0]).max())
    assert scores.events["value"].tolist() == pytest.approx(abs(right[0]) / abs(right[0]).max())
    assert women[int(scores.actors["value"].to_numpy().argmax())] == "Theresa Anderson"


@settings(max_examples=40, deadline=None)
@given(graph=weighted_graphs())
def test_a_connected_network_agrees_with_networkx(graph):
    assume(len(graph) > 2 and nx.is_connected(graph))
    expected = nx.eigenvector_centrality_numpy(graph, weight="weight")
    largest = max(abs(value) for value in expected.values())

    scores = centrality.eigenvector(from_networkx(graph)).table["value"]

    assert scores.tolist() == pytest.approx(
        [abs(expected[node]) / largest for node in sorted(graph)], abs=1e-7
    )


def test_a_network_too_large_for_a_full_matrix_agrees_with_networkx(as_network):
    graph = nx.barabasi_albert_graph(300, 2, seed=4)
    expected = nx.eigenvector_centrality_numpy(graph)
    largest = max(expected.values())

    scores = centrality.eigenvector(as_network(graph)).table["value"]

    assert scores.tolist() == pytest.approx([expected[node] / largest for node in sorted(graph)], abs=1e-9)


@pytest.mark.parametrize("size", [10, 300])
def test_where_all_stand_alike_all_have_one(size, as_network):
    scores = centrality.eigenvector(as_network(nx.cycle_graph(size))).table["value"]

    assert scores.tolist() == pytest.approx([1] * size)


@settings(max_examples=40, deadline=None)
@given(graph=weighted_graphs(), seed=st.integers(0, 1000))
def test_other_numbers_for_the_actors_change_no_score(graph, seed):
    network, new = relabelled(graph, seed)

    before = centrality.eigenvector(from_networkx(graph)).table["value"].to_numpy()
    after = centrality.eigenvector(network).table["value"].to_numpy()

    assert after[new].tolist() == pytest.approx(before.tolist(), abs=1e-7)


@settings(max_examples=40, deadline=None)
@given(pairs=participations)
def test_an_isolate_gets_zero_and_changes_no_score(pairs):
    before, after = twomode.eigenvector(network_of(pairs)), twomode.eigenvector(network_of(pairs, 14, 11))

    assert after.actors["value"].tolist() == [*before.actors["value"], 0]
    assert after.events["value"].tolist() == [*before.events["value"], 0]
    if pairs:
        assert (before.actors["value"].max(), before.events["value"].max()) == (1, 1)


def test_in_parts_only_the_strongest_has_scores(as_network):
    network = as_network(nx.disjoint_union(nx.complete_graph(3), nx.complete_graph(4)))

    assert centrality.eigenvector(network).table["value"].tolist() == pytest.approx([0] * 3 + [1] * 4)


def test_parts_that_are_equal_have_equal_scores(as_network):
    network = as_network(nx.disjoint_union(nx.path_graph(3), nx.path_graph(3)))

    half = 0.5**0.5
    assert centrality.eigenvector(network).table["value"].tolist() == pytest.approx([half, 1, half] * 2)


@pytest.mark.parametrize("graph", [nx.empty_graph(0), nx.empty_graph(1), nx.empty_graph(5)])
def test_without_ties_all_have_zero(graph, as_network):
    assert centrality.eigenvector(as_network(graph)).table["value"].tolist() == [0.0] * len(graph)


@pytest.mark.parametrize(
    ("pairs", "actors", "events"),
    [([], 0, 0), ([], 1, 0), ([], 0, 1), ([], 3, 2), ([(0, 0)], 1, 1)],
    ids=["empty", "one actor", "one event", "only isolates", "one tie"],
)
def test_two_modes_with_almost_nothing_in_them_work(pairs, actors, events):
    scores = twomode.eigenvector(network_of(pairs, actors, events))

    assert scores.actors["value"].tolist() == [float(bool(pairs))] * actors
    assert scores.events["value"].tolist() == [float(bool(pairs))] * events


def test_the_same_network_gives_the_same_scores_to_the_last_bit():
    random = np.random.default_rng(3)
    network = network_of(sorted({tuple(pair) for pair in random.integers(0, 90, (400, 2)).tolist()}), 90, 90)

    first, second = twomode.eigenvector(network), twomode.eigenvector(network)

    assert first.actors.equals(second.actors)
    assert first.events.equals(second.events)
