"""When ties and actors were there, in spells of calendar years."""

import dataclasses
from datetime import date

import pytest

from reports.analysis.picture import PictureEdge, PicturePart, edge_spells, node_spells
from tests.factories.pictures import small_picture


def edge(*spans: tuple[int | None, int | None], undated: bool = False) -> PictureEdge:
    parts = [PicturePart("attendance", first, last, 1.0, 1, False) for first, last in spans]
    if undated:
        parts.append(PicturePart("attendance", None, None, 1.0, 1, False, has_day=False))
    return PictureEdge(0, 1, 1.0, 1, ("attendance",), False, tuple(parts))


def days(*years: tuple[int | None, int | None]) -> tuple[tuple[date | None, date | None], ...]:
    return tuple(
        (first and date(first, 1, 1), last and date(last, 12, 31))  # type: ignore[misc]
        for first, last in years
    )


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([], []),
        ([(2018, 2018)], [(2018, 2018)]),
        ([(2019, 2019), (2018, 2018)], [(2018, 2019)]),
        ([(2020, 2020), (2018, 2018)], [(2018, 2018), (2020, 2020)]),
        ([(2005, 2015), (2007, 2008), (2016, 2016)], [(2005, 2016)]),
        ([(None, 2004), (2003, 2003), (2006, None), (2010, 2010)], [(None, 2004), (2006, None)]),
        ([(2010, 2010), (None, None)], [(None, None)]),
        ([(2005, None), (2003, 2005)], [(2003, None)]),
    ],
)
def test_years_that_follow_each_other_are_one_spell(spans, expected):
    assert edge_spells(edge(*spans)) == days(*expected)


def test_records_without_a_day_have_no_spell():
    assert edge_spells(edge(undated=True)) == ()
    assert edge_spells(edge((2018, 2018), undated=True)) == days((2018, 2018))


def test_an_actor_is_there_from_its_first_to_its_last_year():
    node = small_picture().nodes[0]

    assert node_spells(node) == days((2003, 2018))
    assert node_spells(dataclasses.replace(node, since=None, last=None)) == ()
