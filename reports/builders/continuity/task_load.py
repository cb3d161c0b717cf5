"""Tasks: how many the office carries, which hang on one actor, and which nobody carries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
from django.urls import reverse
from django.utils.translation import gettext as _

from reports.analysis import tasks as measures
from reports.builders.continuity.formats import series_url
from reports.builders.shared.advice import advised
from reports.builders.shared.basis import LISTED, Basis, rows_of, share_cell
from reports.builders.shared.digits import grouped
from reports.builders.shared.links import opened
from reports.report import Block, Cell, Column, Figure, Note, Section, Series, Table

# Stands for the tasks that the office carried, where records are asked for.
BY_OFFICE = "by_office"


@dataclass(frozen=True, eq=False)
class TaskFacts:
    """The tasks of a report, and the words of the vocabulary and the formats."""

    dependency: measures.TaskDependency
    coming: pd.DataFrame
    words: dict[str, str]
    formats: dict[int, str]


def tasks_section(basis: Basis, facts: TaskFacts) -> Section:
    """Return the chapter about tasks."""
    blocks: list[Block] = []
    if not len(basis.offices):
        text = _("No actor is recorded as the office, so no task counts as carried by it.")
        blocks.append(Note("warning", text))
    if len(facts.dependency.table):
        blocks.append(_figure(facts))
    blocks.append(_by_task(basis, facts))
    if len(facts.dependency.table):
        blocks += [_by_format(basis, facts), _single(basis, facts), _unassigned(facts)]
    blocks.append(_coming(basis, facts))
    return Section(
        "tasks",
        _("Tasks and who carries them"),
        tuple(blocks),
        intro=_(
            "Dependency on the office is counted task by task: tasks carried by the office ÷ tasks assigned. "
            "Tasks nobody carries are listed apart."
        ),
    )


def _word(facts: TaskFacts, code: str) -> str:
    return facts.words.get(code, code)


def _figure(facts: TaskFacts) -> Figure:
    table = facts.dependency.table
    others = table["assigned"] - table["by_office"]
    return Figure(
        "tasks",
        _("Tasks by who carries them"),
        "stacked_bar",
        tuple(_word(facts, code) for code in table["task"]),
        (
            Series(_("The office"), tuple(table["by_office"].tolist())),
            Series(_("Others"), tuple(others.tolist())),
            Series(_("Nobody"), tuple(table["unassigned"].tolist())),
        ),
        _("The office carried %(office)s of %(assigned)s assigned tasks; carried by nobody: %(nobody)s.")
        % {
            "office": grouped(int(table["by_office"].sum())),
            "assigned": grouped(int(table["assigned"].sum())),
            "nobody": grouped(int(table["unassigned"].sum())),
        },
    )


def _by_task(basis: Basis, facts: TaskFacts) -> Table:
    columns = (
        Column("task", _("Task")),
        Column("assigned", _("Assigned"), "integer"),
        Column("by_office", _("By the office"), "integer"),
        Column("share", _("Share of the office"), "percent", 0, _("Carried by the office ÷ assigned.")),
        Column("unassigned", _("By nobody"), "integer", explanation=_("In none of the other numbers.")),
        Column(
            "holders",
            _("Different holders"),
            "integer",
            explanation=_("Each counted once, whatever it carried."),
        ),
    )
    rows = [_task_row(basis, _word(facts, row.task), row) for row in rows_of(facts.dependency.table)]
    if len(rows) > 1:
        rows.append(_sum_row(basis, facts.dependency))
    return Table(
        "tasks",
        _("Dependency on the office by task"),
        columns,
        tuple(rows),
        footnote=_shared_tasks(facts.dependency.assigned),
        empty_text=_no_tasks(basis),
    )


def _shared_tasks(assigned: pd.DataFrame) -> str:
    """Say how a task counts that several carried at one event; nothing where there is none."""
    if not assigned.duplicated(["event_id", "task"]).any():
        return ""
    return _("A task that several carried at one event counts once for each of them.")


def _no_tasks(basis: Basis) -> str:
    if not len(basis.window.events):
        return _("No event was held in this period.")
    return advised(
        basis,
        _("No tasks are recorded for held events of this period."),
        _("Record who carried which task first."),
    )


def _task_row(basis: Basis, label: str, row: Any) -> tuple[Cell, ...]:
    return (
        Cell(label),
        opened(Cell(int(row.assigned)), basis.records_url("tasks", row.task)),
        opened(Cell(int(row.by_office)), basis.records_url("tasks_office", row.task)),
        share_cell(row.by_office, row.assigned, basis.records_url("tasks", row.task)),
        opened(Cell(int(row.unassigned)), basis.records_url("tasks_nobody", row.task)),
        opened(Cell(int(row.holders)), basis.records_url("tasks", row.task)),
    )


def _sum_row(basis: Basis, dependency: measures.TaskDependency) -> tuple[Cell, ...]:
    office, assigned = int(dependency.assigned["by_office"].sum()), len(dependency.assigned)
    return (
        Cell(_("All tasks")),
        opened(Cell(assigned), basis.records_url("tasks")),
        opened(Cell(office), basis.records_url("tasks_office")),
        share_cell(office, assigned, basis.records_url("tasks")),
        opened(Cell(len(dependency.unassigned)), basis.records_url("tasks_nobody")),
        opened(Cell(int(dependency.assigned["actor_id"].nunique())), basis.records_url("tasks")),
    )


def _by_format(basis: Basis, facts: TaskFacts) -> Table:
    rows = tuple(
        (
            Cell(facts.formats[row.series_id], series_url(row.series_id)),
            Cell(int(row.assigned), basis.records_url("tasks_format", str(row.series_id))),
            opened(
                Cell(int(row.by_office)), basis.records_url("tasks_format", f"{row.series_id}:{BY_OFFICE}")
            ),
            share_cell(row.by_office, row.assigned, basis.records_url("tasks_format", str(row.series_id))),
        )
        for row in rows_of(measures.hanging_on(facts.dependency.assigned, least=1))
    )
    columns = (
        Column("format", _("Format")),
        Column("assigned", _("Assigned"), "integer"),
        Column("by_office", _("By the office"), "integer"),
        Column("share", _("Share of the office"), "percent", 0),
    )
    return Table(
        "tasks_by_format",
        _("Dependency on the office by format"),
        columns,
        rows,
        empty_text=_("No task of a format was assigned in this period."),
    )


def _single(basis: Basis, facts: TaskFacts) -> Table:
    rows = tuple(
        (
            Cell(facts.formats[row.series_id], series_url(row.series_id)),
            Cell(_word(facts, row.task)),
            basis.actor(row.actor_id),
            Cell(int(row.editions), basis.records_url("tasks_format", f"{row.series_id}:{row.task}")),
        )
        for row in rows_of(measures.single_holders(facts.dependency.assigned))
    )
    columns = (
        Column("format", _("Format")),
        Column("task", _("Task")),
        Column("holder", _("Carried by")),
        Column("editions", _("Editions"), "integer"),
    )
    return Table(
        "single_holders",
        _("Tasks that one actor carried every time"),
        columns,
        rows,
        footnote=_("Tasks assigned in at least two editions of a format in this period."),
        empty_text=_(
            "Of the tasks assigned at two editions of a format or more none was carried by the same actor "
            "alone every time."
        )
        if measures.repeated(facts.dependency.assigned)
        else _("No task of a format was assigned in two editions or more."),
    )


def _unassigned(facts: TaskFacts) -> Table:
    open_tasks = facts.dependency.unassigned.sort_values(
        ["date", "event_id", "task"], ascending=[False, True, True]
    )
    rows = tuple(
        (
            Cell(None if pd.isna(row.date) else row.date.date()),
            Cell(row.title, reverse("events:event_detail", args=[row.event_id])),
            Cell(_word(facts, row.task)),
        )
        for row in rows_of(open_tasks.head(LISTED))
    )
    columns = (Column("day", _("Day"), "date"), Column("event", _("Event")), Column("task", _("Task")))
    return Table(
        "unassigned",
        _("Tasks that nobody carried"),
        columns,
        rows,
        footnote=_("The first %(count)s of %(all)s.") % {"count": len(rows), "all": grouped(len(open_tasks))}
        if len(open_tasks) > len(rows)
        else "",
        empty_text=_("No recorded task was without anybody."),
    )


def _coming(basis: Basis, facts: TaskFacts) -> Table:
    rows = tuple(
        (
            Cell(facts.formats[row.series_id], series_url(row.series_id)),
            Cell(_word(facts, row.task)),
            Cell(_("nobody yet"))
            if pd.isna(row.actor_id)
            else basis.actor(int(row.actor_id), on=basis.today),
        )
        for row in rows_of(facts.coming)
    )
    columns = (
        Column("format", _("Format")),
        Column("task", _("Task")),
        Column("holder", _("To be carried by")),
    )
    return Table(
        "coming_tasks",
        _("Who is to carry the tasks in future"),
        columns,
        rows,
        empty_text=advised(
            basis,
            _("Nothing is recorded yet."),
            _("Enter on the page of a format who is to carry its tasks."),
        ),
    )
