"""The records behind the coverage report."""

from __future__ import annotations

from collections.abc import Callable

from reports.builders.coverage.presence import Coverage
from reports.builders.records.listing import listed, two_of
from reports.builders.shared.basis import Basis
from reports.report import Table


def seen(when: str) -> Callable[[Basis, str], Table]:
    """List who was last there then, of one sector or of all."""

    def table(basis: Basis, value: str) -> Table:
        return listed(basis, Coverage(basis).seen(when, value))

    return table


def with_topic(basis: Basis, value: str) -> Table:
    """List who took part and works on a topic: ``association:health``, without a sector ``:health``."""
    sector, topic = two_of(value)
    return listed(basis, Coverage(basis).with_topic(topic, sector))


def registered(basis: Basis, value: str) -> Table:
    """List who is in the register: ``association:health``, ``association``, ``:health`` or all."""
    sector, topic = two_of(value)
    if topic:
        return listed(basis, Coverage(basis).working_on(topic, sector))
    return listed(basis, [actor for actor, of in basis.sector_of.items() if sector in {"", of}])


def from_district(basis: Basis, value: str) -> Table:
    """List who took part from a district of the table."""
    return listed(basis, Coverage(basis).from_district(value))


def in_district(basis: Basis, value: str) -> Table:
    """List who is in the register from a district of the table: ``association:Nord``."""
    sector, district = two_of(value)
    return listed(basis, Coverage(basis).in_district(district, sector))
