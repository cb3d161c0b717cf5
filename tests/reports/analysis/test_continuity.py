"""The status of a format, with its reasons, and who carried it when."""

import datetime as dt

import pandas as pd
import pytest

from reports.analysis import continuity, schema

END = dt.date(2022, 1, 1)
OFFICE, ASSOCIATION, PAID = 1, 2, 3
GOOD = {
    "series_id": 7,
    "title": "Stadtteilfest",
    "future_carrier_id": ASSOCIATION,
    "has_contact": True,
    "funding_until": "2023-01-01",
    "space_until": "2023-01-01",
    "decision": "hand_over",
}


def judged(end=END, **changes):
    row = GOOD | changes
    frame = schema.build(schema.SERIES, {name: [value] for name, value in row.items()})
    table = continuity.formats(frame, office_ids=[OFFICE], paid_ids=[PAID], programme_end=end).table
    return table["status"].item(), table["reasons"].item()


def test_a_format_with_carrier_contact_money_and_space_is_secured():
    assert judged() == ("secured", ("all_met",))
    assert judged(space_until=None, space_permanent=True) == ("secured", ("all_met",))


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"has_contact": False}, "no_contact"),
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
    found = judged(has_contact=False, funding_until=None, space_until=None)

    assert found == ("in_handover", ("no_contact", "funding_unknown", "space_unknown"))


def test_without_a_carrier_or_with_only_the_office_a_format_is_open():
    assert judged(future_carrier_id=None) == ("open", ("no_carrier",))
    assert judged(future_carrier_id=OFFICE) == ("open", ("only_office",))
    assert judged(future_carrier_id=None, carrier_id=OFFICE) == ("open", ("only_office",))


def test_the_present_carrier_carries_on_where_no_other_is_planned():
    assert judged(future_carrier_id=None, carrier_id=ASSOCIATION) == ("secured", ("all_met",))


def test_a_decision_to_end_stands_above_all_else():
    assert judged(decision="end") == ("ends", ("decision",))
    assert judged(decision="end", future_carrier_id=None) == ("ends", ("decision",))


def test_a_carrier_paid_by_the_programme_is_noted():
    assert judged(future_carrier_id=PAID) == ("secured", ("all_met", "carrier_programme_paid"))


def test_the_share_of_secured_formats_leaves_out_what_ends_deliberately():
    columns = {name: [value] * 3 for name, value in GOOD.items()}
    columns |= {"series_id": [1, 2, 3], "decision": ["end", "continue", "continue"]}
    columns |= {"has_contact": [True, True, False]}
    found = continuity.formats(
        schema.build(schema.SERIES, columns), office_ids=[OFFICE], paid_ids=[], programme_end=END
    )

    assert found.counts == {"secured": 1, "in_handover": 1, "open": 0, "ends": 1}
    assert found.secured_share == 0.5


def test_without_formats_there_is_no_share():
    found = continuity.formats(
        schema.build(schema.SERIES, {}), office_ids=[], paid_ids=[], programme_end=None
    )

    assert found.secured_share is None
    assert found.counts == {"secured": 0, "in_handover": 0, "open": 0, "ends": 0}
    assert found.table.empty


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

    found = continuity.formats_by_carrier(events, carriers)

    rows = [tuple(row) for row in found.astype({"actor_id": "object"}).itertuples(index=False)]
    assert [(year, series, None if actor is pd.NA else actor) for year, series, actor in rows] == [
        (2016, 7, None),
        (2017, 7, OFFICE),
        (2017, 7, ASSOCIATION),
    ]
