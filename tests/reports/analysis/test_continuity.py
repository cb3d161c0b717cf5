"""The status of a format, with its reasons, and who carried it when."""

import datetime as dt

import pandas as pd
import pytest

from reports.analysis import continuity, schema

END = dt.date(2022, 1, 1)
ON = dt.date(2021, 6, 30)
OFFICE, ASSOCIATION, OTHER, CONTACT = 1, 2, 3, 4
GOOD = {
    "series_id": 7,
    "title": "Stadtteilfest",
    "rhythm": "yearly",
    "future_carrier_id": ASSOCIATION,
    "contact_id": CONTACT,
    "funding_until": "2024-01-01",
    "space_until": "2023-01-01",
    "decision": "hand_over",
}


def around(*, held=("2020-09-01",), ends=None, paid=(), tasks=(), contact_until=None):
    """Return what stands around the format: editions, ends of carrier and contact, paid times, tasks."""
    actors = {"actor_id": [OFFICE, ASSOCIATION, OTHER, CONTACT], "is_office": [True, False, False, False]}
    days = list(held)
    events = {
        "event_id": list(range(1, len(days) + 1)),
        "date": days,
        "series_id": [7] * len(days),
        "status": ["held"] * len(days),
    }
    periods = {
        "actor_id": [ASSOCIATION] * len(paid),
        "from": [start for start, _until in paid],
        "until": [until for _start, until in paid],
    }
    assigned = pd.DataFrame(
        {
            "series_id": pd.Series([7] * len(tasks), dtype="Int64"),
            "date": pd.to_datetime(pd.Series([day for day, _office in tasks], dtype="object")),
            "by_office": pd.Series([office for _day, office in tasks], dtype="bool"),
        }
    )
    return continuity.Surroundings(
        actors=schema.build(schema.ACTORS, actors | {"active_until": [None, ends, None, contact_until]}),
        events=schema.build(schema.EVENTS, events),
        dependencies=schema.build(schema.DEPENDENCIES, periods),
        assigned=assigned,
    )


def judged(end=END, on=ON, surroundings=None, contact_until=None, **changes):
    row = GOOD | changes
    frame = schema.build(schema.SERIES, {name: [value] for name, value in row.items()})
    beside = around(contact_until=contact_until) if surroundings is None else surroundings
    table = continuity.formats(frame, around=beside, programme_end=end, on=on).table
    return table["status"].item(), table["reasons"].item()


def test_a_format_with_carrier_contact_money_space_and_a_recent_edition_is_secured():
    assert judged() == ("secured", ("all_met",))
    assert judged(space_until=None, space_permanent=True) == ("secured", ("all_met",))
    assert judged(contact_until="2023-01-01") == ("secured", ("all_met",))


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"contact_id": None}, "no_contact"),
        ({"contact_until": "2021-06-30"}, "contact_ended"),
        ({"contact_until": "2022-12-31"}, "contact_ends_early"),
        ({"funding_until": "2022-12-31"}, "funding_too_short"),
        ({"funding_until": None}, "funding_unknown"),
        ({"space_until": "2022-12-31"}, "space_too_short"),
        ({"space_until": None}, "space_unknown"),
        ({"end": None}, "programme_end_unknown"),
    ],
)
def test_one_thing_missing_means_in_handover_and_is_named(changes, reason):
    assert judged(**changes) == ("in_handover", (reason,))


def test_everything_missing_is_named_together():
    reasons = judged(
        contact_id=None,
        funding_until=None,
        space_until=None,
        surroundings=around(held=(), ends="2022-06-01", paid=[(None, None)], tasks=[("2020-09-01", True)]),
    )

    assert reasons == (
        "in_handover",
        (
            "carrier_paid",
            "carrier_ends_early",
            "no_contact",
            "funding_unknown",
            "space_unknown",
            "never_held",
            "led_by_office",
        ),
    )


def test_without_a_carrier_or_with_the_office_as_carrier_a_format_is_open():
    assert judged(future_carrier_id=None) == ("open", ("no_carrier",))
    assert judged(future_carrier_id=OFFICE) == ("open", ("only_office",))
    assert judged(future_carrier_id=None, carrier_id=OFFICE) == ("open", ("only_office",))


def test_the_present_carrier_carries_on_where_no_other_is_planned():
    assert judged(future_carrier_id=None, carrier_id=ASSOCIATION) == ("secured", ("all_met",))


def test_a_decision_to_end_stands_above_all_else():
    assert judged(decision="end") == ("ends", ("decision",))
    assert judged(decision="end", future_carrier_id=None) == ("ends", ("decision",))


@pytest.mark.parametrize(
    ("ends", "verdict"),
    [
        ("2021-06-30", ("open", ("carrier_ended",))),
        ("2021-07-01", ("in_handover", ("carrier_ends_early",))),
        ("2022-12-31", ("in_handover", ("carrier_ends_early",))),
        ("2023-01-01", ("secured", ("all_met",))),
    ],
)
def test_a_carrier_that_has_ended_is_none_and_one_that_ends_is_not_enough(ends, verdict):
    assert judged(surroundings=around(ends=ends)) == verdict


@pytest.mark.parametrize(
    ("paid", "verdict"),
    [
        # Paid in the past only, or until the horizon and beyond: that takes nothing away.
        ([("2015-01-01", "2021-06-30")], ("secured", ("all_met",))),
        ([("2015-01-01", "2023-01-01")], ("secured", ("all_met",))),
        # Paid until before the horizon, nobody knows how long, or only from next month on.
        ([("2015-01-01", "2022-12-31")], ("in_handover", ("carrier_paid",))),
        ([("2015-01-01", None)], ("in_handover", ("carrier_paid",))),
        ([("2021-07-01", "2022-01-01")], ("in_handover", ("carrier_paid",))),
        ([("2015-01-01", "2021-06-30"), (None, "2021-07-01")], ("in_handover", ("carrier_paid",))),
    ],
)
def test_a_carrier_paid_by_a_programme_that_ends_secures_nothing(paid, verdict):
    assert judged(surroundings=around(paid=paid)) == verdict


@pytest.mark.parametrize(
    ("rhythm", "last_kept", "first_too_old"),
    [
        ("weekly", "2021-06-16", "2021-06-15"),
        ("monthly", "2021-04-30", "2021-04-29"),
        ("quarterly", "2020-12-30", "2020-12-29"),
        ("half_yearly", "2020-06-30", "2020-06-29"),
        ("yearly", "2019-06-30", "2019-06-29"),
        ("irregular", "2019-06-30", "2019-06-29"),
    ],
)
def test_the_last_edition_may_be_two_rounds_old_and_no_more(rhythm, last_kept, first_too_old):
    def with_last(day):
        return judged(rhythm=rhythm, surroundings=around(held=("2003-05-01", day)))

    assert with_last(last_kept) == ("secured", ("all_met",))
    assert with_last(first_too_old) == ("in_handover", ("long_ago",))


def test_an_edition_after_the_day_has_not_been_held_yet():
    assert judged(surroundings=around(held=("2021-07-01",))) == ("in_handover", ("never_held",))
    assert judged(surroundings=around(held=(None,))) == ("in_handover", ("never_held",))


@pytest.mark.parametrize(
    ("tasks", "verdict"),
    [
        ([("2020-09-01", True), ("2020-09-01", False)], ("secured", ("all_met",))),
        (
            [("2020-09-01", True), ("2020-09-01", True), ("2020-09-01", False)],
            ("in_handover", ("led_by_office",)),
        ),
        # Only the last edition counts.
        ([("2019-09-01", True), ("2020-09-01", False)], ("secured", ("all_met",))),
        ([("2019-09-01", False), ("2020-09-01", True)], ("in_handover", ("led_by_office",))),
    ],
)
def test_a_format_whose_tasks_the_office_carries_is_not_secured(tasks, verdict):
    assert judged(surroundings=around(tasks=tasks)) == verdict


def test_whether_the_money_lasts_through_the_aftercare_is_said_and_decides_nothing():
    assert judged(funding_until="2023-01-01") == ("secured", ("all_met", "no_aftercare"))
    assert judged(funding_until="2023-12-31") == ("secured", ("all_met", "no_aftercare"))
    assert judged(funding_until="2024-01-01") == ("secured", ("all_met",))


def test_the_share_of_secured_formats_leaves_out_what_ends_deliberately():
    columns = {name: [value] * 3 for name, value in GOOD.items()}
    columns |= {"series_id": [7, 8, 9], "decision": ["continue", "end", "continue"]}
    columns |= {"contact_id": [CONTACT, CONTACT, None]}
    statuses = continuity.formats(
        schema.build(schema.SERIES, columns), around=around(), programme_end=END, on=ON
    )

    assert statuses.counts == {"secured": 1, "in_handover": 1, "open": 0, "ends": 1}
    assert statuses.secured_share == 0.5
    assert statuses.on == ON


def test_without_formats_there_is_no_share():
    statuses = continuity.formats(schema.build(schema.SERIES, {}), around=around(), programme_end=None, on=ON)

    assert statuses.secured_share is None
    assert statuses.counts == {"secured": 0, "in_handover": 0, "open": 0, "ends": 0}
    assert statuses.table.empty


def test_formats_are_counted_for_who_carried_them_on_the_day():
    events = schema.build(
        schema.EVENTS,
        {
            "event_id": [1, 2, 3, 4, 5, 6],
            "date": ["2016-05-01", "2017-05-31", "2017-06-01", "2018-05-01", "2019-01-01", "2016-09-01"],
            "year": [2016, 2017, 2017, 2018, 2019, 2016],
            "series_id": [7, 7, 7, 7, None, 7],
            "status": ["held", "held", "held", "cancelled", "held", "held"],
        },
    )
    carriers = schema.build(
        schema.CARRIERS,
        {
            "series_id": [7, 7],
            "actor_id": [OFFICE, ASSOCIATION],
            "from": ["2017-01-01", "2017-06-01"],
            "until": ["2017-06-01", None],
        },
    )

    counts = continuity.formats_by_carrier(events, carriers)

    rows = [tuple(row) for row in counts.astype({"actor_id": "object"}).itertuples(index=False)]
    assert [(year, series, None if actor is pd.NA else actor) for year, series, actor in rows] == [
        (2016, 7, None),
        (2017, 7, OFFICE),
        (2017, 7, ASSOCIATION),
    ]


def test_an_edition_has_one_carrier_and_of_several_the_one_who_began_last():
    # The office was never ended; two follow each other with an unknown beginning; two began on one day.
    of_series = {
        7: [(OFFICE, "2015-01-01"), (ASSOCIATION, "2018-01-01")],
        8: [(ASSOCIATION, "2016-01-01"), (OFFICE, None)],
        9: [(ASSOCIATION, "2016-01-01"), (OFFICE, "2016-01-01")],
    }
    events = schema.build(
        schema.EVENTS,
        {
            "event_id": [1, 2, 3, 4],
            "date": ["2017-12-31", "2018-01-01", "2019-01-01", "2019-01-01"],
            "year": [2017, 2018, 2019, 2019],
            "series_id": [7, 7, 8, 9],
            "status": ["held"] * 4,
        },
    )
    rows = [(series, *carrier) for series, carriers in of_series.items() for carrier in carriers]
    carriers = schema.build(
        schema.CARRIERS,
        {
            "series_id": [series for series, _actor, _day in rows],
            "actor_id": [actor for _series, actor, _day in rows],
            "from": [day for _series, _actor, day in rows],
            "until": [None] * len(rows),
        },
    )

    counts = continuity.formats_by_carrier(events, carriers)

    assert [tuple(row) for row in counts.itertuples(index=False)] == [
        (2017, 7, OFFICE),
        (2018, 7, ASSOCIATION),
        (2019, 8, ASSOCIATION),
        (2019, 9, OFFICE),
    ]
