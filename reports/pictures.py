"""The picture of the network as a chapter of its report: what the explorer shows, drawn on the server."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from reports.analysis import picture as network
from reports.builders.graph.labels import whole
from reports.builders.graph.picture import build_picture
from reports.builders.graph.query import GraphQuery
from reports.builders.graph.view import GraphView
from reports.builders.shared.ranks import named_first
from reports.renderers.graph_formats.images import render_png, render_svg
from reports.report import Note, Picture, Report, Section

# Of more actors nobody would tell one dot from another on a sheet of paper.
MOST_DRAWN = 1_500
NAMED = 3


@dataclass(frozen=True, eq=False)
class NetworkDrawing:
    """The network, drawn when a form of the report wants it."""

    network: network.Picture

    @cached_property
    def svg(self) -> bytes:
        return render_svg(self.network)

    @cached_property
    def png(self) -> bytes:
        return render_png(self.network)


def with_picture(report: Report, *, view: GraphView, looks: dict[str, str]) -> Report:
    """Return ``report`` with the picture after its first chapter; as it is where there is nothing to draw.

    Parameters
    ----------
    view
        What the explorer shows.
    looks
        What colour and size of the dots stand for.
    """
    block = _too_many(view) or _picture(view, looks)
    if block is None:
        return report
    title = _("Picture of the network")
    intro = _(
        "Each dot is an actor, each line a tie. Who is often together with the same others usually stands "
        "close."
    )
    notes = (_from_explorer(),) if _is_narrowed(view.query) else ()
    chapter = Section("picture", title, (block, *notes), intro=intro)
    after = report.sections.index(report.section("overview")) + 1
    sections = (*report.sections[:after], chapter, *report.sections[after:])
    return dataclasses.replace(report, sections=sections)


def _is_narrowed(query: GraphQuery) -> bool:
    return query != GraphQuery(from_year=query.from_year, until_year=query.until_year)


def _too_many(view: GraphView) -> Note | None:
    """Say why there is no picture; found out before the ties are collected, which would take long."""
    count = _participants(view) if view.query == GraphQuery() else 0
    if count <= MOST_DRAWN and (count or int(view.looked_at.sum()) <= MOST_DRAWN):
        return None
    return Note(
        "info",
        _("A picture of more than %(count)s actors would show nothing. The explorer shows parts of it.")
        % {"count": whole(MOST_DRAWN)},
    )


def _participants(view: GraphView) -> int:
    """Count the actors who took part in anything."""
    return int(view.frames.register.participations["actor_id"].nunique())


def _from_explorer() -> Note:
    text = _(
        "The picture shows what was chosen in the explorer; all other chapters leave nothing of the period "
        "out."
    )
    return Note("info", text)


def _picture(view: GraphView, looks: dict[str, str]) -> Picture | None:
    drawn = build_picture(view, **looks)
    if not drawn.edges:
        return None
    # What was chosen stands in the drawing itself.
    chosen = [*(f"{label}: {value}" for label, value in drawn.facts), *drawn.notes]
    alt = f"{_in_words(drawn)} {' · '.join(chosen)}"
    return Picture("network", _("Who is connected to whom"), NetworkDrawing(drawn), alt)


def _in_words(drawn: network.Picture) -> str:
    """Return what the picture shows to who does not see it."""
    tied = [node for node in drawn.nodes if node.degree]
    most = sorted(tied, key=lambda node: (-node.degree, node.label))
    text = _("Actors as dots: %(actors)s; ties as lines: %(ties)s. Most ties have: %(names)s.")
    return text % {
        "actors": whole(len(drawn.nodes)),
        "ties": whole(len(drawn.edges)),
        "names": named_first([node.label for node in most], [node.degree for node in most], NAMED),
    }
