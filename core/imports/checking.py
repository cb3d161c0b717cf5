"""Asking of a record what its model asks, and saying what is wrong at the field of the row.

Django evaluates a check constraint with one query a row. The conditions of our models are plain comparisons
of columns; here they are read from the same constraint objects and evaluated in Python, so the rule stays
written once and thousands of rows need no query each.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from core.imports.fields import ImportField
from core.imports.rows import Row

_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "exact": lambda left, right: bool(left == right),
    "gt": lambda left, right: bool(left > right),
    "gte": lambda left, right: bool(left >= right),
    "lt": lambda left, right: bool(left < right),
    "lte": lambda left, right: bool(left <= right),
    "in": lambda left, right: left in right,
    "range": lambda left, right: bool(right[0] <= left <= right[1]),
}


def check_record(
    row: Row, instance: Any, *, fields: Mapping[str, ImportField], unchecked: Collection[str]
) -> None:
    """Ask everything ``full_clean`` asks but what costs a query; uniqueness is settled by matching."""
    for check in (lambda: instance.clean_fields(exclude=unchecked), instance.clean):
        try:
            check()
        except ValidationError as error:
            _refuse(row, error, fields)
    if not row.problems:
        for violation in violations(instance):
            _refuse(row, violation, fields)


def _refuse(row: Row, error: ValidationError, fields: Mapping[str, ImportField]) -> None:
    if not hasattr(error, "error_dict"):
        row.refuse(" ".join(error.messages))
        return
    for name, problems in error.error_dict.items():
        key = name if name in fields else None
        value = fields[name].show(row.values.get(name)) if key else ""
        messages = [message for problem in problems for message in problem.messages]
        row.refuse(" ".join(messages), key=key, value=value[:60])


def violations(instance: models.Model) -> list[ValidationError]:
    """Return the errors of the check constraints that the record breaks."""
    return [
        ValidationError(constraint.get_violation_error_message(), code=constraint.violation_error_code)
        for constraint in instance._meta.constraints
        if isinstance(constraint, models.CheckConstraint) and holds(constraint.condition, instance) is False
    ]


def holds(condition: Any, instance: models.Model) -> bool | None:
    """Return whether the condition holds; None where a database would not know because a value is missing."""
    if not isinstance(condition, Q):
        path, expected = condition
        return _compare(path, expected, instance)
    results = [holds(child, instance) for child in condition.children]
    decisive = condition.connector == Q.OR
    if decisive in results:
        result: bool | None = decisive
    else:
        result = None if None in results else not decisive
    return result if result is None or not condition.negated else not result


def _compare(path: str, expected: Any, instance: models.Model) -> bool | None:
    name, _separator, lookup = path.partition("__")
    value = _value(name, instance)
    if lookup == "isnull":
        return (value is None) is bool(expected)
    if isinstance(expected, F):
        expected = _value(str(expected.name), instance)  # type: ignore[attr-defined]
    if value is None or expected is None:
        return None
    return _COMPARISONS[lookup or "exact"](value, expected)


def _value(name: str, instance: models.Model) -> Any:
    """Return the column's value; a related record without a key yet stands for itself."""
    field = instance._meta.get_field(name)
    value = getattr(instance, getattr(field, "attname", name))
    if value is None and field.is_relation and field.is_cached(instance):  # type: ignore[union-attr]
        return field.get_cached_value(instance)  # type: ignore[union-attr]
    return value
