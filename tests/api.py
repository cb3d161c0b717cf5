"""A client of the REST API, signed in with a role, and what the database held before."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import connection
from rest_framework.test import APIClient

from core.accounts.models import User
from core.models import Record
from tests.factories.accounts import UserFactory


class Client(APIClient):
    """A client that knows who it is."""

    def __init__(self, user: User) -> None:
        super().__init__()
        self.user = user
        self.force_authenticate(user)


def client_of(role: str, **fields: Any) -> Client:
    """Return a client signed in as somebody new with this role."""
    return Client(UserFactory(role=role, **fields))


def everything() -> dict[str, tuple[int, int]]:
    """Return for each kind of record how many there are and how often they were saved.

    Equal before and after means that nothing was written.
    """
    kinds = [model._meta for model in apps.get_models() if issubclass(model, Record)]
    counts = " UNION ALL ".join(
        f"SELECT '{kind.label}', COUNT(*), COALESCE(SUM(version), 0) FROM {kind.db_table}" for kind in kinds
    )
    with connection.cursor() as cursor:
        cursor.execute(counts)
        return {label: (int(rows), int(saves)) for label, rows, saves in cursor.fetchall()}
