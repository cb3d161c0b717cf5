"""How tests prove that a rule holds twice: said clearly by full_clean, and enforced by the database."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import translation


def problems(record: models.Model) -> dict[str, list[str]]:
    """Return what full_clean has against a record, in English; nothing if it is sound."""
    with translation.override("en"):
        try:
            record.full_clean()
        except ValidationError as error:
            return {field: [str(text) for text in texts] for field, texts in error.message_dict.items()}
    return {}


def assert_refused(record: models.Model, changes: dict[str, Any], errors: dict[str, list[str]]) -> None:
    """Check that this change to a stored, sound record is refused by both."""
    assert problems(record) == {}
    for field, value in changes.items():
        setattr(record, field, value)
    assert problems(record) == errors
    assert_database_refuses_change(record, changes)


def assert_database_refuses_change(record: models.Model, changes: dict[str, Any]) -> None:
    rows = type(record)._default_manager.filter(pk=record.pk)
    before = rows.values().get()
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(**changes)
    assert rows.values().get() == before


def assert_refused_as_twin(record: models.Model, errors: dict[str, list[str]], **changes: Any) -> None:
    """Check that a second row like this one is refused by both."""
    fields = {f.name: getattr(record, f.name) for f in record._meta.concrete_fields if not f.primary_key}
    twin = type(record)(**{**fields, **changes})
    assert problems(twin) == errors
    with pytest.raises(IntegrityError), transaction.atomic():
        type(record)._default_manager.bulk_create([twin])
