"""The network with and without the office: what would remain, and what exists only through it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.analysis.nullmodel import Range
from reports.analysis.only_through import OnlyThrough
from reports.analysis.privacy import SMALL
from reports.analysis.without import Standing, Without, wholly_carried, without
from reports.builders.shared.advice import advised
from reports.builders.shared.basis import Basis, share_cell
from reports.builders.shared.chance import Chance, Removal, chance_note, chances_of
from reports.builders.shared.communities import Groups
from reports.builders.shared.counts import HIDDEN_SIGN
from reports.builders.shared.digits import grouped
from reports.builders.shared.headcounts import person_counts
from reports.builders.shared.links import opened
from reports.builders.shared.ranks import are_cut_level, first_of
from reports.builders.shared.reconnect import bridging_blocks, cut_off_table
from reports.builders.shared.strong import StrongTies, find_strong_ties
from reports.report import Block, Cell, Column, Note, Section, Table

MOST_TIES = 50


@dataclass(frozen=True, eq=False)
class OfficeCuts:
    """What remains without the office: of all ties, and of the strong ones.

    `chance` and `strong_chance` say what removing as many random events would leave. `independent` is the
    number of strong ties of others that need neither the office nor its events, `independent_by_chance` the
    share with as many random events removed instead. `tasks_left` counts tasks that nobody but the office
    carried at events that would still take place.
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
    alone = tasks.groupby(["event_id", "task"])["by_office"].all()
    of_alone = alone.index[alone].get_level_values("event_id")
    chance, strong_chance, others_chance = chances_of(
        Removal.of_events(basis.network, organised),
        Removal(strong.network, strong.organised, strong.events),
        Removal(cut.node_removed.remainder.network, strong.organised, strong.events),
    )
    return OfficeCuts(
        all_ties=without(
            basis.network, taken=basis.office_part, organised=organised, carried=carried, ties=basis.ties
        ),
        strong=cut,
        strong_ties=strong,
        chance=chance,
        strong_chance=strong_chance,
        independent=cut.node_removed.standing.ties - cut.only_through.count,
        independent_by_chance=_independent_by_chance(cut, others_chance),
        tasks_left=int((~of_alone.isin([*organised, *carried])).sum()),
    )


def _independent_by_chance(cut: Without, chance: Chance) -> Range | None:
    """Take the office out and as many random events instead of its own; the share is of all strong ties."""
    of_all = cut.node_removed.share_of_ties
    if chance.share is None or not chance.removed or not of_all:
        return None
    low, median, high = np.array([chance.share.low, chance.share.median, chance.share.high])
    return Range(float(low * of_all), float(median * of_all), float(high * of_all))


def no_office_note(basis: Basis) -> Note | None:
    """Say what is missing where no office is recorded or it took part in nothing."""
    if not len(basis.offices):
        return Note(
            "warning",
            advised(
                basis,
                _("No actor is recorded as the office, so its part cannot be shown."),
                _("Give it the type “Neighbourhood office”."),
            ),
        )
    if not len(basis.office_part):
        return Note("info", _("The office is recorded as a participant at no held event of this period."))
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
    """Return the chapter of the continuity report about ties; where there are no cuts it says why."""
    intro = _(
        "Strong ties are those between actors who organise something together, carry tasks side by side or "
        "have a declared relation. Merely attending makes none."
    )
    if cuts is None:
        missing = no_office_note(basis)
        return Section("ties", _("Ties that hang on the office"), tuple(filter(None, [missing])), intro)
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
        *_organised_note(basis),
        comparison(basis, "office_all", _("All ties"), cuts.all_ties),
        *chance_note(cuts.all_ties, cuts.chance),
        comparison(basis, "office_strong", strong, cuts.strong),
        *chance_note(cuts.strong, cuts.strong_chance),
    )


def _organised_note(basis: Basis) -> tuple[Note, ...]:
    """Say that nothing can be lost with the events of the office where it is recorded to have had none."""
    if basis.office_events:
        return ()
    return (Note("info", _("The office is recorded as organiser of none of the events that count here.")),)


def _tasks_note(cuts: OfficeCuts) -> tuple[Note, ...]:
    if not cuts.tasks_left:
        return ()
    text = ngettext(
        "At events that others would still hold, %(count)s task would be without anybody: the office alone "
        "carried it.",
        "At events that others would still hold, %(count)s tasks would be without anybody: the office alone "
        "carried them.",
        cuts.tasks_left,
    )
    return (Note("info", text % {"count": grouped(cuts.tasks_left)}),)


def comparison(basis: Basis, key: str, title: str, remains: Without) -> Table:
    """Compare the network with what remains after each of the three cuts."""
    columns = (
        Column("network", _("Network")),
        Column("actors", _("Actors"), "integer"),
        Column("ties", _("Ties"), "integer"),
        Column("share", _("Ties that remain"), "percent", 0),
        Column("groups", _("Connected groups"), "integer", explanation=_("Of two or more actors.")),
        Column("largest", _("Largest group"), "integer", explanation=_("Actors in the largest group.")),
        Column(
            "isolates", _("Without any tie"), "integer", explanation=_("Actors without a tie of this kind.")
        ),
    )
    which = key.removeprefix("office_")
    cuts = (
        (_("Without the office"), remains.node_removed, "node"),
        (_("Without the events it organised"), remains.events_removed, "events"),
        (_("Without both, and what it carried alone"), remains.both_removed, "both"),
    )
    rows = (
        _standing_row(basis, _("With everybody"), remains.before, Cell(None), f"{which}:before"),
        *(
            _standing_row(
                basis,
                label,
                cut.standing,
                share_cell(cut.standing.ties, remains.before.ties),
                f"{which}:{name}",
            )
            for label, cut, name in cuts
        ),
    )
    return Table(key, title, columns, rows)


def _standing_row(basis: Basis, label: str, standing: Standing, share: Cell, opens: str) -> tuple[Cell, ...]:
    def leading_to(cell: Cell, what: str) -> Cell:
        return opened(cell, basis.records_url("office", f"{opens}:{what}"))

    groups = standing.components - standing.isolates
    in_largest = standing.largest if standing.largest > 1 else 0
    actors, largest, isolates = person_counts(
        [standing.actors, in_largest, standing.isolates],
        is_outside=basis.is_outside,
        # Whoever is not in the only group has no tie.
        sums=[(0, [1, 2])] if groups < 2 else (),
    )
    if isolates.is_suppressed and _gives_away_isolates(standing):
        largest = Cell(HIDDEN_SIGN, is_suppressed=True)
    # Six ties are those of four actors at least.
    hidden = Cell(HIDDEN_SIGN, is_suppressed=True) if actors.is_suppressed else None
    return (
        Cell(label),
        leading_to(actors, "actors"),
        hidden or leading_to(Cell(standing.ties), "ties"),
        hidden or leading_to(share, "ties"),
        leading_to(Cell(groups), "groups"),
        leading_to(largest, "largest"),
        leading_to(isolates, "isolates"),
    )


def _gives_away_isolates(standing: Standing) -> bool:
    """Tell whether only one number of one to four isolates fits what is left beside the largest group."""
    others = standing.components - standing.isolates - 1
    left = standing.actors - standing.largest
    fitting = [count for count in range(1, SMALL) if 2 * others <= left - count <= others * standing.largest]
    return len(fitting) == 1


def left_alone(basis: Basis, cuts: Without) -> tuple[Table, Table]:
    """List by name who would have no tie left after each of the two cuts; the office itself is not meant."""
    offices = set(basis.offices["actor_id"].tolist())
    return (
        basis.actors_table(
            "only_office",
            _("Actors who met only the office"),
            cuts.node_removed.newly_isolated,
            _("Nobody met only the office."),
        ),
        basis.actors_table(
            "only_office_events",
            _("Actors who met others only at events of the office"),
            [actor for actor in cuts.events_removed.newly_isolated if actor not in offices],
            _("No other actor met others only at events of the office."),
        ),
    )


def _what_is_left_out(basis: Basis, events: list[int], only: OnlyThrough) -> str:
    """Say what the list leaves out; to readers without how many, which would tell of hidden persons."""
    allowed, listed = len(events), min(len(events), MOST_TIES)
    if not basis.is_outside:
        return first_of(listed, only.count, is_level=are_cut_level(events, MOST_TIES))
    notes = []
    if listed and (listed < allowed or len(only.ties) < only.count):
        notes.append(_("Only the first %(count)s are listed.") % {"count": grouped(listed)})
    if allowed < len(only.ties):
        notes.append(_("Ties of persons are not listed here."))
    return " ".join(notes)


def _only_through(basis: Basis, cuts: Without) -> Table:
    ties = cuts.only_through.ties
    allowed = set(basis.may_be_listed({*ties["source_id"].tolist(), *ties["target_id"].tolist()}))
    open_to_all = ties[ties["source_id"].isin(allowed) & ties["target_id"].isin(allowed)]
    rows = tuple(
        (basis.actor(source), basis.actor(target), Cell(events, basis.tie_url(source, target)))
        for source, target, events in open_to_all.head(MOST_TIES).itertuples(index=False)
    )
    said = _what_is_left_out(basis, open_to_all["events"].tolist(), cuts.only_through)
    return Table(
        "only_through",
        _("Actors who met each other only at events of the office"),
        (
            Column("one", _("Actor")),
            Column("other", _("Actor")),
            Column(
                "events",
                _("Common events"),
                "integer",
                explanation=_("The office organised all of them, alone or with others."),
            ),
        ),
        rows,
        footnote=said,
        empty_text=said or _("No two other actors met only at events of the office."),
    )
