"""Cores, periphery and efficiency: published figures, networkx, and ideal patterns."""

from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.analysis.cores import CorePeriphery, Efficiency, core_numbers, core_periphery, efficiency
from reports.analysis.interchange import from_networkx
from reports.analysis.projection import project
from tests.reports.analysis.graphs import graphs, network_of, participations, relabelled


def test_the_karate_club_has_the_published_cores_and_efficiency(as_network):
    network = as_network(nx.karate_club_graph())

    assert core_numbers(network).largest == 4
    assert round(efficiency(network).value or 0, 4) == 0.4920


def test_the_kite_has_the_published_efficiency(as_network):
    assert round(efficiency(as_network(nx.krackhardt_kite_graph())).value or 0, 6) == 0.646296


@settings(max_examples=40, deadline=None)
@given(graph=graphs)
def test_cores_and_efficiency_agree_with_networkx(graph):
    network = from_networkx(graph)
    expected = nx.core_number(graph)

    assert core_numbers(network).table["core"].tolist() == [expected[node] for node in sorted(graph)]
    assert (efficiency(network).value or 0) == pytest.approx(nx.global_efficiency(graph) if graph else 0)


@settings(max_examples=30, deadline=None)
@given(pairs=participations)
def test_two_modes_have_the_efficiency_of_their_projection(pairs):
    network = network_of(pairs)

    assert efficiency(network).value == pytest.approx(efficiency(project(network)).value)
    assert efficiency(network, exact_up_to=0, sample=12).sample == 12


def test_two_modes_with_almost_nobody_have_none():
    assert [efficiency(network_of([], actors, 1)).value for actors in range(3)] == [None, None, 0.0]


@pytest.mark.parametrize("others", [2, 5, 40])
def test_a_star_is_a_core_of_one_with_its_periphery(others, as_network):
    assert core_periphery(as_network(nx.star_graph(others))) == CorePeriphery(pytest.approx(1), (0,), others)


def test_a_core_tied_to_everybody_is_found_whole(as_network):
    graph: nx.Graph = nx.Graph((one, other) for one in range(3) for other in range(one + 1, 10))

    structure = core_periphery(as_network(graph))

    assert (structure.core, structure.least_ties) == ((0, 1, 2), 9)
    assert structure.correlation == pytest.approx(1)


def best_by_hand(graph):
    pairs = list(combinations(sorted(graph), 2))
    tied = [float(graph.has_edge(*pair)) for pair in pairs]
    fits = []
    for size in range(1, len(graph)):
        for core in combinations(sorted(graph), size):
            ideal = [float(not set(core).isdisjoint(pair)) for pair in pairs]
            if 0 < sum(ideal) < len(pairs):
                fits.append((np.corrcoef(tied, ideal)[0, 1], core))
    return {core: value for value, core in fits}, max(value for value, _core in fits)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), share=st.floats(0.15, 0.6))
def test_the_correlation_is_that_of_the_core_and_never_above_the_best_there_is(seed, share):
    graph = nx.gnp_random_graph(7, share, seed=seed)
    structure = core_periphery(from_networkx(graph))
    if structure.correlation is None:
        return
    by_core, best = best_by_hand(graph)

    assert structure.correlation == pytest.approx(by_core[structure.core])
    assert structure.correlation <= best + 1e-12


@settings(max_examples=30, deadline=None)
@given(graph=graphs, seed=st.integers(0, 1000))
def test_other_numbers_for_the_actors_change_nothing(graph, seed):
    network, new = relabelled(graph, seed)
    before, after = core_periphery(from_networkx(graph)), core_periphery(network)

    assert after.correlation == before.correlation
    assert set(after.core) == {new[actor] for actor in before.core}
    cores = core_numbers(network).table["core"].to_numpy()
    assert cores[new].tolist() == core_numbers(from_networkx(graph)).table["core"].tolist()


@settings(max_examples=20, deadline=None)
@given(graph=graphs)
def test_an_isolate_gets_core_zero_and_changes_no_other(graph):
    before = core_numbers(from_networkx(graph)).table["core"].tolist()
    graph.add_node(len(graph))

    assert core_numbers(from_networkx(graph)).table["core"].tolist() == [*before, 0]


@pytest.mark.parametrize("size", [0, 1, 4])
def test_networks_without_ties(size, as_network):
    network = as_network(nx.empty_graph(size))

    assert core_numbers(network).table["core"].tolist() == [0] * size
    assert core_periphery(network) == CorePeriphery(None, (), None)
    assert efficiency(network) == Efficiency(0.0 if size > 1 else None)


@pytest.mark.parametrize(
    "graph",
    [nx.cycle_graph(6), nx.complete_graph(5), nx.disjoint_union(nx.path_graph(2), nx.empty_graph(1))],
    ids=["circle", "all", "a pair and one beside"],
)
def test_where_no_pattern_can_be_told_from_another_there_is_no_core(graph, as_network):
    assert core_periphery(as_network(graph)).correlation is None


def test_an_estimated_efficiency_says_so_and_is_near(as_network):
    network = as_network(nx.barabasi_albert_graph(400, 3, seed=3))

    estimate = efficiency(network, exact_up_to=300, sample=200)

    assert estimate.sample == 200
    assert estimate.value == pytest.approx(efficiency(network).value, rel=0.03)
