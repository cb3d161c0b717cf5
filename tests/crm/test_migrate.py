"""Two processes that migrate one database at once: the second says that it waits, and both end well."""

import os
import subprocess
import sys
import uuid
from pathlib import Path

import pytest
from django.db import connection, connections
from django.db.utils import ConnectionHandler

from core.database import one_migration_at_a_time

ROOT = Path(__file__).parents[2]
WAITING = "Another process is migrating this database; waiting until it is done ..."
PATIENCE = 180


@pytest.fixture
def fresh_database(tmp_path, django_db_setup, django_db_blocker):
    """Return the address of an empty database on the engine of this test run."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path / 'fresh.sqlite3'}"
        return
    server, name = connection.settings_dict, f"fresh_{uuid.uuid4().hex}"  # the workers share one server
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    host = server["HOST"].replace("/", "%2F")
    yield f"postgresql://{server['USER']}@{host}/{name}"
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def migrate(url):
    return subprocess.Popen(
        [sys.executable, "manage.py", "migrate"],
        cwd=ROOT,
        env=os.environ | {"LOCAL_DEMO": "1", "OFFICE_NAME": "Musterviertel", "DATABASE_URL": url},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def opened(url):
    """Return a connection of this process to the database."""
    import dj_database_url  # noqa: PLC0415 - settings as the site reads them, for one test

    return ConnectionHandler(
        {"default": dict(connections.settings["default"]) | {**dj_database_url.parse(url)}}
    )["default"]


def test_of_two_that_begin_together_both_end_well_and_each_step_is_taken_once(fresh_database):
    processes = [migrate(fresh_database) for _ in range(2)]
    said = [process.communicate(timeout=PATIENCE) for process in processes]
    assert [process.returncode for process in processes] == [0, 0], said
    steps = [out.count("... OK") for out, _error in said]
    assert min(steps) == 0
    assert max(steps) > 10


def test_the_second_says_that_it_waits_and_goes_on_when_the_first_is_done(fresh_database, django_db_blocker):
    with django_db_blocker.unblock():
        first = opened(fresh_database)
        with one_migration_at_a_time(first, pytest.fail):
            second = migrate(fresh_database)
            assert second.stderr.readline().strip() == WAITING
            assert second.poll() is None
        first.close()
    out, error = second.communicate(timeout=PATIENCE)
    assert (second.returncode, "... OK" in out, error) == (0, True, "")


def test_one_that_dies_frees_its_place(fresh_database, django_db_blocker):
    holder = (
        "import django, os, sys; django.setup()\n"
        "from django.db import connection\n"
        "from core.database import one_migration_at_a_time\n"
        "with one_migration_at_a_time(connection, print):\n"
        "    print('holds', flush=True); sys.stdin.read()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", holder],
        cwd=ROOT,
        env=os.environ
        | {"LOCAL_DEMO": "1", "DATABASE_URL": fresh_database, "DJANGO_SETTINGS_MODULE": "crm.settings"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline().strip() == "holds"
    second = migrate(fresh_database)
    assert second.stderr.readline().strip() == WAITING
    process.kill()
    process.communicate()
    second.communicate(timeout=PATIENCE)
    assert second.returncode == 0
