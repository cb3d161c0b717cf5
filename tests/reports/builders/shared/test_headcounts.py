"""Counts of people that readers from outside are not told."""

import pytest

from reports.builders.shared.headcounts import people_over_years


@pytest.mark.parametrize(
    ("whole", "years", "is_outside", "told"),
    [
        (12, [5, 7], True, 12),
        (7, [0, 7], True, 7),
        # A report that ends a year earlier would tell how many came in the last year.
        (9, [4, 7], True, "•"),
        (9, [4, 7], False, 9),
        (4, [1, 4], True, "<5"),
        (4, [1, 4], False, 4),
        (0, [0, 0], True, 0),
    ],
)
def test_people_over_several_years_are_told_where_no_year_has_few(whole, years, is_outside, told):
    cell = people_over_years(whole, years, is_outside=is_outside)

    assert (cell.value, cell.is_suppressed) == (told, isinstance(told, str))
