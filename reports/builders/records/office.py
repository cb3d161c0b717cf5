"""What remains without the office, as records: actors, ties, groups and who stands alone after each cut."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace

import pandas as pd
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from reports.analysis.components import components
from reports.analysis.network import Network
from reports.analysis.projection import project
from reports.analysis.twomode import TwoMode
from reports.analysis.without import Remainder, remainder, wholly_carried
from reports.builders.records.groups import groups_table
from reports.builders.records.listing import listed, two_of
from reports.builders.records.ties import ties_table
from reports.builders.shared.basis import Basis
from reports.builders.shared.digits import grouped
from reports.builders.shared.strong import INDEPENDENT, find_strong_ties
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
        "ties": pgettext("figure", "ties"),
        "groups": _("connected groups"),
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


def _of_several(left: _Left) -> pd.DataFrame:
    """Return who belongs to which connected group: of two or more."""
    table = components(left.ties).table
    return table[table["size"] > 1]


def _groups(basis: Basis, left: _Left) -> Table:
    return groups_table(basis, _of_several(left), "component", "", _("Connected groups"))


def _largest(basis: Basis, left: _Left) -> Table:
    """List the largest group; of several as large all of them, one after the other."""
    table = _of_several(left)
    largest = table[table["size"] == table["size"].max()].sort_values(["component", "actor_id"])
    group_table = listed(basis, largest["actor_id"].tolist())
    parts = largest["component"].nunique()
    if parts < 2:
        return group_table
    text = _(
        "%(count)s connected groups are equally large: the members of all are listed, one group after the "
        "other."
    ) % {"count": grouped(parts)}
    return replace(group_table, footnote=f"{text} {group_table.footnote}".rstrip())


def _isolates(basis: Basis, left: _Left) -> Table:
    return listed(basis, left.ties.ids[left.ties.degrees == 0].tolist())


LISTS: dict[str, Callable[[Basis, _Left], Table]] = {
    "actors": _actors,
    "ties": _ties,
    "groups": _groups,
    "largest": _largest,
    "isolates": _isolates,
}


def strong_of_year(basis: Basis, value: str) -> Table:
    """List the strong ties of a year or of all, all or the independent ones: ``2019``, ``:independent``."""
    year, which = two_of(value)
    ties = find_strong_ties(basis).ties
    if year:
        if len(year) != 4 or not year.isdecimal() or not dt.MINYEAR <= int(year) < dt.MAXYEAR:
            return listed(basis, [])
        ties = ties.within(dt.date(int(year), 1, 1), dt.date(int(year) + 1, 1, 1))
    if which == INDEPENDENT:
        ties = ties.without_office("cancelled")
    network = ties.two_mode()
    return ties_table(basis, project(network).ties(), records=network)
