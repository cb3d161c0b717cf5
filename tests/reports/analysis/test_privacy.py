"""Pseudonyms hold within one report only; small numbers cannot be computed back."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.analysis.privacy import BELOW, HIDDEN, PUBLISHED, pseudonym_numbers, suppress

IDS = list(range(100, 160))
SECTORS = ["resident"] * 50 + ["office"] * 10


def test_a_pseudonym_stays_the_same_within_a_report():
    first = pseudonym_numbers(IDS, SECTORS, key="report 1")
    shuffled = pseudonym_numbers(IDS[::-1], SECTORS[::-1], key="report 1")

    assert first.equals(shuffled)


def test_another_report_has_other_pseudonyms():
    first = pseudonym_numbers(IDS, SECTORS, key="report 1")
    second = pseudonym_numbers(IDS, SECTORS, key="report 2")

    assert (first == second).mean() < 0.2


def test_numbers_run_from_one_within_each_sector():
    numbers = pseudonym_numbers(IDS, SECTORS, key="report 1")

    assert sorted(numbers[:50]) == list(range(1, 51))
    assert sorted(numbers[50:]) == list(range(1, 11))
    assert pseudonym_numbers([], [], key="report 1").empty


@pytest.mark.parametrize(
    ("values", "sums", "expected"),
    [
        ([0, 5, 7], [], [PUBLISHED, PUBLISHED, PUBLISHED]),
        ([1, 4, 5], [], [BELOW, BELOW, PUBLISHED]),
        ([1, 9, 10], [(2, [0, 1])], [BELOW, HIDDEN, PUBLISHED]),
        ([2, 9, 20, 31], [(3, [0, 1, 2])], [BELOW, HIDDEN, PUBLISHED, PUBLISHED]),
        ([2, 3, 20, 25], [(3, [0, 1, 2])], [BELOW, BELOW, PUBLISHED, PUBLISHED]),
        ([1, 1, 20, 22], [(3, [0, 1, 2])], [BELOW, BELOW, HIDDEN, PUBLISHED]),
        ([4, 4, 8], [(2, [0, 1])], [BELOW, BELOW, HIDDEN]),
        ([1, 1, 1, 1, 4], [(4, [0, 1, 2, 3])], [BELOW, BELOW, BELOW, BELOW, HIDDEN]),
        ([], [], []),
    ],
    ids=[
        "nothing small",
        "no totals",
        "one of two",
        "one of three",
        "two of three",
        "two ones are two ones",
        "two fours are two fours",
        "four ones are four ones",
        "no numbers",
    ],
)
def test_small_numbers_and_what_gives_them_away_are_hidden(values, sums, expected):
    assert suppress(values, sums) == expected


def test_a_table_with_totals_both_ways_hides_a_rectangle():
    values = [1, 9, 10, 20, 30, 50, 21, 39, 60]
    rows = [(2, [0, 1]), (5, [3, 4]), (8, [6, 7])]
    columns = [(6, [0, 3]), (7, [1, 4]), (8, [2, 5])]

    hidden = [mark != PUBLISHED for mark in suppress(values, rows + columns)]

    assert hidden == [True, True, False, True, True, False, False, False, False]


@settings(max_examples=60, deadline=None)
@given(cells=st.lists(st.integers(0, 9), min_size=4, max_size=4))
def test_no_small_cell_of_a_table_can_be_computed_back(cells):
    a, b, c, d = cells
    values = [a, b, a + b, c, d, c + d, a + c, b + d, sum(cells)]
    sums = [(2, [0, 1]), (5, [3, 4]), (8, [6, 7]), (6, [0, 3]), (7, [1, 4]), (8, [2, 5])]
    marks = suppress(values, sums)

    def fits(guess):
        e, f, g, h = guess
        full = [e, f, e + f, g, h, g + h, e + g, f + h, sum(guess)]
        return all(
            value == true if mark == PUBLISHED else mark == HIDDEN or 1 <= value <= 4
            for value, true, mark in zip(full, values, marks, strict=True)
        )

    candidates = [guess for guess in product(range(13), repeat=4) if fits(guess)]
    for position, at in enumerate((0, 1, 3, 4)):
        assert values[at] not in range(1, 5) or len({guess[position] for guess in candidates}) > 1
