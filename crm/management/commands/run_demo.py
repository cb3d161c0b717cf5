"""``manage.py run_demo``: the second half of ``make demo``, once everything is installed."""

from __future__ import annotations

import io
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

from crm.bootstrap import BUILD, DEMO_DATABASE, DEMO_STEPS, ROOT, Steps
from crm.lineage import put_aside, unknown_migrations

if TYPE_CHECKING:
    from argparse import ArgumentParser

REPORTS = BUILD / "reports"
SECONDS_TO_START = 120


class Command(BaseCommand):
    """Fill the demo database, write its reports, and serve the site until Ctrl+C."""

    help = "Fill the demo database, write its reports, and serve the site. `make demo` calls this."
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, port: int, **options: Any) -> None:
        self._say(put_older_demo_aside())
        steps = Steps(DEMO_STEPS, number=DEMO_STEPS - 3)
        steps.start("Database with demo data")
        sign_in = fill_database()
        steps.done()
        steps.start("Reports and workbook")
        quietly("write_reports", "--output", str(REPORTS))
        steps.done()
        steps.start(f"Server on port {port}")
        quietly("collectstatic", "--noinput")
        for end in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(end, stop)
        address = f"http://127.0.0.1:{port}/"
        server = start_server(port)
        try:
            wait_until_it_answers(address, server)
            steps.done("ready")
            self._say(f"\nReports and workbook of the demo data:\n{report_list()}\n\n{sign_in}\n")
            self._say(f"The site is running: {address}    (Ctrl+C stops it)")
            server.wait()
        except KeyboardInterrupt:
            self._say("\nStopped. Your demo data stay for the next `make demo`; `make clean` deletes them.")
        finally:
            server.terminate()
            server.wait()

    def _say(self, words: str) -> None:
        """Write at once, also into a file: `make demo > log` is read while the site runs."""
        self.stdout.write(words, ending="\n" if words else "")
        self.stdout.flush()


def stop(*_: Any) -> None:
    """Stop as Ctrl+C does."""
    raise KeyboardInterrupt


def quietly(*command: str) -> str:
    """Run a management command and return what it said."""
    said = io.StringIO()
    call_command(*command, stdout=said)
    return said.getvalue().strip()


def put_older_demo_aside() -> str:
    """Rename the demo database of an older version, and say so; no other is ever touched."""
    database = Path(connection.settings_dict["NAME"])
    if connection.vendor != "sqlite" or database != DEMO_DATABASE or not database.exists():
        return ""
    is_older = bool(unknown_migrations(connection))
    connection.close()
    if not is_older:
        return ""
    aside = put_aside(database, day=timezone.localdate())
    return (
        "The demo data of an older version do not fit this one. They were put aside; fresh ones are made:\n"
        f"  {aside.parent.name}/{aside.name}\n"
    )


def fill_database() -> str:
    """Bring the demo database up to date, make its data once, and return how to sign in."""
    quietly("migrate")
    sign_in = quietly("demo_data")
    quietly("load_vocabulary")  # terms that came with a newer version
    return sign_in


def start_server(port: int) -> subprocess.Popen[bytes]:
    """Start the server that production uses, on the loopback address only."""
    command = [sys.executable, "manage.py", "serve", "--port", str(port), "--verbosity", "0"]
    # In a session of its own: Ctrl+C comes here alone, and here it is passed on.
    return subprocess.Popen(command, cwd=ROOT, start_new_session=True)


def wait_until_it_answers(address: str, server: subprocess.Popen[bytes]) -> None:
    """Return when the site answers."""
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=10):  # noqa: S310 - our own address
                return
        except urllib.error.HTTPError as error:
            raise CommandError(f"The site answers with an error ({error.code}).") from error
        except OSError:
            time.sleep(0.2)
    raise CommandError("The server did not start.")


def report_list() -> str:
    """Name the files that were written."""
    return "\n".join(f"  {path.relative_to(ROOT)}" for path in sorted(REPORTS.iterdir()))
