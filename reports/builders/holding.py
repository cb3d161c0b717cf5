"""What holds the network together: bridges, the densest core, nearness, and what happens as actors leave."""

from __future__ import annotations

import numpy as np
import pandas as pd
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.analysis.privacy import SMALL
from reports.builders.basis import LISTED, SHARES_FROM, Basis
from reports.builders.counts import BELOW_SIGN
from reports.builders.digits import grouped, rounded
from reports.builders.structure import REGULAR, RUNS, Structure
from reports.report import Block, Column, Figure, Note, Series, Table

# Up to half of all actors gone, in steps of five percent.
STEPS = tuple(range(0, 55, 5))


def bridges_table(basis: Basis, bridges: pd.DataFrame) -> Table:
    """List the ties that alone hold two parts together."""
    ends = bridges[["source_id", "target_id"]].to_numpy()
    allowed = set(basis.may_be_listed(np.unique(ends).tolist()))
    pairs = [(int(one), int(other)) for one, other in ends if int(one) in allowed and int(other) in allowed]
    notes = []
    if len(pairs) > LISTED:
        notes.append(_("The first %(count)s of %(all)s.") % {"count": LISTED, "all": grouped(len(pairs))})
    if len(pairs) < len(ends):
        notes.append(_("Ties of persons are not listed here."))
    return Table(
        "bridges",
        _("Ties that alone hold two parts together"),
        (
            Column("one", _("Actor")),
            Column("other", _("With")),
            Column("events", _("Common events"), "integer"),
        ),
        tuple(
            (basis.actor(one), basis.actor(other), basis.common_events_cell(one, other))
            for one, other in pairs[:LISTED]
        ),
        footnote=" ".join(notes),
        empty_text=_("There is none: no two parts hang on a single tie."),
    )


def holding_blocks(basis: Basis, structure: Structure) -> tuple[Block, ...]:
    """Return how dense the middle is, how near all are, and the robustness of the whole as a chart."""
    if not structure.contacts.size:
        return ()
    if len(structure.contacts) < SHARES_FROM:
        text = _(
            "Core, nearness and robustness say nothing about fewer than %(count)s actors and are left out."
        )
        return (Note("info", text % {"count": SHARES_FROM}),)
    notes = [*_core_notes(basis, structure), *_nearness_notes(structure)]
    return (*(Note("info", text) for text in notes), _robustness(structure), _robustness_note(structure))


def _core_notes(basis: Basis, structure: Structure) -> list[str]:
    largest = int(structure.cores.max())
    if not largest:
        return [_("No two actors met more than once, so there is no core of regular contacts.")]
    members = np.flatnonzero(structure.cores == largest)
    said = ngettext(
        "The densest core has %(actors)s actors: each of them met at least %(others)s other of the core at "
        "least %(times)s times (k-core).",
        "The densest core has %(actors)s actors: each of them met at least %(others)s others of the core at "
        "least %(times)s times (k-core).",
        largest,
    )
    figures = {"actors": _told(basis, len(members)), "others": largest, "times": REGULAR}
    notes = [said % figures]
    if structure.correlation is not None:
        center = int(structure.center.sum())
        said = ngettext(
            "Core and edge: %(actors)s actor holds the regular contacts together, the others stand around "
            "it. This picture fits at %(fit)s (1 is a perfect fit, 0 none; core–periphery correlation).",
            "Core and edge: %(actors)s actors hold the regular contacts together, the others stand around "
            "them. This picture fits at %(fit)s (1 is a perfect fit, 0 none; core–periphery correlation).",
            center,
        )
        notes.append(said % {"actors": _told(basis, center), "fit": rounded(structure.correlation)})
    return notes


def _told(basis: Basis, count: int) -> str:
    return BELOW_SIGN if basis.is_outside and 0 < count < SMALL else grouped(count)


def _nearness_notes(structure: Structure) -> list[str]:
    if structure.efficiency is None:
        return []
    text = _(
        "Nearness %(value)s: 1 would mean that everybody met everybody, 0.5 that on average one "
        "acquaintance lies between two actors, 0 that nobody can reach anybody (global efficiency)."
    )
    notes = [text % {"value": rounded(structure.efficiency)}]
    if structure.efficiency_sample:
        text = _("Nearness is estimated from %(count)s actors.")
        notes.append(text % {"count": grouped(structure.efficiency_sample)})
    return notes


def _robustness(structure: Structure) -> Figure:
    size = len(structure.contacts)
    at = np.array([round(size * step / 100) for step in STEPS])
    attacked = _percent(structure.attacked[at], size)
    runs = structure.by_chance[:, at]
    return Figure(
        "robustness",
        _("Actors in the largest connected group as actors leave, in percent"),
        "line",
        tuple(f"{step} %" for step in STEPS),
        (
            Series(_("Go-betweens leave first"), attacked),
            Series(
                _("Anybody leaves, by chance"),
                _percent(runs.mean(axis=0), size),
                low=_percent(runs.min(axis=0), size),
                high=_percent(runs.max(axis=0), size),
            ),
        ),
        _(
            "Two falling lines: the share of all actors in the largest connected group while up to half of "
            "all actors leave. When a tenth has left it is %(attacked)s percent if go-betweens leave first, "
            "and %(chance)s percent if chance decides."
        )
        % {
            "attacked": rounded(attacked[2], 1),
            "chance": rounded(_percent(runs.mean(axis=0), size)[2], 1),
        },
    )


def _percent(counts: np.ndarray, size: int) -> tuple[float, ...]:
    return tuple(round(100 * float(count) / size, 1) for count in counts)


def _robustness_note(structure: Structure) -> Note:
    size = len(structure.contacts)
    attacked = int(np.flatnonzero(structure.attacked <= size / 2)[0])
    chance = round(float(np.mean([np.flatnonzero(run <= size / 2)[0] for run in structure.by_chance])))
    text = ngettext(
        "At most half of all actors still hang together once %(attacked)s go-between has left "
        "(R %(r_attacked)s), or %(chance)s actors by chance (R %(r_chance)s, mean of %(runs)s runs). R is "
        "the mean share that still hangs together: 0.5 at best, near 0 where everything hangs on a few.",
        "At most half of all actors still hang together once %(attacked)s go-betweens have left "
        "(R %(r_attacked)s), or %(chance)s actors by chance (R %(r_chance)s, mean of %(runs)s runs). R is "
        "the mean share that still hangs together: 0.5 at best, near 0 where everything hangs on a few.",
        attacked,
    )
    return Note(
        "info",
        text
        % {
            "attacked": grouped(attacked),
            "chance": grouped(chance),
            "r_attacked": rounded(structure.attacked[1:].sum() / size**2),
            "r_chance": rounded(structure.by_chance[:, 1:].sum() / size**2 / RUNS),
            "runs": RUNS,
        },
    )
