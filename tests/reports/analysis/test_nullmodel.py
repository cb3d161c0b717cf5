"""What removing as many random events would leave."""

from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.analysis import schema
from reports.analysis.nullmodel import random_removals
from reports.analysis.twomode import two_mode


@pytest.fixture
def pairs_apart(bipartite):
    """Ten events of two actors each, nobody in two of them."""
    return bipartite([(10 * event + actor, event) for event in range(10) for actor in range(2)])


def test_where_every_event_makes_one_tie_the_share_is_that_of_the_events(pairs_apart):
    removals = random_removals(pairs_apart, count=3)

    assert set(removals.draws["share"]) == {0.7}
    assert set(removals.draws["components"]) == {7 + 6}
    assert set(removals.draws["largest"]) == {2}
    assert set(removals.draws["isolated"]) == {6}
    assert (len(removals.draws), removals.removed, removals.events, removals.sample) == (100, 3, 10, None)
    assert removals.range_of("share").low == removals.range_of("share").high == 0.7


def test_the_same_seed_draws_the_same_and_another_does_not(davis):
    network, _women, _events = davis

    one, again, other = (random_removals(network, count=5, seed=seed).draws for seed in (1, 1, 2))

    assert one.equals(again)
    assert not one.equals(other)


def test_nothing_removed_leaves_all_and_everything_removed_leaves_nothing(davis):
    network, _women, _events = davis

    assert set(random_removals(network, count=0).draws["share"]) == {1.0}
    assert set(random_removals(network, count=14).draws["share"]) == {0.0}


def test_the_range_holds_the_middle_of_the_draws(davis):
    network, _women, _events = davis

    removals = random_removals(network, count=4)

    span = removals.range_of("share")
    inside = removals.draws["share"].between(span.low, span.high).mean()
    assert 0.94 <= inside <= 0.98
    assert 0 < span.low < span.median < span.high <= 1


def test_records_of_one_event_go_together_and_those_of_none_stay(pairs_apart):
    events = np.array([0, 0, 0, 1, 1, 1, -1, -1, -1, -1])

    removals = random_removals(pairs_apart, count=1, events=events)

    assert set(removals.draws["share"]) == {0.7}
    assert removals.events == 2


def test_only_events_with_participants_are_drawn(bipartite):
    network = bipartite([(1, 10), (2, 10), (1, 11), (3, 11)], events=[12])

    assert random_removals(network, count=1).events == 2
    with pytest.raises(ValueError, match="3 events cannot be drawn out of 2"):
        random_removals(network, count=3)


@pytest.mark.parametrize("pairs", [[], [(1, 10)]], ids=["empty", "one actor"])
def test_without_ties_there_is_no_range(bipartite, pairs):
    removals = random_removals(bipartite(pairs), count=len(pairs))

    assert removals.range_of("share") is None
    assert removals.range_of("isolated").high == 0


def test_many_draws_are_as_many_as_asked_for(davis):
    network, _women, _events = davis

    assert len(random_removals(network, count=4, draws=130).draws) == 130


def test_a_very_large_network_is_counted_on_a_sample_that_is_stated(bipartite):
    """Two actors of a tie see the same loss, so a sample of actors finds nearly the share of all."""
    network = bipartite([(actor, event) for event in range(20) for actor in range(event * 7, event * 7 + 40)])

    all_ties = random_removals(network, count=5)
    sampled = random_removals(network, count=5, most_meetings=8_000)

    assert (all_ties.sample, sampled.sample) == (None, 88)
    assert sampled.range_of("share").median == pytest.approx(all_ties.range_of("share").median, abs=0.03)


def test_an_event_of_three_thousand_goes_through(bipartite):
    network = bipartite([(actor, 1) for actor in range(3_000)] + [(0, 2), (1, 2)])

    removals = random_removals(network, count=1, draws=8)

    assert set(removals.draws["share"]) == {1.0, 1 / (3_000 * 2_999 // 2)}


@settings(max_examples=40, deadline=None)
@given(
    pairs=st.lists(st.tuples(st.integers(0, 6), st.integers(0, 5)), min_size=1, max_size=24, unique=True),
    part=st.floats(0, 1),
)
def test_every_draw_is_one_of_all_that_there_are(pairs, part):
    columns = {"actor_id": [actor for actor, _ in pairs], "event_id": [event for _, event in pairs]}
    network = two_mode(schema.build(schema.PARTICIPATIONS, columns), actor_ids=range(7), event_ids=range(6))
    events = sorted({event for _, event in pairs})
    count = round(part * len(events))

    def outcome(removed):
        graph: nx.Graph = nx.Graph()
        graph.add_nodes_from(range(7))
        kept = [pair for pair in pairs if pair[1] not in removed]
        graph.add_edges_from((a, b) for a, e in kept for b, f in kept if e == f and a < b)
        return graph

    whole = outcome(())
    possible = set()
    for removed in combinations(events, count):
        graph = outcome(removed)
        sizes = [len(group) for group in nx.connected_components(graph)]
        newly = set(nx.isolates(graph)) - set(nx.isolates(whole))
        ties = whole.number_of_edges()
        share = round(graph.number_of_edges() / ties, 9) if ties else None
        possible.add((share, len(sizes), max(sizes), len(newly)))

    draws = random_removals(network, count=count, draws=70).draws.round({"share": 9})
    rows = draws.astype({"share": "object"}).replace({np.nan: None})
    assert set(rows.itertuples(index=False, name=None)) <= possible
