"""Counts of one report settle together what readers from outside are told."""

import pytest

from reports.builders.shared.counts import CountSheet
from reports.report import Cell


def sheet(*, is_outside):
    counts = CountSheet(is_outside=is_outside)
    for name, value in (("all", 30), ("here", 28), ("there", 2)):
        counts.put(name, value)
    counts.put_sum("all", ["here", "there"])
    return counts


def test_the_office_is_told_everything_with_links():
    counts = sheet(is_outside=False)

    assert counts.cell("there", "/x/") == Cell(2, "/x/")
    assert [counts.value(name) for name in ("all", "here", "there")] == [30, 28, 2]


def test_a_reader_is_told_neither_a_small_count_nor_what_gives_it_away():
    counts = sheet(is_outside=True)

    assert counts.cell("there", "/x/") == Cell("<5", is_suppressed=True)
    assert counts.cell("here") == Cell("•", is_suppressed=True)
    assert counts.cell("all") == Cell(30)
    assert [counts.value(name) for name in ("all", "here", "there")] == [30, None, None]


def test_once_something_is_told_nothing_can_be_added():
    counts = sheet(is_outside=True)
    counts.cell("all")

    with pytest.raises(RuntimeError, match="settled"):
        counts.put("late", 1)
