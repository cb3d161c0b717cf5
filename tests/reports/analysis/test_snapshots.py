"""The network year by year: which ties are new, kept and lost, and when there is no figure."""

import datetime as dt
from itertools import combinations

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.analysis import schema
from reports.analysis.pairs import blocks, others_met
from reports.analysis.projection import project
from reports.analysis.snapshots import Span, changed_ties, snapshots, ties_at, turnover, turnovers, years_of
from reports.analysis.twomode import two_mode


def plain(frame):
    return [
        tuple(None if pd.isna(value) else value for value in row) for row in frame.itertuples(index=False)
    ]


@pytest.fixture
def shots(bipartite, held):
    """Three years with 1-2-3, then 1-2 and 2-4; nothing was held in the year between."""
    network = bipartite([(1, 10), (2, 10), (3, 10), (1, 11), (2, 11), (2, 12), (4, 12), (3, 13)])
    events = held({10: 2018, 11: 2020, 12: 2020, 13: None})
    return snapshots(network, events, years_of(events))


def test_every_year_has_its_figures_and_one_without_events_has_none(shots):
    assert plain(shots.table) == [
        ("2018", 1, 3, 3, 3),
        ("2019", 0, None, None, None),
        ("2020", 2, 3, 4, 2),
    ]
    assert shots.undated == 1


def test_a_year_without_events_has_no_turnover_and_neither_has_the_next(shots):
    assert plain(turnovers(shots)) == [
        ("2018", None, None, None, None),
        ("2019", None, None, None, None),
        ("2020", None, None, None, None),
    ]
    assert turnover(shots, 0, 1).actors.empty
    assert changed_ties(shots, 0, 1).empty


def test_any_two_periods_can_be_compared_tie_by_tie(shots):
    change = turnover(shots, 0, 2)

    assert (change.new, change.kept, change.lost, change.jaccard) == (1, 1, 2, 1 / 4)
    assert plain(change.actors) == [(1, 0, 1, 1), (2, 1, 1, 1), (3, 0, 0, 2), (4, 1, 0, 0)]
    assert plain(changed_ties(shots, 0, 2)) == [
        (1, 2, "kept"), (1, 3, "lost"), (2, 3, "lost"), (2, 4, "new"),
    ]  # fmt: skip


def test_of_many_ties_the_first_are_listed(shots):
    assert plain(changed_ties(shots, 0, 2, most=2)) == [(1, 2, "kept"), (1, 3, "lost")]
    assert plain(changed_ties(shots, 0, 2, changes=("lost",), most=2)) == [(1, 3, "lost"), (2, 3, "lost")]
    assert plain(ties_at(shots, 2)) == [(1, 2), (2, 4)]
    assert plain(ties_at(shots, 0, most=1)) == [(1, 2)]
    assert ties_at(shots, 1).empty


def test_a_period_is_half_open(bipartite, held):
    network, events = bipartite([(1, 10), (2, 10)]), held({10: 2018})

    spans = [
        Span("until the day", dt.date(2018, 1, 1), dt.date(2018, 6, 1)),
        Span("from the day on", dt.date(2018, 6, 1), dt.date(2018, 6, 2)),
    ]

    assert snapshots(network, events, spans).held == [0, 1]


def test_swapped_dates_are_refused():
    with pytest.raises(ValueError, match="ends on 2018-01-01, before it begins on 2019-01-01"):
        Span("swapped", dt.date(2019, 1, 1), dt.date(2018, 1, 1))


def test_the_network_of_a_year_is_the_projection_of_its_events(shots):
    assert shots.at(2).ties().to_dict("list") == {
        "source_id": [1, 2],
        "target_id": [2, 4],
        "weight": [1.0, 1.0],
    }
    assert shots.at(1).tie_count == 0


@pytest.mark.parametrize(("pairs", "expected"), [([], []), ([(1, 10)], [("2018", 1, 1, 1, 0)])])
def test_nobody_and_one_actor_alone_make_no_ties(bipartite, held, pairs, expected):
    events = held({event: 2018 for _, event in pairs})

    shots = snapshots(bipartite(pairs), events, years_of(events))

    assert plain(shots.table) == expected
    assert turnovers(shots)["new"].isna().all()


def test_years_without_any_tie_have_no_similarity(bipartite, held):
    events = held({10: 2018, 11: 2019})

    changes = turnovers(snapshots(bipartite([(1, 10), (2, 11)]), events, years_of(events)))

    assert plain(changes) == [("2018", None, None, None, None), ("2019", 0, 0, 0, None)]


def test_an_event_of_three_thousand_is_counted_in_portions(bipartite):
    network = bipartite([(actor, 1) for actor in range(3_000)])
    portions = [len(rows) for rows in blocks(network.matrix.astype(bool), most=600_000)]

    assert portions == [200] * 15
    assert set(others_met(network.matrix.astype(bool))) == {2_999}


def test_a_row_too_large_for_a_portion_goes_through_alone(bipartite):
    network = bipartite([(actor, 1) for actor in range(5)])

    assert [rows.tolist() for rows in blocks(network.matrix, most=3)] == [[0], [1], [2], [3], [4]]
    assert [rows.tolist() for rows in blocks(network.matrix, rows=np.array([1, 4]), most=10)] == [[1, 4]]


@settings(max_examples=40, deadline=None)
@given(
    years=st.lists(st.one_of(st.none(), st.integers(2003, 2006)), min_size=6, max_size=6),
    pairs=st.lists(st.tuples(st.integers(0, 7), st.integers(0, 5)), max_size=30, unique=True),
)
def test_ties_are_those_of_networkx_year_by_year(years, pairs):
    columns = {"actor_id": [actor for actor, _ in pairs], "event_id": [event for _, event in pairs]}
    network = two_mode(schema.build(schema.PARTICIPATIONS, columns), actor_ids=range(8), event_ids=range(6))
    dates = [None if year is None else f"{year}-03-01" for year in years]
    events = schema.build(schema.EVENTS, {"event_id": range(6), "date": dates, "year": years})

    shots = snapshots(network, events, years_of(events))

    graphs = {span.label: nx.Graph() for span in shots.spans}
    for event, year in enumerate(years):
        if year is not None:
            present = sorted(actor for actor, at in pairs if at == event)
            graphs[str(year)].add_edges_from(combinations(present, 2))
    held = dict(zip(shots.table["label"], shots.table["held"], strict=True))
    for label, ties in zip(shots.table["label"], shots.table["ties"], strict=True):
        assert pd.isna(ties) == (held[label] == 0)
        assert pd.isna(ties) or ties == graphs[label].number_of_edges()
    for at, (label, new, kept, lost, jaccard) in enumerate(plain(turnovers(shots))):
        before, after = (graphs[shots.spans[place].label].edges for place in (max(at - 1, 0), at))
        one, other = ({tuple(sorted(edge)) for edge in edges} for edges in (before, after))
        if at == 0 or not (held[label] and held[shots.spans[at - 1].label]):
            assert (new, kept, lost, jaccard) == (None,) * 4
            continue
        assert (new, kept, lost) == (len(other - one), len(one & other), len(one - other))
        assert jaccard == (kept / len(one | other) if one | other else None)
        listed = changed_ties(shots, at - 1, at)
        assert {row[:2]: row[2] for row in plain(listed)} == {
            **dict.fromkeys(other - one, "new"),
            **dict.fromkeys(one & other, "kept"),
            **dict.fromkeys(one - other, "lost"),
        }
        sums = turnover(shots, at - 1, at).actors[["new", "kept", "lost"]].sum()
        assert sums.tolist() == [2 * new, 2 * kept, 2 * lost]


def test_an_isolate_changes_nobody_elses_figures(bipartite, held):
    pairs, events = [(1, 10), (2, 10), (1, 11), (3, 11)], held({10: 2018, 11: 2019})
    with_isolate = snapshots(bipartite(pairs, actors=[99]), events, years_of(events))

    actors = turnover(with_isolate, 0, 1).actors

    alone = turnover(snapshots(bipartite(pairs), events, years_of(events)), 0, 1).actors
    assert actors[actors["actor_id"] != 99].reset_index(drop=True).equals(alone)
    assert plain(actors[actors["actor_id"] == 99]) == [(99, 0, 0, 0)]


def test_the_number_of_others_met_is_the_degree_of_the_projection(davis):
    network, _women, _events = davis

    assert others_met(network.matrix.astype(bool)).tolist() == project(network).degrees.tolist()
