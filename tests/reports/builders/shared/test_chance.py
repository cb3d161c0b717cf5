"""Shares in sentences: whole percents that claim neither too much nor too little."""

import pytest

from reports.builders.shared.chance import percents


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (0.26, 0.97, "26–97 %"),
        (0.264, 0.256, "26 %"),
        # 570 of 2,939,932 ties are gone: not all of them remain.
        (0.9998, 0.9998, ">99 %"),
        (0.9998, 1.0, ">99 %"),
        (1.0, 1.0, "100 %"),
        (0.0001, 0.0001, "<1 %"),
        (0.0, 0.0, "0 %"),
        (0.0, 0.004, "<1 %"),
    ],
)
def test_a_share_is_told_as_none_or_all_only_where_it_is(low, high, said):
    assert percents(low, high) == said
