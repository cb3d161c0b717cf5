"""A period in days, in years and in words."""

import datetime as dt

import pytest
from django.utils import translation

from reports.period import Period

TODAY = dt.date(2021, 6, 30)


@pytest.mark.parametrize(
    ("period", "label"),
    [
        (Period(), "Whole time"),
        (Period.of_years(2020, 2021), "2020–2021"),
        (Period.of_years(2021, 2021), "2021"),
        (Period.of_years(first=2020), "since 2020"),
        (Period.of_years(last=2020), "until 2020"),
        (Period(dt.date(2020, 5, 1), dt.date(2021, 1, 1)), "1 May 2020 – 31 Dec 2020"),
        (Period(start=dt.date(2020, 5, 1)), "since 1 May 2020"),
        (Period(end=dt.date(2020, 5, 1)), "until 30 Apr 2020"),
    ],
)
def test_a_period_in_words_includes_its_last_day(period, label):
    with translation.override("en"):
        assert period.label == label


@pytest.mark.parametrize(
    ("period", "years", "days"),
    [
        (Period(), {}, {}),
        (
            Period.of_years(2020, 2021),
            {"from_year": "2020", "until_year": "2021"},
            {"date_from": "2020-01-01", "date_until": "2021-12-31"},
        ),
        (Period.of_years(last=2021), {"until_year": "2021"}, {"date_until": "2021-12-31"}),
        (Period.of_years(first=2020), {"from_year": "2020"}, {"date_from": "2020-01-01"}),
    ],
)
def test_addresses_hold_the_bounds_that_are_there(period, years, days):
    assert (period.years, period.days) == (years, days)


@pytest.mark.parametrize(
    ("period", "last", "end", "year"),
    [
        (Period(), TODAY, dt.date(2021, 7, 1), None),
        (Period.of_years(last=2020), dt.date(2020, 12, 31), dt.date(2021, 1, 1), 2020),
        (Period.of_years(last=2025), TODAY, dt.date(2021, 7, 1), 2021),
    ],
)
def test_no_report_speaks_of_days_to_come(period, last, end, year):
    assert (period.last_day(TODAY), period.end_by(TODAY), period.last_begun_year(TODAY)) == (last, end, year)
