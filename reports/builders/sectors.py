"""Sectors: who of which sector takes part, and which sectors meet each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from actors.models import Sector
from reports.analysis.mixing import Mixing
from reports.builders.basis import SHARES_FROM, Basis, sector_label
from reports.builders.counts import HIDDEN_SIGN
from reports.builders.digits import rounded
from reports.report import Cell, Column, Note, Section, Table


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


def put_mixing(basis: Basis, mixing: Mixing) -> None:
    """Remember how many ties run inside each sector and between each two, and all of them together."""
    counts, codes = basis.counts, Sector.values
    inside = [("ties", code, code) for code in codes]
    between = [("ties", one, other) for at, one in enumerate(codes) for other in codes[at + 1 :]]
    for name in (*inside, *between):
        counts.put(name, mixing.count(name[1], name[2]))
    for total, parts in (("ties_inside", inside), ("ties_between", between)):
        counts.put(total, sum(mixing.count(one, other) for _name, one, other in parts))
        counts.put_sum(total, parts)
    counts.put("ties", basis.ties.tie_count)
    counts.put_sum("ties", ["ties_inside", "ties_between"])


def sectors_section(basis: Basis, mixing: Mixing) -> Section:
    """Return the chapter about sectors."""
    taken = set(basis.register.actors["sector"])
    present = [code for code in Sector.values if code in taken]
    return Section(
        "sectors",
        _("Sectors"),
        (
            _table(basis, mixing, present),
            *_notes(basis, mixing),
            _strength_matrix(basis, mixing, present),
            _ties_matrix(basis, present),
        ),
        intro=_("Which parts of the district take part, and which of them meet each other."),
    )


def _table(basis: Basis, mixing: Mixing, present: list[str]) -> Table:
    columns = (
        Column("sector", _("Sector")),
        Column("registered", _("Actors in the register"), "integer"),
        Column("took_part", _("Took part"), "integer"),
        Column("inside", _("Strength inside"), "decimal", 1, _("Ties between two actors of this sector.")),
        Column("outside", _("Strength to others"), "decimal", 1, _("Ties to actors of other sectors.")),
        Column(
            "openness",
            _("Openness"),
            "decimal",
            2,
            _("1: only ties to other sectors, −1: only among themselves (E-I index, by number of ties)."),
        ),
    )
    openness = mixing.ei_by_group()
    return Table(
        "sectors",
        _("Actors and ties by sector"),
        columns,
        tuple(_sector_row(basis, mixing, code, openness[code]) for code in present),
        empty_text=_("There are no actors in the register yet. Record actors first."),
    )


def _sector_row(basis: Basis, mixing: Mixing, code: str, openness: float | None) -> tuple[Cell, ...]:
    others = [other for other in Sector.values if other != code]
    inside, outside = _are_told(basis, code, [code]), _are_told(basis, code, others)
    return (
        Cell(sector_label(code)),
        basis.counts.cell(("registered", code), f"{reverse('actors:actor_list')}?sector={code}"),
        basis.counts.cell(("took_part", code), basis.records_url("sector", code)),
        _if_told(inside, mixing.strength(code, code), _ties_url(basis, code, code)),
        _if_told(
            outside,
            sum(mixing.strength(code, other) for other in others),
            basis.records_url("sector_outside", code),
        ),
        _openness(basis, mixing, code, openness) if inside and outside else _if_told(False, None),
    )


def _openness(basis: Basis, mixing: Mixing, code: str, value: float | None) -> Cell:
    if value is None or sum(mixing.count(code, other) for other in Sector.values) < SHARES_FROM:
        return Cell(None, note=_("No openness below %(count)s ties.") % {"count": SHARES_FROM})
    return Cell(value, basis.records_url("sector_outside", code))


def _are_told(basis: Basis, code: str, others: Sequence[str]) -> bool:
    """Say whether all these numbers of ties are told: only then may be told what is made of them."""
    return all(basis.counts.value(_name(code, other)) is not None for other in others)


def _name(one: str, other: str) -> tuple[str, str, str]:
    first, last = sorted((one, other), key=Sector.values.index)
    return "ties", first, last


def _if_told(told: bool, value: float | None, url: str | None = None) -> Cell:
    return Cell(value, url if value else None) if told else Cell(HIDDEN_SIGN, is_suppressed=True)


def _ties_url(basis: Basis, one: str, other: str) -> str:
    """Return the address of the ties between two sectors."""
    _ties, first, last = _name(one, other)
    return basis.records_url("sector_pair", f"{first}:{last}")


def _strength_matrix(basis: Basis, mixing: Mixing, present: list[str]) -> Table:
    return Table(
        "sector_matrix",
        _("Strength of the ties from sector to sector"),
        (
            Column("sector", _("Sector")),
            *(Column(code, sector_label(code), "decimal", 1) for code in present),
        ),
        tuple(
            (
                Cell(sector_label(code)),
                *(
                    _if_told(
                        _are_told(basis, code, [other]),
                        mixing.strength(code, other),
                        _ties_url(basis, code, other),
                    )
                    for other in present
                ),
            )
            for code in present
        ),
        footnote=_(
            "A crossing with 0.0 is a gap: these sectors do not meet. Ties inside a sector count once."
        ),
        empty_text=_("There are no actors in the register yet. Record actors first."),
    )


def _ties_matrix(basis: Basis, present: list[str]) -> Table:
    return Table(
        "sector_ties",
        _("Number of ties from sector to sector"),
        (Column("sector", _("Sector")), *(Column(code, sector_label(code), "integer") for code in present)),
        tuple(
            (Cell(sector_label(code)), *(_ties_cell(basis, code, other) for other in present))
            for code in present
        ),
        footnote=_("Pairs of actors who met at least once. Ties inside a sector count once."),
        empty_text=_("There are no actors in the register yet. Record actors first."),
    )


def _ties_cell(basis: Basis, one: str, other: str) -> Cell:
    name = _name(one, other)
    return basis.counts.cell(name, _ties_url(basis, one, other) if basis.counts.value(name) else None)


def _notes(basis: Basis, mixing: Mixing) -> list[Note]:
    inside, between = basis.counts.value("ties_inside"), basis.counts.value("ties_between")
    if inside is None or between is None or not inside + between:
        return []
    if inside + between < SHARES_FROM:
        text = _("Fewer than %(count)s ties: whether sectors keep to themselves cannot be said.")
        return [Note("info", text % {"count": SHARES_FROM})]
    text = _(
        "%(percent)s percent of all ties run between different sectors (E-I index %(index)s: 1 would mean "
        "only ties between sectors, −1 only ties inside them)."
    )
    figures = {
        "percent": round(100 * between / (inside + between)),
        "index": rounded(mixing.ei_index() or 0),
    }
    return [Note("info", text % figures), *_assortativity_notes(mixing)]


def _assortativity_notes(mixing: Mixing) -> list[Note]:
    value = mixing.assortativity()
    if value is None:
        return []
    text = _(
        "Large sectors meet each other often by chance alone. Measured against that, assortativity is "
        "%(value)s: 1 would mean that all keep to their own sector, 0 is chance, below 0 they seek others."
    )
    return [Note("info", text % {"value": rounded(value)})]
