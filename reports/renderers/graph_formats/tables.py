"""Actors and ties as tables for a spreadsheet."""

from __future__ import annotations

from django.utils.translation import gettext as _

from crm.common.spreadsheets import SheetColumn, write_csv
from reports.analysis.picture import Picture


def render_nodes(picture: Picture) -> bytes:
    """Return the actors, one a row."""
    heads = (
        _("Number"),
        _("Actor"),
        _("Kind"),
        _("Sector"),
        _("Topics"),
        _("Events"),
        _("Actors met"),
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
    return write_csv(columns=[SheetColumn(head) for head in heads], rows=rows)


def render_edges(picture: Picture) -> bytes:
    """Return the ties, one row for each kind and time."""
    heads = (
        _("Number 1"),
        _("Actor 1"),
        _("Number 2"),
        _("Actor 2"),
        _("Kind"),
        _("From year"),
        _("Until year"),
        _("Strength"),
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
                one.label,
                other.id,
                other.label,
                picture.kinds.get(part.kind, part.kind),
                part.from_year,
                part.until_year,
                float(part.strength),
                part.count,
                part.is_office,
                float(edge.strength),
            )
            for part in edge.parts
        ]
    return write_csv(columns=[SheetColumn(head) for head in heads], rows=rows)
