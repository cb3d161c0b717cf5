"""The calculations that key actors are found by."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from reports.analysis import centrality
from reports.analysis.components import CutPoints
from reports.builders.network.structure import Structure, structure_calculation
from reports.builders.shared.basis import Basis
from reports.builders.shared.measured import (
    cut_points_calculation,
    kept_betweenness,
    kept_together,
    read_cut_points,
)


@dataclass(frozen=True, eq=False)
class KeyFigures:
    """The calculations of every actor who took part.

    `table` has `actor_id`, `participations`, `degree`, `strength`, `betweenness`, `contacts` (regular ones),
    `constraint` and `closed`: of the pairs of its regular contacts the share that are regular contacts of
    each other, NaN for all but the candidates for brokers.
    """

    table: pd.DataFrame
    cuts: CutPoints
    structure: Structure
    sample: int | None
    sample_error: float | None


def measure_actors(basis: Basis) -> KeyFigures:
    """Measure everybody who took part."""
    betweenness, sample, error = kept_betweenness(basis.network)
    calculations = structure_calculation(basis, betweenness), cut_points_calculation(basis.network)
    structure, cuts = kept_together(calculations)
    table = pd.DataFrame(
        {
            "actor_id": basis.network.actor_ids,
            "participations": basis.network.events_per_actor,
            "degree": basis.ties.degrees,
            "strength": centrality.strength(basis.ties).table["value"],
            "betweenness": betweenness,
            "contacts": structure.contacts,
            "constraint": structure.constraint,
            "closed": structure.closed,
        }
    )
    return KeyFigures(table, read_cut_points(basis.network, cuts), structure, sample, error)
