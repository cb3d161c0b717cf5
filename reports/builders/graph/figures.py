"""The figures of the explorer for the ties that a question leaves; they take longer than the picture."""

from __future__ import annotations

from typing import Any

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.analysis import centrality, twomode
from reports.analysis.communities import communities, is_stable
from reports.analysis.cores import core_numbers
from reports.analysis.holes import structural_holes
from reports.analysis.ties import ATTENDANCE
from reports.builders.graph.bridging import bridging_of
from reports.builders.graph.digests import arrays, text
from reports.builders.graph.labels import whole
from reports.builders.graph.view import GraphView
from reports.builders.shared.measured import digest_of, kept

# Holes are looked for among so many ties, communities among so many.
HOLES_AMONG, GROUPS_AMONG = 30_000, 40_000
# Closeness is measured exactly for so many actors, else from so many end points.
EXACT_UP_TO, SAMPLE = 2_000, 300
# Runs of the search for communities: fewer where each takes long.
RUNS, FEW_RUNS, FEW_ABOVE = 20, 5, 2_000
# Fewer actors than these make no ranks.
FEW_ACTORS = 20


def build_figures(view: GraphView) -> dict[str, Any]:
    """Return the figures of all told actors in the order of the nodes.

    Who is not looked at, or has no tie, has 0; the constraint of such an actor is None, its community -1.
    """
    figures = _measured(view)
    constraint = figures["constraint"][view.rows]
    return {
        "order": [view.cover.public_id(actor) for actor in view.actors.tolist()],
        **{
            name: figures[name][view.rows].tolist()
            for name in ("degree", "strength", "betweenness", "harmonic", "community", "core")
        },
        "constraint": [None if np.isnan(value) else value for value in constraint.tolist()],
        "participations": view.period.counts(ATTENDANCE)[view.rows].tolist(),
        **{name: figures[name] for name in ("sample", "sample_error", "agreement", "modularity")},
        "bridging": bridging_of(view) if view.is_reduced else None,
        "notes": _notes(view, figures),
    }


def _measured(view: GraphView) -> dict[str, Any]:
    """Return the figures in the order of the networks; computed once for the same ties."""
    filters = (view.query.minimum, view.query.alpha, RUNS)
    key = digest_of(*arrays(view.ties), view.looked_at, text(filters))
    figures: dict[str, Any] = kept("figures", key, lambda: _measure(view), size=len(view.actors))
    return figures


def _measure(view: GraphView) -> dict[str, Any]:
    network = view.network.subset(view.looked_at)
    across = twomode.betweenness(view.two_mode)
    near = centrality.harmonic(network, exact_up_to=EXACT_UP_TO, sample=SAMPLE)
    groups = communities(network, runs=FEW_RUNS if network.size > FEW_ABOVE else RUNS, most_ties=GROUPS_AMONG)
    among = network.strongest(HOLES_AMONG)

    def spread(values: Any, empty: float = 0, digits: int = 6) -> np.ndarray:
        full = np.full(len(view.looked_at), empty, dtype=np.asarray(values).dtype)
        full[view.looked_at] = np.round(values, digits)
        return full

    between = np.zeros(len(view.looked_at))
    between[np.searchsorted(view.network.ids, view.two_mode.actor_ids)] = across.actors["value"]
    return {
        "degree": spread(network.degrees),
        "strength": spread(centrality.strength(network).table["value"].to_numpy(), digits=4),
        "betweenness": np.round(between, 6) * view.looked_at,
        "harmonic": spread(near.table["value"].to_numpy()),
        "constraint": spread(structural_holes(among).table["constraint"].to_numpy(), np.nan, 4),
        "community": spread(groups.table["community"].to_numpy() - 1, -1),
        "core": spread(core_numbers(network).table["core"].to_numpy()),
        "sample": across.sample,
        "near_sample": near.sample,
        "sample_error": _rounded(across.sample_error),
        "agreement": _rounded(groups.agreement),
        "modularity": _rounded(groups.modularity),
        "holes_among": among.tie_count if among is not network else None,
        "groups_among": groups.ties_used,
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _notes(view: GraphView, figures: dict[str, Any]) -> list[str]:
    """Say what a reader should know before trusting the figures."""
    notes = []
    tied = int((figures["degree"] > 0).sum())
    if 0 < tied < FEW_ACTORS:
        notes.append(
            ngettext(
                "Only %(count)s actor has ties here: a rank among so few says little.",
                "Only %(count)s actors have ties here: a rank among so few says little.",
                tied,
            )
            % {"count": whole(tied)}
        )
    if not is_stable(figures["agreement"]):
        notes.append(_("The communities are unstable: another run may draw them differently."))
    for name, sentence in (
        ("sample", _("Betweenness is estimated from %(count)s starting points.")),
        ("near_sample", _("Closeness is estimated from %(count)s end points.")),
        ("groups_among", _("Communities are looked for among the %(count)s strongest ties.")),
        ("holes_among", _("Constraint is measured on the %(count)s strongest ties.")),
    ):
        if figures[name] is not None:
            notes.append(sentence % {"count": whole(figures[name])})
    return [*notes, *_left_out(view)]


def _left_out(view: GraphView) -> list[str]:
    notes = []
    if view.query.minimum or view.query.alpha is not None:
        notes.append(_("Betweenness counts all shared records, also those behind ties that are not shown."))
    if view.ties.too_large is not None:
        sentence = _("Events with more than %(count)s participants make no ties in the picture.")
        notes.append(sentence % {"count": whole(view.ties.too_large)})
    return notes
