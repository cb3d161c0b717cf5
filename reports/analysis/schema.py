"""The columns every frame of the library must have, and the check that it has them.

Frames come from one door (`reports/frames`) or from a test; a wrong column is found here, by name, and
not three modules later as a wrong figure.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd
from pandas.api import types
from pandas.api.types import pandas_dtype

Kind = Literal["id", "optional_id", "integer", "optional_integer", "number", "text", "flag", "optional_date"]

HELD = "held"
CANCELLED = "cancelled"
ATTENDED = "attended"

DTYPES: dict[str, str] = {
    "id": "int64",
    "optional_id": "Int64",
    "integer": "int64",
    "optional_integer": "Int64",
    "number": "float64",
    "text": "str",
    "flag": "bool",
    "optional_date": "datetime64[s]",
}
_TESTS = {
    "id": types.is_integer_dtype,
    "optional_id": types.is_integer_dtype,
    "integer": types.is_integer_dtype,
    "optional_integer": types.is_integer_dtype,
    "number": types.is_numeric_dtype,
    "text": lambda dtype: types.is_string_dtype(dtype) or types.is_object_dtype(dtype),
    "flag": types.is_bool_dtype,
    "optional_date": types.is_datetime64_any_dtype,
}


class SchemaError(ValueError):
    """A frame does not have the columns its schema declares."""


@dataclass(frozen=True)
class Column:
    """One declared column: its name, what it holds, and whether a value may occur only once."""

    name: str
    kind: Kind
    unique: bool = False

    @property
    def optional(self) -> bool:
        return self.kind.startswith("optional_")


@dataclass(frozen=True)
class Schema:
    """The declared columns of one input frame."""

    name: str
    columns: tuple[Column, ...]


ACTORS = Schema(
    "actors",
    (
        Column("actor_id", "id", unique=True),
        Column("label", "text"),
        Column("kind", "text"),
        Column("sector", "text"),
        Column("is_office", "flag"),
        # First day on which it is not there any more.
        Column("active_until", "optional_date"),
    ),
)
EVENTS = Schema(
    "events",
    (
        Column("event_id", "id", unique=True),
        Column("date", "optional_date"),
        Column("year", "optional_integer"),
        Column("title", "text"),
        Column("event_type", "text"),
        Column("series_id", "optional_id"),
        Column("status", "text"),
    ),
)
PARTICIPATIONS = Schema(
    "participations",
    (
        Column("actor_id", "id"),
        Column("event_id", "id"),
        Column("role", "text"),
        Column("is_strong", "flag"),
        Column("state", "text"),
        Column("represented_by", "optional_id"),
        Column("brought", "integer"),
    ),
)
TASKS = Schema(
    "tasks",
    (
        Column("event_id", "optional_id"),
        Column("series_id", "optional_id"),
        Column("actor_id", "optional_id"),
        Column("task", "text"),
    ),
)
RELATIONS = Schema(
    "relations",
    (
        Column("relation_id", "id", unique=True),
        Column("source_id", "id"),
        Column("target_id", "id"),
        Column("type", "text"),
        Column("directed", "flag"),
        Column("strength", "integer"),
        Column("from", "optional_date"),
        Column("until", "optional_date"),
    ),
)
# Who is paid by a programme, from when until when.
DEPENDENCIES = Schema(
    "dependencies",
    (
        Column("actor_id", "id"),
        Column("from", "optional_date"),
        Column("until", "optional_date"),
    ),
)
SERIES = Schema(
    "series",
    (
        Column("series_id", "id", unique=True),
        Column("title", "text"),
        Column("rhythm", "text"),
        Column("carrier_id", "optional_id"),
        Column("future_carrier_id", "optional_id"),
        Column("contact_id", "optional_id"),
        Column("funding_until", "optional_date"),
        Column("space_permanent", "flag"),
        Column("space_until", "optional_date"),
        Column("decision", "text"),
    ),
)
CARRIERS = Schema(
    "carriers",
    (
        Column("series_id", "id"),
        Column("actor_id", "id"),
        Column("from", "optional_date"),
        Column("until", "optional_date"),
    ),
)
AFFILIATIONS = Schema(
    "affiliations",
    (
        Column("affiliation_id", "id", unique=True),
        Column("person_id", "id"),
        Column("organisation_id", "id"),
        Column("is_main_contact", "flag"),
        Column("from", "optional_date"),
        Column("until", "optional_date"),
    ),
)
# One row for each actor of a logged contact.
CONTACTS = Schema(
    "contacts",
    (
        Column("contact_id", "id"),
        Column("actor_id", "id"),
        Column("date", "optional_date"),
    ),
)
# The topics of actors, events or contacts: one row for each topic of a record.
TOPICS = Schema("topics", (Column("record_id", "id"), Column("topic", "text")))


def validate(frame: pd.DataFrame, schema: Schema) -> None:
    """Refuse a frame that lacks a declared column or holds something else in it.

    Raises
    ------
    SchemaError
        Naming the frame and every offending column.
    """
    missing = [column.name for column in schema.columns if column.name not in frame.columns]
    if missing:
        raise SchemaError(f"{schema.name}: missing columns: {', '.join(missing)}")
    problems = [problem for column in schema.columns for problem in _problems(frame[column.name], column)]
    if problems:
        raise SchemaError(f"{schema.name}: {'; '.join(problems)}")


def _problems(values: pd.Series, column: Column) -> Iterable[str]:
    if len(values) and not _TESTS[column.kind](values.dtype):
        yield f"column {column.name} holds {values.dtype}, not {column.kind}"
    if not column.optional and values.isna().any():
        yield f"column {column.name} has empty values"
    if column.unique and values.duplicated().any():
        yield f"column {column.name} has duplicates"


def build(schema: Schema, columns: Mapping[str, Iterable[Any]]) -> pd.DataFrame:
    """Make a frame of a schema from plain lists; what is not given is empty, false, "" or 0.

    Examples
    --------
    >>> build(EVENTS, {"event_id": [1, 2], "status": ["held", "idea"]})[["event_id", "status"]].shape
    (2, 2)
    """
    unknown = set(columns) - {column.name for column in schema.columns}
    if unknown:
        raise SchemaError(f"{schema.name}: unknown columns: {', '.join(sorted(unknown))}")
    given = {name: list(values) for name, values in columns.items()}
    length = max((len(values) for values in given.values()), default=0)
    frame = pd.DataFrame(
        {
            column.name: _typed(given.get(column.name, [_default(column)] * length), column)
            for column in schema.columns
        }
    )
    validate(frame, schema)
    return frame


def _default(column: Column) -> Any:
    return {"text": "", "flag": False, "integer": 0, "number": 0.0}.get(column.kind)


def _typed(values: list[Any], column: Column) -> pd.Series:
    try:
        if column.kind == "optional_date":
            return pd.to_datetime(pd.Series(values, dtype="object")).astype("datetime64[s]")
        return pd.Series(np.asarray(values, dtype="object")).astype(pandas_dtype(DTYPES[column.kind]))
    except (TypeError, ValueError) as error:
        raise SchemaError(f"column {column.name} does not hold {column.kind}: {error}") from error
