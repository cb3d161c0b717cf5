"""The site survives its workers, and refuses to start where its database is not ready for it."""

import http.client
import os
import re
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from core.database import database_problem
from crm.management import server
from tests.clean_copy import free_port

ROOT = Path(__file__).parents[2]
PATIENCE = 120


def environment(folder):
    """Return settings with a database of its own, and the front end as it is."""
    return os.environ | {
        "LOCAL_DEMO": "1",
        "DEBUG": "1",
        "OFFICE_NAME": "Musterviertel",
        "DATABASE_URL": f"sqlite:///{folder / 'site.sqlite3'}",
        "MEDIA_ROOT": str(folder / "media"),
    }


def manage(folder, *arguments, **variables):
    """Run a management command to its end."""
    return subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), *arguments],
        cwd=folder,
        env=environment(folder) | variables,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    assert manage(folder, "migrate").returncode == 0
    return folder


def ask(port):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", "/accounts/login/")
        return connection.getresponse().status
    finally:
        connection.close()


def ask_again(port):
    """Ask until there is an answer: the connection that a killed worker held is lost with it."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return ask(port)
        except OSError:
            if time.monotonic() > deadline:
                raise


@contextmanager
def serving(folder, port):
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "manage.py"), "serve", "--port", str(port)],
        env=environment(folder),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.terminate()
        assert process.wait(PATIENCE) == 0


def children(pid):
    try:
        numbers = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    except (FileNotFoundError, ProcessLookupError):  # gone between two looks
        return []
    return [int(number) for number in numbers.split()]


def workers_of(process):
    return [worker for main in children(process.pid) for worker in children(main)]


def wait_for(condition):
    deadline = time.monotonic() + PATIENCE
    while not (result := condition()):
        assert time.monotonic() < deadline
    return result


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="finds the workers in /proc")
def test_a_worker_is_killed_several_times_and_every_later_page_is_served(site):
    port = free_port()
    with serving(site, port) as process:
        ask_again(port)
        steady, victim = wait_for(lambda: len(pair := workers_of(process)) == 2 and pair)
        statuses = []
        for _ in range(4):
            os.kill(victim, signal.SIGKILL)
            # The next one comes at once, and is killed as soon as it is there.
            victim = wait_for(
                lambda gone=victim: next((w for w in workers_of(process) if w not in (steady, gone)), 0)
            )
            statuses += [ask_again(port) for _ in range(5)]
        assert statuses == [200] * 20
        assert steady in workers_of(process)
        os.kill(steady, signal.SIGKILL)
        assert ask_again(port) == 200
        group = children(process.pid)
    assert [pid for pid in group if Path(f"/proc/{pid}").exists()] == []


def test_workers_are_respawned_and_recycled_above_a_limit_of_memory():
    command = server.server_command("127.0.0.1", 8000)
    given = dict(pairwise(command))
    assert "--respawn-failed-workers" in command
    assert (given["--workers-max-rss"], given["--rss-sample-interval"]) == ("600", "30")
    help_text = subprocess.run(
        [sys.executable, "-m", "granian", "--help"], capture_output=True, text=True, check=True
    )
    options = {word for word in command if word.startswith("--")}
    assert options - set(re.findall(r"--[a-z0-9-]+", help_text.stdout)) == set()


def test_the_readme_the_demo_and_the_help_name_one_command_and_its_options_stand_in_one_place():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "manage.py serve" in readme
    assert "granian --interface" not in readme
    assert {
        option for option in server.OPTIONS if option.startswith(("--respawn-f", "--workers-max"))
    } == set(re.findall(r"`(--(?:respawn-f|workers-max)[a-z-]+)", readme))
    demo = (ROOT / "crm" / "management" / "commands" / "run_demo.py").read_text(encoding="utf-8")
    assert '"serve"' in demo
    assert "granian" not in demo


def refusal(folder, **variables):
    """Return what `manage.py serve` and a bare WSGI server say before they end."""
    result = manage(folder, "serve", "--port", str(free_port()), **variables)
    assert result.returncode == 1, result.stdout
    return result.stderr.strip().removeprefix("CommandError: ")


def test_without_a_database_the_server_says_how_to_make_one_and_makes_none(tmp_path):
    file = tmp_path / "site.sqlite3"
    assert refusal(tmp_path) == (
        f"There is no database at {file}. Make one with manage.py migrate, or correct DATABASE_URL."
        " README.md says what else a new site needs."
    )
    assert not file.exists()


def test_an_empty_database_is_said(tmp_path):
    (tmp_path / "site.sqlite3").touch()
    assert refusal(tmp_path) == (
        f"The database {tmp_path / 'site.sqlite3'} is empty. Fill it with manage.py migrate."
    )


def test_what_is_no_database_is_said(tmp_path):
    (tmp_path / "site.sqlite3").write_text("Name;Ort\n" * 500)
    assert refusal(tmp_path) == (
        f"The database {tmp_path / 'site.sqlite3'} cannot be used: file is not a database."
        " Check DATABASE_URL."
    )


def test_a_database_server_that_does_not_answer_is_said_without_the_password(tmp_path):
    words = refusal(tmp_path, DATABASE_URL=f"postgresql://anna:geheim@127.0.0.1:{free_port()}/register")
    assert words.startswith("The database “register” cannot be used: connection failed")
    assert words.endswith("Check DATABASE_URL and whether the database server runs.")
    assert "geheim" not in words


@pytest.mark.parametrize(
    ("option", "value", "most"), [("--port", "70000", 65535), ("--port", "0", 65535), ("--workers", "0", 64)]
)
def test_a_number_that_makes_no_sense_is_refused_in_words(option, value, most):
    with pytest.raises(CommandError) as caught:
        call_command("serve", option, value)
    assert str(caught.value) == f"{option} has to be a number from 1 to {most}."


def test_a_folder_that_is_not_there_is_said_by_the_server_and_by_the_migration(tmp_path):
    nowhere = f"sqlite:///{tmp_path / 'nowhere' / 'site.sqlite3'}"
    words = f"There is no folder {tmp_path / 'nowhere'} for the database. Make it, or correct DATABASE_URL."
    assert refusal(tmp_path, DATABASE_URL=nowhere) == words
    migration = manage(tmp_path, "migrate", DATABASE_URL=nowhere)
    assert (migration.returncode, migration.stderr.strip()) == (1, f"CommandError: {words}")


@pytest.mark.django_db
def test_a_database_that_lacks_steps_is_said_and_one_that_is_newer_as_well():
    assert database_problem() is None
    steps = MigrationRecorder(connection)
    last = max(name for label, name in steps.applied_migrations() if label == "events")
    steps.record_unapplied("events", last)
    assert "is older than this software (steps that are missing: 1). Run manage.py migrate." in str(
        database_problem()
    )
    steps.record_applied("events", last)
    steps.record_applied("events", "0999_from_the_future")
    assert str(database_problem()).endswith(
        " was made by a newer version of this software (it has events.0999_from_the_future). Install that"
        " version, or restore a backup that fits this one."
    )


@pytest.mark.skipif(os.geteuid() != 0, reason="becomes somebody without rights, which only root can")
def test_a_database_that_this_user_may_not_write_is_said(tmp_path, monkeypatch):
    file = tmp_path / "site.sqlite3"
    file.touch(mode=0o600)
    monkeypatch.setitem(connection.settings_dict, "NAME", str(file))
    monkeypatch.setattr(connection, "vendor", "sqlite")
    reader, writer = os.pipe()
    if not (
        child := os.fork()
    ):  # in a process of its own, because rights that were given up do not come back
        for folder in [tmp_path, *tmp_path.parents[:-1]]:
            folder.chmod(folder.stat().st_mode | 0o055)
        os.setuid(65534)
        os.write(writer, str(database_problem()).encode())
        os._exit(0)
    os.waitpid(child, 0)
    assert os.read(reader, 1000).decode() == (
        f"This user may not read and write {file}. Give the user who runs the site the right to."
    )


def test_another_server_is_told_the_same_and_ends(tmp_path):
    (tmp_path / "site.sqlite3").touch()
    result = subprocess.run(
        [sys.executable, "-c", "import crm.wsgi"],
        cwd=ROOT,
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (result.returncode, result.stderr.strip()) == (
        1,
        f"The site does not start. The database {tmp_path / 'site.sqlite3'} is empty. Fill it with"
        " manage.py migrate.",
    )


def test_a_port_that_is_taken_is_said(site):
    with serving(site, port := free_port()):
        ask_again(port)
        result = manage(site, "serve", "--port", str(port))
    assert result.returncode == 1
    assert f"Port {port} cannot be used (Address already in use)" in result.stderr


def test_missing_tables_of_the_caches_are_said_before_anybody_signs_in(tmp_path):
    assert manage(tmp_path, "migrate").returncode == 0
    drop = "from django.db import connection; connection.cursor().execute('DROP TABLE cache')"
    assert manage(tmp_path, "shell", "--no-imports", "-c", drop).returncode == 0
    words = refusal(tmp_path)
    assert "(core.E002) The table “cache” is missing, so nobody could sign in." in words
    assert "Run manage.py migrate" in words
    assert manage(tmp_path, "migrate").returncode == 0
    assert manage(tmp_path, "check", "--database", "default").returncode == 0
