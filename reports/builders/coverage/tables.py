"""The tables of the coverage report."""

from __future__ import annotations

from collections.abc import Hashable

from django.utils.translation import gettext as _

from actors.models import Sector
from reports.builders.coverage.presence import (
    EARLIER,
    LATELY,
    NEVER,
    NO_DISTRICT,
    OTHER_DISTRICTS,
    Coverage,
)
from reports.builders.shared.advice import advised
from reports.builders.shared.basis import Basis, sector_label
from reports.report import Cell, Column, Table


def empty_text(basis: Basis) -> str:
    """Return what stands where a table has no rows."""
    return advised(basis, _("There are no actors in the register yet."), _("Record actors first."))


def count(coverage: Coverage, name: Hashable, url: str) -> Cell:
    """Return a count with a way to its records."""
    return coverage.basis.counts.cell(name, url)


def _sector_columns(coverage: Coverage) -> tuple[Column, ...]:
    return tuple(Column(code, sector_label(code), "integer") for code in coverage.sectors)


def ties_table(coverage: Coverage) -> Table:
    """Return how many ties there are from sector to sector."""
    order = Sector.values

    def cell(first: str, second: str) -> Cell:
        a, b = sorted((first, second), key=order.index)
        return count(coverage, ("ties", a, b), coverage.basis.records_url("sector_pair", f"{a}:{b}"))

    rows = tuple(
        (Cell(sector_label(first)), *(cell(first, second) for second in coverage.sectors))
        for first in coverage.sectors
    )
    return Table(
        "ties",
        _("Ties from sector to sector"),
        (Column("sector", _("Sector")), *_sector_columns(coverage)),
        rows,
        footnote=_("Pairs of actors who met at a held event of the period. 0: none of them met."),
    )


def last_seen_table(coverage: Coverage) -> Table:
    """Return who took part lately, earlier or never, by sector."""
    basis = coverage.basis
    columns = (
        Column("sector", _("Sector")),
        Column("registered", _("Actors in the register"), "integer"),
        Column("there", _("Took part in the period"), "integer"),
        Column(
            "lately",
            _("Within two years"),
            "integer",
            explanation=_("Last time in the two years up to the end of the period, or up to today."),
        ),
        Column(
            "earlier",
            _("Not for two years"),
            "integer",
            explanation=_("Took part, but longer ago or on a day not recorded."),
        ),
        Column(
            "never",
            _("Not yet there"),
            "integer",
            explanation=_("At no held event up to the end of the period."),
        ),
    )

    def row(sector: str) -> tuple[Cell, ...]:
        seen = ((when, f"seen_{when}") for when in (LATELY, EARLIER, NEVER))
        return (
            Cell(sector_label(sector)),
            count(coverage, ("registered", sector), basis.registered_url(sector=sector)),
            count(coverage, ("attended", sector), basis.records_url("sector", sector)),
            *(count(coverage, (when, sector), basis.records_url(figure, sector)) for when, figure in seen),
        )

    return Table(
        "last_seen",
        _("When each sector was last there"),
        columns,
        tuple(row(sector) for sector in coverage.sectors),
    )


def topics_table(coverage: Coverage, *, only_attended: bool) -> Table:
    """Return how many actors of each sector work on each topic, all or only those who took part."""
    name = "topic attended" if only_attended else "topic"

    def url(topic: str, sector: str) -> str:
        if only_attended:
            return coverage.basis.records_url("topic", f"{sector}:{topic}")
        return coverage.basis.registered_url(sector=sector, topic=topic)

    rows = tuple(
        (
            Cell(label),
            *(count(coverage, (name, topic, sector), url(topic, sector)) for sector in coverage.sectors),
            count(coverage, (name, topic), url(topic, "")),
        )
        for topic, label in coverage.topics.items()
    )
    title = (
        _("Actors who took part, by topic and sector")
        if only_attended
        else _("Actors in the register, by topic and sector")
    )
    return Table(
        "topics_there" if only_attended else "topics",
        title,
        (
            Column("topic", _("Topic")),
            *_sector_columns(coverage),
            Column("all", _("All sectors"), "integer"),
        ),
        rows,
        footnote=_("An actor with several topics counts in each of them."),
    )


def district_label(name: str) -> str:
    """Return what a row of the table of districts is called."""
    special = {NO_DISTRICT: _("no district recorded"), OTHER_DISTRICTS: _("all other districts")}
    return special.get(name, name)


def districts_table(coverage: Coverage) -> Table:
    """Return how many actors of each sector each district has, and how many took part."""
    basis = coverage.basis

    def registered(district: str, sector: str = "") -> Cell:
        place = ("district", district, sector) if sector else ("district", district)
        named = district not in {NO_DISTRICT, OTHER_DISTRICTS}
        if named:
            return count(coverage, place, basis.registered_url(sector=sector, district=district))
        return count(coverage, place, basis.records_url("district_all", f"{sector}:{district}"))

    rows = tuple(
        (
            Cell(district_label(district)),
            *(registered(district, sector) for sector in coverage.sectors),
            registered(district),
            count(coverage, ("district attended", district), basis.records_url("district", district)),
        )
        for district in coverage.districts
    )
    return Table(
        "districts",
        _("Actors in the register, by district and sector"),
        (
            Column("district", _("District")),
            *_sector_columns(coverage),
            Column("all", _("All sectors"), "integer"),
            Column("there", _("Took part in the period"), "integer"),
        ),
        rows,
    )
