"""System checks of the machine the project runs on."""

import sqlite3
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

REPAIRED = {(3, 44, 6), (3, 50, 7)}
FIRST_SAFE = (3, 51, 3)


def is_wal_safe(version: tuple[int, ...]) -> bool:
    """Tell whether this SQLite version is free of the fault that can lose committed rows in WAL mode."""
    return version >= FIRST_SAFE or version in REPAIRED


@register(Tags.database)
def check_sqlite_library(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Refuse to run on a SQLite library that can lose committed rows."""
    if settings.DATABASES["default"]["ENGINE"] != "django.db.backends.sqlite3":
        return []
    if is_wal_safe(sqlite3.sqlite_version_info):
        return []
    return [
        Error(
            f"SQLite {sqlite3.sqlite_version} can lose committed rows in WAL mode.",
            hint="Install the requirements (the pysqlite3 wheel) or name a PostgreSQL database.",
            id="common.E001",
        )
    ]
