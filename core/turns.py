"""One after the other: what has to be looked up and written by one person at a time."""

from __future__ import annotations

from django.db import connection

# Numbers of our own, the same in every process; PostgreSQL keeps such locks per database.
SINGLE_ROLES = 7_360_215_985


def wait_for_turn(number: int) -> None:
    """Wait, within a transaction, until no other one that took this number is under way.

    It is asked before any row is locked: whoever holds a row would wait for somebody who waits for that row.
    SQLite lets one transaction write at a time anyway, from its first moment on (``transaction_mode``).
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])
