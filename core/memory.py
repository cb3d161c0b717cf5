"""The cache in the database, which only remembers: where nothing can be stored, pages are read without it."""

from __future__ import annotations

from typing import Any

from django.core.cache.backends.db import DatabaseCache
from django.db import DatabaseError, connections, router, transaction


class ReadableCache(DatabaseCache):
    """Reads on where it cannot write: the library deletes what has run out while it reads."""

    _table: str

    def _base_delete_many(self, keys: Any) -> bool:
        if not keys:
            return False  # no need to begin to write, as each reading would
        try:
            with transaction.atomic(using=router.db_for_write(self.cache_model_class)):
                return bool(super()._base_delete_many(keys))  # type: ignore[misc]
        except DatabaseError:
            return False  # what has run out is not returned anyway

    def add(self, key: Any, value: Any, timeout: Any = None, version: Any = None) -> bool:
        """Add a value and tell whether it is new; the library tells no difference if it cannot be stored.

        Whoever counts attempts would then take everybody for too many.
        """
        is_added = super().add(key, value, timeout, version)
        if not is_added and not self.has_key(key, version):
            self._write_nothing()
        return is_added

    def _write_nothing(self) -> None:
        """Let the database say itself why it takes nothing."""
        connection = connections[router.db_for_write(self.cache_model_class)]
        table = connection.ops.quote_name(self._table)
        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE {table} SET value = value WHERE cache_key IS NULL")  # noqa: S608 - no input
