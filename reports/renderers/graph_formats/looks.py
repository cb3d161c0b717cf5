"""Colour and size of actors, as the explorer has them."""

from __future__ import annotations

import math

from reports.analysis.picture import Picture, PictureNode

# Those of the light pages (frontend/theme/colours.css).
SECTORS = {
    "association": "#4477aa",
    "business": "#c2503d",
    "institution": "#8b6fb0",
    "administration": "#b8860b",
    "politics": "#54606b",
    "resident": "#2a8c7a",
    "office": "#9c5a2e",
    "other": "#b0417a",
}
RANKS = (
    "#4477aa",
    "#c2503d",
    "#8b6fb0",
    "#b8860b",
    "#54606b",
    "#2a8c7a",
    "#9c5a2e",
    "#b0417a",
    "#3d9a4b",
    "#2f86b7",
)
NONE = "#a9b3bb"


def group_of(picture: Picture, node: PictureNode) -> str:
    """Return what the colour of an actor stands for, as text; empty for none."""
    if picture.colour == "community":
        return str(node.community) if node.community else ""
    if picture.colour == "topic":
        return node.topics[0] if node.topics else ""
    return node.sector_label


def groups(picture: Picture) -> dict[str, str]:
    """Return the colour of every group that has an actor, largest group first."""
    counts: dict[str, int] = {}
    for node in picture.nodes:
        group = group_of(picture, node)
        counts[group] = counts.get(group, 0) + 1
    order = sorted(counts, key=lambda group: (group == "", -counts[group], group))
    if picture.colour == "sector":
        sectors = {node.sector_label: SECTORS.get(node.sector, NONE) for node in picture.nodes}
        return {group: sectors[group] for group in order}
    ranked = [group for group in order if group]
    colours = {group: RANKS[at] if at < len(RANKS) else NONE for at, group in enumerate(ranked)}
    return colours | {group: NONE for group in order if not group}


def colours_of(picture: Picture) -> list[str]:
    """Return the colours of the actors, one after the other."""
    colours = groups(picture)
    return [colours[group_of(picture, node)] for node in picture.nodes]


def diameters_of(picture: Picture, smallest: float, largest: float) -> list[float]:
    """Return the diameters of the actors: the area grows with what the size stands for."""
    values = [value_of(picture, node) for node in picture.nodes]
    top = max(values, default=0)
    shares = [math.sqrt(value / top) if top > 0 else 0.0 for value in values]
    return [round(smallest + (largest - smallest) * share, 3) for share in shares]


def value_of(picture: Picture, node: PictureNode) -> float:
    """Return the figure that the size of an actor stands for."""
    return float(getattr(node, picture.size))
