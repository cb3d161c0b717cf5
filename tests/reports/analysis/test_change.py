"""Returning, new, reactivated and lost actors year by year."""

import math
from typing import Any

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.analysis import schema
from reports.analysis.change import yearly_change


def events_of(rows):
    return schema.build(
        schema.EVENTS,
        {
            "event_id": [event for event, _, _ in rows],
            "year": [year for _, year, _ in rows],
            "status": [status for _, _, status in rows],
        },
    )


def test_every_actor_is_counted_where_they_belong(attended):
    events = events_of([(1, 2018, "held"), (2, 2019, "held"), (3, 2020, "held"), (4, 2020, "cancelled")])
    pairs = [(10, 1), (11, 1), (10, 2), (12, 2), (11, 3), (12, 3), (13, 3), (14, 4)]

    change = yearly_change(attended(pairs), events)

    rows = change.years.astype({"retention": "object"}).where(change.years.notna(), None)
    assert rows.to_dict("list") == {
        "year": [2018, 2019, 2020],
        "held": [1, 1, 1],
        "cancelled": [0, 0, 1],
        "actors": [2, 2, 3],
        "returning": [0, 1, 1],
        "new": [2, 1, 1],
        "reactivated": [0, 0, 1],
        "lost": [0, 1, 1],
        "retention": [None, 0.5, 0.5],
    }
    assert change.records[change.records["year"] == 2020].to_dict("list") == {
        "year": [2020] * 4,
        "actor_id": [10, 11, 12, 13],
        "change": ["lost", "reactivated", "returning", "new"],
    }


def test_a_year_without_held_events_has_no_retention_and_neither_has_the_next(attended):
    events = events_of(
        [(1, 2019, "held"), (2, 2020, "cancelled"), (3, 2021, "held"), (4, 2022, "held"), (5, None, "held")]
    )

    change = yearly_change(attended([(7, 1), (7, 3), (7, 4), (8, 5)]), events)

    assert change.years["year"].tolist() == [2019, 2020, 2021, 2022]
    assert change.years["cancelled"].tolist() == [0, 1, 0, 0]
    assert [None if math.isnan(value) else value for value in change.years["retention"]] == [
        None,
        None,
        None,
        1.0,
    ]
    assert change.undated == 1


def test_a_gap_in_the_years_is_shown(attended):
    change = yearly_change(attended([(7, 1)]), events_of([(1, 2010, "held"), (2, 2013, "held")]))

    assert change.years[["year", "held"]].to_dict("list") == {
        "year": [2010, 2011, 2012, 2013],
        "held": [1, 0, 0, 1],
    }


def test_only_who_was_there_counts(attended):
    participations = attended([(7, 1), (8, 1)])
    participations.loc[1, "state"] = "invited"

    assert yearly_change(participations, events_of([(1, 2010, "held")])).years["actors"].tolist() == [1]


def test_without_events_there_are_no_years(attended):
    change = yearly_change(attended([]), events_of([]))

    assert change.years.empty
    assert change.records.empty
    assert list(change.years.columns) == [
        "year", "held", "cancelled", "actors", "returning", "new", "reactivated", "lost", "retention",
    ]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(
    years=st.lists(st.one_of(st.none(), st.integers(2003, 2012)), min_size=1, max_size=12),
    statuses=st.lists(st.sampled_from(["held", "held", "cancelled", "planned"]), min_size=12, max_size=12),
    pairs=st.lists(st.tuples(st.integers(1, 9), st.integers(0, 11)), max_size=60, unique=True),
)
def test_the_three_kinds_of_presence_always_add_up(years, statuses, pairs):
    events = events_of([(at, year, statuses[at]) for at, year in enumerate(years)])
    pairs = [(actor, event) for actor, event in pairs if event < len(years)]
    participations = schema.build(
        schema.PARTICIPATIONS,
        {
            "actor_id": [actor for actor, _ in pairs],
            "event_id": [event for _, event in pairs],
            "state": ["attended"] * len(pairs),
        },
    )
    present: dict[int, set[int]] = {}
    for actor, event in pairs:
        if years[event] is not None and statuses[event] == "held":
            present.setdefault(years[event], set()).add(actor)

    table = yearly_change(participations, events).years

    assert (table["returning"] + table["new"] + table["reactivated"]).equals(table["actors"])
    row: Any
    for row in table.itertuples():
        now, before = present.get(row.year, set()), present.get(row.year - 1, set())
        earlier = set().union(*(who for year, who in present.items() if year < row.year))
        assert (row.actors, row.returning, row.lost) == (len(now), len(now & before), len(before - now))
        assert (row.new, row.reactivated) == (len(now - earlier), len((now & earlier) - before))
        defined = bool(before) and row.held > 0
        assert (not pd.isna(row.retention)) == defined
        if defined:
            assert row.retention == len(now & before) / len(before)
