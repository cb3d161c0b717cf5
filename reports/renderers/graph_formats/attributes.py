"""What a file says about actors and ties: the same names in every format."""

from __future__ import annotations

from typing import Any

import networkx as nx

from core.spreadsheets import safe_text
from reports.analysis.picture import Picture, PictureEdge, PictureNode


def clean(text: str) -> str:
    """Return text without line breaks and without what no XML file may hold."""
    return " ".join(safe_text(text).split())


def node_attributes(node: PictureNode) -> dict[str, Any]:
    """Return what is told about an actor; what is not known is left out."""
    attributes: dict[str, Any] = {
        "label": clean(node.label),
        "kind": node.kind,
        "sector": node.sector,
        "sector_label": clean(node.sector_label),
        "is_office": node.is_office,
        "topics": clean(", ".join(node.topics)),
        "x": node.x,
        "y": node.y,
        "participations": node.participations,
        "degree": node.degree,
        "strength": float(node.strength),
        "betweenness": float(node.betweenness),
        "community": node.community,
        "since": node.since,
        "last": node.last,
    }
    return {name: value for name, value in attributes.items() if value is not None}


def edge_attributes(edge: PictureEdge) -> dict[str, Any]:
    """Return what is told about a tie."""
    years = [part.from_year for part in edge.parts if part.from_year is not None]
    years += [part.until_year for part in edge.parts if part.until_year is not None]
    attributes: dict[str, Any] = {
        "weight": float(edge.strength),
        "count": edge.count,
        "kinds": ",".join(edge.kinds),
        "is_strong": edge.is_strong,
        "with_office": any(part.is_office for part in edge.parts),
        "first_year": min(years, default=None),
        "last_year": max(years, default=None),
    }
    return {name: value for name, value in attributes.items() if value is not None}


def graph_attributes(picture: Picture) -> dict[str, str]:
    """Return what is told about the whole: title, period, day, what was asked for and what is left out."""
    attributes = {
        "title": picture.title,
        "period": picture.period,
        "date": picture.day.isoformat(),
        "selection": "; ".join(f"{label}: {value}" for label, value in picture.facts),
        "note": " ".join(picture.notes),
    }
    return {name: clean(value) for name, value in attributes.items() if value}


def as_graph(picture: Picture) -> nx.Graph:
    """Return the picture as a networkx graph, its nodes under their ids as text."""
    graph: nx.Graph = nx.Graph()
    graph.graph |= graph_attributes(picture)
    keys = [str(node.id) for node in picture.nodes]
    graph.add_nodes_from((key, node_attributes(node)) for key, node in zip(keys, picture.nodes, strict=True))
    graph.add_edges_from(
        (keys[edge.source], keys[edge.target], edge_attributes(edge)) for edge in picture.edges
    )
    return graph
