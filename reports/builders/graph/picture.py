"""The network of a question as a picture: only who is looked at, and only what may be told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from actors.models import Topic
from reports import frames
from reports.analysis import ties as kinds
from reports.analysis.picture import Picture, PictureEdge, PictureNode, PicturePart
from reports.builders.graph.drawn import drawn
from reports.builders.graph.figures import build_figures
from reports.builders.graph.labels import kind_labels, whole
from reports.builders.graph.payload import bounded_text, build_nodes, made_of
from reports.builders.graph.view import GraphView
from reports.builders.shared.basis import sector_label


def build_picture(view: GraphView, *, colour: str = "sector", size: str = "degree") -> Picture:
    """Return what the explorer shows, for drawing and for other programs.

    The ties are those of the screen: of too many only the strongest, and the notes say so.
    """
    nodes = tuple(_nodes(view))
    position = {node.id: at for at, node in enumerate(nodes)}
    network, parts, tie_count = drawn(view)
    upper = network.upper()
    ids = [view.cover.public_id(actor) for actor in view.network.ids.tolist()]
    rows = made_of(parts, len(upper.row))
    edges = []
    for one, other, made in zip(upper.row.tolist(), upper.col.tolist(), rows, strict=True):
        if ids[one] in position and ids[other] in position:
            source, target = sorted((position[ids[one]], position[ids[other]]))
            edges.append(_edge(view, source, target, made))
    bounded = bounded_text(view, network, tie_count)
    return Picture(
        title=_("Network"),
        period=view.query.period.label,
        day=view.request.today,
        nodes=nodes,
        edges=tuple(sorted((edge for edge in edges if edge.strength > 0), key=_ends)),
        kinds=kind_labels(),
        colour=colour,
        size=size,
        facts=tuple(_facts(view)),
        notes=(bounded,) if bounded else (),
    )


def _ends(edge: PictureEdge) -> tuple[int, int]:
    return edge.source, edge.target


def _nodes(view: GraphView) -> Iterator[PictureNode]:
    figures = build_figures(view)
    topics = frames.load_terms(Topic)
    labels = list(topics.values())
    looked_at = view.looked_at[view.rows]
    nodes = build_nodes(view, list(topics))
    for at in np.flatnonzero(looked_at).tolist():
        node = nodes[at]
        yield PictureNode(
            **{name: node[name] for name in ("id", "label", "kind", "sector", "is_office", "x", "y")},
            sector_label=sector_label(node["sector"]),
            topics=tuple(labels[topic] for topic in node["topics"]),
            community=figures["community"][at] + 1,
            since=node["since"],
            last=node["last"],
            **{name: figures[name][at] for name in ("participations", "degree", "strength", "betweenness")},
        )


def _edge(view: GraphView, source: int, target: int, made: list[list[Any]]) -> PictureEdge:
    parts = tuple(_parts(made))
    counted = [part for part in parts if _counts(view, part.kind)]
    codes = {part.kind for part in parts}
    return PictureEdge(
        source=source,
        target=target,
        strength=round(sum(part.strength for part in counted), 4),
        count=sum(part.count for part in counted),
        kinds=tuple(code for code in kinds.TIE_KINDS if code in codes),
        is_strong=bool(codes & kinds.STRONG_KINDS),
        parts=parts,
    )


def _counts(view: GraphView, kind: str) -> bool:
    return kind != kinds.ORGANISING or kinds.ATTENDANCE not in view.query.kinds


def _parts(made: list[list[Any]]) -> Iterator[PicturePart]:
    for kind, first, last, strength, count, office in made:
        has_day = first != kinds.UNDATED
        yield PicturePart(
            kind=kinds.TIE_KINDS[kind],
            from_year=first if has_day else None,
            until_year=last if has_day else None,
            strength=strength,
            count=count,
            is_office=bool(office & kinds.OFFICE_END),
            has_day=has_day,
        )


def _facts(view: GraphView) -> Iterator[tuple[str, str]]:
    """Say in words what was asked for."""
    query, labels = view.query, kind_labels()
    yield _("Ties"), ", ".join(labels[code] for code in kinds.TIE_KINDS if code in query.kinds) or "–"
    if query.sectors is not None:
        yield _("Sectors"), ", ".join(sector_label(code) for code in query.sectors) or "–"
    if query.minimum:
        yield _("Least strength"), number_format(f"{query.minimum:g}")
    if query.office != "with":
        texts = {
            "without": _("without the office"),
            "cancelled": _("without the office and its events"),
        }
        yield _("Neighbourhood office"), texts[query.office]
    gone = [actor for number in query.without if (actor := view.actor_of(number)) is not None]
    if gone:
        yield _("Without"), view.basis.names(gone)
    if view.backbone:
        yield _("Only ties stronger than chance"), str(view.backbone.summary()["text"])
    yield _("Actors"), whole(int(view.looked_at.sum()))
