"""Thinning a network to its strongest ties keeps together what is connected."""

import networkx as nx
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.analysis.components import components
from reports.analysis.network import from_pairs


def test_a_network_within_the_limit_stays_as_it_is(as_network):
    network = as_network(nx.karate_club_graph())

    assert network.strongest(78) is network


def test_the_strongest_ties_stay_and_hold_everybody(as_network):
    network = as_network(nx.karate_club_graph())

    thinned = network.strongest(40)

    assert thinned.tie_count == 40
    assert components(thinned).count == 1
    dropped = network.ties().merge(thinned.ties(), how="left", indicator=True)
    assert dropped.loc[dropped["_merge"] == "left_only", "weight"].max() <= 3


def test_a_limit_below_the_spanning_forest_is_kept_all_the_same(as_network):
    assert as_network(nx.karate_club_graph()).strongest(10).tie_count == 10


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10_000), size=st.integers(1, 40), share=st.floats(0, 0.5))
def test_skeleton_and_strongest_leave_the_components_alone(seed, size, share):
    random = np.random.default_rng(seed)
    rows, columns = np.nonzero(np.triu(random.random((size, size)) < share, k=1))
    network = from_pairs(np.arange(size), rows, columns, random.integers(1, 4, len(rows)).astype(float))
    expected = components(network).table

    for thinned in (network.skeleton(2), network.strongest(size)):
        assert components(thinned).table.equals(expected)
        assert thinned.ties().merge(network.ties()).equals(thinned.ties())


def test_weak_ties_can_be_left_out_and_everybody_stays(as_network):
    network = as_network(nx.karate_club_graph())

    kept = network.at_least(3)

    assert kept.ties().equals(network.ties().query("weight >= 3").reset_index(drop=True))
    assert kept.ids is network.ids
    assert network.tie_count == 78
