"""Charts of documents."""

import io
import xml.etree.ElementTree as ET

import pytest
from PIL import Image

from reports.renderers.charts import chart_png, chart_svg
from reports.report import Figure, FigureKind, Series

YEARS = tuple(str(year) for year in range(2003, 2022))
SERIES = (Series("Neu", tuple(range(19))), Series("Alt", (None, *range(18))))
FIGURES = [Figure("f", "F", kind, YEARS, SERIES, "") for kind in ("bar", "stacked_bar", "line")]


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.kind)
def test_the_same_figure_gives_the_same_bytes_without_day_or_program(figure):
    svg, png = chart_svg(figure), chart_png(figure)
    assert (chart_svg(figure), chart_png(figure)) == (svg, png)
    assert (b"<dc:date" in svg, b"<dc:creator" in svg) == (False, False)
    assert Image.open(io.BytesIO(png)).info.keys() <= {"dpi"}


def test_words_are_drawn_so_that_no_reader_needs_the_type():
    root = ET.fromstring(chart_svg(FIGURES[0]))
    assert list(root.iter("{http://www.w3.org/2000/svg}text")) == []


def test_names_too_long_to_stand_below_the_bars_make_the_chart_lie():
    long = tuple(f"Öffentlichkeitsarbeit und Einladung {number}" for number in range(12))
    lying = Image.open(io.BytesIO(chart_png(Figure("f", "F", "bar", long, (Series("S", (1,) * 12),), ""))))
    standing = Image.open(io.BytesIO(chart_png(FIGURES[0])))
    assert lying.width == standing.width
    assert lying.height > standing.height


def test_a_band_is_filled_between_its_bounds():
    values = (1.0, 2.0, None)
    bare = Figure("f", "F", "line", YEARS[:3], (Series("S", values),), "")
    band = Figure(
        "f", "F", "line", YEARS[:3], (Series("S", values, low=(0, 1, None), high=(2, 3, None)),), ""
    )
    assert b"FillBetweenPolyCollection" not in chart_svg(bare)
    assert b"FillBetweenPolyCollection" in chart_svg(band)


@pytest.mark.parametrize("kind", ["bar", "stacked_bar", "line"])
@pytest.mark.parametrize("values", [(None,), (0,), (-3.5,), (1e12,)])
def test_charts_of_hardly_anything_are_drawn(kind: FigureKind, values):
    assert chart_svg(Figure("f", "F", kind, ("$x^2$ <b>",), (Series("_hidden", values),), "")).startswith(
        b"<?xml"
    )
