"""A client of the REST API, signed in with a role, and what the database held before."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db.models import Count, Sum
from rest_framework.test import APIClient

from crm.accounts.models import User
from crm.common.models import Record
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


def everything() -> dict[str, Any]:
    """Return how many records there are and how often each kind was saved: equal means nothing written."""
    return {
        model._meta.label: model._default_manager.aggregate(rows=Count("pk"), saves=Sum("version"))
        for model in apps.get_models()
        if issubclass(model, Record)
    }
