"""The coverage report put together."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from reports.builders.coverage import gaps, tables
from reports.builders.coverage.counting import put_counts
from reports.builders.coverage.presence import EARLIER, LATELY, NEVER, Coverage
from reports.builders.shared.basis import Basis, load_basis
from reports.builders.shared.definitions import suppression_definition
from reports.builders.shared.uncertain import uncertain_section
from reports.report import Cell, Column, Definition, Note, Report, Section, Table
from reports.request import ReportRequest


def build_coverage_report(request: ReportRequest) -> Report:
    """Return the report on who is missing in the period."""
    coverage = Coverage(load_basis(request))
    put_counts(coverage)
    parts = (_topics, _meetings, _districts, _away) if len(coverage.basis.register.actors) else ()
    sections = (
        _overview(coverage),
        *(part(coverage) for part in parts),
        uncertain_section(coverage.basis),
    )
    suppression = (suppression_definition(),) if coverage.basis.is_outside else ()
    return coverage.basis.report(
        kind="coverage",
        title=_("Coverage report"),
        sections=sections,
        definitions=(*_definitions(), *suppression),
    )


def _overview(coverage: Coverage) -> Section:
    columns = (
        Column("figure", _("Figure")),
        Column("value", _("Value"), "integer"),
        Column("meaning", _("Meaning")),
    )
    rows = tuple((Cell(a), b, Cell(c)) for a, b, c in (*_present(coverage), *_missing(coverage)))
    is_empty = not len(coverage.basis.register.actors)
    return Section(
        "overview",
        _("Overview"),
        (
            *((Note("info", tables.empty_text(coverage.basis)),) if is_empty else ()),
            Table("overview", _("Who is there and who is missing"), columns, rows),
        ),
        intro=_(
            "Which parts of the district take part, where nobody is, and who has not been seen for long."
        ),
    )


def _present(coverage: Coverage) -> Iterator[tuple[str, Cell, str]]:
    basis = coverage.basis
    counts = (
        (
            _("Actors in the register"),
            "registered",
            basis.registered_url(),
            _("As the register is today, whatever the period, with those that have ended."),
        ),
        (_("Took part in the period"), "attended", basis.records_url("took_part"), ""),
        (
            _("Not for two years"),
            EARLIER,
            basis.records_url(f"seen_{EARLIER}"),
            _(
                "Took part in a held event, but on no recorded day of the two years up to the end of the "
                "period (or up to today)."
            ),
        ),
        (
            _("Not yet there"),
            NEVER,
            basis.records_url(f"seen_{NEVER}"),
            _("In the register, but at no held event up to the end of the period."),
        ),
    )
    for label, name, url, meaning in counts:
        yield label, tables.count(coverage, name, url), meaning


def _missing(coverage: Coverage) -> tuple[tuple[str, Cell, str], ...]:
    topics, uncarried = gaps.topic_gaps_table(coverage), gaps.uncarried_table(coverage)
    pairs = gaps.pair_gaps_table(coverage)
    return (
        (
            _("Gaps by topic"),
            gaps.gap_cell(topics, len(gaps.topic_gaps(coverage))),
            gaps.gap_meaning(topics, gaps.crossings_meaning(coverage)),
        ),
        (
            _("Topics with which nobody took part"),
            gaps.gap_cell(uncarried),
            gaps.gap_meaning(uncarried),
        ),
        (
            _("Sectors that did not meet"),
            gaps.gap_cell(pairs),
            gaps.gap_meaning(pairs, _("The office and the sector “other” are not looked at.")),
        ),
    )


def _topics(coverage: Coverage) -> Section:
    crossings = (
        gaps.uncarried_table(coverage),
        tables.topics_table(coverage, only_attended=True),
        tables.topics_table(coverage, only_attended=False),
    )
    return Section(
        "topics",
        _("Topics"),
        (gaps.topic_gaps_table(coverage), *(crossings if coverage.knows_topics else ())),
        intro=_("Who works on what: the topics recorded for the actors."),
    )


def _meetings(coverage: Coverage) -> Section:
    return Section(
        "meetings",
        _("Sector and sector"),
        (gaps.pair_gaps_table(coverage), tables.ties_table(coverage)),
        intro=_("Which sectors met at events of the period, and which did not."),
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
    ends = basis.register.actors.set_index("actor_id")["active_until"].dropna()
    gone = set(ends[ends.dt.date <= basis.last_day].index)
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
                _("Whoever took part up to the end of the period did so in the two years before that.")
                if coverage.seen(LATELY)
                else _("Nobody took part in a held event up to the end of the period."),
                is_ranked=True,
            ),
            basis.actors_table(
                "never",
                _("In the register, but not yet there"),
                coverage.seen(NEVER),
                _("Everybody in the register took part at least once up to the end of the period."),
            ),
        ),
        intro=_away_intro(
            basis, some_ended=not gone.isdisjoint((*coverage.seen(EARLIER), *coverage.seen(NEVER)))
        ),
    )


def _away_intro(basis: Basis, *, some_ended: bool) -> str:
    """Say what the lists are for; with a period that is over nobody is invited any more."""
    if basis.is_over:
        return _("Who had been away for long when the period ended, or had not been there yet.")
    invitation, ended = (
        _("Whom to ask again, and whom to invite for the first time."),
        _("Those marked as ended cannot be asked any more."),
    )
    return f"{invitation} {ended}" if some_ended else invitation


def _definitions() -> tuple[Definition, ...]:
    return (
        Definition(_("Held event"), _("Only events with the status “held” count.")),
        Definition(
            _("Took part in the period"), _("Attended at least one held event of the period, in any role.")
        ),
        Definition(
            _("Gap"),
            _(
                "A topic and a sector with which nobody took part, or a district and a sector of which "
                "nobody is in the register. Sometimes only the record is missing: look at the topics and "
                "addresses of the actors first. The office and the sector “other” are not looked at. Where "
                "there is nobody no list can be opened: the gaps are named in their chapters."
            ),
        ),
        Definition(_("Tie"), _("Two actors are tied if both took part in at least one event.")),
    )
