"""Signing in, for the tests of pages."""

from __future__ import annotations

from django.test import Client

from tests.factories.accounts import UserFactory

HTMX = {"HTTP_HX_REQUEST": "true"}


def client_of(role: str = "staff") -> Client:
    """Return the browser of somebody in this role."""
    client = Client()
    client.force_login(UserFactory.create(role=role))
    return client
