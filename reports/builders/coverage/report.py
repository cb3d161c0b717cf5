"""The coverage report put together."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from reports.builders.basis import load_basis
from reports.builders.coverage import gaps, tables
from reports.builders.coverage.counting import put_counts
from reports.builders.coverage.data import EARLIER, NEVER, Coverage
from reports.builders.uncertain import uncertain_section
from reports.builders.words import not_told_definition
from reports.report import Cell, Column, Definition, Report, Section, Table


def build_coverage_report(
    *, user: Any, start: dt.date | None, end: dt.date | None, now: dt.datetime, key: str
) -> Report:
    """Return the report on who is missing in the half-open period from `start` to before `end`."""
    coverage = Coverage(load_basis(user=user, start=start, end=end, now=now, key=key))
    put_counts(coverage)
    sections = (
        _overview(coverage),
        _topics(coverage),
        _meetings(coverage),
        _districts(coverage),
        _away(coverage),
        uncertain_section(coverage.basis),
    )
    told = (not_told_definition(),) if coverage.basis.is_outside else ()
    return coverage.basis.report(
        kind="coverage",
        title=_("Coverage report"),
        sections=sections,
        definitions=(*_definitions(), *told),
    )


def _overview(coverage: Coverage) -> Section:
    basis = coverage.basis
    counts = (
        (_("Actors in the register"), "registered", tables.actors_url(), ""),
        (_("Took part in the period"), "there", basis.records_url("took_part"), ""),
        (
            _("Not for two years"),
            EARLIER,
            basis.records_url(f"seen_{EARLIER}"),
            _("Took part in a held event before, but not in the two years up to the end of the period."),
        ),
        (
            _("Never took part"),
            NEVER,
            basis.records_url(f"seen_{NEVER}"),
            _("In the register, but at no held event up to the end of the period."),
        ),
    )
    rows = [
        (Cell(label), tables.count(coverage, name, url), Cell(meaning))
        for label, name, url, meaning in counts
    ]
    missing = (
        (
            _("Gaps by topic"),
            len(gaps.topic_gaps(coverage)),
            _("Crossings of topic and sector without anybody."),
        ),
        (_("Topics that nobody carries"), len(gaps.uncarried_table(coverage).rows), ""),
        (_("Sectors that did not meet"), len(gaps.pair_gaps_table(coverage).rows), ""),
    )
    rows += [(Cell(label), Cell(number), Cell(meaning)) for label, number, meaning in missing]
    columns = (
        Column("figure", _("Figure")),
        Column("value", _("Value"), "integer"),
        Column("meaning", _("Meaning")),
    )
    return Section(
        "overview",
        _("Overview"),
        (Table("overview", _("Who is there and who is missing"), columns, tuple(rows)),),
        intro=_(
            "Which parts of the district take part, where nobody is, and who has not been seen for long."
        ),
    )


def _topics(coverage: Coverage) -> Section:
    return Section(
        "topics",
        _("Topics"),
        (
            gaps.topic_gaps_table(coverage),
            gaps.uncarried_table(coverage),
            tables.topics_table(coverage, there=True),
            tables.topics_table(coverage, there=False),
        ),
        intro=_("Who works on what: the topics recorded for the actors."),
    )


def _meetings(coverage: Coverage) -> Section:
    return Section(
        "meetings",
        _("Sector and sector"),
        (gaps.pair_gaps_table(coverage), tables.ties_table(coverage)),
        intro=_("Which sectors meet at events, and which never do."),
    )


def _districts(coverage: Coverage) -> Section:
    return Section(
        "districts",
        _("Districts"),
        (gaps.district_gaps_table(coverage), tables.districts_table(coverage)),
        intro=_("Where the actors of the register are."),
    )


def _away(coverage: Coverage) -> Section:
    basis = coverage.basis
    order = sorted(coverage.seen(EARLIER), key=lambda actor: -basis.events_of.get(actor, 0))
    return Section(
        "away",
        _("Who stays away"),
        (
            tables.last_seen_table(coverage),
            basis.actors_table(
                "earlier",
                _("Took part before, but not for two years"),
                order,
                _("Everybody who ever took part was there within two years."),
            ),
            basis.actors_table(
                "never",
                _("In the register, but never there"),
                coverage.seen(NEVER),
                _("Everybody in the register took part at least once."),
            ),
        ),
        intro=_("Whom to ask again, and whom to invite for the first time."),
    )


def _definitions() -> tuple[Definition, ...]:
    return (
        Definition(_("Held event"), _("Only events with the status “held” count.")),
        Definition(
            _("Took part in the period"), _("Attended at least one held event of the period, in any role.")
        ),
        Definition(
            _("Gap"),
            _(
                "A crossing in which nobody took part. Sometimes only the record is missing: look at the "
                "topics of the actors first."
            ),
        ),
        Definition(_("Tie"), _("Two actors are tied if both took part in at least one event.")),
    )
