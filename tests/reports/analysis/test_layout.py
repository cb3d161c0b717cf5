"""Actors stand in the unit square, apart from each other, and in the same place every time."""

import networkx as nx
import numpy as np
import pytest

from reports.analysis.layout import BAND, CELL, layout


def test_the_same_network_gives_the_same_picture_to_the_last_bit(as_network):
    network = as_network(nx.karate_club_graph())

    assert layout(network).equals(layout(network))


def test_another_seed_gives_another_picture(as_network):
    network = as_network(nx.karate_club_graph())

    assert not layout(network, seed=2).equals(layout(network))


@pytest.mark.parametrize(
    "graph",
    [
        nx.empty_graph(0),
        nx.empty_graph(1),
        nx.empty_graph(7),
        nx.path_graph(2),
        nx.disjoint_union_all([nx.complete_graph(9), nx.path_graph(3), nx.path_graph(2), nx.empty_graph(4)]),
        nx.disjoint_union_all([nx.path_graph(2)] * 30),
        nx.gnp_random_graph(1_200, 0.004, seed=1),
    ],
    ids=["empty", "one actor", "only isolates", "a pair", "several parts", "thirty pairs", "many"],
)
def test_everybody_has_a_place_of_their_own_in_the_unit_square(as_network, graph):
    network = as_network(graph)

    points = layout(network)

    assert points["actor_id"].tolist() == sorted(graph)
    places = points[["x", "y"]].to_numpy()
    assert np.isfinite(places).all()
    assert ((places >= 0) & (places <= 1)).all()
    assert len(points[["x", "y"]].drop_duplicates()) == len(graph)


@pytest.mark.parametrize("count", [1, 26, 400])
def test_isolates_stand_in_a_narrow_band_below_all_others_and_leave_them_the_room(as_network, count):
    graph = nx.karate_club_graph()
    graph.add_nodes_from(range(34, 34 + count))

    places = layout(as_network(graph))[["x", "y"]].to_numpy()

    clubs, isolates = places[:34], places[34:]
    alone = layout(as_network(nx.karate_club_graph()))[["x", "y"]].to_numpy()
    assert isolates[:, 1].max() <= BAND
    assert clubs[:, 1].min() > isolates[:, 1].max()
    assert clubs[:, 0].tolist() == alone[:, 0].tolist()
    assert np.ptp(clubs[:, 1]) > 0.8 * np.ptp(alone[:, 1])


def test_few_isolates_take_one_row_from_the_left(as_network):
    graph = nx.karate_club_graph()
    graph.add_nodes_from(range(34, 37))

    isolates = layout(as_network(graph))[["x", "y"]].to_numpy()[34:]

    assert isolates.tolist() == [[0, 0], [CELL, 0], [2 * CELL, 0]]


def test_who_belongs_together_stands_together(as_network):
    places = layout(as_network(nx.barbell_graph(8, 0)))[["x", "y"]].to_numpy()

    one, other = places[:8].mean(axis=0), places[8:].mean(axis=0)
    spread = np.hypot(*(places[:8] - one).T).max()
    assert np.hypot(*(one - other)) > spread
