"""What remains without the office, as records: actors, ties, groups and who stands alone after each cut."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from reports.analysis.components import components
from reports.analysis.network import Network
from reports.analysis.projection import project
from reports.analysis.twomode import TwoMode
from reports.analysis.without import Remainder, remainder, wholly_carried
from reports.builders.basis import Basis
from reports.builders.records.groups import groups_table
from reports.builders.records.listing import listed
from reports.builders.records.ties import ties_table
from reports.builders.strong import find_strong_ties
from reports.report import Table

ALL, STRONG = "all", "strong"
BEFORE, NODE, EVENTS, BOTH = "before", "node", "events", "both"


@dataclass(frozen=True, eq=False)
class _Left:
    """What a cut left: who took part in what, and the ties of those who are still there."""

    records: TwoMode
    ties: Network


def of_office(basis: Basis, value: str) -> Table:
    """List what one figure of the comparison counts, such as ``strong:both:isolates``."""
    which, scenario, what = (*value.split(":"), "", "", "")[:3]
    if which not in {ALL, STRONG} or scenario not in {BEFORE, NODE, EVENTS, BOTH} or what not in LISTS:
        return listed(basis, [])
    return LISTS[what](basis, _left(basis, which, scenario))


def in_words(value: str) -> str:
    """Say which figure of the comparison a value means."""
    words = {
        ALL: _("all ties"),
        STRONG: _("strong ties"),
        BEFORE: _("with everybody"),
        NODE: _("without the office"),
        EVENTS: _("without the events it organised"),
        BOTH: _("without both, and what it carried alone"),
        "actors": _("actors"),
        "ties": _("ties"),
        "groups": _("groups"),
        "largest": _("largest group"),
        "isolates": _("without any tie"),
    }
    return ", ".join(words.get(part, part) for part in value.split(":"))


def _left(basis: Basis, which: str, scenario: str) -> _Left:
    if which == ALL:
        network, taken = basis.network, basis.office_part
        organised, carried = basis.office_events, wholly_carried(basis.task_dependency.assigned)
    else:
        strong = find_strong_ties(basis)
        network, taken, organised, carried = strong.network, strong.taken, strong.organised, strong.carried
    if scenario == BEFORE:
        return _Left(network, project(network))
    dropped = {NODE: [], EVENTS: organised, BOTH: [*organised, *carried]}[scenario]
    left: Remainder = remainder(
        network, taken=taken.iloc[:0] if scenario == EVENTS else taken, dropped=dropped
    )
    return _Left(left.network, project(left.network).subset(left.present))


def _actors(basis: Basis, left: _Left) -> Table:
    return listed(basis, left.ties.ids.tolist())


def _ties(basis: Basis, left: _Left) -> Table:
    return ties_table(basis, left.ties.ties(), records=left.records)


def _groups(basis: Basis, left: _Left) -> Table:
    return groups_table(basis, components(left.ties).table, "component", "", _("Groups"))


def _largest(basis: Basis, left: _Left) -> Table:
    table = components(left.ties).table
    return listed(basis, table.loc[table["component"] == 1, "actor_id"].tolist())


def _isolates(basis: Basis, left: _Left) -> Table:
    return listed(basis, left.ties.ids[left.ties.degrees == 0].tolist())


LISTS: dict[str, Callable[[Basis, _Left], Table]] = {
    "actors": _actors,
    "ties": _ties,
    "groups": _groups,
    "largest": _largest,
    "isolates": _isolates,
}
