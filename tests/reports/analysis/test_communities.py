"""Communities are the best found, numbered by size, and honest about their stability."""

from dataclasses import replace
from itertools import combinations

import networkx as nx
import numpy as np
import pytest

from reports.analysis.communities import adjusted_rand, communities, modularity, stability_of


def test_the_karate_club_has_four_communities_at_the_optimal_modularity(as_network):
    partition = communities(as_network(nx.karate_club_graph()).without_weights())

    assert round(partition.modularity or 0, 4) == 0.4198
    assert partition.count == 4
    assert partition.sizes.tolist() == sorted(partition.sizes, reverse=True)


def test_the_two_factions_of_the_karate_club_have_the_published_modularity(as_network):
    graph = nx.karate_club_graph()
    network = as_network(graph)
    clubs = np.array([graph.nodes[node]["club"] == "Officer" for node in sorted(graph)], dtype=np.int64)

    assert round(modularity(network.without_weights(), clubs) or 0, 4) == 0.3582
    assert round(modularity(network, clubs) or 0, 4) == 0.3914
    assert modularity(as_network(nx.empty_graph(3)), np.zeros(3, dtype=np.int64)) is None


def test_two_cliques_with_one_tie_between_them_are_two_stable_communities(as_network):
    partition = communities(as_network(nx.barbell_graph(5, 0)))

    assert partition.table["community"].tolist() == [1] * 5 + [2] * 5
    assert partition.agreement == 1.0
    assert partition.is_stable


def test_an_actor_level_between_communities_does_not_keep_the_search_going_forever(as_network):
    """One actor meets three rooms alike, and two rooms it does not meet make the shares uneven."""
    graph = nx.Graph()
    for room in ([1, 2, 3], [4, 5, 6], [7, 8, 9]):
        graph.add_weighted_edges_from((one, other, 1 / 3 + 1 / 2) for one, other in combinations(room, 2))
        graph.add_weighted_edges_from((0, one, 1 / 3) for one in room)
    for room in ([10, 11, 12, 13], [14, 15, 16, 17]):
        graph.add_weighted_edges_from((one, other, 1 / 3) for one, other in combinations(room, 2))

    partition = communities(as_network(graph))

    assert partition.sizes.tolist() == [4, 4, 4, 3, 3]
    assert round(partition.modularity or 0, 4) == 0.6421


def test_a_network_without_structure_is_called_unstable(as_network):
    partition = communities(as_network(nx.gnp_random_graph(80, 0.15, seed=2)))

    assert partition.agreement is not None
    assert partition.agreement < 0.8
    assert not partition.is_stable


@pytest.mark.parametrize(("agreement", "is_stable"), [(0.7951, True), (0.7949, False)])
def test_what_is_told_as_an_agreement_of_080_is_not_called_unstable(as_network, agreement, is_stable):
    partition = replace(communities(as_network(nx.barbell_graph(4, 0))), agreement=agreement)

    assert partition.is_stable == is_stable


def test_isolates_belong_to_no_community(as_network):
    graph = nx.barbell_graph(4, 0)
    graph.add_nodes_from([90, 91])
    partition = communities(as_network(graph))
    without = communities(as_network(nx.barbell_graph(4, 0)))

    assert partition.table["community"].tolist() == [*without.table["community"], 0, 0]
    assert (partition.modularity, partition.agreement) == (without.modularity, without.agreement)


@pytest.mark.parametrize("size", [0, 1, 5])
def test_without_ties_there_are_no_communities(as_network, size):
    partition = communities(as_network(nx.empty_graph(size)))

    assert partition.table["community"].tolist() == [0] * size
    assert (partition.count, partition.modularity, partition.agreement, partition.is_stable) == (
        0,
        None,
        None,
        True,
    )
    assert partition.sizes.tolist() == []


def test_the_same_network_gives_the_same_communities_to_the_last_bit(as_network):
    network = as_network(nx.gnp_random_graph(80, 0.15, seed=2))
    first, second = communities(network), communities(network)

    assert first.table.equals(second.table)
    assert (first.modularity, first.agreement) == (second.modularity, second.agreement)


def test_stability_says_which_community_other_runs_found_again():
    labels = np.array([1, 1, 1, 1, 2, 2, 2, 3, 3])
    same = np.array([5, 5, 5, 5, 0, 0, 0, 2, 2])
    torn = np.array([0, 0, 1, 1, 1, 1, 1, 2, 2])

    assert stability_of(labels, [same]) == (1, 1, 1)
    assert stability_of(labels, [same, torn]) == pytest.approx(((1 + 1 / 2) / 2, (1 + 3 / 5) / 2, 1))
    assert stability_of(labels, []) == (1, 1, 1)
    assert stability_of(np.zeros(0, dtype=np.int64), []) == ()


def test_the_stability_of_each_community_comes_with_it(as_network):
    stable = communities(as_network(nx.barbell_graph(5, 0)))
    loose = communities(as_network(nx.gnp_random_graph(80, 0.15, seed=2)))

    assert stable.stability == (1, 1)
    assert len(loose.stability) == loose.count
    assert min(loose.stability) < 0.6


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ([0, 0, 1, 1], [1, 1, 0, 0], 1.0),
        ([0, 0, 1, 1], [0, 1, 0, 1], -0.5),
        ([0, 0, 1, 2], [0, 0, 1, 1], 4 / 7),
        ([0], [0], 1.0),
        ([], [], 1.0),
    ],
    ids=["relabelled", "crossed", "split", "one actor", "nobody"],
)
def test_the_adjusted_rand_index_has_the_values_of_the_textbook(one, other, expected):
    index = adjusted_rand(np.array(one, dtype=np.int64), np.array(other, dtype=np.int64))

    assert index == pytest.approx(expected)
