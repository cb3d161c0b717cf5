"""Dependency on the office is counted by task; what nobody carries is not independent."""

import pandas as pd
import pytest

from reports.analysis import schema, tasks

OFFICE, ASSOCIATION, SCHOOL = 1, 2, 3


@pytest.fixture
def offices():
    return schema.build(schema.ACTORS, {"actor_id": [OFFICE]})


@pytest.fixture
def events():
    return schema.build(
        schema.EVENTS,
        {
            "event_id": [1, 2, 3],
            "date": ["2017-06-01", "2018-06-01", "2019-06-01"],
            "year": [2017, 2018, 2019],
            "series_id": [7, 7, 7],
            "status": ["held"] * 3,
        },
    )


def rows(*given):
    return schema.build(
        schema.TASKS,
        {
            "event_id": [row[0] for row in given],
            "task": [row[1] for row in given],
            "actor_id": [row[2] for row in given],
        },
    )


def test_the_share_is_of_assigned_tasks_and_unassigned_ones_stand_apart(events, offices):
    given = rows(
        (1, "cash", OFFICE),
        (2, "cash", ASSOCIATION),
        (1, "permits", OFFICE),
        (2, "permits", None),
        (1, "minutes", None),
    )

    by_task = tasks.dependency(given, events=events, offices=offices)

    table = by_task.table.astype({"share": "object"}).where(by_task.table.notna(), None)
    assert table.to_dict("list") == {
        "task": ["cash", "minutes", "permits"],
        "assigned": [2, 0, 1],
        "by_office": [1, 0, 1],
        "unassigned": [0, 1, 1],
        "holders": [2, 0, 1],
        "share": [0.5, None, 1.0],
    }
    assert by_task.share == pytest.approx(2 / 3)
    assert by_task.unassigned[["event_id", "task"]].to_dict("list") == {
        "event_id": [1, 2],
        "task": ["minutes", "permits"],
    }


def test_the_office_is_the_office_at_any_time_and_nobody_else_is(events, offices):
    given = rows((2, "cash", OFFICE), (3, "cash", OFFICE), (3, "minutes", ASSOCIATION))

    assert tasks.dependency(given, events=events, offices=offices).assigned["by_office"].tolist() == [
        True,
        True,
        False,
    ]


def test_tasks_of_events_that_do_not_count_are_left_out(events, offices):
    by_task = tasks.dependency(
        rows((1, "cash", OFFICE), (99, "cash", ASSOCIATION)), events=events, offices=offices
    )

    assert by_task.share == 1.0


@pytest.mark.parametrize("given", [[], [(1, "cash", None)]], ids=["no tasks", "only unassigned"])
def test_without_assigned_tasks_no_share_is_made_up(events, offices, given):
    by_task = tasks.dependency(rows(*given), events=events, offices=offices)

    assert by_task.share is None
    assert by_task.table["share"].isna().all()
    assert tasks.single_holders(by_task.assigned).empty
    assert tasks.hanging_on(by_task.assigned).empty


def test_a_task_that_one_actor_carried_every_time_has_a_single_holder(events, offices):
    given = rows(
        (1, "cash", ASSOCIATION),
        (2, "cash", ASSOCIATION),
        (3, "cash", ASSOCIATION),
        (1, "minutes", SCHOOL),
        (1, "set-up", SCHOOL),
        (2, "set-up", ASSOCIATION),
    )
    by_task = tasks.dependency(given, events=events, offices=offices)

    assert tasks.single_holders(by_task.assigned).to_dict("list") == {
        "series_id": [7],
        "task": ["cash"],
        "actor_id": [ASSOCIATION],
        "editions": [3],
    }


def test_the_formats_that_hang_on_the_office_come_first(offices):
    events = schema.build(
        schema.EVENTS, {"event_id": [1, 2, 3], "series_id": [7, 8, None], "status": ["held"] * 3}
    )
    given = rows(
        *[(1, task, OFFICE) for task in "abc"],
        *[(1, task, SCHOOL) for task in "de"],
        (2, "a", OFFICE),
        (3, "a", OFFICE),
    )
    table = tasks.hanging_on(tasks.dependency(given, events=events, offices=offices).assigned)

    assert table[["series_id", "assigned", "by_office"]].to_dict("list") == {
        "series_id": [7, 8],
        "assigned": [5, 1],
        "by_office": [3, 1],
    }
    assert table["share"].round(2).tolist()[0] == 0.6
    assert pd.isna(table["share"].tolist()[1])


def test_future_tasks_are_those_of_the_formats():
    given = schema.build(
        schema.TASKS,
        {
            "event_id": [1, None, None],
            "series_id": [None, 7, 7],
            "task": ["cash", "permits", "cash"],
            "actor_id": [OFFICE, None, OFFICE],
        },
    )

    rows = tasks.coming(given, office_ids=[OFFICE])

    assert rows["task"].tolist() == ["cash", "permits"]
    assert rows["by_office"].tolist() == [True, False]
    assert rows["actor_id"].isna().tolist() == [False, True]
