"""Views of the network as somebody asks for them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from reports.builders.graph.query import GraphQuery
from reports.builders.graph.view import GraphView, load_view
from tests.factories.accounts import UserFactory
from tests.reports.requests import request_for


@pytest.fixture
def look() -> Callable[..., GraphView]:
    """Ask as staff, or as another role, for the network."""

    def load(role: str = "staff", key: str = "k", **filters: Any) -> GraphView:
        user = UserFactory.create(role=role)
        return load_view(request_for(user, key=key, now=timezone.now()), GraphQuery(**filters))

    return load
