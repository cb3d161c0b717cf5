"""``manage.py migrate``: Django's own, one process at a time, with the table that counts sign-ins."""

from __future__ import annotations

from typing import Any

from django.core.management import CommandError, call_command
from django.core.management.commands.migrate import Command as DjangoCommand
from django.db import DatabaseError, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from core.database import database_problem, one_migration_at_a_time
from crm.lineage import unknown_migrations

OLDER = (
    "This database was made by an older version whose structure this one cannot take over ({first}{more}). "
    "Nothing was changed. Name an empty database in DATABASE_URL, or run the version that made this one."
)


def refuse_older_lineage(connection: BaseDatabaseWrapper) -> None:
    """Leave a database alone that went through migrations which are not known here."""
    unknown = unknown_migrations(connection)
    if unknown:
        more = f" and {len(unknown) - 1} more" if unknown[1:] else ""
        raise CommandError(OLDER.format(first=unknown[0], more=more))


class Command(DjangoCommand):
    """Migrate; a second process waits for the first. Makes the tables of the caches, too."""

    def execute(self, *args: Any, **options: Any) -> str | None:
        if options["plan"] or options["check_unapplied"]:
            return super().execute(*args, **options)
        alias = options["database"]
        try:
            connections[alias].introspection.table_names()  # a file that is no database shows on reading only
        except DatabaseError as error:
            raise CommandError(database_problem() or str(error)) from error
        with one_migration_at_a_time(connections[alias], self._say):
            refuse_older_lineage(connections[alias])
            # Before the checks, which miss them in a database of long ago.
            call_command("createcachetable", database=alias, verbosity=0)
            return super().execute(*args, **options)

    def _say(self, words: str) -> None:
        self.stderr.write(words)
        self.stderr.flush()
