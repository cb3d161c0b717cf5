"""Held events in a half-open period count, with who attended them."""

import datetime as dt

from reports.analysis import schema
from reports.analysis.window import window

EVENTS = schema.build(
    schema.EVENTS,
    {
        "event_id": [1, 2, 3, 4, 5],
        "date": ["2013-12-31", "2014-01-01", "2015-01-01", None, "2014-05-01"],
        "year": [2013, 2014, 2015, None, 2014],
        "status": ["held", "held", "held", "held", "cancelled"],
    },
)


def test_the_first_day_of_a_period_counts_and_the_first_day_after_it_does_not(attended):
    participations = attended([(9, event) for event in (1, 2, 3, 4, 5)])

    part = window(EVENTS, participations, start=dt.date(2014, 1, 1), end=dt.date(2015, 1, 1))

    assert part.events["event_id"].tolist() == [2]
    assert part.participations["event_id"].tolist() == [2]
    assert (part.undated, part.cancelled) == (1, 1)


def test_without_a_period_undated_events_count_too(attended):
    part = window(EVENTS, attended([(9, 4), (9, 5)]))

    assert part.events["event_id"].tolist() == [1, 2, 3, 4]
    assert part.participations["event_id"].tolist() == [4]


def test_whoever_was_only_invited_was_not_there(attended):
    participations = attended([(8, 1), (9, 1)]).assign(state=["invited", "attended"])

    assert window(EVENTS, participations).participations["actor_id"].tolist() == [9]


def test_an_empty_register_has_an_empty_window(attended):
    part = window(schema.build(schema.EVENTS, {}), attended([]))

    assert (len(part.events), len(part.participations), part.undated, part.cancelled) == (0, 0, 0, 0)
