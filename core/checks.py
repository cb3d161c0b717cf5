"""System checks of the machine the project runs on, and of how it was set up."""

import sqlite3
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.db import BaseDatabaseCache
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import DatabaseError
from django.db.migrations.recorder import MigrationRecorder

from core.database import has_table

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
            id="core.E001",
        )
    ]


@register()
def check_office_name(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Say that the site does not know whose it is: an unquoted name in a shell is lost without a word."""
    if settings.OFFICE_NAME:
        return []
    return [
        Warning(
            "OFFICE_NAME is not set, so pages, letters and e-mails bear the product's name alone.",
            hint='Write it in quotes, for example OFFICE_NAME="Neue Vahr".',
            id="core.W001",
        )
    ]


@register(Tags.database)
def check_cache_tables(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Miss the tables that sign-in needs before somebody tries to sign in; an empty database misses more."""
    try:
        if not has_table(MigrationRecorder.Migration._meta.db_table):
            return []
        missing = [table for table in _cache_tables() if not has_table(table)]
    except DatabaseError:  # said by whoever needs the database
        return []
    return [
        Error(
            f"The table “{table}” is missing, so nobody could sign in.",
            hint="Run manage.py migrate, or manage.py createcachetable.",
            id="core.E002",
        )
        for table in missing
    ]


def _cache_tables() -> list[str]:
    """Return the tables of all caches that live in the database, whatever class of ours they have."""
    stores: Any = settings.CACHES.items()
    return sorted(
        {store["LOCATION"] for alias, store in stores if isinstance(caches[alias], BaseDatabaseCache)}
    )
