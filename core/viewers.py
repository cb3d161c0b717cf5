"""Who asks: the types of users and of their requests, for whatever decides by them.

They are names for type checking only. The account lies above the ground that shows it its records: this is
the one place below that knows its type.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails
    from rest_framework.request import Request

    from core.accounts.models import User

    # Somebody signed in, who may leave a trace in the records.
    SignedIn: TypeAlias = User
    # Whoever looks, signed in or not: rights are asked of ``core.roles``.
    Viewer: TypeAlias = User | AnonymousUser
else:
    SignedIn = Viewer = Any


class SignedInRequest(HttpRequest):
    """A request behind the sign-in, as htmx's middleware has marked it."""

    user: SignedIn
    htmx: HtmxDetails


def account_of(request: HttpRequest | Request) -> SignedIn:
    """Return who is signed in; PermissionDenied if nobody is."""
    if isinstance(request.user, AnonymousUser):
        raise PermissionDenied
    return request.user
