"""The network as a file: for Gephi, Pajek, Cytoscape and the like, for a spreadsheet, and as a picture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.spreadsheets import CSV_TYPE
from reports.analysis.picture import Picture
from reports.renderers.graph_formats.images import render_png, render_svg
from reports.renderers.graph_formats.json_formats import render_cytoscape, render_graphology
from reports.renderers.graph_formats.pajek import render_pajek
from reports.renderers.graph_formats.tables import render_edges, render_nodes
from reports.renderers.graph_formats.xml_formats import render_gexf, render_graphml


@dataclass(frozen=True)
class GraphFormat:
    """A format of files: suffix, type, who writes them, and what tells two of one suffix apart."""

    suffix: str
    content_type: str
    render: Callable[[Picture], bytes]
    part: Any = ""

    def file_name(self, picture: Picture) -> str:
        """Return what a file of the picture is called, without its suffix."""
        name = f"{picture.title} {picture.period} {picture.day:%Y-%m-%d}"
        return "-".join(part for part in (name, str(self.part)) if part)


XML, JSON = "application/xml", "application/json"
GRAPH_FORMATS = {
    "graphml": GraphFormat("graphml", XML, render_graphml),
    "gexf": GraphFormat("gexf", XML, render_gexf),
    "pajek": GraphFormat("net", "text/plain; charset=utf-8", render_pajek),
    "nodes.csv": GraphFormat("csv", CSV_TYPE, render_nodes, _("nodes")),
    "edges.csv": GraphFormat("csv", CSV_TYPE, render_edges, _("edges")),
    "graphology.json": GraphFormat("json", JSON, render_graphology, "graphology"),
    "cytoscape.json": GraphFormat("json", JSON, render_cytoscape, "Cytoscape"),
    "svg": GraphFormat("svg", "image/svg+xml", render_svg),
    "png": GraphFormat("png", "image/png", render_png),
}
