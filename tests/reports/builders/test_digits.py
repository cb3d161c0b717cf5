"""Numbers inside sentences are rounded and written as the reader writes them."""

import pytest
from django.utils import translation

from reports.builders.digits import grouped, rounded


@pytest.mark.parametrize(
    ("language", "value", "places", "written"),
    [("de", 0.999, 2, "1,00"), ("de", -0.0384, 2, "-0,04"), ("en", 38.59, 1, "38.6"), ("de", 2.5, 2, "2,50")],
)
def test_a_number_is_rounded_and_not_cut_off(language, value, places, written):
    with translation.override(language):
        assert rounded(value, places) == written


def test_thousands_are_set_apart():
    with translation.override("de"):
        assert (grouped(12345), grouped(99)) == ("12.345", "99")
