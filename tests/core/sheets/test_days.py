"""Days as people write them into tables."""

import datetime as dt

import pytest
from django.utils import timezone, translation

from core.sheets.days import Days, Reading, month_comes_first, parse_date, parse_days
from core.sheets.values import ValueProblem

DAY = dt.date(2019, 4, 6)
DAY_FIRST, MONTH_FIRST, PAST = Reading(month_first=False), Reading(month_first=True), Reading(is_past=True)


@pytest.mark.parametrize(
    "cell",
    [
        "06-04-2019", "Sa, 6.4.2019", "Sa. 6.4.19", "Samstag, den 6. April 2019", "6.April 2019",
        "2019/04/06", "Sa 6.4.2019 um 18 Uhr", "am 6.4.2019", "6. Apr 19",
    ],
)  # fmt: skip
def test_a_day_is_read_with_weekday_and_with_any_signs_between(cell):
    assert parse_date(cell, reading=DAY_FIRST) == DAY


@pytest.mark.parametrize(
    ("cell", "first", "last"),
    [
        ("6.–7.4.2019", DAY, dt.date(2019, 4, 7)),
        ("6./7.4.2019", DAY, dt.date(2019, 4, 7)),
        ("6. und 7. April 2019", DAY, dt.date(2019, 4, 7)),
        ("vom 6. bis 7.4.19", DAY, dt.date(2019, 4, 7)),
        ("6.4.2019 - 7.4.2019", DAY, dt.date(2019, 4, 7)),
        ("30.4.–2.5.2019", dt.date(2019, 4, 30), dt.date(2019, 5, 2)),
        ("28.12.–2.1.2020", dt.date(2019, 12, 28), dt.date(2020, 1, 2)),
    ],
)
def test_several_days_have_a_first_and_a_last(cell, first, last):
    assert parse_days(cell) == Days(first, last)
    with pytest.raises(ValueProblem, match=r"mehrere Tage|several days"):
        parse_date(cell)


@pytest.mark.parametrize(
    ("cell", "last"), [("05/2020", dt.date(2020, 5, 31)), ("5.2020", dt.date(2020, 5, 31))]
)
def test_a_month_is_no_exact_day(cell, last):
    assert parse_days(cell) == Days(dt.date(2020, 5, 1), last, is_exact=False)


@pytest.mark.parametrize("cell", ["03/04/2021", "3-4-21"])
def test_what_can_be_read_either_way_is_read_in_the_order_that_was_chosen(cell):
    assert parse_date(cell, reading=DAY_FIRST) == dt.date(2021, 4, 3)
    assert parse_date(cell, reading=MONTH_FIRST) == dt.date(2021, 3, 4)
    with pytest.raises(ValueProblem) as caught:
        parse_date(cell)
    with translation.override("en"):
        assert str(caught.value) == "Day and month cannot be told apart. Please choose their order."


@pytest.mark.parametrize("reading", [DAY_FIRST, MONTH_FIRST, Reading()])
def test_what_can_be_read_one_way_only_needs_no_choice(reading):
    assert parse_date("27-10-2021", reading=reading) == dt.date(2021, 10, 27)
    assert parse_date("10/27/2021", reading=reading) == dt.date(2021, 10, 27)
    assert parse_date("4/4/2021", reading=reading) == dt.date(2021, 4, 4)


@pytest.mark.parametrize(
    ("column", "order"),
    [
        (["03/04/2021", "27/10/2021"], False),
        (["03/04/2021", "10/27/2021"], True),
        (["03/04/2021", "04/04/2021"], None),
        (["03/04/2021", "27/10/2021", "10/27/2021"], None),
        (["27/10/2021", "10/27/2021"], True),
        (["3.4.2021", None, 5, dt.date(2021, 4, 3)], False),
    ],
)
def test_the_column_shows_which_comes_first(column, order):
    assert month_comes_first(column) is order


@pytest.mark.parametrize(
    ("cell", "year"), [("1.1.68", 1968), ("98", 1998), ("'98", 1998), ("März 98", 1998), ("1.1.02", 2002)]
)
def test_two_figures_of_a_foundation_lie_in_the_past(cell, year):
    assert parse_date(cell, reading=PAST).year == year


def test_two_figures_mean_the_near_future_or_the_past():
    this = timezone.localdate().year
    for ahead, expected in ((0, this), (10, this + 10), (30, this - 70)):
        assert parse_date(f"1.1.{(this + ahead) % 100:02}").year == expected
        assert parse_date(f"1.1.{(this + ahead) % 100:02}", reading=PAST).year == (
            this if ahead == 0 else this + ahead - 100
        )
    with pytest.raises(ValueProblem):
        parse_date("98")


@pytest.mark.parametrize(
    "cell",
    ["31./32.10.2025", "30.2.2019", "6.4.2019 bis 5.4.2019", "13/13/2021", "Frühjahr 2018", "2019-2021"],
)
def test_an_impossible_day_is_no_day_and_the_same_is_said_of_all(cell):
    with pytest.raises(ValueProblem) as caught:
        parse_days(cell, reading=DAY_FIRST)
    with translation.override("en"):
        said = str(caught.value)
    assert said.startswith(("There is no such day.", "This is not a date."))
