"""Key actors: who meets many, who comes often, and between whom it stands."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from django.utils.translation import gettext as _

from actors.models import Sector
from reports.analysis.privacy import SMALL
from reports.builders.network.brokers import broker_blocks
from reports.builders.network.key_figures import KeyFigures
from reports.builders.network.key_words import KeyWords
from reports.builders.network.structure import CANDIDATES
from reports.builders.shared.advice import advised
from reports.builders.shared.basis import Basis, sector_label
from reports.builders.shared.communities import Groups
from reports.builders.shared.digits import grouped
from reports.builders.shared.ranks import are_cut_level, first_of
from reports.report import Cell, Column, Note, Section, Table

MOST_ACTORS = 25


def key_actors_section(basis: Basis, figures: KeyFigures, groups: Groups) -> Section:
    """Return the chapter about the actors on whom much depends."""
    order = ["betweenness", "strength", "actor_id"]
    everybody = figures.table.sort_values(order, ascending=[False, False, True])
    ordered = everybody[_may_be_listed(basis, everybody["actor_id"])]
    top = ordered.head(MOST_ACTORS)
    notes = [first_of(len(top), len(ordered), is_level=_is_cut_level(ordered))]
    if len(ordered) < len(everybody):
        notes.append(_("Persons of sectors whose number is not told are not listed."))
    said = " ".join(filter(None, notes))
    words = KeyWords(basis, figures, groups, top)
    table = Table(
        "key_actors",
        _("Actors by how often they stand between others"),
        _columns(),
        tuple(_row(basis, row, words) for row in top.itertuples(index=False)),
        footnote=said,
        empty_text=said or _nobody(basis),
    )
    sample = (_sample_note(figures.sample, figures.sample_error),) if figures.sample else ()
    brokers = broker_blocks(basis, figures.structure) if basis.ties.tie_count else ()
    return Section(
        "key_actors",
        _("Key actors"),
        (table, *sample, *brokers),
        intro=_(
            "No measure says who is important. Each answers one question: who comes often, who meets many, "
            "and who lies on the shortest paths between others. Where a part falls off without an actor, its "
            "words say so."
        ),
    )


def _nobody(basis: Basis) -> str:
    if not len(basis.window.events):
        return _("No event was held in this period.")
    return advised(
        basis, _("Nobody is recorded at a held event of this period."), _("Record who took part first.")
    )


def _may_be_listed(basis: Basis, actors: pd.Series) -> np.ndarray:
    """Say who may stand in the list: for readers no pseudonym of a sector whose number is not told.

    Counting its rows would tell the number; call after the counts of the sectors are put in.
    """
    listed = set(basis.may_be_listed(actors.tolist()))
    counted = {code for code in Sector.values if basis.counts.value(("took_part", code)) is not None}
    may = [actor in listed or basis.sector_of[actor] in counted for actor in actors.tolist()]
    return np.array(may, dtype=bool)


def _is_cut_level(ordered: pd.DataFrame) -> bool:
    """Say whether an actor that is not listed stands between others as often as the last one that is."""
    return are_cut_level(ordered["betweenness"].tolist(), MOST_ACTORS)


def _columns() -> tuple[Column, ...]:
    return (
        Column("actor", _("Actor")),
        Column("sector", _("Sector")),
        Column("participations", _("Events"), "integer", explanation=_("Held events of the period.")),
        Column("degree", _("Ties"), "integer", explanation=_("How many different others the actor met.")),
        Column(
            "strength",
            _("Strength"),
            "decimal",
            1,
            _("Events with company; at large events the tie to each single participant is weak."),
        ),
        Column(
            "betweenness",
            _("Betweenness"),
            "percent",
            1,
            _("Share of the shortest paths between other actors and events that run through this actor."),
        ),
        Column(
            "constraint",
            _("Constraint"),
            "decimal",
            2,
            _(
                "How closed the circle of its regular acquaintances is: low where there are many who hardly "
                "meet each other, high where there are few or where they meet each other, too (Burt 1992). "
                "It is worked out and counts nothing: no list stands behind it."
            ),
        ),
        Column(
            "role",
            _("In words"),
            explanation=_(
                "In brackets behind a role: the sectors, the office aside, where the actor plays it most "
                "above what their sizes would give, from %(count)s pairs on. Communities are numbered as in "
                "their chapter."
            )
            % {"count": SMALL},
        ),
    )


def _row(basis: Basis, row: Any, words: KeyWords) -> tuple[Cell, ...]:
    actor = int(row.actor_id)
    met = basis.actor_records_url("met", actor) if row.degree else None
    return (
        basis.actor(actor),
        Cell(sector_label(basis.sector_of[actor])),
        Cell(int(row.participations), basis.actor_records_url("events_of", actor)),
        Cell(int(row.degree), met),
        Cell(float(row.strength), met),
        Cell(float(row.betweenness), basis.explorer_url(actor)),
        _constraint(row),
        Cell(words.of(row)),
    )


def _constraint(row: Any) -> Cell:
    if row.contacts < SMALL:
        text = _("No constraint below %(count)s regular acquaintances (n<%(count)s).")
        return Cell(None, note=text % {"count": SMALL})
    if np.isnan(row.constraint):
        text = _("Constraint is measured only for %(count)s actors of the highest betweenness.")
        return Cell(None, note=text % {"count": CANDIDATES})
    return Cell(float(row.constraint))


def _sample_note(sample: int, error: float | None) -> Note:
    text = _(
        "With so many actors and events betweenness is an estimate from %(count)s start points. It is "
        "rarely off by more than %(percent)s percent of the highest value; smaller differences mean nothing."
    )
    # Three standard errors.
    return Note("info", text % {"count": grouped(sample), "percent": round(300 * (error or 0))})
