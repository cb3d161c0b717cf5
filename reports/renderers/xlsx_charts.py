"""Native charts of a workbook, drawn from cells of its own sheets."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.line import LineProperties
from openpyxl.worksheet.worksheet import Worksheet

from reports.renderers.colours import SERIES
from reports.report import Figure, Series

COLOURS = tuple(colour.removeprefix("#").upper() for colour in SERIES)
GRID = "DFE4E8"
# In centimetres; a row of normal height is about half a centimetre high.
WIDTH, HEIGHT = 17.0, 8.0
ROWS = 17


def with_bounds(figure: Figure) -> Figure:
    """Return `figure` with the bounds of every band as lines of their own, so that their figures are told."""
    return dataclasses.replace(figure, series=tuple(_lines(figure)))


def _lines(figure: Figure) -> Iterator[Series]:
    for series in figure.series:
        yield dataclasses.replace(series, low=None, high=None)
        if series.band is not None:
            labels = _("%(line)s, lower bound"), _("%(line)s, upper bound")
            for label, bound in zip(labels, series.band, strict=True):
                yield Series(label % {"line": series.label}, bound)


def _styles(figure: Figure) -> list[tuple[str, bool]]:
    """Return for every line of `with_bounds` its colour, and whether it is a bound."""
    return [
        (COLOURS[number % len(COLOURS)], is_bound)
        for number, series in enumerate(figure.series)
        for is_bound in ((False, True, True) if series.band else (False,))
    ]


def add_chart(
    sheet: Worksheet, figure: Figure, *, anchor: str, head: int, names: int, columns: Sequence[int]
) -> None:
    """Draw `figure` at `anchor` from cells of the sheet.

    Parameters
    ----------
    head
        Row of the headings; the values stand below it, one row per category.
    names, columns
        Column of the categories, and the columns of the series.
    """
    chart: BarChart | LineChart = LineChart() if figure.kind == "line" else BarChart()
    last = head + len(figure.categories)
    for column in columns:
        chart.add_data(Reference(sheet, min_col=column, min_row=head, max_row=last), titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=names, min_row=head + 1, max_row=last))
    chart.width, chart.height = WIDTH, HEIGHT  # type: ignore[assignment]
    _set_axes(chart)
    if len(columns) == 1:
        chart.legend = None
    elif chart.legend is not None:
        chart.legend.position = "b"
    if isinstance(chart, BarChart):
        _set_bars(chart, figure)
    _colour(chart, figure)
    sheet.add_chart(chart, anchor)


def _set_axes(chart: BarChart | LineChart) -> None:
    chart.title = None
    # openpyxl hides the axes of a chart unless told otherwise.
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.y_axis.numFmt = "#,##0"
    chart.y_axis.scaling.min = 0
    if chart.y_axis.majorGridlines is not None:
        chart.y_axis.majorGridlines.spPr = GraphicalProperties(ln=LineProperties(solidFill=GRID))
    chart.display_blanks = "gap"
    chart.graphical_properties = GraphicalProperties(ln=LineProperties(noFill=True))


def _set_bars(chart: BarChart, figure: Figure) -> None:
    chart.gapWidth = 60
    if figure.kind == "stacked_bar":
        chart.grouping, chart.overlap = "stacked", 100
    if len(figure.series) == 1 and len(figure.categories) <= 12:
        chart.dataLabels = DataLabelList(
            showVal=True, showSerName=False, showCatName=False, showLegendKey=False
        )


def _colour(chart: BarChart | LineChart, figure: Figure) -> None:
    for series, (colour, is_bound) in zip(chart.series, _styles(figure), strict=True):
        if isinstance(chart, LineChart):
            line = series.graphicalProperties.line
            line.solidFill = colour
            line.width = 9_525 if is_bound else 28_575
            line.dashStyle = "sysDash" if is_bound else "solid"
            series.smooth = False
        else:
            series.graphicalProperties.solidFill = colour
