"""Ties from five sources: each knows its records, its years and whether it hangs on the office."""

from dataclasses import replace
from itertools import combinations

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given as hypothesis_given
from hypothesis import settings
from hypothesis import strategies as st

from reports.analysis import schema, ties
from reports.analysis.projection import project
from reports.analysis.tie_records import Given, collect, counted_for_organisations
from reports.analysis.ties import ATTENDANCE, CONTACTS, ORGANISING, RELATIONS, TASKS

OFFICE = 9


def given(**frames):
    """Build the frames from plain columns; actor 9 is the office."""
    actors = frames.pop("actors", range(1, 10))
    columns = {
        "actor_id": list(actors),
        "is_office": [actor == OFFICE for actor in actors],
    }
    names = ("events", "participations", "tasks", "relations", "affiliations", "contacts")
    built = {name: schema.build(getattr(schema, name.upper()), frames.get(name, {})) for name in names}
    return Given(actors=schema.build(schema.ACTORS, columns), **built)


def met(*events, strong=(), **more):
    """Build meetings: (event id, day or None, actors)."""
    pairs = [(event, actor) for event, _day, actors in events for actor in actors]
    return given(
        events={
            "event_id": [event for event, _day, _actors in events],
            "date": [day for _event, day, _actors in events],
        },
        participations={
            "event_id": [event for event, _ in pairs],
            "actor_id": [actor for _, actor in pairs],
            "is_strong": [pair in strong for pair in pairs],
        },
        **more,
    )


def tie_list(network):
    return [
        (int(row.source_id), int(row.target_id), round(float(row.weight), 6))
        for row in network.ties().itertuples()
    ]


def part_list(collected, network=None):
    table = ties.parts(collected, network or collected.network())
    names = ["tie", "kind", "from_year", "until_year", "strength", "count", "office"]
    return [tuple(row) for row in table[names].itertuples(index=False)]


@pytest.mark.parametrize("frames", [given(), given(actors=[1]), met((5, "2019-01-01", [1]))])
def test_without_company_there_are_no_ties(frames):
    collected = collect(frames)
    assert (collected.network().tie_count, collected.two_mode().actor_ids.tolist()) in [(0, []), (0, [1])]
    assert part_list(collected) == []
    assert collected.behind(1, 1) in ([], [(ATTENDANCE, 5)])


def test_no_actor_at_all_is_an_empty_network():
    collected = collect(given(actors=[]))
    assert (collected.network().size, collected.two_mode().matrix.shape, part_list(collected)) == (
        0,
        (0, 0),
        [],
    )


def test_attendance_alone_is_the_projection_after_newman(davis):
    network, _women, _events = davis
    cells = network.matrix.tocoo()
    frames = given(
        actors=network.actor_ids.tolist(),
        events={"event_id": network.event_ids.tolist()},
        participations={"actor_id": cells.row.tolist(), "event_id": cells.col.tolist()},
    )
    collected = collect(frames).only({ATTENDANCE})
    both = collected.network().weights, project(network).weights
    assert all(
        np.array_equal(*(getattr(each, name) for each in both)) for name in ("data", "indices", "indptr")
    )
    assert np.array_equal(collected.two_mode().matrix.toarray(), network.matrix.toarray())
    assert collected.network().tie_count == 139


@hypothesis_given(
    st.lists(
        st.tuples(st.integers(1, 8), st.integers(1, 6), st.booleans()), min_size=1, max_size=40, unique=True
    )
)
@settings(max_examples=40, deadline=None)
def test_strength_is_the_sum_of_the_parts_and_agrees_with_networkx(rows):
    pairs = sorted({(event, actor) for actor, event, _strong in rows})
    strong = {(event, actor) for actor, event, is_strong in rows if is_strong}
    events = [
        (event, f"{2000 + event}-05-01", [actor for other, actor in pairs if other == event])
        for event in sorted({event for event, _ in pairs})
    ]
    collected = collect(met(*events, strong=strong))
    graph = nx.Graph([(("a", actor), ("e", event)) for event, actor in pairs])
    people = sorted(node for node in graph if node[0] == "a")
    expected = nx.bipartite.collaboration_weighted_projected_graph(graph, people)
    expected_ids = sorted(
        (*sorted((a[1], b[1])), round(data["weight"], 6)) for a, b, data in expected.edges(data=True)
    )
    network = collected.network()
    table = ties.parts(collected, network)
    counted = table[table["kind"] == ties.TIE_KINDS.index(ATTENDANCE)]
    assert tie_list(network) == expected_ids
    assert counted.groupby("tie")["strength"].sum().to_numpy() == pytest.approx(network.upper().data)


def test_organising_is_told_beside_attendance_and_counts_where_attendance_does_not():
    meetings = [(5, "2019-06-01", [1, 2, 3])]
    collected = collect(met(*meetings, strong={(5, 1), (5, 2)}))
    assert tie_list(collected.network()) == [(1, 2, 0.5), (1, 3, 0.5), (2, 3, 0.5)]
    assert part_list(collected)[:2] == [(0, 0, 2019, 2019, 0.5, 1, 0), (0, 1, 2019, 2019, 1.0, 1, 0)]
    assert tie_list(collected.only({ORGANISING}).network()) == [(1, 2, 1.0)]
    assert collected.behind(1, 2) == [(ATTENDANCE, 5), (ORGANISING, 5)]


def test_tasks_of_one_event_tie_those_who_carry_them():
    tasks = {"event_id": [5, 5, 5, None], "actor_id": [1, 1, 2, 3], "series_id": [None, None, None, 7]}
    collected = collect(met((5, None, []), tasks=tasks)).only({TASKS})
    assert tie_list(collected.network()) == [(1, 2, 1.0)]
    assert part_list(collected) == [(0, 2, 0, 0, 1.0, 1, 0)]


def declared():
    return collect(
        given(
            relations={
                "relation_id": [1, 2, 3],
                "source_id": [1, 2, 2],
                "target_id": [2, 1, 3],
                "strength": [3, 1, 2],
                "from": ["2005-01-01", None, "2009-05-01"],
                "until": ["2008-01-01", None, None],
            },
            affiliations={
                "affiliation_id": [4],
                "person_id": [1],
                "organisation_id": [3],
                "until": ["2007-07-01"],
            },
        )
    )


def test_declared_ties_have_their_strength_and_their_span():
    relations = declared()
    assert tie_list(relations.network()) == [(1, 2, 4.0), (1, 3, 1.0), (2, 3, 2.0)]
    assert part_list(relations) == [
        (0, 3, -1, -1, 1.0, 1, 0),
        (0, 3, 2005, 2007, 3.0, 1, 0),
        (1, 4, -1, 2007, 1.0, 1, 0),
        (2, 3, 2009, -1, 2.0, 1, 0),
    ]
    assert relations.behind(2, 1) == [(RELATIONS, 1), (RELATIONS, 2)]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2008-01-01", "2009-01-01", [(1, 2, 1.0)]),
        ("2007-12-31", None, [(1, 2, 4.0), (2, 3, 2.0)]),
        (None, "2005-01-01", [(1, 2, 1.0), (1, 3, 1.0)]),
    ],
)
def test_a_declared_tie_counts_in_every_period_it_touches(start, end, expected):
    days = [None if day is None else pd.Timestamp(day).date() for day in (start, end)]
    assert tie_list(declared().within(*days).network()) == expected


def test_a_meeting_without_a_day_counts_only_without_a_period():
    collected = collect(met((5, None, [1, 2]), (6, "2019-12-31", [1, 3])))
    year = pd.Timestamp("2019-01-01").date(), pd.Timestamp("2020-01-01").date()
    assert len(tie_list(collected.network())) == 2
    assert tie_list(collected.within(*year).network()) == [(1, 3, 1.0)]


def contacts(*rows, **more):
    return given(
        contacts={
            "contact_id": [number for number, _, _ in rows],
            "actor_id": [actor for _, actor, _ in rows],
            "date": [day for _, _, day in rows],
        },
        **more,
    )


def test_a_contact_ties_each_actor_to_the_office_and_not_to_each_other():
    collected = collect(contacts((1, 2, "2005-05-01"), (1, 3, "2005-05-01"), (2, 2, "2009-12-31"))).only(
        {CONTACTS}
    )
    assert tie_list(collected.network()) == [(2, 9, 2.0), (3, 9, 1.0)]
    assert part_list(collected) == [
        (0, 5, 2005, 2005, 1.0, 1, 1),
        (0, 5, 2009, 2009, 1.0, 1, 1),
        (1, 5, 2005, 2005, 1.0, 1, 1),
    ]
    assert collected.behind(9, 2) == [(CONTACTS, 1), (CONTACTS, 2)]


@pytest.mark.parametrize(
    ("day", "last_end", "host"),
    [
        ("2009-12-31", None, 7),
        ("2010-01-01", None, 8),
        ("2021-01-01", None, 9),
        (None, None, 9),
        ("2023-01-01", "2022-01-01", 9),
    ],
)
def test_where_one_operator_follows_another_a_contact_is_with_the_one_of_its_day(day, last_end, host):
    ends = {1: None, 7: "2010-01-01", 8: "2021-01-01", 9: last_end}
    columns = {"actor_id": [*ends], "is_office": [False, True, True, True], "active_until": [*ends.values()]}
    rows = schema.build(schema.CONTACTS, {"contact_id": [1], "actor_id": [1], "date": [day]})
    known = replace(given(), actors=schema.build(schema.ACTORS, columns), contacts=rows)

    assert tie_list(collect(known).only({CONTACTS}).network()) == [(1, host, 1.0)]


def test_the_office_counts_as_the_office_at_any_time():
    days = {1: "2003-03-31", 2: "2009-12-31", 3: "2010-01-01", 4: None}
    meetings = [(event, day, [1, OFFICE]) for event, day in days.items()]
    collected = collect(met(*meetings), office_events=[2, 3])
    assert [(year, bits) for _, _, year, _, _, _, bits in part_list(collected)] == [
        (0, 1),
        (2003, 1),
        (2009, 3),
        (2010, 3),
    ]
    assert collected.without_office("without").behind(1, OFFICE) == []
    assert collected.without_office("with") is collected


def test_without_the_office_the_others_meet_as_closely_as_before():
    collected = collect(met((1, "2005-01-01", [1, 2, OFFICE]))).without_office("without")
    assert tie_list(collected.network()) == [(1, 2, 0.5)]


def test_whoever_is_taken_out_has_no_tie_left():
    collected = collect(met((1, "2005-01-01", [1, 2, 3])))
    present = ~np.isin(collected.actor_ids, [2])
    assert tie_list(collected.among(present).network()) == [(1, 3, 0.5)]
    assert collected.among(present).network().size == collected.network().size


def test_ties_below_the_minimum_are_left_out():
    collected = collect(met((1, None, [1, 2]), (2, None, [1, 2, 3])))
    assert tie_list(collected.network(minimum=1)) == [(1, 2, 1.5)]


def test_the_largest_meetings_are_left_out_of_the_pairs_where_there_would_be_too_many(monkeypatch):
    monkeypatch.setattr(ties, "MOST_PAIRS", 5)
    collected = collect(met((1, None, [1, 2, 3, 4]), (2, None, [1, 2, 3]), (3, None, [5, 6])))
    assert collected.too_large == 3
    assert tie_list(collected.network()) == [(1, 2, 0.5), (1, 3, 0.5), (2, 3, 0.5), (5, 6, 1.0)]
    assert collected.two_mode().matrix.nnz == 9


def test_an_event_of_three_thousand_does_not_explode():
    actors = list(range(1, 3_001))
    collected = collect(
        given(
            actors=actors,
            events={"event_id": [1]},
            participations={"event_id": [1] * 3_000, "actor_id": actors},
        )
    )
    network = collected.network().strongest(2_999)
    assert (network.tie_count, len(part_list(collected, network))) == (2_999, 2_999)


def test_parts_are_told_only_of_the_ties_shown():
    collected = collect(met((1, None, [1, 2]), (2, None, [1, 2, 3])))
    network = collected.network().strongest(1)
    assert part_list(collected, network) == [(0, 0, 0, 0, 1.5, 2, 0)]


@hypothesis_given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 7)), max_size=30, unique=True))
@settings(max_examples=40, deadline=None)
def test_common_columns_are_found_as_by_hand(cells):
    sets = {row: sorted(column for other, column in cells if other == row) for row in range(6)}
    collected = collect(
        met(*[(column, None, [row + 1 for row, other in cells if other == column]) for column in range(8)])
    )
    pairs = list(combinations(range(6), 2))
    rows, columns = (np.array(end) for end in zip(*pairs, strict=True))
    tie, at = ties.shared_cells(collected.records[0].matrix, rows, columns)
    expected = [
        (place, column)
        for place, (one, other) in enumerate(pairs)
        for column in sorted(set(sets[one]) & set(sets[other]))
    ]
    assert list(zip(tie.tolist(), at.tolist(), strict=True)) == expected


def test_a_participation_counts_for_the_organisation_of_that_day():
    frames = met(
        (1, "2005-01-01", [1, 2]),
        (2, "2008-01-01", [1]),
        (3, None, [1]),
        affiliations={
            "affiliation_id": [1, 2, 3],
            "person_id": [1, 1, 1],
            "organisation_id": [5, 6, 7],
            "is_main_contact": [False, True, True],
            "from": [None, "2004-01-01", "2004-06-01"],
            "until": [None, "2006-01-01", "2008-01-01"],
        },
    )
    rows = counted_for_organisations(
        frames.participations, events=frames.events, affiliations=frames.affiliations
    )
    assert rows["actor_id"].tolist() == [6, 2, 5, 6]
    assert rows.dtypes.equals(frames.participations.dtypes)


def test_the_union_of_networks_has_every_tie_once():
    collected = collect(met((1, None, [1, 2]), (2, None, [2, 3, 4])))
    one, other = collected.network(minimum=1), collected.network()
    assert tie_list(ties.union([one, other])) == tie_list(other)
