"""The largest component while actors leave: closed forms, published figures, and networkx step by step."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.analysis import centrality
from reports.analysis.interchange import from_networkx
from reports.analysis.projection import project
from reports.analysis.robustness import adaptive_order, highest_first, random_order, robustness
from tests.reports.analysis.graphs import graphs, network_of, participations

seeds = st.integers(0, 10_000)


def by_degree(network):
    return highest_first(network.ids, network.degrees)


def step_by_step(graph, order):
    left, sizes = graph.copy(), []
    for actor in [None, *order]:
        if actor is not None:
            left.remove_node(actor)
        sizes.append(max((len(part) for part in nx.connected_components(left)), default=0))
    return sizes


@pytest.mark.parametrize("size", [1, 2, 5, 30])
def test_where_everybody_is_tied_to_everybody_r_is_nearly_one_half(size, as_network):
    network = as_network(nx.complete_graph(size))

    assert robustness(network, by_degree(network)).r == pytest.approx((size - 1) / (2 * size))


@pytest.mark.parametrize("size", [3, 10, 50])
def test_a_star_falls_apart_at_once(size, as_network):
    network = as_network(nx.star_graph(size - 1))

    assert robustness(network, by_degree(network)).r == pytest.approx((size - 1) / size**2)


def test_the_kite_has_the_published_r(as_network):
    network = as_network(nx.krackhardt_kite_graph())

    assert robustness(network, by_degree(network)).r == pytest.approx(0.36)
    assert robustness(network, adaptive_order(network)).r == pytest.approx(0.31)


def test_the_curve_names_who_left_and_what_was_left(as_network):
    removal = robustness(as_network(nx.path_graph(4)), [1, 3, 0, 2])

    assert removal.table["largest"].tolist() == [4, 2, 1, 1, 0]
    assert removal.table["actor_id"].iloc[1:].tolist() == [1, 3, 0, 2]
    assert (removal.gone_until(0.5), removal.gone_until(0.25), removal.gone_until(0)) == (1, 2, 4)


@settings(max_examples=40, deadline=None)
@given(graph=graphs, seed=seeds)
def test_every_step_agrees_with_networkx(graph, seed):
    network = from_networkx(graph)
    for order in (random_order(network.ids, seed=seed), by_degree(network), adaptive_order(network)):
        assert robustness(network, order).table["largest"].tolist() == step_by_step(graph, order.tolist())


@settings(max_examples=40, deadline=None)
@given(pairs=participations, seed=seeds)
def test_two_modes_give_the_curve_of_their_projection(pairs, seed):
    network = network_of(pairs)
    order = random_order(network.actor_ids, seed=seed)

    assert robustness(network, order).table.equals(robustness(project(network), order).table)


@settings(max_examples=30, deadline=None)
@given(graph=graphs)
def test_the_adaptive_order_takes_whoever_has_most_ties_left(graph):
    left = graph.copy()
    for actor in adaptive_order(from_networkx(graph)).tolist():
        most = max(degree for _node, degree in left.degree())
        assert actor == min(node for node, degree in left.degree() if degree == most)
        left.remove_node(actor)


def test_an_attack_on_go_betweens_hurts_more_than_chance(as_network):
    network = as_network(nx.karate_club_graph())
    betweenness = centrality.betweenness(network).table["value"].to_numpy()

    attacked = robustness(network, highest_first(network.ids, betweenness)).r
    by_chance = [robustness(network, random_order(network.ids, seed=seed)).r or 0 for seed in range(20)]

    assert (attacked or 0) < min(by_chance)


def test_the_same_seed_gives_the_same_order():
    ids = np.arange(100, 150)

    assert random_order(ids, seed=3).tolist() == random_order(ids[::-1], seed=3).tolist()
    assert random_order(ids, seed=3).tolist() != random_order(ids, seed=4).tolist()


@pytest.mark.parametrize(("size", "r"), [(0, None), (1, 0.0), (4, 3 / 16)])
def test_networks_without_ties(size, r, as_network):
    removal = robustness(as_network(nx.empty_graph(size)), range(size))

    assert removal.r == r
    assert removal.table["largest"].tolist() == [1] * size + [0]
    assert removal.gone_until(0.5) == (None if size == 0 else {1: 1, 4: 0}[size])


@pytest.mark.parametrize(("actors", "events"), [(0, 0), (0, 2), (1, 0), (3, 2)])
def test_two_modes_without_participations(actors, events):
    removal = robustness(network_of([], actors, events), range(actors))

    assert removal.table["largest"].tolist() == [1] * actors + [0]


@pytest.mark.parametrize("order", [[0, 1], [0, 1, 1], [0, 1, 2, 3]])
def test_an_order_that_does_not_name_everybody_once_is_refused(order, as_network):
    with pytest.raises(ValueError, match="every actor once"):
        robustness(as_network(nx.path_graph(3)), order)
