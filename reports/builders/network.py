"""The network report: who is connected to whom, through whom, and how that changed."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from reports.analysis.components import Components, components
from reports.builders.basis import Basis, load_basis
from reports.builders.communities import Groups, communities_section, find_groups
from reports.builders.components import components_section
from reports.builders.digits import grouped
from reports.builders.key_actors import key_actors_section, measure_actors
from reports.builders.office import office_section
from reports.builders.sectors import put_mixing, put_sectors, sectors_section
from reports.builders.uncertain import uncertain_section
from reports.builders.words import (
    change_definitions,
    network_definitions,
    not_told_definition,
    office_definition,
)
from reports.builders.years import put_years, years_section
from reports.report import Cell, Column, Note, Report, Section, Table


def build_network_report(
    *, user: Any, start: dt.date | None, end: dt.date | None, now: dt.datetime, key: str
) -> Report:
    """Return the network report of the half-open period from `start` to before `end`.

    Parameters
    ----------
    user
        Decides which actors are named and whether small numbers are told.
    key
        Ties the pseudonyms of this report together; another key gives others.
    """
    basis = load_basis(user=user, start=start, end=end, now=now, key=key)
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
            *((not_told_definition(),) if basis.is_outside else ()),
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


def _overview(basis: Basis, parts: Components, groups: Groups) -> Section:
    blocks: list[Table | Note] = [_figures(basis, parts, groups)]
    if not len(basis.network.actor_ids):
        blocks.insert(0, Note("info", _what_to_record_first(basis)))
    elif basis.counts.value("ties"):
        blocks.append(Note("info", _density_in_words(basis)))
    return Section(
        "overview",
        _("Overview"),
        tuple(blocks),
        intro=_("The network of all actors who took part in held events of this period."),
    )


def _what_to_record_first(basis: Basis) -> str:
    if not (len(basis.register.actors) or len(basis.register.events)):
        return _(
            "Nothing is recorded yet. Record actors, then an event with the status “held” and who took part."
        )
    if not len(basis.window.events):
        return _("No held event in this period. Record an event with the status “held” and who took part.")
    return _(
        "Nobody is recorded for the held events of this period. Paste the list of participants into an event."
    )


def _density_in_words(basis: Basis) -> str:
    size, ties = basis.ties.size, basis.ties.tie_count
    return _(
        "%(ties)s of %(pairs)s possible ties exist. That share says little: one large event "
        "ties everybody to "
        "everybody. The strength of the ties tells more."
    ) % {"ties": grouped(ties), "pairs": grouped(size * (size - 1) // 2)}


def _figures(basis: Basis, parts: Components, groups: Groups) -> Table:
    counts, size = basis.counts, basis.ties.size
    ties = counts.value("ties")
    events = len(basis.window.events)
    empty = int((basis.network.actors_per_event == 0).sum())
    rows = (
        (_("Actors in the register"), counts.cell("registered", reverse("actors:actor_list")), ""),
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
            _("Actors who never took part"),
            counts.cell("never", basis.records_url("never")),
            _("In the register, but at no held event of the period."),
        ),
        (_("Held events"), Cell(events, basis.held_events_url()), ""),
        (
            _("Held events without named participants"),
            Cell(empty, basis.held_events_url(participants="without")),
            _("They make no ties."),
        ),
        (
            _("Participations"),
            Cell(int(basis.network.matrix.nnz), basis.records_url("participations")),
            _("An actor at an event, counted once whatever its roles."),
        ),
        (
            _("Ties"),
            counts.cell("ties", basis.records_url("ties")),
            _("Pairs of actors who met at least once."),
        ),
        (
            _("Actors met, on average"),
            Cell(round(2 * ties / size), basis.records_url("degrees"))
            if size and ties is not None
            else Cell(None),
            _("Different others, rounded."),
        ),
        (
            _("Connected groups"),
            Cell(parts.count - len(parts.isolates), basis.records_url("groups")),
            _("Groups of two or more who can reach each other."),
        ),
        (
            _("Communities"),
            Cell(groups.found.count, basis.records_url("communities")),
            _("See the chapter on communities."),
        ),
    )
    columns = (
        Column("figure", _("Figure")),
        Column("value", _("Value"), "integer"),
        Column("meaning", _("Meaning")),
    )
    return Table(
        "overview", _("The network in figures"), columns, tuple((Cell(a), b, Cell(c)) for a, b, c in rows)
    )
