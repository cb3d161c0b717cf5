"""Sectors: who of which sector takes part, and which sectors meet each other."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from actors.models import Sector
from reports.analysis.mixing import Mixing
from reports.builders.shared.advice import advised
from reports.builders.shared.basis import SHARES_FROM, Basis, sector_label
from reports.builders.shared.chance import percents
from reports.builders.shared.counts import HIDDEN_SIGN
from reports.builders.shared.digits import grouped, rounded
from reports.report import Cell, Column, Note, Section, Table


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
            *((_strength_matrix(basis, mixing, present), _ties_matrix(basis, present)) if present else ()),
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
        empty_text=advised(basis, _("There are no actors in the register yet."), _("Record actors first.")),
    )


def _sector_row(basis: Basis, mixing: Mixing, code: str, openness: float | None) -> tuple[Cell, ...]:
    others = [other for other in Sector.values if other != code]
    inside, outside = _are_published(basis, code, [code]), _are_published(basis, code, others)
    return (
        Cell(sector_label(code)),
        basis.counts.cell(("registered", code), basis.registered_url(sector=code)),
        basis.counts.cell(("took_part", code), basis.records_url("sector", code)),
        _if_published(inside, mixing.strength(code, code), _ties_url(basis, code, code)),
        _if_published(
            outside,
            sum(mixing.strength(code, other) for other in others),
            basis.records_url("sector_outside", code),
        ),
        _openness(basis, mixing, code, openness) if inside and outside else _if_published(False, None),
    )


def _openness(basis: Basis, mixing: Mixing, code: str, value: float | None) -> Cell:
    if not len(basis.network.actor_ids):
        return Cell(None, note=_("Nobody took part in this period."))
    if mixing.groups < 2:
        return Cell(None, note=only_one_sector())
    if value is None or sum(mixing.count(code, other) for other in Sector.values) < SHARES_FROM:
        return Cell(None, note=_("No openness below %(count)s ties.") % {"count": SHARES_FROM})
    return Cell(value, basis.records_url("sector_outside", code))


def only_one_sector() -> str:
    """Say why nothing can be told of sectors that meet each other."""
    return _("Actors of one sector only took part: there is no other sector to meet.")


def _are_published(basis: Basis, code: str, others: Sequence[str]) -> bool:
    """Say whether all these numbers of ties are told: only then may be told what is made of them."""
    return all(basis.counts.value(_name(code, other)) is not None for other in others)


def _name(one: str, other: str) -> tuple[str, str, str]:
    first, last = sorted((one, other), key=Sector.values.index)
    return "ties", first, last


def _if_published(is_published: bool, value: float | None, url: str | None = None) -> Cell:
    return Cell(value, url if value else None) if is_published else Cell(HIDDEN_SIGN, is_suppressed=True)


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
                    _if_published(
                        _are_published(basis, code, [other]),
                        mixing.strength(code, other),
                        _ties_url(basis, code, other),
                    )
                    for other in present
                ),
            )
            for code in present
        ),
        footnote=_(
            "Weak ties may be rounded to 0.0: whether sectors met at all stands in the next table. Ties "
            "inside a sector count once."
        ),
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
        footnote=_(
            "Pairs of actors who met at least once. 0: none of them met in this period. Ties inside a sector "
            "count once."
        ),
    )


def _ties_cell(basis: Basis, one: str, other: str) -> Cell:
    name = _name(one, other)
    return basis.counts.cell(name, _ties_url(basis, one, other))


def _notes(basis: Basis, mixing: Mixing) -> list[Note]:
    inside, between = basis.counts.value("ties_inside"), basis.counts.value("ties_between")
    if inside is None or between is None or not inside + between:
        return []
    if mixing.groups < 2:
        return [Note("info", only_one_sector())]
    if inside + between < SHARES_FROM:
        text = _("Fewer than %(count)s ties: whether sectors keep to themselves cannot be said.")
        return [Note("info", text % {"count": SHARES_FROM})]
    share = between / (inside + between)
    text = _(
        "%(percent)s percent of all ties run between different sectors (%(between)s of %(all)s; E-I index "
        "%(index)s: 1 would mean only ties between sectors, −1 only ties inside them)."
    )
    figures = {
        "percent": percents(share, share).removesuffix(" %"),
        "between": grouped(between),
        "all": grouped(inside + between),
        "index": rounded(mixing.ei_index() or 0),
    }
    return [Note("info", text % figures), *_assortativity_notes(mixing)]


def _assortativity_notes(mixing: Mixing) -> list[Note]:
    value = mixing.assortativity()
    if value is None:
        return []
    text = _(
        "Chance alone would make some ties inside the sectors. Measured against that, assortativity is "
        "%(value)s: 1 would mean that all ties run inside sectors, 0 is chance, below 0 more of them run "
        "between sectors than by chance."
    )
    return [Note("info", text % {"value": rounded(value)})]
