"""The network report: who is connected to whom, through whom, and how that changed."""

from __future__ import annotations

from django.utils.translation import gettext as _

from reports.analysis.components import Components, components
from reports.builders.network.components import components_section, put_group_sizes
from reports.builders.network.key_actors import key_actors_section
from reports.builders.network.key_figures import measure_actors
from reports.builders.network.sectors import sectors_section
from reports.builders.shared.advice import advised, advised_of_period
from reports.builders.shared.basis import Basis, load_basis
from reports.builders.shared.communities import Groups, communities_section, find_groups
from reports.builders.shared.definitions import (
    change_definitions,
    network_definitions,
    office_definition,
    suppression_definition,
)
from reports.builders.shared.digits import grouped
from reports.builders.shared.links import opened
from reports.builders.shared.office import office_section
from reports.builders.shared.sector_counts import put_mixing, put_sectors
from reports.builders.shared.uncertain import uncertain_section
from reports.builders.shared.years import put_years, years_section
from reports.frames import ReportFrames
from reports.report import Cell, Column, Note, Report, Section, Table
from reports.request import ReportRequest


def build_network_report(request: ReportRequest, frames: ReportFrames | None = None) -> Report:
    """Return the network report; ``frames`` are those of the request, where the picture needs them too."""
    basis = load_basis(request, frames)
    parts = components(basis.ties)
    groups = find_groups(basis)
    figures = measure_actors(basis)
    _put_overview(basis, parts)
    put_sectors(basis)
    put_mixing(basis, figures.structure.mixing)
    years = put_years(basis)
    sections = (
        _overview(basis, parts, groups),
        years_section(basis, years),
        key_actors_section(basis, figures, groups),
        communities_section(basis, groups),
        components_section(basis, parts, figures.cuts, figures.structure),
        sectors_section(basis, figures.structure.mixing),
        office_section(basis, groups),
        uncertain_section(basis, groups=groups, sample=figures.sample),
    )
    return basis.report(
        kind="network",
        title=_("Network report"),
        sections=sections,
        definitions=(
            *network_definitions(),
            *change_definitions(),
            office_definition(),
            *((suppression_definition(),) if basis.is_outside else ()),
        ),
        parameters=((_("Ties"), _("common participation in held events")),),
    )


def _put_overview(basis: Basis, parts: Components) -> None:
    counts, took_part = basis.counts, len(basis.network.actor_ids)
    counts.put("registered", len(basis.register.actors))
    counts.put("took_part", took_part)
    counts.put("never", len(basis.register.actors) - took_part)
    counts.put("tied", took_part - len(parts.isolates))
    counts.put("alone", len(parts.isolates))
    counts.put_sum("registered", ["took_part", "never"])
    counts.put_sum("took_part", ["tied", "alone"])
    put_group_sizes(counts, parts)


def _overview(basis: Basis, parts: Components, groups: Groups) -> Section:
    blocks: list[Table | Note] = [_figures(basis, parts, groups)]
    if not len(basis.network.actor_ids):
        blocks.insert(0, Note("info", _what_to_record_first(basis)))
    elif basis.counts.value("ties") and basis.counts.value("took_part"):
        blocks.append(Note("info", _density_in_words(basis)))
    return Section(
        "overview",
        _("Overview"),
        tuple(blocks),
        intro=_("The network of all actors who took part in held events of this period."),
    )


def _what_to_record_first(basis: Basis) -> str:
    if not (len(basis.register.actors) or len(basis.register.events)):
        return advised(
            basis,
            _("No actors and events are recorded yet."),
            _("Record actors, then an event with the status “held” and who took part."),
        )
    if not len(basis.window.events):
        return advised_of_period(
            basis,
            _("No held event in this period."),
            _("Record an event with the status “held” and who took part."),
        )
    return advised(
        basis,
        _("Nobody is recorded for the held events of this period."),
        _("Paste the list of participants into an event."),
    )


def _density_in_words(basis: Basis) -> str:
    size, ties = basis.ties.size, basis.ties.tie_count
    return _(
        "Possible ties: %(pairs)s; existing: %(ties)s. Take care with that share: a single large event ties "
        "all who were there to each other. The strength of a tie counts large events less."
    ) % {"ties": grouped(ties), "pairs": grouped(size * (size - 1) // 2)}


def _figures(basis: Basis, parts: Components, groups: Groups) -> Table:
    columns = (
        Column("figure", _("Figure")),
        Column("value", _("Value"), "integer"),
        Column("meaning", _("Meaning")),
    )
    rows = (*_actors(basis), *_events(basis), *_ties(basis, parts, groups))
    return Table(
        "overview", _("The network in figures"), columns, tuple((Cell(a), b, Cell(c)) for a, b, c in rows)
    )


def _actors(basis: Basis) -> tuple[tuple[str, Cell, str], ...]:
    counts = basis.counts
    return (
        (
            _("Actors in the register"),
            counts.cell("registered", basis.registered_url()),
            _("As the register is today, whatever the period, with those that have ended."),
        ),
        (
            _("Actors who took part"),
            counts.cell("took_part", basis.records_url("took_part")),
            _("At least one held event of the period."),
        ),
        (
            _("Actors who met nobody"),
            counts.cell("alone", basis.records_url("alone")),
            _("Took part only in events without other named actors."),
        ),
        (
            _("Actors who did not take part"),
            counts.cell("never", basis.records_url("never")),
            _("In the register, but at no held event of the period."),
        ),
    )


def _events(basis: Basis) -> tuple[tuple[str, Cell, str], ...]:
    events = len(basis.window.events)
    empty = int((basis.network.actors_per_event == 0).sum())
    return (
        (_("Held events"), opened(Cell(events), basis.held_events_url()), ""),
        (
            _("Held events without named participants"),
            opened(Cell(empty), basis.held_events_url(participants="without")),
            _("They make no ties."),
        ),
        (
            _("Participations"),
            opened(Cell(int(basis.network.matrix.nnz)), basis.records_url("participations")),
            _("An actor at an event, counted once whatever its roles."),
        ),
    )


def _ties(basis: Basis, parts: Components, groups: Groups) -> tuple[tuple[str, Cell, str], ...]:
    counts, size = basis.counts, basis.ties.size
    ties = counts.value("ties")
    return (
        (
            _("Ties"),
            counts.cell("ties", basis.records_url("ties")),
            _("Pairs of actors who met at least once."),
        ),
        (
            _("Ties, on average"),
            Cell(round(2 * ties / size), basis.records_url("degrees"))
            if size and ties is not None and counts.value("took_part") is not None
            else Cell(None),
            _("Different others in the period, rounded."),
        ),
        (
            _("Connected groups"),
            opened(Cell(parts.count - len(parts.isolates)), basis.records_url("groups")),
            _("Groups of two or more who can reach each other."),
        ),
        (
            _("Communities"),
            opened(Cell(groups.communities.count), basis.records_url("communities")),
            _("See the chapter on communities."),
        ),
    )
