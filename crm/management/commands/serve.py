"""``manage.py serve``: start the site, unless its database or its settings are not ready for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from core.database import database_problem
from crm.bootstrap import LAST_PORT, SetUpError, ensure_port_is_free
from crm.management.server import become_server

if TYPE_CHECKING:
    from argparse import ArgumentParser

MOST_WORKERS = 64


class Command(BaseCommand):
    """Check settings and database, then serve until stopped; killed workers are replaced."""

    help = "Check settings and database, then serve the site until stopped; killed workers are replaced."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="where to listen (the proxy's side)")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=2, help="processes, about one for each core")

    def handle(self, *args: Any, host: str, port: int, workers: int, **options: Any) -> None:
        for name, number, most in (("port", port, LAST_PORT), ("workers", workers, MOST_WORKERS)):
            if not 1 <= number <= most:
                raise CommandError(f"--{name} has to be a number from 1 to {most}.")
        # In this order: the checks ask the database, and a missing one should be said first and once.
        problem = database_problem()
        if problem:
            raise CommandError(problem)
        self.check(databases=["default"])
        try:
            ensure_port_is_free(port, host)
        except SetUpError as taken:
            raise CommandError(str(taken)) from None
        connections.close_all()
        if options["verbosity"]:
            self.stdout.write(f"Serving http://{host}:{port}/ with {workers} workers (Ctrl+C stops it).")
            self.stdout.flush()
        become_server(host, port, workers)
