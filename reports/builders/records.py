"""The records behind a figure: every number of a report can be opened to what it was counted from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actors.models import Sector
from events.models import TaskKind
from reports import frames
from reports.analysis import change, snapshots
from reports.builders.basis import Basis, load_basis, rows_of, sector_label
from reports.builders.communities import find_groups
from reports.builders.staying import find_survival
from reports.builders.tie_changes import ties_of_year
from reports.report import Cell, Column, Report, Section, Table


@dataclass(frozen=True)
class Opened:
    """A figure that can be opened: its name (with the value in it), and what is to be listed."""

    title: Any
    table: Callable[[Basis, str], Table]

    def heading(self, value: str) -> str:
        """Return what the page is called."""
        return str(self.title) % {"value": value or _("all")}


def build_records(
    *,
    user: Any,
    start: dt.date | None,
    end: dt.date | None,
    figure: str,
    value: str,
    now: dt.datetime,
    key: str,
) -> Report:
    """Return the records behind one figure of a report of the same period.

    Parameters
    ----------
    figure
        One of `FIGURES`.
    value
        Which one: a year, a sector, a community or a task; an unknown one has no records.
    """
    basis = load_basis(user=user, start=start, end=end, now=now, key=key)
    opened = FIGURES[figure]
    heading = opened.heading(_value_in_words(figure, value))
    section = Section("records", heading, (opened.table(basis, value),))
    return basis.report(kind="records", title=heading, sections=(section,), definitions=())


def _value_in_words(figure: str, value: str) -> str:
    if figure in {"sector", "registered"} and value in Sector.values:
        return sector_label(value)
    return frames.load_terms(TaskKind).get(value, value) if figure.startswith("tasks") else value


def _listed(basis: Basis, actor_ids: Iterable[int]) -> Table:
    return basis.actors_table(
        "records", _("Actors"), actor_ids, _("There are no records behind this figure."), most=None
    )


def _took_part(basis: Basis, value: str) -> Table:
    return _listed(basis, basis.network.actor_ids.tolist())


def _never(basis: Basis, value: str) -> Table:
    there = set(basis.network.actor_ids.tolist())
    return _listed(
        basis, [actor for actor in basis.register.actors["actor_id"].tolist() if actor not in there]
    )


def _alone(basis: Basis, value: str) -> Table:
    return _listed(basis, basis.ties.ids[basis.ties.degrees == 0].tolist())


def _of_sector(basis: Basis, value: str) -> Table:
    return _listed(
        basis, [actor for actor in basis.network.actor_ids.tolist() if basis.sector_of[actor] == value]
    )


def _of_community(basis: Basis, value: str) -> Table:
    found = find_groups(basis).found.table
    return _listed(basis, found.loc[found["community"].astype(str) == value, "actor_id"].tolist())


def _of_year(*kinds: str) -> Callable[[Basis, str], Table]:
    def table(basis: Basis, value: str) -> Table:
        records = change.yearly_change(basis.register.participations, basis.register.events).records
        wanted = (records["year"].astype(str) == value) & records["change"].isin(kinds)
        return _listed(basis, records.loc[wanted, "actor_id"].tolist())

    return table


def _ties(kind: str) -> Callable[[Basis, str], Table]:
    def table(basis: Basis, value: str) -> Table:
        # A year has four digits; anything else has no records.
        is_year = len(value) == 4 and value.isdecimal() and dt.MINYEAR < int(value) < dt.MAXYEAR
        return ties_of_year(basis, int(value), kind) if is_year else _listed(basis, [])

    return table


def _stayed(basis: Basis, value: str) -> Table:
    members = find_survival(basis).members
    wanted = members["lost"] & (members["time"].astype(str) == value)
    return _listed(basis, members.loc[wanted, "actor_id"].tolist())


def _assigned(basis: Basis, value: str) -> Table:
    return _task_table(basis, basis.task_dependency.assigned, value)


def _by_office(basis: Basis, value: str) -> Table:
    assigned = basis.task_dependency.assigned
    return _task_table(basis, assigned[assigned["by_office"]], value)


def _by_nobody(basis: Basis, value: str) -> Table:
    return _task_table(basis, basis.task_dependency.unassigned, value)


def _task_table(basis: Basis, rows: pd.DataFrame, value: str) -> Table:
    words = frames.load_terms(TaskKind)
    wanted = rows[rows["task"] == value] if value else rows
    columns = (
        Column("day", _("Day"), "date"),
        Column("event", _("Event")),
        Column("task", _("Task")),
        Column("holder", _("Carried by")),
    )
    cells = tuple(
        (
            Cell(None if pd.isna(row.date) else row.date.date()),
            Cell(row.title, reverse("events:event_detail", args=[row.event_id])),
            Cell(words.get(row.task, row.task)),
            Cell(None) if pd.isna(row.actor_id) else basis.actor(int(row.actor_id)),
        )
        for row in rows_of(wanted.sort_values(["date", "event_id"], ascending=False))
    )
    return Table(
        "records", _("Tasks"), columns, cells, empty_text=_("There are no records behind this figure.")
    )


FIGURES = {
    "took_part": Opened(gettext_lazy("Actors who took part"), _took_part),
    "never": Opened(gettext_lazy("Actors who never took part"), _never),
    "alone": Opened(gettext_lazy("Actors who met nobody"), _alone),
    "sector": Opened(gettext_lazy("Took part from this sector: %(value)s"), _of_sector),
    "community": Opened(gettext_lazy("Members of community %(value)s"), _of_community),
    "actors": Opened(
        gettext_lazy("Actors in %(value)s"), _of_year(change.RETURNING, change.NEW, change.REACTIVATED)
    ),
    change.RETURNING: Opened(gettext_lazy("Actors returning in %(value)s"), _of_year(change.RETURNING)),
    change.NEW: Opened(gettext_lazy("New actors in %(value)s"), _of_year(change.NEW)),
    change.REACTIVATED: Opened(gettext_lazy("Actors reactivated in %(value)s"), _of_year(change.REACTIVATED)),
    change.LOST: Opened(gettext_lazy("Actors lost in %(value)s"), _of_year(change.LOST)),
    "ties_ties": Opened(gettext_lazy("Ties in %(value)s"), _ties("ties")),
    "ties_new": Opened(gettext_lazy("New ties in %(value)s"), _ties(snapshots.NEW)),
    "ties_kept": Opened(gettext_lazy("Ties kept in %(value)s"), _ties(snapshots.KEPT)),
    "ties_lost": Opened(gettext_lazy("Ties lost in %(value)s"), _ties(snapshots.LOST)),
    "stayed": Opened(gettext_lazy("Actors lost after as many years: %(value)s"), _stayed),
    "tasks": Opened(gettext_lazy("Assigned tasks: %(value)s"), _assigned),
    "tasks_office": Opened(gettext_lazy("Tasks carried by the office: %(value)s"), _by_office),
    "tasks_nobody": Opened(gettext_lazy("Tasks carried by nobody: %(value)s"), _by_nobody),
}
