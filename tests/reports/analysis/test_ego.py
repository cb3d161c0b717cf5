"""Whom one actor meets, beside the projection of the whole network."""

from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from networkx.algorithms import bipartite

from reports.analysis.ego import Met, met_by, ties_among

EVENTS = st.dictionaries(st.integers(100, 110), st.sets(st.integers(1, 8), max_size=6), max_size=8)


def newman(attended: dict[int, set[int]]) -> nx.Graph:
    """The reference: networkx on the two-mode graph."""
    graph = nx.Graph()
    graph.add_nodes_from(range(1, 9))
    graph.add_edges_from((actor, event) for event, actors in attended.items() for actor in actors)
    return bipartite.collaboration_weighted_projected_graph(graph, list(range(1, 9)))


@settings(max_examples=40, deadline=None)
@given(EVENTS)
def test_the_ties_of_the_middle_are_those_of_the_whole_network(attended):
    whole = newman(attended)
    strengths = {met.actor_id: met.strength for met in met_by(1, attended)}
    assert strengths == pytest.approx(
        {other: data["weight"] for _one, other, data in whole.edges(1, data=True)}
    )


@settings(max_examples=40, deadline=None)
@given(EVENTS)
def test_ties_among_all_of_them_are_the_whole_network(attended):
    whole = newman(attended)
    expected = {tuple(sorted((a, b))): data["weight"] for a, b, data in whole.edges(data=True)}
    assert ties_among(range(1, 9), attended) == pytest.approx(expected)


def test_strong_ties_come_first_and_alone_one_meets_nobody():
    attended = {10: {1}, 11: {1, 2, 3}, 12: {1, 3}, 13: {2, 3}}
    assert met_by(1, attended) == [Met(3, 2, 1.5), Met(2, 1, 0.5)]
    assert met_by(9, attended) == []
