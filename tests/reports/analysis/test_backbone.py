"""Ties that are stronger than chance: published figures, and chances added up one by one."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.analysis import backbone as module
from reports.analysis.backbone import backbone
from reports.analysis.bicm import fit
from reports.analysis.blocks import row_blocks
from reports.analysis.chances import lengths_for, poisson_binomial
from reports.analysis.projection import project
from tests.reports.analysis.graphs import network_of, participations


def test_the_model_has_the_published_probabilities():
    cells = fit(np.array([1, 1, 2]), np.array([1, 1, 2])).cells()

    assert cells.round(3).tolist() == [[0.216, 0.216, 0.568], [0.216, 0.216, 0.568], [0.568, 0.568, 0.863]]


@settings(max_examples=50, deadline=None)
@given(table=st.lists(st.lists(st.booleans(), min_size=6, max_size=6), min_size=1, max_size=7).map(np.array))
def test_the_model_keeps_every_total_and_is_the_one_of_largest_entropy(table):
    cells = fit(table.sum(axis=1), table.sum(axis=0)).cells()

    assert cells.sum(axis=1).tolist() == pytest.approx(table.sum(axis=1).tolist(), abs=1e-8)
    assert cells.sum(axis=0).tolist() == pytest.approx(table.sum(axis=0).tolist(), abs=1e-8)
    inner = cells[:, (cells > 1e-3).all(axis=0) & (cells < 1 - 1e-3).all(axis=0)]
    if inner.shape[1]:
        # The log-odds are a sum of one term for the row and one for the column.
        odds = np.log(inner / (1 - inner))
        assert (odds - odds[[0]] - odds[:, [0]] + odds[0, 0]).round(4).tolist() == np.zeros_like(
            odds
        ).tolist()


@pytest.mark.parametrize(
    ("rows", "columns", "expected"),
    [
        ([], [], []),
        ([0, 0], [0], [[0], [0]]),
        ([2, 2], [2, 2], [[1, 1], [1, 1]]),
        ([3, 2, 1], [3, 2, 1], [[1, 1, 1], [1, 1, 0], [1, 0, 0]]),
        ([1, 1], [1, 1, 0], [[0.5, 0.5, 0], [0.5, 0.5, 0]]),
    ],
    ids=["empty", "nobody", "everybody", "no freedom", "an empty column"],
)
def test_totals_that_leave_little_freedom(rows, columns, expected):
    cells = fit(np.array(rows, dtype=int), np.array(columns, dtype=int)).cells()

    assert cells.round(9).tolist() == expected


def test_an_event_of_everybody_and_one_of_nobody_leave_the_rest_as_it_was():
    plain = fit(np.array([1, 1, 2]), np.array([1, 1, 2])).cells()

    cells = fit(np.array([2, 2, 3]), np.array([1, 3, 1, 2, 0])).cells()

    assert np.allclose(cells[:, [0, 2, 3]], plain, atol=1e-9)
    assert cells[:, 1].tolist() == [1, 1, 1]
    assert cells[:, 4].tolist() == [0, 0, 0]


def added_up(chances):
    """Return the distribution of a sum of draws, one draw after the other."""
    masses = np.ones(1)
    for chance in chances:
        masses = np.convolve(masses, [1 - chance, chance])
    return masses


@settings(max_examples=40, deadline=None)
@given(
    chances=st.lists(st.floats(0, 1), min_size=1, max_size=9),
    counts=st.lists(st.integers(1, 30), min_size=9, max_size=9),
)
def test_sums_of_unlike_draws_have_the_distribution_found_by_adding_them_up(chances, counts):
    counts = np.array(counts[: len(chances)])
    expected = added_up(np.repeat(chances, counts))
    length = int(lengths_for(np.array([float(counts @ chances)]), int(counts.sum()))[0])

    masses = poisson_binomial(np.array([chances]), counts, length)[0]

    size = min(length, len(expected))
    assert np.allclose(masses[:size], expected[:size], rtol=0, atol=1e-12)
    assert expected[length:].sum() < 1e-12


@settings(max_examples=30, deadline=None)
@given(pairs=participations, alpha=st.sampled_from([0.05, 0.2, 0.5]))
def test_p_values_are_those_added_up_event_by_event(pairs, alpha):
    network = network_of(pairs)
    cells = fit(network.events_per_actor, network.actors_per_event).cells()
    expected = {}
    for row in project(network, weighting="count").ties().itertuples(index=False):
        masses = added_up(cells[row.source_id] * cells[row.target_id])
        expected[row.source_id, row.target_id] = masses[int(row.weight) :].sum()

    measure = backbone(network, alpha=alpha)

    kept = {(row.source_id, row.target_id): row.p for row in measure.ties.itertuples(index=False)}
    assert measure.of == measure.tested == len(expected)
    assert kept == pytest.approx({pair: expected[pair] for pair in kept}, abs=1e-10)
    assert {pair for pair, p in expected.items() if p <= alpha - 1e-9} <= set(kept)
    assert all(expected[pair] <= alpha + 1e-9 for pair in kept)


def test_no_tie_of_the_southern_women_is_stronger_than_chance(davis):
    kept = backbone(davis[0], alpha=0.05)

    assert (kept.kept, kept.of, kept.significant) == (0, 139, 0)
    assert kept.network().tie_count == 0
    assert kept.network().size == 18


def two_circles(often=8):
    """Two circles of four that meet among themselves, and one event of all."""
    pairs = [(actor, 10 * (actor // 4) + event) for actor in range(8) for event in range(often)]
    return [*pairs, *((actor, 30) for actor in range(8))]


def test_what_meets_again_and_again_stays_and_the_great_event_ties_nobody(bipartite):
    kept = backbone(bipartite(two_circles()), alpha=0.05)

    assert (kept.kept, kept.of) == (12, 28)
    assert all(one // 4 == other // 4 for one, other in kept.ties[["source_id", "target_id"]].to_numpy())
    assert kept.ties["events"].tolist() == [9] * 12
    assert kept.network().degrees.tolist() == [3] * 8


def test_ties_of_one_event_can_be_left_untested(bipartite):
    network = bipartite([*two_circles(), (8, 40), (9, 40)])

    kept, thinned = backbone(network, alpha=0.2), backbone(network, alpha=0.2, minimum=2)

    assert (kept.of, kept.tested, kept.kept) == (29, 29, 13)
    assert (thinned.of, thinned.tested, thinned.kept) == (29, 12, 12)


def test_an_event_of_two_thousand_is_looked_at_in_pieces_and_bounded(bipartite):
    network = bipartite([*two_circles(), *((actor, 50) for actor in range(4, 2_000))])

    kept = backbone(network, most_ties=1_000, alpha=1)

    assert kept.of == kept.significant == 28 + 1_996 * 1_995 // 2 - 6
    assert kept.is_cut
    assert 0 < kept.kept <= 1_000


def test_where_the_limit_cuts_through_ties_alike_none_of_them_is_kept(bipartite):
    network = bipartite(two_circles())

    assert backbone(network, most_ties=12).kept == 12
    cut = backbone(network, most_ties=11)
    assert (cut.kept, cut.significant, cut.is_cut) == (0, 12, True)


@settings(max_examples=20, deadline=None)
@given(pairs=participations)
def test_an_isolate_changes_no_tie_and_pieces_of_any_size_give_the_same(pairs):
    kept = backbone(network_of(pairs), alpha=0.5)
    extended = backbone(network_of(pairs, actors=14), alpha=0.5)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "row_blocks", lambda costs: row_blocks(costs, 3))
        pieces = backbone(network_of(pairs), alpha=0.5)

    assert np.allclose(extended.ties.to_numpy(), kept.ties.to_numpy(), atol=1e-9)
    assert pieces.ties.equals(kept.ties)


@pytest.mark.parametrize(
    ("pairs", "actors", "events"),
    [([], 0, 0), ([], 1, 0), ([], 0, 1), ([], 3, 2), ([(0, 0)], 1, 1), ([(0, 0), (1, 0)], 2, 1)],
    ids=["empty", "one actor", "one event", "only isolates", "one tie", "two at one event"],
)
def test_networks_with_almost_nothing_in_them_have_an_empty_backbone(pairs, actors, events):
    kept = backbone(network_of(pairs, actors, events))

    assert (kept.kept, kept.significant, kept.is_cut) == (0, 0, False)
    assert kept.of == (1 if len(pairs) == 2 else 0)
    assert kept.ties.columns.tolist() == ["source_id", "target_id", "events", "p"]


def test_the_same_network_gives_the_same_to_the_last_bit(davis):
    first, second = backbone(davis[0], alpha=0.3), backbone(davis[0], alpha=0.3)

    assert first.ties.equals(second.ties)
    assert len(first.ties) > 3
