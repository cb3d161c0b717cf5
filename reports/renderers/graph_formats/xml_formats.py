"""GraphML, and GEXF with the time in which actors and ties were there."""

from __future__ import annotations

import io
import re

import networkx as nx

from reports.analysis.picture import Picture, Spell, edge_spells, node_spells
from reports.renderers.graph_formats.attributes import as_graph
from reports.renderers.graph_formats.looks import colours_of, diameters_of

# What a program shows that draws by itself: the unit square is too small for it.
SPREAD, SIZES = 1_000, (4.0, 24.0)
_OPEN_END = re.compile(rb'(<spell\b[^>]*?) (?:start|end)="None"')
_MODIFIED = re.compile(rb'lastmodifieddate="[^"]*"')


def render_graphml(picture: Picture) -> bytes:
    """Return the picture as GraphML."""
    target = io.BytesIO()
    nx.write_graphml(as_graph(picture), target)
    return target.getvalue()


def render_gexf(picture: Picture) -> bytes:
    """Return the picture as GEXF 1.2: spells of calendar years, strength by year, places and colours.

    An actor or a tie without any day is there all the time.
    """
    graph = as_graph(picture)
    looks = zip(picture.nodes, colours_of(picture), diameters_of(picture, *SIZES), strict=True)
    for node, colour, size in looks:
        attributes = graph.nodes[str(node.id)]
        attributes["viz"] = {
            "position": {"x": attributes.pop("x") * SPREAD, "y": attributes.pop("y") * SPREAD, "z": 0.0},
            "color": dict(zip("rgb", _rgb(colour), strict=True)) | {"a": 1.0},
            "size": size,
        }
        attributes["spells"] = _written(node_spells(node))
    keys = [str(node.id) for node in picture.nodes]
    for edge in picture.edges:
        attributes = graph.edges[keys[edge.source], keys[edge.target]]
        attributes["spells"] = (
            [] if any(not part.has_day for part in edge.parts) else _written(edge_spells(edge))
        )
    target = io.BytesIO()
    nx.write_gexf(graph, target, version="1.2draft")
    # The library writes the day of today, and an open end as a word.
    day = f'lastmodifieddate="{picture.day.isoformat()}"'
    return _OPEN_END.sub(rb"\1", _MODIFIED.sub(day.encode(), target.getvalue(), count=1))


def _written(spells: tuple[Spell, ...]) -> list[tuple[str | None, str | None]]:
    """Write days; a spell without any end says nothing, so that it is as good as none."""
    if (None, None) in spells:
        return []
    return [tuple(day.isoformat() if day else None for day in spell) for spell in spells]  # type: ignore[misc]


def _rgb(colour: str) -> tuple[int, int, int]:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return red, green, blue
