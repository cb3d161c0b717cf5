"""Who carries which task. Routine may be there, and a format still needs somebody who takes care of it."""

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from reports.analysis import schema


@dataclass(frozen=True, eq=False)
class TaskDependency:
    """How far tasks hang on the office.

    `table` has one row per task: `task`, `assigned`, `by_office`, `unassigned`, `holders` (different actors)
    and `share` (NaN where nothing is assigned). `share` is that of all tasks together, `None` where nothing
    is assigned. `assigned` and `unassigned` are the rows counted, the former with `by_office`.
    """

    table: pd.DataFrame
    share: float | None
    assigned: pd.DataFrame
    unassigned: pd.DataFrame


def dependency(tasks: pd.DataFrame, *, events: pd.DataFrame, offices: pd.DataFrame) -> TaskDependency:
    """Measure the dependency on the office, task by task.

    Formula: tasks carried by the office ÷ tasks assigned. Unit: share, 0 to 1. Unassigned tasks are counted
    and listed apart and are in neither number: what nobody carries is not independent. Source: own definition
    (rule 3 of the domain).

    Parameters
    ----------
    tasks
        Frame of `schema.TASKS`. Tasks of a series say who is to carry them in future and are not counted
        here.
    events
        The events whose tasks count.
    offices
        `actor_id` of the actors that are the office.
    """
    schema.validate(tasks, schema.TASKS)
    past = tasks[tasks["event_id"].isin(events["event_id"])].astype({"event_id": "int64"})
    past = past.merge(
        events[["event_id", "date", "title", "series_id"]], on="event_id", suffixes=("_task", "")
    )
    past = past[["event_id", "series_id", "date", "title", "task", "actor_id"]]
    past = past.sort_values(["event_id", "task", "actor_id"], ignore_index=True)
    unassigned = past[past["actor_id"].isna()].reset_index(drop=True)
    assigned = past[past["actor_id"].notna()].astype({"actor_id": "int64"}).reset_index(drop=True)
    assigned["by_office"] = assigned["actor_id"].isin(offices["actor_id"]).astype(bool)
    share = float(assigned["by_office"].mean()) if len(assigned) else None
    return TaskDependency(_per_task(assigned, unassigned), share, assigned, unassigned)


def _per_task(assigned: pd.DataFrame, unassigned: pd.DataFrame) -> pd.DataFrame:
    per_task = assigned.groupby("task")
    table = pd.DataFrame(
        {
            "assigned": per_task.size(),
            "by_office": per_task["by_office"].sum(),
            "unassigned": unassigned.groupby("task").size(),
            "holders": per_task["actor_id"].nunique(),
        }
    )
    table = table.fillna(0).astype("int64").rename_axis("task").sort_index()
    table["share"] = _share(table, 1)
    return table.reset_index()


def _share(table: pd.DataFrame, least: int) -> "pd.Series[float]":
    assigned = table["assigned"].astype("float64")
    return table["by_office"] / assigned.where(assigned >= least)


def single_holders(assigned: pd.DataFrame, *, least: int = 2) -> pd.DataFrame:
    """List the tasks of a format that one actor has carried every time.

    Returns `series_id`, `task`, `actor_id`, `editions`, most editions first. Tasks assigned in fewer than
    `least` editions say nothing and are left out, as are events without a series. `assigned` is that of
    `dependency`.
    """
    rows = assigned[assigned["series_id"].notna()].astype({"series_id": "int64"})
    groups = rows.groupby(["series_id", "task"])
    table = pd.DataFrame(
        {
            "actor_id": groups["actor_id"].min(),
            "holders": groups["actor_id"].nunique(),
            "editions": groups["event_id"].nunique(),
        }
    ).reset_index()
    table = table[(table["holders"] == 1) & (table["editions"] >= least)].drop(columns="holders")
    return table.sort_values(
        ["editions", "series_id", "task"], ascending=[False, True, True], ignore_index=True
    )


def repeated(assigned: pd.DataFrame, *, least: int = 2) -> int:
    """Count the tasks of formats that were assigned in `least` editions or more."""
    formats = assigned.dropna(subset=["series_id"])
    return int((formats.groupby(["series_id", "task"])["event_id"].nunique() >= least).sum())


def hanging_on(assigned: pd.DataFrame, *, least: int = 5) -> pd.DataFrame:
    """Say per format how many tasks the office carries.

    Returns `series_id`, `assigned`, `by_office`, `share` (NaN below `least` assigned tasks), highest share
    first.
    """
    rows = assigned[assigned["series_id"].notna()].astype({"series_id": "int64"})
    groups = rows.groupby("series_id")["by_office"]
    table = pd.DataFrame({"assigned": groups.size(), "by_office": groups.sum().astype("int64")})
    table["share"] = _share(table, least)
    order = ["share", "by_office", "series_id"]
    return table.reset_index().sort_values(order, ascending=[False, False, True], ignore_index=True)


def coming(tasks: pd.DataFrame, *, office_ids: Iterable[int]) -> pd.DataFrame:
    """List who is to carry the tasks of the formats in future.

    Returns `series_id`, `task`, `actor_id` (empty: nobody yet) and `by_office`.
    """
    schema.validate(tasks, schema.TASKS)
    rows = tasks[tasks["series_id"].notna()][["series_id", "task", "actor_id"]].astype({"series_id": "int64"})
    rows["by_office"] = rows["actor_id"].isin(set(office_ids)).astype(bool)
    return rows.sort_values(["series_id", "task", "actor_id"], ignore_index=True)
