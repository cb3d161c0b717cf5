"""Key actors: who meets many, who comes often, who brings groups together and between whom it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from django.utils.translation import gettext as _

from reports.analysis import centrality
from reports.analysis.components import CutPoints
from reports.analysis.privacy import SMALL
from reports.builders.basis import Basis, sector_label
from reports.builders.brokers import broker_blocks
from reports.builders.communities import Groups
from reports.builders.digits import grouped
from reports.builders.key_words import KeyWords
from reports.builders.measured import kept_betweenness, kept_cut_points
from reports.builders.structure import Structure, find_structure
from reports.report import Cell, Column, Note, Section, Table

SHOWN_ACTORS = 25


@dataclass(frozen=True, eq=False)
class KeyFigures:
    """The measures of every actor who took part.

    `table` has `actor_id`, `participations`, `degree`, `strength`, `betweenness`, `contacts` (regular ones)
    and `constraint`.
    """

    table: pd.DataFrame
    cuts: CutPoints
    structure: Structure
    sample: int | None
    sample_error: float | None


def measure_actors(basis: Basis) -> KeyFigures:
    """Measure everybody who took part."""
    betweenness, sample, error = kept_betweenness(basis.network)
    structure = find_structure(basis, betweenness)
    table = pd.DataFrame(
        {
            "actor_id": basis.network.actor_ids,
            "participations": basis.network.events_per_actor,
            "degree": basis.ties.degrees,
            "strength": centrality.strength(basis.ties).table["value"],
            "betweenness": betweenness,
            "contacts": structure.contacts,
            "constraint": structure.constraint,
        }
    )
    return KeyFigures(table, kept_cut_points(basis.network), structure, sample, error)


def key_actors_section(basis: Basis, figures: KeyFigures, groups: Groups) -> Section:
    """Return the chapter about the actors on whom much depends."""
    order = ["betweenness", "strength", "actor_id"]
    top = figures.table.sort_values(order, ascending=[False, False, True]).head(SHOWN_ACTORS)
    words = KeyWords(basis, figures, groups, top)
    table = Table(
        "key_actors",
        _("Actors by how much they bring groups together"),
        _columns(),
        tuple(_row(basis, row, words) for row in top.itertuples(index=False)),
        footnote=_("The %(count)s first of %(all)s actors who took part.")
        % {"count": len(top), "all": grouped(len(figures.table))}
        if len(figures.table) > len(top)
        else "",
        empty_text=_("Nobody is recorded at a held event of this period. Record who took part first."),
    )
    notes = (_sample_note(figures.sample, figures.sample_error),) if figures.sample else ()
    return Section(
        "key_actors",
        _("Key actors"),
        (table, *notes, *broker_blocks(basis, figures.structure)),
        intro=_(
            "No measure says who is important. Each answers one question: who comes often, who "
            "meets many, and who "
            "connects groups that would otherwise be apart."
        ),
    )


def _columns() -> tuple[Column, ...]:
    return (
        Column("actor", _("Actor")),
        Column("sector", _("Sector")),
        Column(
            "participations", _("Events"), "integer", explanation=_("Held events the actor took part in.")
        ),
        Column(
            "degree", _("Actors met"), "integer", explanation=_("How many different others the actor met.")
        ),
        Column(
            "strength",
            _("Strength"),
            "decimal",
            1,
            _("Events with company; at large events the tie to each single participant is weak."),
        ),
        Column(
            "betweenness",
            _("Go-between"),
            "percent",
            1,
            _("Connects groups that would otherwise be apart."),
        ),
        Column(
            "constraint",
            _("Constraint"),
            "decimal",
            2,
            _(
                "How much its regular contacts meet each other anyway: low means that without it they would "
                "not come together (Burt 1992)."
            ),
        ),
        Column("role", _("In words"), explanation=_("Communities are numbered as in their chapter.")),
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
    if row.contacts < SMALL or np.isnan(row.constraint):
        return Cell(
            None, note=_("No constraint below %(count)s regular contacts (n<%(count)s).") % {"count": SMALL}
        )
    return Cell(float(row.constraint))


def _sample_note(sample: int, error: float | None) -> Note:
    text = _(
        "With so many actors and events “go-between” is an estimate from %(count)s start points. It may be "
        "off by up to %(percent)s percent of the highest value; smaller differences mean nothing."
    )
    # Three standard errors.
    return Note("info", text % {"count": grouped(sample), "percent": round(300 * (error or 0))})
