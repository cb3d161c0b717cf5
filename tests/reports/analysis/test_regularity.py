"""How regularly a format takes place, and whether it draws more people."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from reports.analysis import schema
from reports.analysis.regularity import Trend, regularity, trend

UNTIL = dt.date(2024, 1, 1)


def editions(*rows):
    """Build events of format 7 from days and statuses."""
    return schema.build(
        schema.EVENTS,
        {
            "event_id": range(len(rows)),
            "date": [day for day, _ in rows],
            "series_id": [7] * len(rows),
            "status": [status for _, status in rows],
        },
    )


def one(events, rhythm="yearly", until=UNTIL):
    table = regularity(events, {7: rhythm}, until=until)
    return {name: None if pd.isna(value) else value for name, value in table.to_dict("records")[0].items()}


FESTIVAL = editions(
    ("2016-06-11", "held"),
    ("2017-09-02", "held"),
    ("2019-06-08", "held"),
    ("2020-06-06", "cancelled"),
    ("2021-08-28", "held"),
    ("2021-10-30", "planned"),
)


def test_a_cancelled_year_is_not_missed_and_a_year_without_anything_is():
    assert one(FESTIVAL) == {
        "series_id": 7,
        "editions": 4,
        "cancelled_editions": 1,
        "first_held": pd.Timestamp(2016, 6, 11),
        "last_held": pd.Timestamp(2021, 8, 28),
        "median_gap": (448 + 644) / 2,
        "longest_gap": 644,
        "held": 4,
        "cancelled": 1,
        "missed": 1,
        "silent": 2,
        "share": 4 / 5,
    }


def test_without_a_rhythm_only_the_editions_are_told():
    row = one(FESTIVAL, rhythm="irregular")

    assert (row["editions"], row["median_gap"]) == (4, 546)
    assert [row[name] for name in ("held", "cancelled", "missed", "silent", "share")] == [None] * 5


@pytest.mark.parametrize(
    ("rhythm", "days", "held", "missed"),
    [
        ("weekly", ["2021-01-04", "2021-01-10", "2021-01-18"], 2, 1),
        ("monthly", ["2020-11-30", "2020-12-01", "2021-02-15"], 3, 1),
        ("quarterly", ["2020-03-31", "2020-04-01", "2020-12-31"], 3, 1),
        ("half_yearly", ["2020-01-01", "2020-06-30", "2020-07-01", "2021-12-31"], 3, 1),
        ("yearly", ["2018-12-31", "2019-01-01", "2021-05-01"], 3, 1),
    ],
)
def test_rhythms_are_counted_in_calendar_periods(rhythm, days, held, missed):
    row = one(editions(*((day, "held") for day in days)), rhythm=rhythm)

    assert (row["held"], row["missed"]) == (held, missed)


def test_the_period_that_is_not_over_yet_is_not_silent():
    events = editions(("2022-03-01", "held"))

    assert one(events, until=dt.date(2023, 6, 1))["silent"] == 0
    assert one(events, until=dt.date(2024, 1, 1))["silent"] == 1


def test_what_comes_after_the_last_day_does_not_count():
    assert one(FESTIVAL, until=dt.date(2017, 9, 2))["editions"] == 1


def test_a_format_that_was_only_ever_cancelled_has_no_share():
    row = one(editions(("2020-06-06", "cancelled")))

    assert (row["editions"], row["last_held"], row["share"], row["cancelled"]) == (0, None, None, 1)


def test_events_without_a_day_or_a_format_are_left_out():
    events = editions((None, "held"), ("2020-06-06", "held"))
    events.loc[1, "series_id"] = pd.NA

    assert regularity(events, {}, until=UNTIL).empty


YEARS = list(range(2015, 2021))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([10, 12, 15, 20, 24, 30], Trend("rising", 4.0)),
        ([30, 24, 20, 15, 12, 10], Trend("falling", -4.0)),
        ([10, 30, 12, 28, 11, 29], Trend("steady", 0.5)),
        ([7, 7, 7, 7, 7, 7], Trend("steady", 0.0)),
        ([10, None, 20, None, 40, None], Trend("too_short", 7.5)),
        ([None] * 6, Trend("too_short", None)),
    ],
)
def test_the_direction_is_told_only_where_it_is_clear(values, expected):
    assert trend(pd.Series(YEARS), pd.Series(values, dtype="float64")) == expected


def test_one_year_has_one_figure():
    with pytest.raises(ValueError, match="one figure only"):
        trend(pd.Series([2015, 2015]), pd.Series([1.0, 2.0]))


@settings(max_examples=40, deadline=None)
@given(values=st.lists(st.integers(0, 9), min_size=5, max_size=25))
def test_slope_and_direction_are_those_of_scipy(values):
    years = np.arange(len(values))

    direction = trend(pd.Series(years), pd.Series(values, dtype="float64"))

    assert direction.slope == pytest.approx(stats.theilslopes(values, years).slope)
    if direction.direction != "steady":
        tau = stats.kendalltau(years, values)
        assert tau.pvalue < 0.06
        assert (tau.statistic > 0) == (direction.direction == "rising")
