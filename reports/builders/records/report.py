"""Which figures can be opened, and the page that lists what one was counted from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actors.models import Sector, Topic
from events.models import TaskKind
from reports import frames
from reports.analysis import change, snapshots
from reports.builders.continuity.task_load import BY_OFFICE
from reports.builders.coverage.presence import EARLIER, LATELY, NEVER
from reports.builders.coverage.tables import district_label
from reports.builders.records import activity, coverage, formats, groups, office, ties
from reports.builders.records.in_words import WORDS, parts_in_words
from reports.builders.records.listing import KEY, empty_text, key_of, listed, two_of
from reports.builders.shared.basis import Basis, load_basis, rows_of, sector_label
from reports.builders.shared.staying import find_survival
from reports.builders.shared.tie_changes import ties_of_year
from reports.report import Cell, Column, Report, Section, Table
from reports.request import ReportRequest


@dataclass(frozen=True)
class Opened:
    """A figure that can be opened: its name (with the value in it), and what is to be listed."""

    title: Any
    table: Callable[[Basis, str], Table]

    def heading(self, value: str) -> str:
        """Return what the page is called."""
        return str(self.title) % {"value": value or _("all")}


def build_records(request: ReportRequest, *, figure: str, value: str) -> Report:
    """Return the records behind one figure of a report of the same period.

    Parameters
    ----------
    figure
        One of `FIGURES`.
    value
        Which one: a year, a sector, a community or a task; an unknown one has no records.
    """
    basis = load_basis(request)
    opened = FIGURES[figure]
    heading = opened.heading(_value_in_words(basis, figure, value))
    section = Section("records", heading, (opened.table(basis, value),))
    return basis.report(kind="records", title=heading, sections=(section,), definitions=(), notes=())


def _value_in_words(basis: Basis, figure: str, value: str) -> str:
    if figure in WORDS:
        return parts_in_words(figure, value)
    if figure.startswith("tasks"):
        return frames.load_terms(TaskKind).get(value, value)
    if figure == "office":
        return office.in_words(value)
    words = value.split(":")
    if figure in {"tie", "met", "events_of", "formats_of"}:
        known = set(basis.may_be_listed(basis.sector_of))
        return " – ".join(basis.name(key) if (key := key_of(word)) in known else word for word in words)
    if figure in {"topic", "registered"}:
        return ", ".join(frames.load_terms(Topic).get(word, _sector(word)) for word in words if word)
    if figure in {"district", "district_all"}:
        return ", ".join(_sector(word) if word in Sector.values else district_label(word) for word in words)
    return " – ".join(_sector(word) for word in words)


def _sector(word: str) -> str:
    return sector_label(word) if word in Sector.values else word


def _took_part(basis: Basis, value: str) -> Table:
    return listed(basis, basis.network.actor_ids.tolist())


def _never(basis: Basis, value: str) -> Table:
    attended = set(basis.network.actor_ids.tolist())
    return listed(
        basis, [actor for actor in basis.register.actors["actor_id"].tolist() if actor not in attended]
    )


def _alone(basis: Basis, value: str) -> Table:
    return listed(basis, basis.ties.ids[basis.ties.degrees == 0].tolist())


def _of_sector(basis: Basis, value: str) -> Table:
    return listed(
        basis, [actor for actor in basis.network.actor_ids.tolist() if basis.sector_of[actor] == value]
    )


def _of_year(*kinds: str) -> Callable[[Basis, str], Table]:
    def table(basis: Basis, value: str) -> Table:
        records = change.yearly_change(basis.register.participations, basis.register.events).records
        is_match = (records["year"].astype(str) == value) & records["change"].isin(kinds)
        return listed(basis, records.loc[is_match, "actor_id"].tolist())

    return table


def _ties(kind: str) -> Callable[[Basis, str], Table]:
    def table(basis: Basis, value: str) -> Table:
        # A year has four digits; anything else has no records.
        is_year = len(value) == 4 and value.isdecimal() and dt.MINYEAR < int(value) < dt.MAXYEAR
        return ties_of_year(basis, int(value), kind) if is_year else listed(basis, [])

    return table


def _stayed(basis: Basis, value: str) -> Table:
    members = find_survival(basis).members
    is_match = members["lost"] & (members["time"].astype(str) == value)
    return listed(basis, members.loc[is_match, "actor_id"].tolist())


def _observed(basis: Basis, value: str) -> Table:
    members = find_survival(basis).members
    years = key_of(value)
    return listed(basis, [] if years is None else members.loc[members["time"] >= years, "actor_id"].tolist())


def _assigned(basis: Basis, value: str) -> Table:
    return _task_table(basis, basis.task_dependency.assigned, value)


def _by_office(basis: Basis, value: str) -> Table:
    assigned = basis.task_dependency.assigned
    return _task_table(basis, assigned[assigned["by_office"]], value)


def _by_nobody(basis: Basis, value: str) -> Table:
    return _task_table(basis, basis.task_dependency.unassigned, value)


def _of_task_year(basis: Basis, value: str) -> Table:
    """List the assigned tasks of a year, all or those of the office: ``2019``, ``2019:by_office``."""
    year, who = two_of(value)
    assigned = basis.task_dependency.assigned
    rows = assigned[assigned["date"].dt.strftime("%Y") == year]
    return _task_table(basis, rows[rows["by_office"]] if who else rows, "")


def _of_format(basis: Basis, value: str) -> Table:
    """List the assigned tasks of a format, of one kind or by the office: ``7``, ``7:cash``."""
    series, which = two_of(value)
    assigned = basis.task_dependency.assigned
    rows = assigned[assigned["series_id"].astype(str) == series]
    if which == BY_OFFICE:
        return _task_table(basis, rows[rows["by_office"]], "")
    return _task_table(basis, rows, which)


def _all_tasks(basis: Basis, value: str) -> Table:
    parts = basis.task_dependency
    return _task_table(basis, pd.concat([parts.assigned, parts.unassigned], ignore_index=True), "")


def _task_table(basis: Basis, rows: pd.DataFrame, value: str) -> Table:
    words = frames.load_terms(TaskKind)
    matches = rows[rows["task"] == value] if value else rows
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
        for row in rows_of(matches.sort_values(["date", "event_id"], ascending=False))
    )
    return Table(KEY, _("Tasks"), columns, cells, empty_text=empty_text())


FIGURES = {
    "registered": Opened(gettext_lazy("Actors in the register: %(value)s"), coverage.registered),
    "took_part": Opened(gettext_lazy("Actors who took part"), _took_part),
    "never": Opened(gettext_lazy("Actors who did not take part"), _never),
    "participations": Opened(gettext_lazy("Participations"), ties.all_participations),
    "ties": Opened(gettext_lazy("Ties"), ties.all_ties),
    "tie": Opened(gettext_lazy("Common events: %(value)s"), ties.of_tie),
    "met": Opened(gettext_lazy("Met by %(value)s"), ties.met_by),
    "events_of": Opened(gettext_lazy("Events of %(value)s"), ties.of_actor),
    "sector_pair": Opened(gettext_lazy("Ties between sectors: %(value)s"), ties.of_sectors),
    "sector_outside": Opened(gettext_lazy("Ties to other sectors: %(value)s"), ties.outside_sector),
    "degrees": Opened(gettext_lazy("How many others each actor met"), groups.degrees),
    "groups": Opened(gettext_lazy("Connected groups"), groups.connected),
    "group": Opened(gettext_lazy("Members of connected group %(value)s"), groups.of_connected),
    "communities": Opened(gettext_lazy("Communities"), groups.communities),
    "seen_lately": Opened(gettext_lazy("Took part within two years: %(value)s"), coverage.seen(LATELY)),
    "seen_earlier": Opened(gettext_lazy("Not there for two years: %(value)s"), coverage.seen(EARLIER)),
    "seen_never_ever": Opened(gettext_lazy("Not yet there: %(value)s"), coverage.seen(NEVER)),
    "topic": Opened(gettext_lazy("Took part, by topic: %(value)s"), coverage.with_topic),
    "district": Opened(gettext_lazy("Took part, by district: %(value)s"), coverage.from_district),
    "district_all": Opened(gettext_lazy("In the register, by district: %(value)s"), coverage.in_district),
    "alone": Opened(gettext_lazy("Actors who met nobody"), _alone),
    "sector": Opened(gettext_lazy("Took part from this sector: %(value)s"), _of_sector),
    "community": Opened(gettext_lazy("Members of community %(value)s"), groups.of_community),
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
    "observed": Opened(gettext_lazy("Took part for as many years or more: %(value)s"), _observed),
    "office": Opened(gettext_lazy("With and without the office: %(value)s"), office.of_office),
    "tasks": Opened(gettext_lazy("Assigned tasks: %(value)s"), _assigned),
    "tasks_office": Opened(gettext_lazy("Tasks carried by the office: %(value)s"), _by_office),
    "tasks_all": Opened(gettext_lazy("Recorded tasks"), _all_tasks),
    "tasks_nobody": Opened(gettext_lazy("Tasks carried by nobody: %(value)s"), _by_nobody),
    "tasks_year": Opened(gettext_lazy("Tasks of a year: %(value)s"), _of_task_year),
    "tasks_format": Opened(gettext_lazy("Tasks of a format: %(value)s"), _of_format),
    "formats": Opened(gettext_lazy("Formats held: %(value)s"), formats.held),
    "formats_of": Opened(gettext_lazy("Formats carried today by %(value)s"), formats.carried_today),
    "formats_in": Opened(gettext_lazy("Formats in this space: %(value)s"), formats.in_space),
    "strong_year": Opened(gettext_lazy("Strong ties in %(value)s"), office.strong_of_year),
    "visits": Opened(gettext_lazy("Visits: %(value)s"), activity.visits),
    "persons": Opened(gettext_lazy("Distinct persons: %(value)s"), activity.persons),
    "engaged": Opened(gettext_lazy("Engaged people: %(value)s"), activity.engaged),
    "hours": Opened(gettext_lazy("Volunteer hours: %(value)s"), activity.hours),
    "headcounts": Opened(gettext_lazy("Headcounts: %(value)s"), activity.headcounts),
}
