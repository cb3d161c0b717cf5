"""Roles of brokers, counted pair by pair for comparison: the published EIES data is not at hand."""

from itertools import combinations

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.analysis.brokerage import ROLES, brokerage, directed_brokerage, open_pairs
from reports.analysis.interchange import from_networkx
from tests.reports.analysis.graphs import graphs, relabelled

directed_graphs = st.builds(
    lambda size, share, seed: nx.gnp_random_graph(size, share, seed=seed, directed=True),
    st.integers(0, 14),
    st.floats(0, 0.7),
    st.integers(0, 10_000),
)
seeds = st.integers(0, 10_000)


def groups_of(graph, seed, kinds="abc"):
    return np.random.default_rng(seed).choice(list(kinds), size=len(graph)).tolist()


def role(first, broker, last):
    if first == last:
        return "coordinator" if first == broker else "consultant"
    if broker == last:
        return "gatekeeper"
    return "representative" if broker == first else "liaison"


def counted(graph, groups):
    """Count pair by pair."""
    counts = {node: dict.fromkeys(ROLES, 0) for node in sorted(graph)}
    for broker in graph:
        for first in graph:
            for last in graph:
                open_path = graph.has_edge(first, broker) and graph.has_edge(broker, last)
                if open_path and first != last and not graph.has_edge(first, last):
                    counts[broker][role(groups[first], groups[broker], groups[last])] += 1
    return [list(row.values()) for row in counts.values()]


def arcs_of(graph):
    return pd.DataFrame(list(graph.edges), columns=["source_id", "target_id"], dtype="int64")


def roles(measure):
    return measure.table[list(ROLES)].to_numpy().tolist()


@settings(max_examples=40, deadline=None)
@given(graph=directed_graphs, seed=seeds)
def test_directed_roles_are_those_counted_pair_by_pair(graph, seed):
    groups = groups_of(graph, seed)

    measure = directed_brokerage(sorted(graph), arcs_of(graph), groups)

    assert roles(measure) == counted(graph, groups)
    assert measure.table["total"].tolist() == [sum(row) for row in counted(graph, groups)]


@settings(max_examples=40, deadline=None)
@given(graph=graphs, seed=seeds)
def test_undirected_roles_count_every_tie_both_ways(graph, seed):
    groups = groups_of(graph, seed)

    measure = brokerage(from_networkx(graph), groups)

    assert roles(measure) == counted(graph.to_directed(), groups)
    assert measure.table["gatekeeper"].equals(measure.table["representative"].rename("gatekeeper"))


@settings(max_examples=30, deadline=None)
@given(graph=graphs, seed=seeds)
def test_neither_other_numbers_nor_an_isolate_change_a_count(graph, seed):
    groups = groups_of(graph, seed)
    network, new = relabelled(graph, seed)
    renamed = [groups[new.index(number)] for number in range(len(new))]
    before = np.array(roles(brokerage(from_networkx(graph), groups)), dtype=int).reshape(-1, len(ROLES))
    graph.add_node(len(graph))

    assert np.array_equal(np.array(roles(brokerage(network, renamed)))[new].reshape(-1, len(ROLES)), before)
    assert roles(brokerage(from_networkx(graph), [*groups, "a"])) == [*before.tolist(), [0] * len(ROLES)]


@pytest.mark.parametrize(
    ("groups", "expected"),
    [("aaa", "coordinator"), ("aba", "consultant"), ("abb", "gatekeeper"), ("aab", "representative"),
     ("abc", "liaison")],
)  # fmt: skip
def test_the_five_roles_of_whoever_stands_in_the_middle(groups, expected):
    arcs = arcs_of(nx.DiGraph([(0, 1), (1, 2)]))

    table = directed_brokerage(range(3), arcs, list(groups)).table

    assert table.loc[1, list(ROLES)].to_dict() == {name: int(name == expected) for name in ROLES}
    assert table["total"].tolist() == [0, 1, 0]


def test_a_circle_of_three_leaves_nothing_to_broker(as_network):
    assert brokerage(as_network(nx.complete_graph(3)), list("abc")).table["total"].tolist() == [0, 0, 0]


def test_repeated_arcs_count_once_and_arcs_to_oneself_not_at_all():
    arcs = pd.DataFrame({"source_id": [0, 0, 1, 1], "target_id": [1, 1, 1, 2]})

    assert directed_brokerage(range(3), arcs, list("abc")).table["total"].tolist() == [0, 1, 0]


def test_chosen_actors_have_the_counts_they_have_among_all(as_network):
    graph = nx.karate_club_graph()
    clubs = [graph.nodes[node]["club"] for node in sorted(graph)]
    whole = brokerage(as_network(graph), clubs).table

    chosen = brokerage(as_network(graph), clubs, actors=[33, 2]).table

    assert chosen.equals(whole.iloc[[2, 33]].reset_index(drop=True))
    assert (whole["liaison"] == 0).all()


@pytest.mark.parametrize("size", [0, 1, 4])
def test_without_ties_nobody_is_a_broker(size, as_network):
    table = brokerage(as_network(nx.empty_graph(size)), ["a"] * size).table

    assert table["total"].tolist() == [0] * size


def test_an_actor_without_a_group_is_refused(as_network):
    with pytest.raises(ValueError, match="needs a group"):
        brokerage(as_network(nx.path_graph(3)), ["a"])


@settings(max_examples=40, deadline=None)
@given(graph=graphs, seed=seeds)
def test_pairs_that_do_not_meet_add_up_to_the_roles(graph, seed):
    groups, network = groups_of(graph, seed), from_networkx(graph)

    pairs = open_pairs(network, groups, actors=sorted(graph))

    both = pairs.groupby(["actor_id", "role"])["pairs"].sum()
    for row in brokerage(network, groups).table.itertuples(index=False):
        for name, per_pair in (("coordinator", 2), ("consultant", 2), ("gatekeeper", 1), ("liaison", 2)):
            assert both.get((row.actor_id, name), 0) * per_pair == getattr(row, name)
    for row in pairs.itertuples(index=False):
        counted_here = [
            1
            for first, last in combinations(graph[row.actor_id], 2)
            if sorted((groups[first], groups[last])) == [row.first, row.last]
            and not graph.has_edge(first, last)
        ]
        assert len(counted_here) == row.pairs


def test_whoever_stands_between_two_sectors_is_said_with_both(as_network):
    pairs_open = open_pairs(as_network(nx.star_graph(3)), ["b", "a", "b", "c"], actors=[0, 1])

    assert pairs_open.to_dict("list") == {
        "actor_id": [0, 0, 0],
        "first": ["a", "a", "b"],
        "last": ["b", "c", "c"],
        "pairs": [1, 1, 1],
        "role": ["gatekeeper", "liaison", "gatekeeper"],
    }


def test_nobody_chosen_has_no_pairs(as_network):
    assert open_pairs(as_network(nx.empty_graph(0)), [], actors=[]).empty
    assert open_pairs(as_network(nx.path_graph(3)), list("abc"), actors=[0]).empty
