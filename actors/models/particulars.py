"""Who sees how an actor is reached: one rule for pages, search, exports and the REST API."""

from __future__ import annotations

from django.db.models import Q

from actors.models.actor import ActorKind
from core.roles import OFFICE_ROLES, Role, role_of
from core.viewers import Viewer


def sees_particulars(user: Viewer, kind: str) -> bool:
    """Tell whether ``user`` sees how to reach an actor of this kind: telephone, e-mail and address.

    The office sees everybody's, volunteers those of organisations and bodies, readers from outside none.
    """
    role = role_of(user)
    return role in OFFICE_ROLES or (role == Role.VOLUNTEER and kind != ActorKind.PERSON)


def searched_particulars(user: Viewer) -> Q | None:
    """Return whose particulars ``user`` may search, as a condition; None for nobody's."""
    kinds = [kind for kind in ActorKind.values if sees_particulars(user, kind)]
    if len(kinds) == len(ActorKind.values):
        return Q()
    return Q(kind__in=kinds) if kinds else None
