"""Who met whom, and how strongly that ties them."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.analysis import centrality, schema
from reports.analysis.projection import Weighting, common_events, project
from reports.analysis.twomode import two_mode

WEIGHTINGS: tuple[Weighting, ...] = ("count", "newman", "cosine", "jaccard")


def test_the_southern_women_have_the_published_projection(davis):
    network, women, _events = davis
    ties = {weighting: project(network, weighting=weighting) for weighting in WEIGHTINGS}

    def weights(one, other):
        ends = women.index(one), women.index(other)
        return tuple(round(float(ties[weighting].weights[ends]), 4) for weighting in WEIGHTINGS)

    assert ties["count"].tie_count == 139
    assert ties["count"].ties()["weight"].sum() == 322
    assert weights("Evelyn Jefferson", "Theresa Anderson") == (7, 1.4869, 0.875, 0.7778)
    assert weights("Flora Price", "Olivia Carleton") == (2, 0.4242, 1, 1)


def test_the_records_behind_a_tie_are_the_common_events(davis):
    network, women, events = davis

    shared = common_events(network, women.index("Flora Price"), women.index("Olivia Carleton"))

    assert [events[event] for event in shared] == ["E11", "E9"]


def test_with_newman_weights_strength_is_the_number_of_events_with_company(bipartite):
    network = bipartite([(1, 10), (2, 10), (3, 10), (1, 11), (2, 11), (1, 12)], actors=[4])

    strength = centrality.strength(project(network)).table

    assert strength["value"].tolist() == pytest.approx([2, 2, 1, 0])


def test_ties_are_listed_once_and_in_order(bipartite):
    ties = project(bipartite([(5, 1), (3, 1), (9, 1)]), weighting="count").ties()

    assert ties.to_dict("list") == {"source_id": [3, 3, 5], "target_id": [5, 9, 9], "weight": [1.0, 1.0, 1.0]}


@pytest.mark.parametrize("weighting", WEIGHTINGS)
@pytest.mark.parametrize(
    ("pairs", "actors", "events"),
    [([], [], []), ([], [1], []), ([], [1, 2], [1]), ([(1, 1)], [], []), ([(1, 1), (2, 2)], [], [])],
    ids=["empty", "one actor", "only isolates", "one participation", "two who never met"],
)
def test_where_nobody_met_there_are_no_ties(weighting, bipartite, pairs, actors, events):
    network = project(bipartite(pairs, actors, events), weighting=weighting)

    assert network.tie_count == 0
    assert network.ties().empty
    assert network.degrees.tolist() == [0] * network.size


participations = st.lists(
    st.tuples(st.integers(0, 12), st.integers(0, 9)), min_size=0, max_size=60, unique=True
)


def build(pairs, actors=range(13), events=range(10)):
    columns = {"actor_id": [actor for actor, _ in pairs], "event_id": [event for _, event in pairs]}
    return two_mode(schema.build(schema.PARTICIPATIONS, columns), actor_ids=actors, event_ids=events)


@settings(max_examples=40, deadline=None)
@given(pairs=participations.filter(bool))
def test_counts_agree_with_networkx_and_every_weighting_is_symmetric_to_the_last_bit(pairs):
    graph: nx.Graph = nx.Graph()
    graph.add_nodes_from(range(13))
    graph.add_edges_from((actor, f"e{event}") for actor, event in pairs)
    expected = nx.bipartite.weighted_projected_graph(graph, range(13))
    network = build(pairs)

    counts = project(network, weighting="count").ties()

    assert {(a, b, w) for a, b, w in counts.itertuples(index=False)} == {
        (min(edge), max(edge), expected.edges[edge]["weight"]) for edge in expected.edges
    }
    for weighting in WEIGHTINGS:
        weights = project(network, weighting=weighting).weights.toarray()
        assert np.array_equal(weights, weights.T)


@settings(max_examples=25, deadline=None)
@given(pairs=participations)
def test_an_actor_who_never_came_changes_nobody_elses_ties(pairs):
    with_isolate = build(pairs, actors=range(14))

    for weighting in WEIGHTINGS:
        assert (
            project(build(pairs), weighting=weighting)
            .ties()
            .equals(project(with_isolate, weighting=weighting).ties())
        )
