"""The network with and without the office: what would remain, and what exists only through it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.analysis.nullmodel import Range
from reports.analysis.without import Standing, Without, wholly_carried, without
from reports.builders.basis import Basis, share_cell
from reports.builders.chance import Chance, chance_note, chance_of
from reports.builders.communities import Groups
from reports.builders.digits import grouped
from reports.builders.headcounts import person_counts
from reports.builders.reconnect import bridging_blocks, cut_off_table
from reports.builders.strong import StrongTies, find_strong_ties
from reports.report import Block, Cell, Column, Note, Section, Table

SHOWN_TIES = 50


@dataclass(frozen=True, eq=False)
class OfficeCuts:
    """What remains without the office: of all ties, and of the strong ones.

    `chance` and `strong_chance` say what removing as many random events would leave. `independent` is the
    number of strong ties of others that need neither the office nor its events, `independent_by_chance` the
    share with as many random events removed instead. `tasks_left` counts tasks of the office at events that
    would still take place.
    """

    all_ties: Without
    strong: Without
    # What `strong` was cut out of, for looking at single years.
    strong_ties: StrongTies
    chance: Chance
    strong_chance: Chance
    independent: int
    independent_by_chance: Range | None
    tasks_left: int


def cut_office(basis: Basis) -> OfficeCuts:
    """Take the office out of the network."""
    organised = basis.office_events
    carried = wholly_carried(basis.task_dependency.assigned)
    strong = find_strong_ties(basis)
    cut = without(strong.network, taken=strong.taken, organised=strong.organised, carried=strong.carried)
    tasks = basis.task_dependency.assigned
    left = tasks["by_office"] & ~tasks["event_id"].isin([*organised, *carried])
    return OfficeCuts(
        all_ties=without(
            basis.network, taken=basis.office_part, organised=organised, carried=carried, ties=basis.ties
        ),
        strong=cut,
        strong_ties=strong,
        chance=chance_of(basis.network, organised=organised),
        strong_chance=chance_of(strong.network, organised=strong.organised, events=strong.events),
        independent=cut.node_removed.standing.ties - cut.only_through.count,
        independent_by_chance=_independent_by_chance(strong, cut),
        tasks_left=int(left.sum()),
    )


def _independent_by_chance(strong: StrongTies, cut: Without) -> Range | None:
    """Take the office out and as many random events instead of its own; the share is of all strong ties."""
    others = cut.node_removed
    chance = chance_of(others.remainder.network, organised=strong.organised, events=strong.events)
    if chance.share is None or not chance.removed or not others.share_of_ties:
        return None
    low, median, high = np.array([chance.share.low, chance.share.median, chance.share.high])
    of_all = others.share_of_ties
    return Range(float(low * of_all), float(median * of_all), float(high * of_all))


def no_office_note(basis: Basis) -> Note | None:
    """Say what is missing where no office is recorded or it took part in nothing."""
    if not len(basis.offices):
        return Note(
            "warning",
            _(
                "No actor is recorded as the office, so its part cannot be shown. Give it the type "
                "“Neighbourhood office”."
            ),
        )
    if not len(basis.office_part):
        return Note("info", _("The office took part in no held event of this period."))
    return None


def office_section(basis: Basis, groups: Groups) -> Section:
    """Return the chapter about what hangs on the office."""
    intro = _(
        "Three questions: what remains if the office is no longer there and everybody else still meets; what "
        "remains if the events it organised do not take place; and what remains if both come true and nobody "
        "takes over the events at which it carried every task."
    )
    missing = no_office_note(basis)
    if missing is not None:
        return Section("office", _("With and without the office"), (missing,), intro)
    cuts = cut_office(basis)
    blocks: tuple[Block, ...] = (
        *_comparisons(basis, cuts),
        *_tasks_note(cuts),
        cut_off_table(basis, groups, cuts.all_ties),
        *left_alone(basis, cuts.all_ties),
        *bridging_blocks(basis, cuts.all_ties),
        _only_through(basis, cuts.all_ties),
    )
    return Section("office", _("With and without the office"), blocks, intro)


def ties_to_office_section(basis: Basis, cuts: OfficeCuts | None) -> Section:
    """Return the chapter of the continuity report about ties; without cuts it says why there are none."""
    intro = _(
        "Strong ties are what carries on: actors who organise something together, carry tasks side by side "
        "or have declared that they work together, and do not merely attend."
    )
    missing = no_office_note(basis)
    if cuts is None or missing is not None:
        return Section("ties", _("Ties that hang on the office"), (missing,) if missing else (), intro)
    blocks: tuple[Block, ...] = (
        *_comparisons(basis, cuts),
        *_tasks_note(cuts),
        *left_alone(basis, cuts.all_ties),
        *bridging_blocks(basis, cuts.all_ties),
    )
    return Section("ties", _("Ties that hang on the office"), blocks, intro)


def _comparisons(basis: Basis, cuts: OfficeCuts) -> tuple[Block, ...]:
    strong = _("Strong ties: organising, tasks and relations")
    return (
        comparison(basis, "office_all", _("All ties"), cuts.all_ties),
        *chance_note(cuts.all_ties, cuts.chance),
        comparison(basis, "office_strong", strong, cuts.strong),
        *chance_note(cuts.strong, cuts.strong_chance),
    )


def _tasks_note(cuts: OfficeCuts) -> tuple[Note, ...]:
    if not cuts.tasks_left:
        return ()
    text = ngettext(
        "%(count)s task that the office carried at an event of others would be without anybody.",
        "%(count)s tasks that the office carried at events of others would be without anybody.",
        cuts.tasks_left,
    )
    return (Note("info", text % {"count": grouped(cuts.tasks_left)}),)


def comparison(basis: Basis, key: str, title: str, found: Without) -> Table:
    """Compare the network with what remains after each of the three cuts."""
    columns = (
        Column("network", _("Network")),
        Column("actors", _("Actors"), "integer"),
        Column("ties", _("Ties"), "integer"),
        Column("share", _("Ties that remain"), "percent", 0),
        Column("groups", _("Groups"), "integer", explanation=_("Connected groups, single actors included.")),
        Column("largest", _("Largest group"), "integer", explanation=_("Actors in the largest group.")),
        Column("isolates", _("Without any tie"), "integer", explanation=_("Actors who met nobody.")),
    )
    which = key.removeprefix("office_")
    cuts = (
        (_("Without the office"), found.node_removed, "node"),
        (_("Without the events it organised"), found.events_removed, "events"),
        (_("Without both, and what it carried alone"), found.both_removed, "both"),
    )
    rows = (
        _standing_row(basis, _("With everybody"), found.before, Cell(None), f"{which}:before"),
        *(
            _standing_row(
                basis,
                label,
                cut.standing,
                share_cell(cut.standing.ties, found.before.ties),
                f"{which}:{name}",
            )
            for label, cut, name in cuts
        ),
    )
    return Table(key, title, columns, rows)


def _standing_row(basis: Basis, label: str, standing: Standing, share: Cell, opens: str) -> tuple[Cell, ...]:
    def opened(cell: Cell, what: str) -> Cell:
        return (
            replace(cell, url=basis.records_url("office", f"{opens}:{what}"))
            if cell.value and not cell.is_suppressed
            else cell
        )

    actors, largest, isolates = person_counts(
        [standing.actors, standing.largest, standing.isolates], is_outside=basis.is_outside
    )
    return (
        Cell(label),
        opened(actors, "actors"),
        opened(Cell(standing.ties), "ties"),
        share,
        opened(Cell(standing.components), "groups"),
        opened(largest, "largest"),
        opened(isolates, "isolates"),
    )


def left_alone(basis: Basis, found: Without) -> tuple[Table, Table]:
    """List by name who would have no tie left after each of the two cuts; the office itself is not meant."""
    offices = set(basis.offices["actor_id"].tolist())
    return (
        basis.actors_table(
            "only_office",
            _("Actors who met only the office"),
            found.node_removed.newly_isolated,
            _("There is none: everybody would keep at least one tie without the office."),
        ),
        basis.actors_table(
            "only_office_events",
            _("Actors who met others only at events of the office"),
            [actor for actor in found.events_removed.newly_isolated if actor not in offices],
            _("There is none: everybody also meets others elsewhere."),
        ),
    )


def _only_through(basis: Basis, found: Without) -> Table:
    only = found.only_through
    rows = tuple(
        (basis.actor(source), basis.actor(target), Cell(events, basis.tie_url(source, target)))
        for source, target, events in only.ties.head(SHOWN_TIES).itertuples(index=False)
    )
    return Table(
        "only_through",
        _("Ties that exist only through events of the office"),
        (
            Column("one", _("Actor")),
            Column("other", _("Actor")),
            Column(
                "events", _("Common events"), "integer", explanation=_("All of them organised by the office.")
            ),
        ),
        rows,
        footnote=_("The first %(count)s of %(all)s.") % {"count": len(rows), "all": grouped(only.count)}
        if only.count > len(rows)
        else "",
        empty_text=_("There is none: all others also meet without the office."),
    )
