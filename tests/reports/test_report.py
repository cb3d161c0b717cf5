"""The report itself."""

import pytest

from reports.report import Cell, Column, Series, Table
from tests.factories.reports import small_report


def test_a_row_that_does_not_fit_the_columns_is_refused():
    with pytest.raises(ValueError, match="Table t: a row has 2 cells for 1 columns"):
        Table("t", "T", (Column("a", "A"),), ((Cell(1), Cell(2)),))


def test_tables_and_sections_are_found_by_their_key():
    report = small_report()
    assert (report.section("rest").key, report.table("none").title) == ("rest", "Leer")
    with pytest.raises(KeyError):
        report.table("nowhere")


def test_half_a_band_or_one_of_other_length_is_refused():
    with pytest.raises(ValueError, match="lower and its upper bound"):
        Series("S", (1, 2), low=(0, 1))
    with pytest.raises(ValueError, match="bounds for each value"):
        Series("S", (1, 2), low=(0, 1), high=(2,))
    assert Series("S", (1,)).band is None
