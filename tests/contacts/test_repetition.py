"""When something comes back: month ends, leap days, turns of the year, and what holds for every series."""

import datetime as dt

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from contacts.models import Repeats
from contacts.models.repetition import next_due
from core.validators import LAST_DAY

DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2180, 12, 31))
RHYTHMS = st.sampled_from([value for value in Repeats.values if value])


def day(text):
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("repeats", "start", "after", "expected"),
    [
        ("week", "2026-12-28", "2026-12-28", "2027-01-04"),
        ("week", "2026-12-28", "2027-01-03", "2027-01-04"),
        ("week", "2026-12-28", "2027-01-04", "2027-01-11"),
        ("month", "2027-01-31", "2027-01-31", "2027-02-28"),
        ("month", "2027-01-31", "2027-02-28", "2027-03-31"),
        ("month", "2028-01-31", "2028-01-31", "2028-02-29"),
        ("month", "2027-01-31", "2027-04-29", "2027-04-30"),
        ("month", "2026-12-31", "2026-12-31", "2027-01-31"),
        ("quarter", "2027-11-30", "2027-11-30", "2028-02-29"),
        ("quarter", "2027-11-30", "2028-02-29", "2028-05-30"),
        ("half_year", "2026-08-31", "2026-08-31", "2027-02-28"),
        ("half_year", "2026-08-31", "2027-02-28", "2027-08-31"),
        ("year", "2024-02-29", "2024-02-29", "2025-02-28"),
        ("year", "2024-02-29", "2027-02-28", "2028-02-29"),
        ("year", "2024-02-29", "2031-07-01", "2032-02-29"),
        ("year", "2026-12-31", "2027-01-01", "2027-12-31"),
    ],
)
def test_the_next_day_is_counted_from_the_first(repeats, start, after, expected):
    assert next_due(repeats, start=day(start), after=day(after)) == day(expected)


@pytest.mark.parametrize("repeats", ["", "sometimes"])
def test_what_happens_once_does_not_come_back(repeats):
    assert next_due(repeats, start=day("2026-01-01"), after=day("2026-01-01")) is None


@pytest.mark.parametrize("repeats", [value for value in Repeats.values if value])
def test_a_series_ends_where_no_date_is_plausible_any_more(repeats):
    assert next_due(repeats, start=LAST_DAY, after=LAST_DAY) is None


@given(repeats=RHYTHMS, start=DAYS, passed=st.integers(0, 5000))
def test_the_next_day_lies_after_both_and_is_the_first_of_its_series(repeats, start, passed):
    after = start + dt.timedelta(days=passed)
    due = next_due(repeats, start=start, after=after)
    if due is None:
        assert after + relativedelta(months=13) > LAST_DAY
        return
    before = next_due(repeats, start=start, after=due - dt.timedelta(days=1))
    assert (due > after, before) == (True, due)
    assert due - after <= dt.timedelta(days=366 if repeats == "year" else 184)
