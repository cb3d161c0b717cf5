"""Whether the database is fit to be served, in words for whoever runs the site; one migration at a time."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.exceptions import InconsistentMigrationHistory
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

MIGRATE = "manage.py migrate"
IN_MEMORY = ":memory:"
# A number of our own, the same in every process; PostgreSQL keeps such locks per database.
MIGRATION_LOCK = 7_360_215_984


def database_problem() -> str | None:
    """Tell in words why this code cannot work with the database, and what to do; None where all is well."""
    try:
        return _problem_of_file() or _problem_of_schema()
    except (DatabaseError, ImproperlyConfigured) as error:
        reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
        return f"{_name()} cannot be used: {reason}. Check DATABASE_URL{_and_the_server()}."


def is_reachable() -> bool:
    """Tell whether the database answers at all."""
    try:
        connection.ensure_connection()
    except DatabaseError:
        return False
    return True


def has_table(name: str) -> bool:
    """Tell whether the database has a table; a SQLite database that is not there is not made by asking."""
    if (file := sqlite_file(connection)) and not file.exists():
        return False
    return name in connection.introspection.table_names()


def sqlite_file(database: BaseDatabaseWrapper) -> Path | None:
    """Return the file of a SQLite database, None for one in memory and for PostgreSQL."""
    name = str(database.settings_dict["NAME"])
    is_file = database.vendor == "sqlite" and name != IN_MEMORY and "mode=memory" not in name
    return Path(name) if is_file else None


def _name() -> str:
    """Name the database as an operator knows it, without user and password."""
    file = sqlite_file(connection)
    if file:
        return f"The database {file}"
    return f"The database “{connection.settings_dict['NAME']}”"


def _and_the_server() -> str:
    return " and whether the database server runs" if connection.vendor == "postgresql" else ""


def _problem_of_file() -> str | None:
    """Look at the file before SQLite does, which would make an empty one and has few words for the rest."""
    file = sqlite_file(connection)
    if file is None:
        return None
    if not file.parent.exists():
        return f"There is no folder {file.parent} for the database. Make it, or correct DATABASE_URL."
    if not file.exists():
        return (
            f"There is no database at {file}. Make one with {MIGRATE}, or correct DATABASE_URL."
            " README.md says what else a new site needs."
        )
    if file.is_dir():
        return f"{file} is a folder, not a database. Correct DATABASE_URL."
    for path in (file, file.parent):  # SQLite writes its journal beside the database
        if not os.access(path, os.R_OK | os.W_OK):
            return f"This user may not read and write {path}. Give the user who runs the site the right to."
    return None


def _problem_of_schema() -> str | None:
    if MigrationRecorder.Migration._meta.db_table not in connection.introspection.table_names():
        return f"{_name()} is empty. Fill it with {MIGRATE}."
    executor = MigrationExecutor(connection)
    known = set(executor.loader.disk_migrations)
    labels = {label for label, _name in known}
    newer = sorted(
        f"{label}.{name}"
        for label, name in executor.loader.applied_migrations
        if label in labels and (label, name) not in known
    )
    if newer:
        return (
            f"{_name()} was made by a newer version of this software (it has {', '.join(newer)}). Install"
            " that version, or restore a backup that fits this one."
        )
    try:
        executor.loader.check_consistent_history(connection)
    except InconsistentMigrationHistory as error:
        return f"{_name()} has a history that does not fit this software: {error}"
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        return (
            f"{_name()} is older than this software (steps that are missing: {len(missing)}). Run {MIGRATE}."
        )
    return None


@contextmanager
def one_migration_at_a_time(database: BaseDatabaseWrapper, say: Callable[[str], Any]) -> Iterator[None]:
    """Wait until no other process migrates this database, and say so; a process that dies frees its place."""
    words = "Another process is migrating this database; waiting until it is done ..."
    if database.vendor == "postgresql":
        with database.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [MIGRATION_LOCK])
            if not cursor.fetchone()[0]:
                say(words)
                cursor.execute("SELECT pg_advisory_lock(%s)", [MIGRATION_LOCK])
        try:
            yield
        finally:
            with database.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [MIGRATION_LOCK])
    elif file := sqlite_file(database):
        with _locked_folder(file.parent, lambda: say(words)):
            yield
    else:
        yield


@contextmanager
def _locked_folder(folder: Path, before_waiting: Callable[[], Any]) -> Iterator[None]:
    """Hold the folder of the database: a lock on the file itself would be lost with SQLite's own."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:  # no such folder: the migration says so itself
        yield
        return
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            before_waiting()
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
