"""The gaps by name: where nobody is, said in words."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from itertools import combinations_with_replacement
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actors.models import Sector
from reports.builders.coverage.presence import EXPECTED, NO_DISTRICT, OTHER_DISTRICTS, Coverage
from reports.builders.coverage.tables import count
from reports.builders.shared.advice import advised
from reports.builders.shared.basis import sector_label
from reports.report import Cell, Column, Table


class _NoGap(NamedTuple):
    """What the tables say where everything is there."""

    topics: str
    uncarried: str
    pairs: str


def _no_gap() -> _NoGap:
    return _NoGap(
        _("In every topic somebody of each sector that is looked at took part."),
        _("With every topic somebody took part."),
        _("Of the sectors that are looked at all that took part met each other."),
    )


def gap_cell(table: Table, number: int | None = None) -> Cell:
    """Return how many gaps a table names; 0 only where it says that there is none, else why that is open."""
    gaps = len(table.rows) if number is None else number
    is_known = gaps or table.empty_text.startswith(tuple(_no_gap()))
    return Cell(gaps) if is_known else Cell(None, note=table.empty_text)


def gap_meaning(table: Table, meaning: str = "") -> str:
    """Return what a number of gaps means, and that there may be more where the table says so."""
    more = _may_be_more() if table.rows and table.footnote.endswith(_may_be_more()) else ""
    return f"{meaning} {more}".strip()


def crossings_meaning(coverage: Coverage) -> str:
    """Return what is counted as a gap; where nobody took part, only who is missing in the register."""
    if not coverage.attended:
        return _("Crossings of topic and sector without anybody in the register.")
    return _("Crossings of topic and sector without anybody.")


def _may_be_more() -> str:
    return _("There may be more gaps: some of the numbers behind them are small and not told.")


def _more_gaps(coverage: Coverage, names: Iterable[Hashable]) -> str:
    """Say that not all gaps are told, where some of the numbers behind them are not."""
    return _may_be_more() if _is_any_hidden(coverage, names) else ""


def _is_any_hidden(coverage: Coverage, names: Iterable[Hashable]) -> bool:
    return any(coverage.basis.counts.value(name) is None for name in names)


def _nobody_there() -> str:
    return _("Nobody took part in this period: of the register it is not said who was not there.")


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
        if coverage.attended
        and (topic, sector) not in empty
        and value(("topic attended", topic, sector)) == 0
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
        footnote=_beside_topic_gaps(coverage, without),
        empty_text=_no_topic_gap(coverage, without),
    )


def _not_looked_at(without: list[str]) -> str:
    if not without:
        return ""
    text = _("Not looked at, as no actor of them has a topic: %(sectors)s.")
    return text % {"sectors": ", ".join(without)}


def _no_topic_gap(coverage: Coverage, without: list[str]) -> str:
    if not coverage.topics:
        return advised(coverage.basis, _("No topics are in use."), _("Add them under Administration."))
    if len(without) == len(EXPECTED):
        return _("No actor of these sectors has a topic yet.")
    if not coverage.attended:
        return _nobody_there()
    said = _if_published(coverage, _crossings(coverage), _no_gap().topics)
    return f"{said} {_not_looked_at(without)}".rstrip()


def _beside_topic_gaps(coverage: Coverage, without: list[str]) -> str:
    """Say which sectors are not looked at, and what the table does not tell."""
    nobody = "" if coverage.attended else _nobody_there()
    return " ".join(
        filter(None, (_not_looked_at(without), nobody, _more_gaps(coverage, _crossings(coverage))))
    )


def _crossings(coverage: Coverage) -> list[Hashable]:
    looked_at = coverage.sectors_with_topics.intersection(EXPECTED)
    return [("topic attended", topic, sector) for topic in coverage.topics for sector in looked_at]


def _if_published(coverage: Coverage, names: Iterable[Hashable], text: str) -> str:
    """Return a text that says there is no gap, or that some of the numbers behind it are not told."""
    hidden = _("No gap is told: some of the numbers behind it are small.")
    return hidden if _is_any_hidden(coverage, names) else text


def uncarried_table(coverage: Coverage) -> Table:
    """Name the topics that nobody works on, or nobody who took part."""
    basis = coverage.basis
    value = basis.counts.value
    names: list[Hashable] = [("topic attended", topic) for topic in coverage.topics]

    def rows() -> Iterator[tuple[Cell, ...]]:
        for topic, label in coverage.topics.items():
            if coverage.knows_topics and coverage.attended and value(("topic attended", topic)) == 0:
                known = count(coverage, ("topic", topic), basis.registered_url(topic=topic))
                events = coverage.events_by_topic.get(topic, 0)
                url = basis.held_events_url(topics=topic) if events else None
                yield Cell(label), known, Cell(events, url)

    found = tuple(rows())
    return Table(
        "uncarried",
        _("Topics with which nobody took part"),
        (
            Column("topic", _("Topic")),
            Column("registered", _("Actors in the register"), "integer"),
            Column("events", _("Held events"), "integer", explanation=_("Held events with this topic.")),
        ),
        found,
        footnote=" ".join(filter(None, (_nobody_with(len(found)), _more_gaps(coverage, names)))),
        empty_text=_none_uncarried(coverage, names),
    )


def _nobody_with(topics: int) -> str:
    return ngettext(
        "No actor with this topic took part in the period.",
        "No actor with one of these topics took part in the period.",
        topics,
    )


def _none_uncarried(coverage: Coverage, names: list[Hashable]) -> str:
    if not coverage.knows_topics:
        return _("No actor has a topic yet.")
    if not coverage.attended:
        return _("Nobody took part in this period.")
    return _if_published(coverage, names, _no_gap().uncarried)


def pair_gaps_table(coverage: Coverage) -> Table:
    """Name the sectors that were both there but did not meet."""
    value = coverage.basis.counts.value
    present = [code for code in EXPECTED if value(("attended", code))]
    pairs = [
        (first, second)
        for first, second in combinations_with_replacement(present, 2)
        if value(("ties", *_in_order((first, second)))) == 0
        and (first != second or value(("attended", first)) != 1)  # a single actor has nobody to meet
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
            count(coverage, ("attended", first), coverage.basis.records_url("sector", first)),
            count(coverage, ("attended", second), coverage.basis.records_url("sector", second)),
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
        footnote=_more_gaps(coverage, [*(("attended", code) for code in EXPECTED), *_pairs_of(present)]),
        empty_text=_all_met(coverage, present),
    )


def _all_met(coverage: Coverage, present: list[str]) -> str:
    if any(coverage.basis.counts.value(("attended", code)) is None for code in EXPECTED):
        return _("No gap is told: some of the numbers behind it are small.")
    if not present:
        return _("Nobody of the sectors that are looked at took part in the period.")
    if len(present) == 1:
        return _("Of the sectors that are looked at only one took part: there is no other to meet.")
    return _if_published(coverage, _pairs_of(present), _no_gap().pairs)


def _pairs_of(present: list[str]) -> list[Hashable]:
    return [("ties", *pair) for pair in combinations_with_replacement(_in_order(present), 2)]


def _in_order(codes: Iterable[str]) -> list[str]:
    return sorted(codes, key=Sector.values.index)


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
            count(coverage, ("district", district), coverage.basis.registered_url(district=district)),
        )
        for district, missing in gaps
        if missing
    )
    return Table(
        "district_gaps",
        _("Missing by district"),
        (
            Column("district", _("District")),
            Column("missing", _("Nobody from"), explanation=_("Sectors of which nobody is in the register.")),
            Column("registered", _("Actors in the register"), "integer"),
        ),
        rows,
        footnote=_more_gaps(coverage, _places(named)),
        empty_text=_no_district_gap(coverage, named),
    )


def _places(named: list[str]) -> list[Hashable]:
    return [("district", district, code) for district in named for code in EXPECTED]


def _no_district_gap(coverage: Coverage, named: list[str]) -> str:
    if not named:
        return _("No district is recorded for any actor.")
    full = _(
        "Of each sector that is looked at somebody is in the register, in every district of the table below."
    )
    return _if_published(coverage, _places(named), full)
