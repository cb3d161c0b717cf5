"""The end of a test with real transactions: the database is again as it was before the first test.

Django's own way empties every table and announces ``post_migrate``, as after a first migration:
content types, rights and vocabularies are written anew. Nearly all of that redoes what no test has touched.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.db.models import Model

Rows = list[dict[str, Any]]


class Emptying:
    """Knows the rows that were there at the start, and deletes or restores what has become different."""

    def __init__(self) -> None:
        existing = set(connection.introspection.table_names())
        models = apps.get_models(include_auto_created=True)
        self._models = [model for model in models if model._meta.managed and not model._meta.proxy]
        self._models = [model for model in self._models if model._meta.db_table in existing]
        self._kept: dict[type[Model], Rows] = {model: _rows(model) for model in self._filled()}

    def _filled(self) -> list[type[Model]]:
        """Return the models whose table has a row."""
        quoted = [connection.ops.quote_name(model._meta.db_table) for model in self._models]
        counts = " UNION ALL ".join(
            f"SELECT {number} WHERE EXISTS (SELECT 1 FROM {table})" for number, table in enumerate(quoted)
        )
        with connection.cursor() as cursor:
            cursor.execute(counts)
            return [self._models[number] for (number,) in cursor.fetchall()]

    def restore(self) -> None:
        """Delete what is new and bring back what was changed or deleted.

        Foreign keys are compared when the transaction ends, so that the order does not matter.
        """
        with transaction.atomic(), connection.cursor() as cursor:
            filled = set(self._filled())
            changed = [model for model, rows in self._kept.items() if _rows(model) != rows]
            for model in [*changed, *filled.difference(self._kept)]:
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")
            for model in changed:
                for row in self._kept[model]:
                    model(**row).save_base(raw=True, force_insert=True)


def _rows(model: type[Model]) -> Rows:
    return list(model._base_manager.order_by("pk").values())
