"""The gaps by name: where nobody is, said in words."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations_with_replacement

from django.utils.translation import gettext as _

from actors.models import Sector
from reports.builders.basis import sector_label
from reports.builders.coverage.data import EXPECTED, NO_DISTRICT, OTHER_DISTRICTS, Coverage
from reports.builders.coverage.tables import actors_url, count, empty_text
from reports.report import Cell, Column, Table


def nobody_of(sector: str) -> str:
    """Return "no association" and so on."""
    return {
        Sector.ASSOCIATION.value: _("no association"),
        Sector.BUSINESS.value: _("no business"),
        Sector.INSTITUTION.value: _("no institution"),
        Sector.ADMINISTRATION.value: _("no city department"),
        Sector.POLITICS.value: _("nobody from politics"),
        Sector.RESIDENT.value: _("no residents"),
    }[sector]


def topic_gaps(coverage: Coverage) -> list[tuple[str, str, bool]]:
    """Return topic, sector and whether somebody is in the register, first where nobody is at all.

    What readers from outside are not told is no gap for them either.
    """
    value = coverage.basis.counts.value
    cells = [
        (topic, sector)
        for topic in coverage.topics
        for sector in EXPECTED
        if sector in coverage.sectors_with_topics
    ]
    absent = [(topic, sector, False) for topic, sector in cells if value(("topic", topic, sector)) == 0]
    empty = {(topic, sector) for topic, sector, _known in absent}
    away = [
        (topic, sector, True)
        for topic, sector in cells
        if (topic, sector) not in empty and value(("topic there", topic, sector)) == 0
    ]
    return [*absent, *away]


def topic_gaps_table(coverage: Coverage) -> Table:
    """Name the crossings of topic and sector in which nobody took part, topic by topic."""
    gaps = topic_gaps(coverage)

    def names(topic: str, *, is_known: bool) -> Cell:
        missing = [nobody_of(sector) for at, sector, known in gaps if (at, known) == (topic, is_known)]
        return Cell(", ".join(missing) or None)

    concerned = [topic for topic in coverage.topics if any(at == topic for at, _sector, _known in gaps)]
    without = [sector_label(code) for code in EXPECTED if code not in coverage.sectors_with_topics]
    return Table(
        "topic_gaps",
        _("Missing by topic"),
        (
            Column("topic", _("In the field of")),
            Column("absent", _("Nobody in the register")),
            Column("away", _("In the register, but not there in the period")),
        ),
        tuple(
            (Cell(coverage.topics[topic]), names(topic, is_known=False), names(topic, is_known=True))
            for topic in concerned
        ),
        footnote=_("Not looked at, as no actor of them has a topic: %(sectors)s.")
        % {"sectors": ", ".join(without)}
        if without
        else "",
        empty_text=_("Every sector is there in every topic."),
    )


def uncarried_table(coverage: Coverage) -> Table:
    """Name the topics that nobody works on, or nobody who took part."""
    basis = coverage.basis
    value = basis.counts.value

    def rows() -> Iterator[tuple[Cell, ...]]:
        for topic, label in coverage.topics.items():
            if value(("topic there", topic)) == 0:
                known = count(coverage, ("topic", topic), actors_url(topic=topic))
                events = coverage.events_by_topic.get(topic, 0)
                url = basis.held_events_url(topics=topic) if events else None
                yield Cell(label), known, Cell(events, url)

    return Table(
        "uncarried",
        _("Topics that nobody carries"),
        (
            Column("topic", _("Topic")),
            Column("registered", _("Actors in the register"), "integer"),
            Column("events", _("Held events"), "integer", explanation=_("Held events with this topic.")),
        ),
        tuple(rows()),
        footnote=_("No actor with this topic took part in the period."),
        empty_text=_("Every topic is carried by somebody who took part."),
    )


def pair_gaps_table(coverage: Coverage) -> Table:
    """Name the sectors that were both there but did not meet."""
    value = coverage.basis.counts.value
    there = [code for code in EXPECTED if value(("there", code))]
    pairs = [
        (first, second)
        for first, second in combinations_with_replacement(there, 2)
        if value(("ties", *sorted((first, second), key=Sector.values.index))) == 0
    ]

    def text(first: str, second: str) -> str:
        words = {"first": sector_label(first), "second": sector_label(second)}
        return (
            _("%(first)s among themselves") % words
            if first == second
            else _("%(first)s and %(second)s") % words
        )

    def cells(first: str, second: str) -> tuple[Cell, ...]:
        return (
            Cell(text(first, second)),
            count(coverage, ("there", first), coverage.basis.records_url("sector", first)),
            count(coverage, ("there", second), coverage.basis.records_url("sector", second)),
        )

    return Table(
        "pair_gaps",
        _("Sectors that did not meet"),
        (
            Column("pair", _("Sectors")),
            Column("first", _("Took part, first"), "integer"),
            Column("second", _("Took part, second"), "integer"),
        ),
        tuple(cells(*pair) for pair in pairs),
        empty_text=_("All sectors that took part met each other."),
    )


def district_gaps_table(coverage: Coverage) -> Table:
    """Name the districts from which a sector is missing altogether."""
    value = coverage.basis.counts.value
    named = [name for name in coverage.districts if name not in {NO_DISTRICT, OTHER_DISTRICTS}]
    gaps = [
        (district, [code for code in EXPECTED if value(("district", district, code)) == 0])
        for district in named
    ]
    rows = tuple(
        (
            Cell(district),
            Cell(", ".join(sector_label(code) for code in missing)),
            count(coverage, ("district", district), actors_url(district=district)),
        )
        for district, missing in gaps
        if missing
    )
    return Table(
        "district_gaps",
        _("Missing by district"),
        (
            Column("district", _("District")),
            Column("missing", _("Nobody from")),
            Column("registered", _("Actors in the register"), "integer"),
        ),
        rows,
        empty_text=_("Every sector is in every district.") if named else empty_text(),
    )
