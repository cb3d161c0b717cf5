"""Dependency on the office is counted by task; what nobody carries is not independent."""

import pandas as pd
import pytest

from reports.analysis import schema, tasks

OFFICE, ASSOCIATION, SCHOOL = 1, 2, 3


@pytest.fixture
def offices():
    return schema.build(schema.ACTORS, {"actor_id": [OFFICE], "office_until": ["2019-01-01"]})


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

    found = tasks.dependency(given, events=events, offices=offices)

    table = found.table.astype({"share": "object"}).where(found.table.notna(), None)
    assert table.to_dict("list") == {
        "task": ["cash", "minutes", "permits"],
        "assigned": [2, 0, 1],
        "by_office": [1, 0, 1],
        "unassigned": [0, 1, 1],
        "holders": [2, 0, 1],
        "share": [0.5, None, 1.0],
    }
    assert found.share == pytest.approx(2 / 3)
    assert found.unassigned[["event_id", "task"]].to_dict("list") == {
        "event_id": [1, 2],
        "task": ["minutes", "permits"],
    }


def test_after_its_time_the_office_is_one_actor_among_others(events, offices):
    found = tasks.dependency(rows((2, "cash", OFFICE), (3, "cash", OFFICE)), events=events, offices=offices)

    assert found.assigned["by_office"].tolist() == [True, False]
    assert found.share == 0.5


def test_tasks_of_events_that_do_not_count_are_left_out(events, offices):
    found = tasks.dependency(
        rows((1, "cash", OFFICE), (99, "cash", ASSOCIATION)), events=events, offices=offices
    )

    assert found.share == 1.0


@pytest.mark.parametrize("given", [[], [(1, "cash", None)]], ids=["no tasks", "only unassigned"])
def test_without_assigned_tasks_no_share_is_made_up(events, offices, given):
    found = tasks.dependency(rows(*given), events=events, offices=offices)

    assert found.share is None
    assert found.table["share"].isna().all()
    assert tasks.single_holders(found.assigned).empty
    assert tasks.hanging_on(found.assigned).empty


def test_a_task_that_one_actor_carried_every_time_has_a_single_holder(events, offices):
    given = rows(
        (1, "cash", ASSOCIATION),
        (2, "cash", ASSOCIATION),
        (3, "cash", ASSOCIATION),
        (1, "minutes", SCHOOL),
        (1, "set-up", SCHOOL),
        (2, "set-up", ASSOCIATION),
    )
    found = tasks.dependency(given, events=events, offices=offices)

    assert tasks.single_holders(found.assigned).to_dict("list") == {
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
    found = tasks.hanging_on(tasks.dependency(given, events=events, offices=offices).assigned)

    assert found[["series_id", "assigned", "by_office"]].to_dict("list") == {
        "series_id": [7, 8],
        "assigned": [5, 1],
        "by_office": [3, 1],
    }
    assert found["share"].round(2).tolist()[0] == 0.6
    assert pd.isna(found["share"].tolist()[1])


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

    found = tasks.coming(given, office_ids=[OFFICE])

    assert found["task"].tolist() == ["cash", "permits"]
    assert found["by_office"].tolist() == [True, False]
    assert found["actor_id"].isna().tolist() == [False, True]
