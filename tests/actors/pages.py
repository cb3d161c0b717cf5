"""Signing in, and what a filled form sends, for the tests of pages about actors."""

from __future__ import annotations

from typing import Any

from django.test import Client

from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorTypeFactory
from tests.factories.contacts import ContactChannelFactory

HTMX = {"HTTP_HX_REQUEST": "true"}


def signed_in(role: str = "staff") -> tuple[Client, Any]:
    """Return the browser of somebody in this role, and who it is."""
    user, client = UserFactory.create(role=role), Client()
    client.force_login(user)
    return client, user


def client_of(role: str = "staff") -> Client:
    """Return the browser of somebody in this role."""
    return signed_in(role)[0]


def organisation(**changes: Any) -> dict[str, Any]:
    """Return what the form of a new organisation sends."""
    fields = {"kind": "organisation", "name": "Verein Neu", "actor_type": ActorTypeFactory.create().pk}
    return {**fields, **changes}


def person(**changes: Any) -> dict[str, Any]:
    """Return what the form of a new person sends."""
    resident = ActorTypeFactory.create(code="resident")
    fields = {"kind": "person", "given_name": "Erika", "family_name": "Neu", "actor_type": resident.pk}
    return {**fields, **changes}


def contact(**changes: Any) -> dict[str, Any]:
    """Return what the form of a new contact sends, except with whom."""
    channel = ContactChannelFactory.create()
    fields = {"channel": channel.pk, "direction": "in", "date": "2021-05-04", "note": "Anruf wegen des Fests"}
    return {**fields, **changes}


def codes(form: Any) -> dict[str, list[str]]:
    """Return the codes of a form's errors by field."""
    return {name: [error.code for error in errors] for name, errors in form.errors.as_data().items()}
