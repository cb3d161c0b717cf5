"""Sectors: who of which sector takes part, and which sectors meet each other."""

from __future__ import annotations

from collections import Counter

import numpy as np
from django.urls import reverse
from django.utils.translation import gettext as _
from scipy import sparse

from actors.models import Sector
from reports.builders.basis import Basis, sector_label
from reports.report import Cell, Column, Section, Table


def put_sectors(basis: Basis) -> None:
    """Remember how many actors of each sector there are and took part; call after the overview's counts."""
    counts = basis.counts
    registered = Counter(basis.register.actors["sector"])
    took_part = Counter(basis.sector_of[actor] for actor in basis.network.actor_ids.tolist())
    for sector in Sector.values:
        counts.put(("registered", sector), registered[sector])
        counts.put(("took_part", sector), took_part[sector])
        counts.put(("never", sector), registered[sector] - took_part[sector])
        counts.put_sum(("registered", sector), [("took_part", sector), ("never", sector)])
    for name in ("registered", "took_part", "never"):
        counts.put_sum(name, [(name, sector) for sector in Sector.values])


def sectors_section(basis: Basis) -> Section:
    """Return the chapter about sectors."""
    strength = _strength(basis)
    present = [at for at, code in enumerate(Sector.values) if code in set(basis.register.actors["sector"])]
    return Section(
        "sectors",
        _("Sectors"),
        (_table(basis, strength, present), _matrix(strength, present)),
        intro=_("Which parts of the district take part, and which of them meet each other."),
    )


def _strength(basis: Basis) -> np.ndarray:
    """Add the strength of all ties from sector to sector; ties inside a sector count once."""
    order = {code: at for at, code in enumerate(Sector.values)}
    rows = [order[basis.sector_of[actor]] for actor in basis.ties.ids.tolist()]
    belongs = sparse.csr_array(
        (np.ones(len(rows)), (rows, np.arange(len(rows)))), shape=(len(order), len(rows))
    )
    total = (belongs @ basis.ties.weights @ belongs.T).toarray()
    total[np.diag_indices_from(total)] /= 2
    return np.asarray(total)


def _table(basis: Basis, strength: np.ndarray, present: list[int]) -> Table:
    codes = Sector.values
    columns = (
        Column("sector", _("Sector")),
        Column("registered", _("Actors in the register"), "integer"),
        Column("took_part", _("Took part"), "integer"),
        Column("inside", _("Strength inside"), "decimal", 1, _("Ties between two actors of this sector.")),
        Column("outside", _("Strength to others"), "decimal", 1, _("Ties to actors of other sectors.")),
    )
    rows = tuple(
        (
            Cell(sector_label(codes[at])),
            basis.counts.cell(
                ("registered", codes[at]), f"{reverse('actors:actor_list')}?sector={codes[at]}"
            ),
            basis.counts.cell(("took_part", codes[at]), basis.records_url("sector", codes[at])),
            Cell(float(strength[at, at])),
            Cell(float(strength[at].sum() - strength[at, at])),
        )
        for at in present
    )
    return Table(
        "sectors",
        _("Actors and ties by sector"),
        columns,
        rows,
        empty_text=_("There are no actors in the register yet. Record actors first."),
    )


def _matrix(strength: np.ndarray, present: list[int]) -> Table:
    codes = Sector.values
    columns = (
        Column("sector", _("Sector")),
        *(Column(codes[at], sector_label(codes[at]), "decimal", 1) for at in present),
    )
    rows = tuple(
        (Cell(sector_label(codes[at])), *(Cell(float(strength[at, other])) for other in present))
        for at in present
    )
    return Table(
        "sector_matrix",
        _("Strength of the ties from sector to sector"),
        columns,
        rows,
        footnote=_(
            "A crossing with 0.0 is a gap: these sectors do not meet. Ties inside a sector count once."
        ),
        empty_text=_("There are no actors in the register yet. Record actors first."),
    )
