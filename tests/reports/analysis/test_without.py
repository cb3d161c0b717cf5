"""The network without the office: what remains, who is left alone, and what existed only through it."""

import networkx as nx
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.analysis import schema
from reports.analysis.only_through import only_through
from reports.analysis.twomode import two_mode
from reports.analysis.without import Standing, taken_whole, wholly_carried, without

OFFICE = 1


def taken(pairs):
    return pd.DataFrame(pairs, columns=["actor_id", "event_id"], dtype="int64")


@pytest.fixture
def district(bipartite):
    """The office (1) organises event 10 with 2 and 3, and meets 4 at event 11; 2 and 5 meet without it at
    12.
    """
    return bipartite([(1, 10), (2, 10), (3, 10), (1, 11), (4, 11), (2, 12), (5, 12)])


def test_removing_the_office_leaves_the_others_ties_and_names_who_is_left_alone(district):
    cuts = without(district, taken=taken([(1, 10), (1, 11)]), organised=[10])

    assert cuts.before == Standing(actors=5, ties=5, components=1, largest=5, isolates=0)
    assert cuts.node_removed.standing == Standing(actors=4, ties=2, components=2, largest=3, isolates=1)
    assert cuts.node_removed.newly_isolated == (4,)
    assert cuts.node_removed.share_of_ties == pytest.approx(2 / 5)


def test_dropping_what_the_office_organised_loses_the_ties_made_there(district):
    cuts = without(district, taken=taken([(1, 10), (1, 11)]), organised=[10])

    assert cuts.events_removed.standing == Standing(actors=5, ties=2, components=3, largest=2, isolates=1)
    assert cuts.events_removed.newly_isolated == (3,)
    assert cuts.only_through.ties.to_dict("list") == {"source_id": [2], "target_id": [3], "events": [1]}


def test_without_the_office_and_its_events_both_losses_add_up(district):
    cuts = without(district, taken=taken([(1, 10), (1, 11)]), organised=[10])

    assert cuts.both_removed.standing == Standing(actors=4, ties=1, components=3, largest=2, isolates=2)
    assert cuts.both_removed.newly_isolated == (3, 4)
    assert cuts.both_removed.share_of_ties == pytest.approx(1 / 5)


def test_an_event_whose_tasks_the_office_carried_alone_falls_away_with_it_only_then(district):
    cuts = without(district, taken=taken([(1, 10), (1, 11)]), organised=[10], carried=[12])

    assert cuts.events_removed.standing.ties == 2
    assert cuts.both_removed.standing == Standing(actors=4, ties=0, components=4, largest=1, isolates=4)


def test_an_event_is_wholly_carried_if_every_assigned_task_was_the_offices():
    assigned = pd.DataFrame({"event_id": [1, 1, 2, 2, 3], "by_office": [True, True, True, False, False]})

    assert wholly_carried(assigned) == [1]
    assert wholly_carried(assigned.iloc[:0]) == []


def test_any_set_of_actors_can_be_taken_out_whole(district):
    cuts = without(district, taken=taken_whole(district, [1, 2, 99]), organised=[])

    assert cuts.node_removed.standing == Standing(actors=3, ties=0, components=3, largest=1, isolates=3)
    assert cuts.node_removed.newly_isolated == (3, 4, 5)


def test_an_actor_in_every_event_can_be_taken_out(bipartite):
    network = bipartite([(0, event) for event in range(4)] + [(actor, actor - 1) for actor in range(1, 5)])

    cuts = without(network, taken=taken_whole(network, [0]), organised=range(4))

    assert cuts.before == Standing(actors=5, ties=4, components=1, largest=5, isolates=0)
    assert [cut.newly_isolated for cut in (cuts.node_removed, cuts.both_removed)] == [(1, 2, 3, 4)] * 2
    assert cuts.only_through.count == 0


def test_an_event_of_three_thousand_is_counted_and_not_listed(bipartite):
    network = bipartite([(actor, 1) for actor in range(3_000)])

    cuts = without(network, taken=taken([]), organised=[1])

    assert cuts.events_removed.standing == Standing(3_000, 0, 3_000, 1, 3_000)
    assert cuts.only_through.count == 3_000 * 2_999 // 2
    assert len(cuts.only_through.ties) == 1_000
    assert cuts.only_through.ties.head(2).to_dict("list") == {
        "source_id": [0, 0],
        "target_id": [1, 2],
        "events": [1, 1],
    }


def test_of_many_ties_those_of_most_meetings_are_listed(bipartite):
    network = bipartite([(1, 10), (2, 10), (3, 10), (2, 11), (3, 11), (1, 12), (3, 12)])

    ties = only_through(network, [10, 11], listed=1)

    assert (ties.count, ties.ties.to_dict("list")) == (
        2, {"source_id": [2], "target_id": [3], "events": [2]},
    )  # fmt: skip


def test_what_is_not_taken_out_stays(district):
    cuts = without(district, taken=taken([(1, 10)]), organised=[])

    assert cuts.node_removed.standing == Standing(actors=5, ties=3, components=2, largest=3, isolates=0)
    assert cuts.node_removed.newly_isolated == ()
    assert cuts.only_through.ties.empty


def test_whoever_was_alone_before_is_not_newly_alone(bipartite):
    cuts = without(bipartite([(1, 10), (2, 10)], actors=[3]), taken=taken([(1, 10)]), organised=[])

    assert cuts.node_removed.newly_isolated == (2,)


@pytest.mark.parametrize("pairs", [[], [(1, 10)]], ids=["empty", "one participation"])
def test_without_ties_no_share_is_made_up(bipartite, pairs):
    cuts = without(bipartite(pairs), taken=taken(pairs), organised=[event for _, event in pairs])

    assert cuts.node_removed.share_of_ties is None
    assert cuts.node_removed.standing == Standing(0, 0, 0, 0, 0)
    assert cuts.only_through.ties.empty


@settings(max_examples=40, deadline=None)
@given(
    pairs=st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), min_size=1, max_size=30, unique=True),
    removed=st.sets(st.integers(0, 7), max_size=3),
    organised=st.sets(st.integers(0, 7), max_size=4),
)
def test_the_figures_are_those_of_networkx_after_really_removing(pairs, removed, organised):
    columns = {"actor_id": [actor for actor, _ in pairs], "event_id": [event for _, event in pairs]}
    frame = schema.build(schema.PARTICIPATIONS, columns)
    network = two_mode(frame, actor_ids=range(8), event_ids=range(8))
    gone = [(actor, event) for actor, event in pairs if actor in removed]

    cuts = without(network, taken=taken(gone), organised=organised)

    def met(kept):
        graph: nx.Graph = nx.Graph()
        graph.add_nodes_from(range(8))
        graph.add_edges_from((a, b) for a, e in kept for b, f in kept if e == f and a < b)
        return graph

    def standing(graph):
        sizes = [len(part) for part in nx.connected_components(graph)]
        return Standing(
            len(graph),
            graph.number_of_edges(),
            len(sizes),
            max(sizes, default=0),
            len(list(nx.isolates(graph))),
        )

    before = met(pairs)
    after_node, after_events = met(pairs), met([pair for pair in pairs if pair[1] not in organised])
    after_node.remove_nodes_from({actor for actor, _ in gone})
    assert cuts.before == standing(before)
    assert cuts.node_removed.standing == standing(after_node)
    assert cuts.events_removed.standing == standing(after_events)
    after_both = met([pair for pair in pairs if pair[1] not in organised])
    after_both.remove_nodes_from({actor for actor, _ in gone})
    assert cuts.both_removed.standing == standing(after_both)
    assert cuts.only_through.count == len(cuts.only_through.ties)
    assert cuts.node_removed.newly_isolated == tuple(
        sorted(set(nx.isolates(after_node)) - set(nx.isolates(before)))
    )
    assert {(a, b) for a, b, _ in cuts.only_through.ties.itertuples(index=False)} == {
        (min(edge), max(edge))
        for edge in before.edges
        if not after_events.has_edge(*edge) and after_node.has_edge(*edge)
    }
