"""Constraint and effective size: published figures, the textbook's sums by hand, and odd networks."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.analysis import blocks
from reports.analysis.holes import structural_holes
from reports.analysis.interchange import from_networkx
from tests.reports.analysis.graphs import graphs, relabelled, weighted_graphs


def holes(network, column, actor):
    return round(float(structural_holes(network, actors=[actor]).table[column].iloc[0]), 4)


def by_hand(graph, actor):
    """Add up the textbook's formulas contact by contact."""
    strength = dict(graph.degree(weight="weight"))

    def weight(one, other):
        return graph.edges[one, other].get("weight", 1) if graph.has_edge(one, other) else 0

    def share(one, other):
        return weight(one, other) / strength[one]

    def marginal(one, other):
        return weight(one, other) / max(weight(one, each) for each in graph[one])

    constraint = sum(
        (share(actor, j) + sum(share(actor, q) * share(q, j) for q in graph[actor] if q != j)) ** 2
        for j in graph[actor]
    )
    redundant = sum(share(actor, q) * marginal(j, q) for j in graph[actor] for q in graph[actor] if q != j)
    return constraint, len(graph[actor]) - redundant


def test_the_example_of_burt_and_borgatti_has_the_published_figures(named_network):
    ties = ["AB", "AF", "AG", "AE", "EG", "FG", "BG", "BD", "DG", "GC"]
    network, names = named_network(nx.Graph([tuple(tie) for tie in ties]))
    figures = {
        name: (
            holes(network, "effective_size", names.index(name)),
            holes(network, "constraint", names.index(name)),
        )
        for name in "GA"
    }

    assert figures == {"G": (4.6667, 0.4003), "A": (2.5, 0.5955)}


def test_the_kite_has_the_published_constraints(as_network):
    network = as_network(nx.krackhardt_kite_graph())

    assert (holes(network, "constraint", 7), holes(network, "constraint", 3)) == (0.4311, 0.4702)


def test_the_karate_club_has_the_published_constraints(as_network):
    network = as_network(nx.karate_club_graph())

    assert holes(network.without_weights(), "constraint", 0) == 0.1554
    assert holes(network, "constraint", 0) == 0.1906


def test_the_medici_have_the_published_constraint(named_network):
    network, names = named_network(nx.florentine_families_graph())

    assert holes(network, "constraint", names.index("Medici")) == 0.2099


@settings(max_examples=40, deadline=None)
@given(graph=weighted_graphs())
def test_weighted_figures_are_the_sums_of_the_textbook(graph):
    table = structural_holes(from_networkx(graph)).table

    expected = [by_hand(graph, node) if graph[node] else (np.nan, np.nan) for node in sorted(graph)]
    assert table["constraint"].tolist() == pytest.approx([pair[0] for pair in expected], nan_ok=True)
    assert table["effective_size"].tolist() == pytest.approx([pair[1] for pair in expected], nan_ok=True)


@settings(max_examples=30, deadline=None)
@given(graph=graphs.filter(len))
def test_unweighted_figures_agree_with_networkx(graph):
    table = structural_holes(from_networkx(graph)).table
    constraint, size = nx.constraint(graph), nx.effective_size(graph)

    assert table["constraint"].tolist() == pytest.approx(
        [constraint[node] for node in sorted(graph)], nan_ok=True
    )
    assert table["effective_size"].tolist() == pytest.approx(
        [size[node] for node in sorted(graph)], nan_ok=True
    )


@settings(max_examples=30, deadline=None)
@given(graph=weighted_graphs(), seed=st.integers(0, 1000))
def test_neither_other_numbers_nor_an_isolate_change_a_figure(graph, seed):
    network, new = relabelled(graph, seed)
    before = structural_holes(from_networkx(graph)).table["constraint"].to_numpy()
    graph.add_node(len(graph))
    extended = structural_holes(from_networkx(graph)).table["constraint"].to_numpy()

    after = structural_holes(network).table["constraint"].to_numpy()

    assert after[new].tolist() == pytest.approx(before.tolist(), nan_ok=True)
    assert np.array_equal(extended, [*before, np.nan], equal_nan=True)


def test_rows_taken_a_few_at_a_time_give_the_same_to_the_last_bit(as_network, monkeypatch):
    network = as_network(nx.karate_club_graph())
    whole = structural_holes(network).table

    monkeypatch.setattr("reports.analysis.holes.row_blocks", lambda costs: blocks.row_blocks(costs, 20))

    assert structural_holes(network).table.equals(whole)


def test_chosen_actors_have_the_figures_they_have_among_all(as_network):
    network = as_network(nx.karate_club_graph())
    whole = structural_holes(network).table

    chosen = structural_holes(network, actors=[33, 5, 99]).table

    assert chosen.equals(whole.iloc[[5, 33]].reset_index(drop=True))


def test_weak_ties_can_be_left_out_and_are_counted(as_network):
    graph = nx.karate_club_graph()
    strong = nx.Graph(edge for edge in graph.edges(data=True) if edge[2]["weight"] >= 3)
    strong.add_nodes_from(graph)

    measure = structural_holes(as_network(graph), at_least=3)

    assert measure.table.equals(structural_holes(as_network(strong)).table)
    assert measure.ties_left_out == graph.number_of_edges() - strong.number_of_edges()


@pytest.mark.parametrize("size", [0, 1, 4])
def test_without_ties_nothing_is_defined(size, as_network):
    table = structural_holes(as_network(nx.empty_graph(size))).table

    assert len(table) == size
    assert table[["constraint", "effective_size"]].isna().all(axis=None)
