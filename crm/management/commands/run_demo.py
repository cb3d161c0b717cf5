"""``manage.py run_demo``: the second half of ``make demo``, once everything is installed."""

from __future__ import annotations

import io
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from typing import TYPE_CHECKING, Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from crm.bootstrap import BUILD, DEMO_STEPS, ROOT, Steps

if TYPE_CHECKING:
    from argparse import ArgumentParser

REPORTS = BUILD / "reports"
SECONDS_TO_START = 60


class Command(BaseCommand):
    """Fill the demo database, write its reports, and serve the site until Ctrl+C."""

    help = "Fill the demo database, write its reports, and serve the site. `make demo` calls this."
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, port: int, **options: Any) -> None:
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
            self.stdout.write(f"\nReports and workbook of the demo data:\n{report_list()}\n\n{sign_in}\n")
            self.stdout.write(f"The site is running: {address}    (Ctrl+C stops it)")
            server.wait()
        except KeyboardInterrupt:
            self.stdout.write(
                "\nStopped. Your demo data stay for the next `make demo`; `make clean` deletes them."
            )
        finally:
            server.terminate()
            server.wait()


def stop(*_: Any) -> None:
    """Stop as Ctrl+C does."""
    raise KeyboardInterrupt


def quietly(*command: str) -> str:
    """Run a management command and return what it said."""
    said = io.StringIO()
    call_command(*command, stdout=said)
    return said.getvalue().strip()


def fill_database() -> str:
    """Bring the demo database up to date, make its data once, and return how to sign in."""
    quietly("migrate")
    quietly("createcachetable")
    sign_in = quietly("demo_data")
    quietly("load_vocabulary")  # terms that came with a newer version
    return sign_in


def start_server(port: int) -> subprocess.Popen[bytes]:
    """Start the server that production uses, on the loopback address only."""
    listen = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    size = [
        "--workers",
        "2",
        "--blocking-threads",
        "4",
        "--workers-kill-timeout",
        "5",
        "--log-level",
        "warning",
    ]
    command = [sys.executable, "-m", "granian", *listen, *size, "crm.wsgi:application"]
    # In a session of its own: workers that get Ctrl+C from the terminal themselves may refuse to stop.
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
