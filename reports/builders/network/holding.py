"""What holds the network together: bridges, the densest core, nearness, and what happens as actors leave."""

from __future__ import annotations

from collections.abc import Hashable

import numpy as np
import pandas as pd
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.analysis.privacy import SMALL
from reports.builders.network.structure import REGULAR, RUNS, Structure
from reports.builders.shared.basis import LISTED, SHARES_FROM, Basis
from reports.builders.shared.counts import BELOW_SIGN
from reports.builders.shared.digits import grouped, rounded
from reports.builders.shared.ranks import first_of
from reports.report import Block, Column, Figure, Note, Series, Table

# Up to half of all actors gone, in steps of five percent.
STEPS = tuple(range(0, 55, 5))


def group_size(number: int) -> Hashable:
    """Return under which name the size of a connected group is counted; number 1 is the largest."""
    return ("connected group", number)


def nobody_met() -> str:
    """Say that there is no tie."""
    return _("No two actors met each other in this period.")


def bridges_table(basis: Basis, bridges: pd.DataFrame) -> Table:
    """List the ties that alone hold two parts together."""
    ends = bridges[["source_id", "target_id"]].to_numpy()
    allowed = set(basis.may_be_listed(np.unique(ends).tolist()))
    pairs = [(int(one), int(other)) for one, other in ends if int(one) in allowed and int(other) in allowed]
    notes = []
    if len(pairs) > LISTED:
        notes.append(first_of(LISTED, len(pairs)))
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
        footnote=" ".join(notes) if pairs else "",
        empty_text=" ".join(notes) or _("No two parts hang on a single tie."),
    )


def holding_blocks(basis: Basis, structure: Structure) -> tuple[Block, ...]:
    """Return how dense the middle is, how near all are, and the robustness of the whole as a chart."""
    if not structure.contacts.size:
        return ()
    if len(structure.contacts) < SHARES_FROM:
        text = _(
            "Core, efficiency and robustness say nothing about fewer than %(count)s actors and are left out."
        )
        return (Note("info", text % {"count": SHARES_FROM}),)
    notes = [*_core_notes(basis, structure), *_nearness_notes(structure)]
    said = tuple(Note("info", text) for text in notes)
    # The curve begins with the share of the largest group, where there is one.
    if not basis.ties.tie_count or basis.counts.value(group_size(1)) is None:
        return said
    return (*said, _robustness(structure), _robustness_note(structure))


def _core_notes(basis: Basis, structure: Structure) -> list[str]:
    largest = int(structure.cores.max())
    if not largest:
        return [_("No two actors met more than once, so there is no core of regular acquaintances.")]
    members = np.flatnonzero(structure.cores == largest)
    said = _densest_core(largest) if structure.densest == 1 else _equal_cores(largest)
    figures = {
        "actors": grouped(len(members)),
        "others": largest,
        "times": REGULAR,
        "parts": grouped(structure.densest),
    }
    # Few who each met some others: of “<5” the number could be worked out; of several cores one is so small.
    is_small = len(members) < SMALL * structure.densest
    notes = [] if basis.is_outside and is_small else [said % figures]
    # Below 0 the edge is denser than the core.
    if structure.correlation is not None and structure.correlation > 0:
        center = int(structure.center.sum())
        said = ngettext(
            "Divided into a core and an edge, %(actors)s actor forms the core. This picture fits at %(fit)s "
            "(1 is a perfect fit, 0 none; core–periphery correlation).",
            "Divided into a core and an edge, %(actors)s actors form the core. This picture fits at %(fit)s "
            "(1 is a perfect fit, 0 none; core–periphery correlation).",
            _number_of(basis, center),
        )
        notes.append(said % {"actors": _number(basis, center), "fit": rounded(structure.correlation)})
    return notes


def _equal_cores(least: int) -> str:
    return ngettext(
        "%(parts)s cores are equally dense, with %(actors)s actors together: each of them met at least "
        "%(others)s other of its core at least %(times)s times (k-core).",
        "%(parts)s cores are equally dense, with %(actors)s actors together: each of them met at least "
        "%(others)s others of its core at least %(times)s times (k-core).",
        least,
    )


def _densest_core(least: int) -> str:
    return ngettext(
        "The densest core has %(actors)s actors: each of them met at least %(others)s other of the core at "
        "least %(times)s times (k-core).",
        "The densest core has %(actors)s actors: each of them met at least %(others)s others of the core at "
        "least %(times)s times (k-core).",
        least,
    )


def _number_of(basis: Basis, count: int) -> int:
    """Return what a word has to agree with: “<5” is read as several."""
    return SMALL if basis.is_outside and 0 < count < SMALL else count


def _number(basis: Basis, count: int) -> str:
    return BELOW_SIGN if basis.is_outside and 0 < count < SMALL else grouped(count)


def _nearness_notes(structure: Structure) -> list[str]:
    text = _(
        "Global efficiency %(value)s: 1 would mean that everybody met everybody, 0 that nobody can reach "
        "anybody; if one acquaintance lay between any two actors, it would be 0.5."
    )
    notes = [text % {"value": rounded(structure.efficiency or 0)}]
    if structure.efficiency_sample:
        text = _("Global efficiency is estimated from %(count)s actors.")
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
            Series(_("Those with the highest betweenness leave first"), attacked),
            Series(
                _("Anybody leaves, by chance"),
                _percent(runs.mean(axis=0), size),
                low=_percent(runs.min(axis=0), size),
                high=_percent(runs.max(axis=0), size),
            ),
        ),
        _(
            "Two lines: the share of all actors in the largest connected group while up to half of all "
            "actors leave. At first it is %(before)s percent. When a tenth has left it is %(attacked)s "
            "percent if those with the highest betweenness leave first, and %(chance)s percent on average if "
            "chance decides."
        )
        % {
            "before": rounded(attacked[0], 1),
            "attacked": rounded(attacked[2], 1),
            "chance": rounded(_percent(runs.mean(axis=0), size)[2], 1),
        },
    )


def _percent(counts: np.ndarray, size: int) -> tuple[float, ...]:
    return tuple(round(100 * float(count) / size, 1) for count in counts)


def _at_most_half(attacked: int) -> str:
    if not attacked:
        return _("Even with everybody there, the largest connected group has at most half of all actors.")
    return ngettext(
        "The largest connected group has at most half of all actors once %(attacked)s has left: that many if "
        "those with the highest betweenness leave first, %(chance)s on average if chance decides.",
        "The largest connected group has at most half of all actors once %(attacked)s have left: that many "
        "if those with the highest betweenness leave first, %(chance)s on average if chance decides.",
        attacked,
    )


def _robustness_note(structure: Structure) -> Note:
    size = len(structure.contacts)
    attacked = int(np.flatnonzero(structure.attacked <= size / 2)[0])
    chance = round(float(np.mean([np.flatnonzero(run <= size / 2)[0] for run in structure.by_chance])))
    sentences = [
        _at_most_half(attacked),
        _(
            "R, the mean share that is still connected, is %(r_attacked)s if those with the highest "
            "betweenness leave first, and %(r_chance)s by chance (mean of %(runs)s runs): it can be 0.5 at "
            "best, and is the lower the sooner the largest group becomes small."
        ),
    ]
    return Note(
        "info",
        " ".join(sentences)
        % {
            "attacked": grouped(attacked),
            "chance": grouped(chance),
            "r_attacked": rounded(structure.attacked[1:].sum() / size**2),
            "r_chance": rounded(structure.by_chance[:, 1:].sum() / size**2 / RUNS),
            "runs": RUNS,
        },
    )
