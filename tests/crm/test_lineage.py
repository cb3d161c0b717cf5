"""Databases of an older version: a demo is put aside with a word, any other is left alone."""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from crm.lineage import put_aside, unknown_migrations
from crm.management.commands import run_demo

ROOT = Path(__file__).parents[2]
DAY = dt.date(2026, 11, 30)
OLD = [
    ("common", "0001_initial"),
    ("actors", "0001_initial"),
    ("actors", "0002_actor_group"),
    ("mfa", "0001_initial"),
]


def older_database(path: Path) -> Path:
    """Make a database as a version of long ago would have left it."""
    with sqlite3.connect(path) as database:
        database.execute(
            "CREATE TABLE django_migrations (id integer PRIMARY KEY, app text, name text, applied datetime)"
        )
        rows = [(app, name, "2026-01-01 00:00:00") for app, name in OLD]
        database.executemany("INSERT INTO django_migrations (app, name, applied) VALUES (?, ?, ?)", rows)
    database.close()
    return path


def migrate(path: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", "migrate"],
        cwd=ROOT,
        env=os.environ | {"OFFICE_NAME": "Musterviertel", "DATABASE_URL": f"sqlite:///{path}"} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.django_db
def test_a_database_of_this_version_has_nothing_unknown() -> None:
    assert unknown_migrations(connection) == []


@pytest.mark.django_db
def test_only_what_this_site_made_and_no_longer_knows_is_unknown() -> None:
    for app, name in OLD:
        MigrationRecorder(connection).record_applied(app, name)
    assert unknown_migrations(connection) == ["actors.0002_actor_group", "common.0001_initial"]


@pytest.mark.parametrize("environment", [{"LOCAL_DEMO": "1"}, {"LOCAL_DEMO": "", "SECRET_KEY": "x" * 60}])
def test_migrating_leaves_an_older_database_as_it_is_and_says_so(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    path = older_database(tmp_path / "office.sqlite3")
    before = sqlite3.connect(path).execute("SELECT * FROM django_migrations").fetchall()
    result = migrate(path, **environment)
    assert (result.returncode, result.stderr.strip()) == (
        1,
        "CommandError: This database was made by an older version whose structure this one cannot take over "
        "(actors.0002_actor_group and 1 more). Nothing was changed. Name an empty database in DATABASE_URL, "
        "or run the version that made this one.",
    )
    after = sqlite3.connect(path)
    assert after.execute("SELECT * FROM django_migrations").fetchall() == before
    assert after.execute("SELECT name FROM sqlite_master").fetchall() == [("django_migrations",)]


def test_what_is_put_aside_keeps_all_its_files_and_replaces_nothing(tmp_path: Path) -> None:
    (tmp_path / "demo-2026-11-30.sqlite3").write_text("of this morning")
    for name in ("demo.sqlite3", "demo.sqlite3-wal"):
        (tmp_path / name).write_text(name)
    assert put_aside(tmp_path / "demo.sqlite3", day=DAY) == tmp_path / "demo-2026-11-30-2.sqlite3"
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {
        "demo-2026-11-30.sqlite3": "of this morning",
        "demo-2026-11-30-2.sqlite3": "demo.sqlite3",
        "demo-2026-11-30-2.sqlite3-wal": "demo.sqlite3-wal",
    }


class Sqlite:
    """What the demo asks of its connection."""

    vendor = "sqlite"

    def __init__(self, path: Path) -> None:
        self.settings_dict = {"NAME": str(path)}

    def close(self) -> None:
        """Nothing is open."""


@pytest.mark.parametrize(
    ("unknown", "is_demo", "is_moved"),
    [(["common.0001_initial"], True, True), ([], True, False), (["common.0001_initial"], False, False)],
)
def test_only_the_demo_of_an_older_version_is_put_aside(
    tmp_path: Path, monkeypatch: Any, unknown: list[str], is_demo: bool, is_moved: bool
) -> None:
    path = older_database(tmp_path / "demo.sqlite3")
    monkeypatch.setattr(run_demo, "connection", Sqlite(path))
    monkeypatch.setattr(run_demo, "DEMO_DATABASE", path if is_demo else tmp_path / "another.sqlite3")
    monkeypatch.setattr(run_demo, "unknown_migrations", lambda _connection: unknown)
    words = run_demo.put_older_demo_aside()
    assert (words.startswith("The demo data of an older version"), path.exists()) == (is_moved, not is_moved)
    assert len(list(tmp_path.glob("demo-*.sqlite3"))) == is_moved
