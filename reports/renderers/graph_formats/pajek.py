"""Pajek's own format. networkx writes quotation marks in names as they are, which no reader survives."""

from __future__ import annotations

from collections.abc import Iterator

from reports.analysis.picture import Picture
from reports.renderers.graph_formats.attributes import clean


def render_pajek(picture: Picture) -> bytes:
    """Return the picture for Pajek: names in quotation marks and each once, places, and strengths."""
    return "".join(f"{line}\n" for line in _lines(picture)).encode()


def _lines(picture: Picture) -> Iterator[str]:
    yield f"*Vertices {len(picture.nodes)}"
    for number, (node, label) in enumerate(zip(picture.nodes, _labels(picture), strict=True), 1):
        # Pajek's origin is the upper left corner.
        yield f'{number} "{label}" {node.x:.4f} {1 - node.y:.4f} 0.5'
    yield "*Edges"
    for edge in picture.edges:
        yield f"{edge.source + 1} {edge.target + 1} {edge.strength:.4f}"


def _labels(picture: Picture) -> list[str]:
    """Return names that Pajek reads: without quotation marks, and each once, for they tell actors apart."""
    taken: set[str] = set()
    labels = []
    for node in picture.nodes:
        bare = clean(node.label).replace('"', "'").replace("\\", "/") or str(node.id)
        label = bare if bare not in taken else f"{bare} ({node.id})"
        taken.add(label)
        labels.append(label)
    return labels
