"""JSON that graphology and Cytoscape read."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

import networkx as nx

from reports.analysis.picture import Picture
from reports.renderers.graph_formats.attributes import (
    as_graph,
    edge_attributes,
    graph_attributes,
    node_attributes,
)
from reports.renderers.graph_formats.looks import colours_of, diameters_of
from reports.renderers.graph_formats.xml_formats import SIZES, SPREAD


def render_graphology(picture: Picture) -> bytes:
    """Return the picture as graphology serialises it (`Graph.import`), ties with their parts."""
    keys = [str(node.id) for node in picture.nodes]
    looks = zip(keys, picture.nodes, colours_of(picture), diameters_of(picture, *SIZES), strict=True)
    nodes = [
        {"key": key, "attributes": node_attributes(node) | {"color": colour, "size": size}}
        for key, node, colour, size in looks
    ]
    edges = [
        {
            "key": f"{keys[edge.source]}~{keys[edge.target]}",
            "source": keys[edge.source],
            "target": keys[edge.target],
            "undirected": True,
            "attributes": edge_attributes(edge) | {"parts": [asdict(part) for part in edge.parts]},
        }
        for edge in picture.edges
    ]
    options = {"type": "undirected", "multi": False, "allowSelfLoops": False}
    return _dump(
        {"options": options, "attributes": graph_attributes(picture), "nodes": nodes, "edges": edges}
    )


def render_cytoscape(picture: Picture) -> bytes:
    """Return the picture as Cytoscape.js reads it, with places; its y axis points down."""
    document = nx.cytoscape_data(as_graph(picture), name="label")
    document["data"] = graph_attributes(picture)
    looks = zip(document["elements"]["nodes"], picture.nodes, colours_of(picture), strict=True)
    for element, node, colour in looks:
        element["position"] = {"x": round(node.x * SPREAD, 2), "y": round((1 - node.y) * SPREAD, 2)}
        element["data"]["color"] = colour
    for element in document["elements"]["edges"]:
        element["data"]["id"] = f"{element['data']['source']}~{element['data']['target']}"
    return _dump(document)


def _dump(document: Any) -> bytes:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
