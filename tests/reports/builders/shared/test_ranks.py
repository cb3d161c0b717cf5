"""Ties at a rank are told as ties."""

import pytest
from django.utils import translation

from reports.builders.shared.ranks import are_cut_level, first_of, highest, named_first

YEARS = ("2018", "2019", "2020")


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("counts", "text"),
    [
        ((1, 3, 2), "Held: 3 at most (2019)."),
        ((3, 1, 3), "Held: 3 at most (2018, 2020)."),
        ((2, 2, 2), "Held: 2 in every year."),
        ((0, 0, 0), "Held: 0 in every year."),
        ((0, 0, 1200), "Held: 1,200 at most (2020)."),
        ((1, None, 2), ""),
        ((), ""),
    ],
)
def test_the_highest_count_is_named_with_all_years_that_have_it(counts, text):
    assert highest("Held", YEARS[: len(counts)], counts) == text


@pytest.mark.parametrize(
    ("values", "most", "is_level"),
    [
        ((3, 2, 1), 2, False),
        ((3, 2, 2), 2, True),
        ((3, 3, 2), 2, False),
        ((0.1 + 0.2, 0.3), 1, True),
        ((3, 2), 2, False),
        ((3, 2), 3, False),
        ((), 2, False),
    ],
)
def test_a_list_is_cut_level_where_the_next_has_as_much_as_the_last(values, most, is_level):
    assert are_cut_level(values, most) == is_level


def test_names_are_said_to_have_others_beside_them_only_where_they_have():
    assert named_first(["A", "B", "C"], [3, 2, 1], 2) == "A, B"
    assert named_first(["A", "B", "C"], [3, 2, 2], 2) == "A, B (others are level)"
    assert named_first(["A", "B"], [2, 2], 2) == "A, B"


def test_a_list_says_how_much_it_leaves_out_and_whether_at_a_tie():
    assert first_of(3, 3) == ""
    assert first_of(3, 1000) == "The first 3 of 1,000."
    assert first_of(3, 3, is_level=True) == ""
    assert first_of(3, 4, is_level=True) == "The first 3 of 4. Others are level with the last one listed."
