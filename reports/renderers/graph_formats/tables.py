"""Actors and ties as tables: the first headings are those by which network programs know nodes and edges.

They read `Id` and `Label` of nodes, `Source`, `Target`, `Type` and `Weight` of edges, whatever the language.
An edge has a row for each kind and time; those programs add the weights of its rows up.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from core.spreadsheets import write_program_csv
from reports.analysis.picture import Picture

UNDIRECTED = "Undirected"


def render_nodes(picture: Picture) -> bytes:
    """Return the actors, one a row."""
    heads = (
        "Id",
        "Label",
        _("Kind"),
        _("Sector"),
        _("Topics"),
        _("Events"),
        _("Ties"),
        _("Strength"),
        _("Betweenness"),
        _("Community"),
        _("First year"),
        _("Last year"),
        "x",
        "y",
    )
    rows = [
        (
            node.id,
            node.label,
            node.kind,
            node.sector_label,
            ", ".join(node.topics),
            node.participations,
            node.degree,
            float(node.strength),
            float(node.betweenness),
            node.community or None,
            node.since,
            node.last,
            node.x,
            node.y,
        )
        for node in picture.nodes
    ]
    return write_program_csv(heads=heads, rows=rows)


def render_edges(picture: Picture) -> bytes:
    """Return the ties, one row for each kind and time."""
    heads = (
        "Source",
        "Target",
        "Type",
        "Weight",
        _("Actor 1"),
        _("Actor 2"),
        _("Kind"),
        _("From year"),
        _("Until year"),
        _("Records"),
        _("With the office"),
        _("Strength of the tie"),
    )
    rows = []
    for edge in picture.edges:
        one, other = picture.nodes[edge.source], picture.nodes[edge.target]
        rows += [
            (
                one.id,
                other.id,
                UNDIRECTED,
                float(part.strength),
                one.label,
                other.label,
                picture.kinds.get(part.kind, part.kind),
                part.from_year,
                part.until_year,
                part.count,
                part.is_office,
                float(edge.strength),
            )
            for part in edge.parts
        ]
    return write_program_csv(heads=heads, rows=rows)
