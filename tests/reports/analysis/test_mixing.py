"""Who keeps to its own kind: published figures, networkx, and the tables themselves."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.analysis.interchange import from_networkx
from reports.analysis.mixing import mixing
from tests.reports.analysis.graphs import relabelled, weighted_graphs

seeds = st.integers(0, 10_000)


def groups_of(graph, seed):
    return np.random.default_rng(seed).choice(["a", "b", "c"], size=len(graph)).tolist()


def test_the_karate_club_has_the_published_assortativity(as_network):
    graph = nx.karate_club_graph()
    table = mixing(as_network(graph), [graph.nodes[node]["club"] for node in sorted(graph)])

    assert round(table.assortativity() or 0, 4) == 0.7175
    assert table.ties.to_dict("list") == {"Mr. Hi": [35, 11], "Officer": [11, 32]}
    assert table.ei_index() == (11 - 67) / 78


def test_ties_inside_count_once_and_groups_of_nobody_have_a_row(as_network):
    graph: nx.Graph = nx.Graph()
    graph.add_weighted_edges_from([(0, 1, 0.5), (1, 2, 2.0), (0, 3, 1.0)])

    table = mixing(as_network(graph), ["x", "x", "y", "y"], order=["y", "z", "x"])

    assert table.ties.to_numpy().tolist() == [[0, 0, 2], [0, 0, 0], [2, 0, 1]]
    assert table.weights.to_numpy().tolist() == [[0, 0, 3], [0, 0, 0], [3, 0, 0.5]]
    assert (table.count("x", "y"), table.strength("y", "x"), table.strength("x", "x")) == (2, 3.0, 0.5)
    assert table.ei_by_group() == {"y": 1.0, "z": None, "x": (2 - 1) / 3}
    assert table.ei_index(weighted=True) == (3 - 0.5) / 3.5


@settings(max_examples=40, deadline=None)
@given(graph=weighted_graphs(), seed=seeds)
def test_tables_and_assortativity_agree_with_networkx(graph, seed):
    groups = groups_of(graph, seed)
    nx.set_node_attributes(graph, dict(enumerate(groups)), "group")
    table = mixing(from_networkx(graph), groups, order=["a", "b", "c"])

    pairs = [tuple(sorted((groups[one], groups[other]))) for one, other in graph.edges]
    assert table.ties.to_numpy().tolist() == [
        [pairs.count(tuple(sorted((row, column)))) for column in "abc"] for row in "abc"
    ]
    assert table.weights.to_numpy()[np.triu_indices(3)].sum() == graph.size(weight="weight")
    if table.assortativity() is not None:
        expected = nx.attribute_assortativity_coefficient(graph, "group")
        assert table.assortativity() == pytest.approx(expected)


@settings(max_examples=30, deadline=None)
@given(graph=weighted_graphs(), seed=seeds)
def test_neither_other_numbers_nor_an_isolate_change_a_figure(graph, seed):
    groups = groups_of(graph, seed)
    network, new = relabelled(graph, seed)
    before = mixing(from_networkx(graph), groups, order=["a", "b", "c"])
    graph.add_node(len(graph))
    renamed = [groups[new.index(number)] for number in range(len(new))]

    for after in (
        mixing(network, renamed, order=["a", "b", "c"]),
        mixing(from_networkx(graph), [*groups, "a"], order=["a", "b", "c"]),
    ):
        assert after.ties.equals(before.ties)
        assert after.weights.equals(before.weights)
        assert after.assortativity(weighted=True) == before.assortativity(weighted=True)


@pytest.mark.parametrize("size", [0, 1, 4])
def test_without_ties_nothing_is_defined(size, as_network):
    table = mixing(as_network(nx.empty_graph(size)), ["a"] * size)

    assert (table.ei_index(), table.assortativity(), table.ei_by_group()) == (
        None,
        None,
        {"a": None} if size else {},
    )


def test_where_all_are_of_one_group_neither_index_is_defined(as_network):
    table = mixing(as_network(nx.path_graph(3)), ["a"] * 3)

    assert (table.assortativity(), table.ei_index(), table.ei_by_group()) == (None, None, {"a": None})


def test_an_actor_without_a_group_is_refused(as_network):
    with pytest.raises(ValueError, match="needs a group"):
        mixing(as_network(nx.path_graph(3)), ["a"])


def test_a_second_group_that_nobody_meets_defines_the_index(as_network):
    graph = nx.path_graph(3)
    graph.add_node(3)

    table = mixing(as_network(graph), ["a", "a", "a", "b"])

    assert (table.ei_index(), table.ei_by_group()) == (-1, {"a": -1.0, "b": None})
