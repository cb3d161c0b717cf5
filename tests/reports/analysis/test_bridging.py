"""What falls apart after a cut, and who could hold it together."""

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.analysis import schema
from reports.analysis.bridging import could_bridge, could_bridge_by_ties, cut_off
from reports.analysis.projection import project
from reports.analysis.twomode import two_mode
from reports.analysis.without import remainder, taken_whole

NOBODY = pd.DataFrame({"actor_id": [], "event_id": []}, dtype="int64")


@pytest.fixture
def district(bipartite):
    """The office (1) brings 2, 3 and 4 together at event 10; 2, 3 and 5 meet at 11, and 4 with 6 at 12."""
    return bipartite([(1, 10), (2, 10), (3, 10), (4, 10), (2, 11), (3, 11), (5, 11), (4, 12), (6, 12)])


def test_who_met_the_separated_comes_first_and_then_who_has_common_contacts(district):
    left = remainder(district, taken=taken_whole(district, [1]), dropped=[10])

    bridging = could_bridge(district, left)

    assert bridging.separated == (4, 6)
    assert bridging.candidates.to_dict("list") == {
        "actor_id": [2, 3, 5],
        "met": [1, 1, 0],
        # 2 and 4 both met 1 and 3, 2 and 6 both met 4; 5 and 4 both met 2 and 3.
        "common": [3, 3, 2],
        "whom": [(4,), (4,), ()],
    }


def test_the_list_is_as_long_as_asked_for(district):
    left = remainder(district, taken=taken_whole(district, [1]), dropped=[10])

    assert could_bridge(district, left, most=1).candidates["actor_id"].tolist() == [2]


def test_where_nothing_falls_apart_nobody_is_needed(district):
    bridging = could_bridge(district, remainder(district, taken=NOBODY, dropped=[12]))

    assert (bridging.separated, bridging.candidates.empty) == ((6,), False)
    assert could_bridge(district, remainder(district, taken=NOBODY, dropped=[])).separated == ()


def test_where_everybody_is_alone_nobody_can_bridge(district):
    bridging = could_bridge(district, remainder(district, taken=NOBODY, dropped=[10, 11, 12]))

    assert bridging.separated == (2, 3, 4, 5, 6)
    assert bridging.candidates.empty


@pytest.mark.parametrize("pairs", [[], [(1, 10)]], ids=["nobody", "one actor"])
def test_a_network_without_ties_cannot_fall_apart(bipartite, pairs):
    network = bipartite(pairs)
    left = remainder(network, taken=taken_whole(network, [1]), dropped=[10])

    assert could_bridge(network, left).separated == ()
    assert cut_off(network, left, np.ones(len(pairs), dtype=np.int64)).empty


def test_a_community_that_meets_others_only_through_the_office_loses_its_bridge(district):
    communities = np.array([1, 1, 1, 2, 1, 2])
    left = remainder(district, taken=taken_whole(district, [1]), dropped=[10])

    assert cut_off(district, left, communities).to_dict("list") == {"community": [1, 2], "members": [3, 2]}
    only_node = remainder(district, taken=taken_whole(district, [1]), dropped=[])
    assert cut_off(district, only_node, communities).empty


def test_a_community_that_is_taken_out_whole_loses_nothing(district):
    left = remainder(district, taken=taken_whole(district, [4, 6]), dropped=[])

    assert cut_off(district, left, np.array([1, 1, 1, 2, 1, 2])).to_dict("list") == {
        "community": [1],
        "members": [4],
    }


PAIRS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 6)), min_size=1, max_size=30, unique=True)
REMOVED, DROPPED = st.sets(st.integers(0, 9), max_size=2), st.sets(st.integers(0, 6), max_size=4)


@settings(max_examples=40, deadline=None)
@given(pairs=PAIRS, removed=REMOVED, dropped=DROPPED)
def test_ties_give_the_same_as_the_events_behind_them(pairs, removed, dropped):
    columns = {"actor_id": [actor for actor, _ in pairs], "event_id": [event for _, event in pairs]}
    frame = schema.build(schema.PARTICIPATIONS, columns)
    network = two_mode(frame, actor_ids=range(10), event_ids=range(7))
    left = remainder(network, taken=taken_whole(network, removed), dropped=dropped)

    by_events = could_bridge(network, left)
    by_ties = could_bridge_by_ties(project(network), project(left.network), left.present)

    assert by_ties.separated == by_events.separated
    assert by_ties.candidates.to_dict("list") == by_events.candidates.to_dict("list")


@settings(max_examples=40, deadline=None)
@given(
    pairs=PAIRS,
    removed=REMOVED,
    dropped=DROPPED,
    labels=st.lists(st.integers(0, 3), min_size=10, max_size=10),
)
def test_it_is_what_networkx_finds_pair_by_pair(pairs, removed, dropped, labels):
    columns = {"actor_id": [actor for actor, _ in pairs], "event_id": [event for _, event in pairs]}
    frame = schema.build(schema.PARTICIPATIONS, columns)
    network = two_mode(frame, actor_ids=range(10), event_ids=range(7))
    left = remainder(network, taken=taken_whole(network, removed), dropped=dropped)

    def met(kept):
        graph: nx.Graph = nx.Graph()
        graph.add_nodes_from(range(10))
        graph.add_edges_from((a, b) for a, e in kept for b, f in kept if e == f and a < b)
        return graph

    before = met(pairs)
    after = met([(actor, event) for actor, event in pairs if actor not in removed and event not in dropped])
    after.remove_nodes_from(removed & {actor for actor, _ in pairs})
    main = max(nx.connected_components(after), key=lambda part: (len(part), -min(part)), default=set())
    reached = nx.node_connected_component(before, min(main)) if main else set()
    separated = sorted(set(after) & reached - main)
    bridging = could_bridge(network, left, most=10)
    assert bridging.separated == tuple(separated)
    if len(main) > 1 and separated:
        scores = {
            actor: (
                len(set(before[actor]) & set(separated)),
                sum(len(set(before[actor]) & set(before[other])) for other in separated),
            )
            for actor in main
        }
        ranked = sorted(main, key=lambda actor: (-scores[actor][0], -scores[actor][1], actor))
        assert [tuple(row) for row in bridging.candidates.itertuples(index=False)] == [
            (actor, *scores[actor], tuple(sorted(set(before[actor]) & set(separated))))
            for actor in ranked
            if any(scores[actor])
        ]

    def bridged(graph, number):
        return any((labels[a] == number) != (labels[b] == number) for a, b in graph.edges)

    lost = [number for number in (1, 2, 3) if bridged(before, number) and not bridged(after, number)]
    present = [number for number in lost if any(labels[actor] == number for actor in after)]
    assert cut_off(network, left, np.array(labels))["community"].tolist() == present
