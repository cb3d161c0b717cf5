"""The network as a picture, drawn on the server: the same network gives the same bytes."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import numpy as np
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patheffects import withStroke

from core.text import shorten
from reports.analysis.picture import Picture, PictureEdge
from reports.renderers.colours import INK, LINE, MUTED, PRIMARY
from reports.renderers.drawing import drawing_style
from reports.renderers.graph_formats.attributes import clean
from reports.renderers.graph_formats.looks import colours_of, diameters_of, group_of, groups, value_of

# In inches; at twice the density of a screen.
WIDTH, HEIGHT, DENSITY = 9.6, 7.2, 192
FRAME = (0.01, 0.09, 0.78, 0.83)
# Of so many actors at most a name is tried, the most important first.
MOST_NAMED, LONGEST_NAME = 60, 32
NAME_SIZE, SMALLEST, LARGEST = 7.5, 3.5, 15.0
MOST_GROUPS = 10
STYLES: dict[bool, Any] = {True: "solid", False: (0, (4, 2.5))}
# More ties than these make a picture black: every actor's strongest is drawn, and the strongest of the rest.
MOST_TIES = 1_000


def render_svg(picture: Picture) -> bytes:
    """Return the picture as SVG, its words as paths, without any date."""
    return _render(picture, format="svg", metadata={"Date": None, "Creator": None})


def render_png(picture: Picture) -> bytes:
    """Return the picture as PNG at twice the density of a screen."""
    return _render(picture, format="png", metadata={"Software": None})


def _render(picture: Picture, **options: Any) -> bytes:
    target = io.BytesIO()
    with drawing_style():
        figure = Figure(figsize=(WIDTH, HEIGHT), facecolor="white")
        FigureCanvasAgg(figure)
        _draw(figure, picture)
        figure.savefig(target, dpi=DENSITY, **options)
    return target.getvalue()


def _draw(figure: Figure, picture: Picture) -> None:
    axes = figure.add_axes(FRAME)
    axes.set_axis_off()
    axes.set_xlim(-0.02, 1.02)
    axes.set_ylim(-0.02, 1.02)
    sizes = _diameters(picture)
    _draw_ties(axes, picture)
    _draw_actors(axes, picture, sizes)
    _draw_names(figure, axes, picture, sizes)
    _write_head(figure, picture)
    _write_legend(figure, picture)


def _diameters(picture: Picture) -> np.ndarray:
    """Return the diameters in points; many actors must not cover each other."""
    crowd = min(1.0, (150 / max(len(picture.nodes), 1)) ** 0.4)
    return np.asarray(diameters_of(picture, SMALLEST, LARGEST)) * max(crowd, 0.35)


def _draw_ties(axes: Axes, picture: Picture) -> None:
    """Draw weak ties dashed and below the strong ones; the width follows the strength."""
    drawn = drawn_ties(picture)
    top = np.quantile([edge.strength for edge in drawn], 0.98) if drawn else 1
    faint = 0.6 if len(drawn) < 500 else 0.35
    for is_strong in (False, True):
        edges = [edge for edge in drawn if edge.is_strong is is_strong]
        widths = [0.35 + 1.7 * min(edge.strength / top, 1) for edge in edges]
        lines = LineCollection(
            [_line(picture, edge) for edge in edges],
            linewidths=widths,
            linestyles=[STYLES[is_strong]],
            colors=PRIMARY if is_strong else MUTED,
            alpha=faint,
            zorder=1 + is_strong,
        )
        axes.add_collection(lines)


def drawn_ties(picture: Picture) -> list[PictureEdge]:
    """Return the ties to draw: of too many every actor's strongest, and the strongest of all."""
    if len(picture.edges) <= MOST_TIES:
        return list(picture.edges)
    held: set[int] = set()
    seen: set[int] = set()
    ranked = sorted(range(len(picture.edges)), key=lambda at: (-picture.edges[at].strength, at))
    for at in ranked:
        ends = {picture.edges[at].source, picture.edges[at].target}
        if not ends <= seen:
            held.add(at)
            seen |= ends
    room = max(MOST_TIES - len(held), 0)
    held |= set([at for at in ranked if at not in held][:room])
    return [edge for at, edge in enumerate(picture.edges) if at in held]


def _line(picture: Picture, edge: PictureEdge) -> list[tuple[float, float]]:
    return [(node.x, node.y) for node in (picture.nodes[edge.source], picture.nodes[edge.target])]


def _draw_actors(axes: Axes, picture: Picture, sizes: np.ndarray) -> None:
    if not picture.nodes:
        axes.text(0.5, 0.5, _("Nobody to show."), ha="center", va="center", color=MUTED, fontsize=12)
        return
    axes.scatter(
        [node.x for node in picture.nodes],
        [node.y for node in picture.nodes],
        s=sizes**2,
        c=colours_of(picture),
        edgecolors="white",
        linewidths=0.6,
        zorder=3,
    )


def _draw_names(figure: Figure, axes: Axes, picture: Picture, sizes: np.ndarray) -> None:
    """Write the names of the most important actors where they cover no other name."""
    renderer = figure.canvas.get_renderer()  # type: ignore[attr-defined]
    taken: list[Any] = []
    edge = axes.get_window_extent(renderer)
    halo = [withStroke(linewidth=2.2, foreground="white")]
    for at in _by_importance(picture)[:MOST_NAMED]:
        node = picture.nodes[at]
        text = axes.annotate(
            shortened(node.label),
            (node.x, node.y),
            xytext=(0, sizes[at] / 2 + 1.5),
            textcoords="offset points",
            ha="center",
            va="bottom",
            fontsize=NAME_SIZE,
            color=INK,
            path_effects=halo,
            zorder=5,
        )
        box = text.get_window_extent(renderer).padded(3)
        if any(box.overlaps(other) for other in taken) or box.x0 < edge.x0 or box.x1 > edge.x1 + 60:
            text.remove()
        else:
            taken.append(box)


def _by_importance(picture: Picture) -> list[int]:
    def rank(at: int) -> tuple[float, float, int]:
        node = picture.nodes[at]
        return -value_of(picture, node), -float(node.strength), at

    return sorted(range(len(picture.nodes)), key=rank)


def shortened(label: str) -> str:
    """Return a name that fits into the picture."""
    return shorten(clean(label), LONGEST_NAME)


def _write_head(figure: Figure, picture: Picture) -> None:
    figure.text(0.02, 0.965, clean(picture.title), fontsize=15, weight="bold", color=INK, va="center")
    day = _("as of %(day)s") % {"day": date_format(picture.day, "SHORT_DATE_FORMAT")}
    figure.text(0.02, 0.932, f"{clean(picture.period)} · {day}", fontsize=9.5, color=MUTED, va="center")
    lines = [f"{label}: {value}" for label, value in picture.facts]
    count = len(drawn_ties(picture))
    if count < len(picture.edges):
        numbers = {
            "shown": number_format(count, force_grouping=True),
            "all": number_format(len(picture.edges), force_grouping=True),
        }
        lines.append(_("Drawn: the %(shown)s strongest of %(all)s ties") % numbers)
    text = clean(" · ".join([*lines, *picture.notes]))
    figure.text(0.02, 0.055, "\n".join(_folded(text, 150)[:3]), fontsize=7.5, color=MUTED, va="center")


def _folded(text: str, width: int) -> list[str]:
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) + 1 > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _write_legend(figure: Figure, picture: Picture) -> None:
    entries = [*_group_entries(picture), *_tie_entries(picture)]
    if entries:
        figure.legend(
            handles=[entry for entry, _label in entries],
            labels=[label for _entry, label in entries],
            loc="upper left",
            bbox_to_anchor=(0.795, 0.91),
            frameon=True,
            edgecolor=LINE,
            fontsize=8,
            labelspacing=0.55,
        )


def _group_entries(picture: Picture) -> Iterator[tuple[Line2D, str]]:
    colours = groups(picture)
    counts = {group: sum(group_of(picture, node) == group for node in picture.nodes) for group in colours}
    for group, colour in list(colours.items())[:MOST_GROUPS]:
        dot = Line2D([], [], marker="o", linestyle="none", markersize=6, color=colour)
        yield dot, f"{shortened(_named(picture, group))} ({counts[group]})"


def _named(picture: Picture, group: str) -> str:
    if not group:
        return _("none")
    return _("Community %(number)s") % {"number": group} if picture.colour == "community" else group


def _tie_entries(picture: Picture) -> Iterator[tuple[Line2D, str]]:
    known = {edge.is_strong for edge in picture.edges}
    for is_strong, label in ((True, _("strong tie")), (False, _("weak tie"))):
        if is_strong in known:
            style = STYLES[is_strong]
            yield Line2D([], [], color=PRIMARY if is_strong else MUTED, linestyle=style, linewidth=1.4), label
