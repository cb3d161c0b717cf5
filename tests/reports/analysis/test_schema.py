"""Frames are refused by name when a column is missing or holds something else."""

import pandas as pd
import pytest

from reports.analysis import schema

ALL = [
    schema.ACTORS,
    schema.EVENTS,
    schema.PARTICIPATIONS,
    schema.TASKS,
    schema.RELATIONS,
    schema.SERIES,
    schema.CARRIERS,
]


@pytest.mark.parametrize("declared", ALL, ids=lambda declared: declared.name)
def test_an_empty_frame_of_every_schema_is_valid(declared):
    frame = schema.build(declared, {})

    schema.validate(frame, declared)
    assert list(frame.columns) == [column.name for column in declared.columns]
    assert {column.name: str(frame[column.name].dtype) for column in declared.columns} == {
        column.name: schema.DTYPES[column.kind] for column in declared.columns
    }


def test_missing_columns_are_named():
    frame = schema.build(schema.EVENTS, {"event_id": [1]}).drop(columns=["title", "status"])

    with pytest.raises(schema.SchemaError, match=r"^events: missing columns: title, status$"):
        schema.validate(frame, schema.EVENTS)


def test_wrong_kinds_empty_values_and_duplicates_are_named_together():
    frame = schema.build(schema.ACTORS, {"actor_id": [6, 7], "label": ["a", "b"]})
    frame["actor_id"] = [7, 7]
    frame["is_office"] = ["yes", "no"]
    frame["sector"] = [None, "other"]

    with pytest.raises(schema.SchemaError) as caught:
        schema.validate(frame, schema.ACTORS)

    assert str(caught.value) == (
        "actors: column actor_id has duplicates; column sector has empty values; "
        "column is_office holds str, not flag"
    )


def test_building_refuses_unknown_columns_and_unusable_values():
    with pytest.raises(schema.SchemaError, match=r"^events: unknown columns: colour$"):
        schema.build(schema.EVENTS, {"colour": ["red"]})
    with pytest.raises(schema.SchemaError, match=r"^column event_id does not hold id"):
        schema.build(schema.EVENTS, {"event_id": ["first"]})
    with pytest.raises(schema.SchemaError, match=r"^column date does not hold optional_date"):
        schema.build(schema.EVENTS, {"event_id": [1], "date": ["31.02.2020x"]})


def test_a_frame_without_rows_needs_no_types():
    schema.validate(
        pd.DataFrame({column.name: [] for column in schema.TASKS.columns}, dtype="object"), schema.TASKS
    )
