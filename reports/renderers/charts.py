"""Charts of documents, as SVG and PNG: a `Figure` drawn in the colours of the pages.

In grey, hatches, markers and dashes still tell the series apart. The same figure gives the same bytes.
"""

from __future__ import annotations

import io
import math
from typing import Any

from django.utils.formats import number_format
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure as Drawing
from matplotlib.ticker import FuncFormatter, MaxNLocator

from reports.renderers.colours import LINE, SERIES
from reports.renderers.drawing import drawing_style
from reports.report import Figure, Series

# In inches: as wide as the text of an A4 page. At twice the density of a screen the PNG is sharp on paper.
WIDTH, HEIGHT, DENSITY = 6.7, 2.8, 192
BAR_HEIGHT = 0.3
HATCHES = ("", "////", "...", "\\\\\\\\", "xxx", "---", "++", "oo", "|||", "**")
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "<", ">", "*")
DASHES = ("-", "--", "-.", ":")
# What a letter of a name takes below the chart, and the distance to the next name.
LETTER, GAP, ROOM = 0.066, 0.08, 6.2
MOST_LABELLED = 16


def chart_svg(figure: Figure) -> bytes:
    """Return ``figure`` as SVG, its words as paths."""
    return _drawn(figure, format="svg", metadata={"Date": None, "Creator": None})


def chart_png(figure: Figure) -> bytes:
    """Return ``figure`` as PNG, at twice the density of a screen."""
    return _drawn(figure, format="png", metadata={"Software": None})


def _drawn(figure: Figure, **options: Any) -> bytes:
    target = io.BytesIO()
    with drawing_style():
        drawing = _draw(figure)
        drawing.savefig(target, dpi=DENSITY, **options)
    return target.getvalue()


def _draw(figure: Figure) -> Drawing:
    # Names that do not fit below upright bars stand beside bars that lie.
    is_lying = figure.kind != "line" and _crowding(figure) > 1 and not _years(figure)
    height = max(HEIGHT, BAR_HEIGHT * len(figure.categories) + 0.8) if is_lying else HEIGHT
    drawing = Drawing(figsize=(WIDTH, height), layout="constrained")
    FigureCanvasAgg(drawing)
    axes = drawing.add_subplot()
    if figure.kind == "line":
        _draw_lines(axes, figure)
    else:
        _draw_bars(axes, figure, is_lying=is_lying)
    _name_categories(axes, figure, is_lying=is_lying)
    _set_values(axes, figure, is_lying=is_lying)
    if len(figure.series) > 1:
        drawing.legend(loc="outside upper left", ncols=min(4, len(figure.series)), frameon=False)
    return drawing


def _crowding(figure: Figure) -> float:
    """Return how many times the room below the chart its names would take; turn or leave out from 1 on."""
    longest = max(map(len, figure.categories), default=0)
    return len(figure.categories) * (longest * LETTER + GAP) / ROOM


def _years(figure: Figure) -> bool:
    return all(category.isdigit() for category in figure.categories)


def _gaps(values: tuple[float | int | None, ...]) -> list[float]:
    return [float("nan") if value is None else float(value) for value in values]


def _draw_lines(axes: Axes, figure: Figure) -> None:
    places = range(len(figure.categories))
    for number, series in enumerate(figure.series):
        colour = SERIES[number % len(SERIES)]
        axes.plot(
            places,
            _gaps(series.values),
            color=colour,
            label=series.label,
            linestyle=DASHES[number % len(DASHES)],
            marker=MARKERS[number % len(MARKERS)],
            markersize=3.5,
            linewidth=1.6,
        )
        if series.band is not None:
            low, high = (_gaps(bound) for bound in series.band)
            axes.fill_between(places, low, high, color=colour, alpha=0.18, linewidth=0)


def _draw_bars(axes: Axes, figure: Figure, *, is_lying: bool) -> None:
    stacked = figure.kind == "stacked_bar"
    together = min(0.7, 0.12 * len(figure.categories) + 0.05)
    thickness = together if stacked else together / max(1, len(figure.series))
    base = [0.0] * len(figure.categories)
    for number, series in enumerate(figure.series):
        shift = 0.0 if stacked else (number - (len(figure.series) - 1) / 2) * thickness
        bars = _bars(
            axes,
            series,
            number=number,
            base=base,
            shift=shift,
            thickness=thickness,
            is_lying=is_lying,
        )
        if stacked:
            base = [low + (value or 0) for low, value in zip(base, series.values, strict=True)]
        if len(figure.series) == 1 and len(figure.categories) <= MOST_LABELLED:
            axes.margins(x=0.1 if is_lying else None, y=None if is_lying else 0.1)
            axes.bar_label(bars, labels=[_written(value) for value in series.values], padding=2, fontsize=8)


def _bars(
    axes: Axes,
    series: Series,
    *,
    number: int,
    base: list[float],
    shift: float,
    thickness: float,
    is_lying: bool,
) -> Any:
    places = [place + shift for place in range(len(series.values))]
    look: dict[str, Any] = {
        "color": SERIES[number % len(SERIES)],
        "hatch": HATCHES[number % len(HATCHES)],
        "edgecolor": "white",
        "linewidth": 0,
        "label": series.label,
    }
    lengths = [value or 0 for value in series.values]
    if is_lying:
        return axes.barh(places, lengths, height=thickness, left=base, **look)
    return axes.bar(places, lengths, width=thickness, bottom=base, **look)


def _name_categories(axes: Axes, figure: Figure, *, is_lying: bool) -> None:
    step = math.ceil(_crowding(figure)) if _years(figure) else 1
    places = range(0, len(figure.categories), step)
    names = [figure.categories[place] for place in places]
    if is_lying:
        axes.set_yticks(places, names)
        axes.invert_yaxis()
        axes.tick_params(axis="y", length=0)
        return
    turned = 45 if step == 1 and _crowding(figure) > 1 else 0
    axes.set_xticks(places, names, rotation=turned, ha="right" if turned else "center")
    axes.tick_params(axis="x", length=0)


def _set_values(axes: Axes, figure: Figure, *, is_lying: bool) -> None:
    axis = axes.xaxis if is_lying else axes.yaxis
    whole = all(isinstance(v, int) or v is None for series in figure.series for v in series.values)
    axis.set_major_locator(MaxNLocator(nbins=5, integer=whole))
    axis.set_major_formatter(FuncFormatter(lambda value, _place: _written(value)))
    axis.grid(visible=True, color=LINE, linewidth=0.8)
    axes.set_axisbelow(True)
    if len(figure.series) == 1:
        axis.set_label_text(figure.series[0].label)
    axes.spines[["top", "right", "left" if not is_lying else "bottom"]].set_visible(False)
    axes.tick_params(axis="x" if is_lying else "y", length=0)
    _begin_at_zero(axes, figure, is_lying=is_lying)


def _begin_at_zero(axes: Axes, figure: Figure, *, is_lying: bool) -> None:
    bounds = [bound for series in figure.series for bound in (series.values, series.low or ())]
    least = min((value for values in bounds for value in values if value is not None), default=0)
    if least >= 0:
        (axes.set_xlim if is_lying else axes.set_ylim)(0, None)


def _written(value: float | None) -> str:
    if value is None:
        return "–"
    rounded = round(float(value), 2)
    digits = 0 if rounded.is_integer() else 1 if round(rounded, 1) == rounded else 2
    return str(number_format(rounded, digits, force_grouping=True))
