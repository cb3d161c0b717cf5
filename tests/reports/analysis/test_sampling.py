"""What is estimated says how far it may be off, and the exact value lies within."""

import networkx as nx
import numpy as np
import pytest

from reports.analysis import centrality, twomode
from reports.analysis.paths import estimated_betweenness, estimated_harmonic
from tests.reports.analysis.graphs import network_of

GRAPHS = [
    nx.barabasi_albert_graph(500, 2, seed=3),
    nx.gnp_random_graph(400, 0.012, seed=4),
    nx.connected_watts_strogatz_graph(500, 6, 0.1, seed=5),
]


@pytest.mark.parametrize("graph", GRAPHS, ids=["hubs", "random", "small world"])
@pytest.mark.parametrize("estimate_of", [estimated_betweenness, estimated_harmonic])
def test_three_of_the_largest_errors_cover_everybody_and_three_own_ones_the_leaders(
    graph, estimate_of, as_network
):
    given = as_network(graph).graph()

    exact = estimate_of(given, exact_up_to=len(graph), sample=120)
    estimate = estimate_of(given, exact_up_to=0, sample=120)
    off = np.abs(exact.sums - estimate.sums)
    leaders = exact.sums >= np.quantile(exact.sums, 0.9)

    assert (exact.errors, estimate.sample) == (None, 120)
    assert (off <= 3 * estimate.errors.max()).all()
    assert (off <= 3 * estimate.errors)[leaders].mean() >= 0.9


def test_the_error_of_the_whole_measure_is_a_share_of_the_leaders_value(as_network):
    network = as_network(GRAPHS[0])
    exact = centrality.betweenness(network)
    sampled = centrality.betweenness(network, exact_up_to=0, sample=200)
    off = (sampled.table["value"] - exact.table["value"]).abs().max() / exact.table["value"].max()

    assert exact.sample_error is None
    assert sampled.sample_error == pytest.approx(
        sampled.errors.max() / sampled.table["value"].max(), rel=1e-12
    )
    assert off < 3 * (sampled.sample_error or 0) < 0.5


def test_both_modes_have_their_errors_and_more_start_points_make_them_smaller():
    random = np.random.default_rng(5)
    pairs = sorted({tuple(pair) for pair in random.integers(0, 300, (900, 2)).tolist()})
    network = network_of(pairs, 300, 300)
    exact = twomode.betweenness(network)

    few = twomode.betweenness(network, exact_up_to=0, sample=60)
    many = twomode.betweenness(network, exact_up_to=0, sample=400)

    assert (exact.actor_errors, exact.event_errors, exact.sample_error) == (None, None, None)
    assert 0 < (many.sample_error or 0) < (few.sample_error or 0)
    for mode, errors in (("actors", many.actor_errors), ("events", many.event_errors)):
        off = np.abs(getattr(many, mode)["value"] - getattr(exact, mode)["value"])
        assert errors is not None
        assert (off <= 3 * errors.max()).all()
        assert (off <= 2 * errors + 1e-12).mean() > 0.8


def test_as_many_start_points_as_nodes_leave_no_error(as_network):
    network = as_network(GRAPHS[1])

    assert centrality.betweenness(network, exact_up_to=0, sample=400).sample_error is None


def test_without_ties_an_estimate_is_sure(as_network):
    scores = centrality.betweenness(as_network(nx.empty_graph(50)), exact_up_to=0, sample=20)

    assert (scores.sample, scores.sample_error, scores.table["value"].max()) == (20, 0, 0)


def test_a_single_start_point_says_nothing_about_its_error(as_network):
    estimate = estimated_betweenness(as_network(nx.path_graph(9)).graph(), exact_up_to=0, sample=1)

    assert np.isnan(estimate.errors).all()
