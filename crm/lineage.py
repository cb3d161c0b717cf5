"""Databases that an older version made, whose migrations this one no longer knows."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

# What libraries left behind is no matter; labels that apps of this site once had are.
ROOMS = {"core", "actors", "contacts", "events", "reports"}
FORMER_LABELS = {"common"}
BESIDE = ("", "-wal", "-shm", "-journal")


def own_labels() -> set[str]:
    """Return the labels of the apps of this site, former ones included."""
    own = {app.label for app in apps.get_app_configs() if app.name.split(".")[0] in ROOMS}
    return own | FORMER_LABELS


def unknown_migrations(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the migrations of this site that a database went through and this version does not know."""
    recorder = MigrationRecorder(connection)
    if not recorder.has_table():
        return []
    known = set(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)
    own = own_labels()
    rows = [key for key in recorder.applied_migrations() if key[0] in own and key not in known]
    return sorted(f"{app}.{name}" for app, name in rows)


def put_aside(database: Path, *, day: dt.date) -> Path:
    """Rename the file of a database, with what lies beside it, and return where it is now."""
    number, aside = 1, database.with_name(f"{database.stem}-{day:%Y-%m-%d}{database.suffix}")
    while aside.exists():
        number += 1
        aside = database.with_name(f"{database.stem}-{day:%Y-%m-%d}-{number}{database.suffix}")
    for ending in BESIDE:
        part = database.with_name(database.name + ending)
        if part.exists():
            part.rename(aside.with_name(aside.name + ending))
    return aside
