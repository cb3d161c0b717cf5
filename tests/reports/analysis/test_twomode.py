"""Centralities of both modes: the Davis study to the digits printed, and odd networks."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from networkx.algorithms import bipartite as nx_bipartite

from reports.analysis import schema, twomode

THREE = ["Evelyn Jefferson", "Laura Mandeville", "Theresa Anderson"]


def picked(scores, names, chosen):
    values = scores["value"].round(4).tolist()
    return [values[names.index(name)] for name in chosen]


def test_the_southern_women_have_the_published_degrees(davis):
    network, women, events = davis
    counts = dict(zip(women, network.events_per_actor.tolist(), strict=True))
    scores = twomode.degree(network)

    assert network.matrix.nnz == 89
    assert [counts[name] for name in THREE] == [8, 7, 8]
    assert picked(scores.actors, women, THREE) == [0.5714, 0.5, 0.5714]
    assert picked(scores.events, events, ["E8", "E9", "E13"]) == [0.7778, 0.6667, 0.1667]


def test_the_southern_women_have_the_published_closeness(davis):
    network, women, events = davis
    scores = twomode.closeness(network)

    assert picked(scores.actors, women, THREE) == [0.8, 0.7273, 0.8]
    assert picked(scores.events, events, ["E8", "E9", "E13"]) == [0.8462, 0.7857, 0.5238]


def test_the_southern_women_have_the_published_betweenness(davis):
    network, women, events = davis
    scores = twomode.betweenness(network)

    assert picked(scores.actors, women, [*THREE, "Nora Fayette"]) == [0.0966, 0.0514, 0.0876, 0.1135]
    assert picked(scores.events, events, ["E8", "E9", "E13"]) == [0.2438, 0.2255, 0.0022]
    assert scores.sample is None


def test_the_southern_women_have_the_published_distances(davis):
    distances = twomode.geodesics(davis[0])

    assert (round(distances.mean or 0, 3), distances.diameter, distances.unreachable_pairs) == (2.306, 4, 0)


def test_several_roles_in_one_event_are_one_tie(bipartite):
    network = bipartite([(1, 10), (1, 10), (2, 10)])

    assert network.matrix.toarray().tolist() == [[1.0], [1.0]]


def test_what_is_not_named_is_left_out(attended):
    network = twomode.two_mode(attended([(1, 10), (2, 10), (1, 11)]), actor_ids=[1, 3], event_ids=[10, 12])

    assert network.actor_ids.tolist() == [1, 3]
    assert network.event_ids.tolist() == [10, 12]
    assert network.matrix.toarray().tolist() == [[1.0, 0.0], [0.0, 0.0]]


@pytest.mark.parametrize("measure", [twomode.degree, twomode.harmonic, twomode.betweenness])
def test_an_isolate_gets_zero(measure, bipartite):
    network = bipartite([(1, 10), (2, 10)], actors=[3], events=[11])

    scores = measure(network)

    assert scores.actors["value"].iloc[2] == 0
    assert scores.events["value"].iloc[1] == 0


def test_closeness_is_not_defined_where_not_everybody_can_be_reached(bipartite):
    scores = twomode.closeness(bipartite([(1, 10), (2, 10)], actors=[3]))

    assert scores.actors["value"].isna().all()
    assert scores.events["value"].isna().all()


@pytest.mark.parametrize(
    "measure", [twomode.degree, twomode.closeness, twomode.harmonic, twomode.betweenness]
)
@pytest.mark.parametrize(
    ("pairs", "actors", "events"),
    [([], [], []), ([], [1], []), ([], [], [1]), ([], [1, 2, 3], [1, 2]), ([(1, 1)], [], [])],
    ids=["empty", "one actor", "one event", "only isolates", "one tie"],
)
def test_networks_with_almost_nothing_in_them_work(measure, bipartite, pairs, actors, events):
    network = bipartite(pairs, actors, events)

    scores = measure(network)

    assert len(scores.actors) == len(network.actor_ids)
    assert len(scores.events) == len(network.event_ids)
    assert not np.isinf(scores.actors["value"]).any()


def test_distances_of_an_empty_network_are_not_defined(bipartite):
    assert twomode.geodesics(bipartite([])) == twomode.Geodesics(None, None, 0)


def test_harmonic_closeness_of_whoever_meets_everybody_everywhere_is_one(bipartite):
    network = bipartite([(actor, event) for actor in range(3) for event in range(4)])

    scores = twomode.harmonic(network)

    assert scores.actors["value"].tolist() == [1.0, 1.0, 1.0]
    assert scores.events["value"].tolist() == [1.0, 1.0, 1.0, 1.0]


@settings(max_examples=40, deadline=None)
@given(
    pairs=st.lists(st.tuples(st.integers(0, 9), st.integers(0, 7)), min_size=1, max_size=40, unique=True),
)
def test_betweenness_agrees_with_networkx(pairs):
    actors = sorted({actor for actor, _ in pairs})
    # networkx divides by zero where one of the modes has a single node.
    assume(len(actors) > 1 and len({event for _, event in pairs}) > 1)
    graph = nx.Graph((f"a{actor}", f"e{event}") for actor, event in pairs)
    expected = nx_bipartite.betweenness_centrality(graph, [f"a{actor}" for actor in actors])
    frame = schema.build(
        schema.PARTICIPATIONS,
        {"actor_id": [actor for actor, _ in pairs], "event_id": [event for _, event in pairs]},
    )
    network = twomode.two_mode(frame, actor_ids=actors, event_ids={event for _, event in pairs})

    scores = twomode.betweenness(network).actors

    assert scores["value"].tolist() == pytest.approx([expected[f"a{actor}"] for actor in actors])


def test_a_sampled_betweenness_says_so_and_ranks_alike(bipartite):
    random = np.random.default_rng(5)
    weights = 1 / np.arange(1, 121)
    pairs = [
        (int(actor), event)
        for event in range(200)
        for actor in random.choice(120, size=6, replace=False, p=weights / weights.sum())
    ]
    network = bipartite(pairs)

    exact = twomode.betweenness(network)
    sampled = twomode.betweenness(network, exact_up_to=100, sample=150)

    assert (exact.sample, sampled.sample) == (None, 150)
    assert exact.actors["value"].corr(sampled.actors["value"]) > 0.95
    assert sampled.actors["value"].sum() == pytest.approx(exact.actors["value"].sum(), rel=0.1)
    assert twomode.betweenness(network, exact_up_to=100, sample=150).actors.equals(sampled.actors)
