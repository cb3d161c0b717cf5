"""What hangs together, and what alone holds it together."""

import networkx as nx
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.analysis import schema
from reports.analysis.components import components, cut_points, cut_points_of
from reports.analysis.network import from_pairs
from reports.analysis.projection import project
from reports.analysis.twomode import two_mode


def test_the_kite_hangs_on_heather_and_ike(as_network):
    heather, ike, jane = 7, 8, 9

    cuts = cut_points(as_network(nx.krackhardt_kite_graph()))

    assert cuts.actors == (heather, ike)
    assert cuts.bridges.to_dict("list") == {"source_id": [heather, ike], "target_id": [ike, jane]}


def test_the_florentine_families_have_the_published_cut_points(named_network):
    network, names = named_network(nx.florentine_families_graph())

    assert [names[actor] for actor in cut_points(network).actors] == [
        "Albizzi",
        "Guadagni",
        "Medici",
        "Salviati",
    ]


def test_components_are_numbered_by_size_and_isolates_named(as_network):
    graph = nx.Graph([(1, 2), (3, 4), (4, 5)])
    graph.add_nodes_from([0, 9])

    parts = components(as_network(graph))

    assert parts.table.to_dict("list") == {
        "actor_id": [0, 1, 2, 3, 4, 5, 9],
        "component": [3, 2, 2, 1, 1, 1, 4],
        "size": [1, 2, 2, 3, 3, 3, 1],
    }
    assert (parts.count, parts.largest, parts.isolates) == (4, 3, (0, 9))


def test_an_empty_network_has_no_components(as_network):
    parts = components(as_network(nx.empty_graph(0)))

    assert (len(parts.table), parts.count, parts.largest, parts.isolates) == (0, 0, 0, ())
    assert cut_points(as_network(nx.empty_graph(0))).actors == ()
    assert cut_points(as_network(nx.empty_graph(3))).bridges.empty


@settings(max_examples=50, deadline=None)
@given(size=st.integers(1, 30), share=st.floats(0, 0.3), seed=st.integers(0, 10_000))
def test_components_and_cut_points_agree_with_networkx(size, share, seed):
    graph = nx.gnp_random_graph(size, share, seed=seed)
    ends = np.array(list(graph.edges), dtype=np.int64).reshape(-1, 2)
    network = from_pairs(np.arange(size), ends[:, 0], ends[:, 1], np.ones(len(ends)))

    parts, cuts = components(network), cut_points(network)

    groups = parts.table.groupby("component")["actor_id"].agg(set).tolist()
    assert {frozenset(group) for group in groups} == {
        frozenset(part) for part in nx.connected_components(graph)
    }
    assert parts.isolates == tuple(sorted(nx.isolates(graph)))
    assert cuts.actors == tuple(sorted(nx.articulation_points(graph)))
    assert {tuple(edge) for edge in cuts.bridges.itertuples(index=False)} == {
        (min(edge), max(edge)) for edge in nx.bridges(graph)
    }


@settings(max_examples=80, deadline=None)
@given(
    pairs=st.lists(st.tuples(st.integers(0, 11), st.integers(0, 8)), max_size=25, unique=True),
)
def test_cut_points_are_the_same_with_and_without_making_the_projection(pairs):
    columns = {"actor_id": [actor for actor, _ in pairs], "event_id": [event for _, event in pairs]}
    network = two_mode(schema.build(schema.PARTICIPATIONS, columns), actor_ids=range(12), event_ids=range(9))

    cuts, expected = cut_points_of(network), cut_points(project(network))

    assert cuts.actors == expected.actors
    assert cuts.bridges.equals(expected.bridges)
