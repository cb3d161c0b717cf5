"""The four roles, and the one answer to the question who may do what."""

from __future__ import annotations

from typing import Any

from django.db.models import Model, TextChoices
from django.utils.translation import gettext_lazy as _

from core.viewers import Viewer


class Role(TextChoices):
    """What somebody may see and do, from everything to the least."""

    MANAGEMENT = "management", _("Management")
    STAFF = "staff", _("Staff")
    VOLUNTEER = "volunteer", _("Volunteer")
    READER = "reader", _("Reader")


OFFICE_ROLES = frozenset({Role.MANAGEMENT, Role.STAFF})
HELPER_ROLES = OFFICE_ROLES | {Role.VOLUNTEER}
REPORT_ROLES = OFFICE_ROLES | {Role.READER}
ALL_ROLES = frozenset(Role)


def role_of(user: Viewer | None) -> Role | None:
    """Return the role of ``user``, or None for anonymous and deactivated accounts."""
    if not (user and user.is_authenticated and user.is_active):
        return None
    return Role(user.role)


def can(user: Viewer | None, action: str, target: Any) -> bool:
    """Tell whether ``user`` may ``action`` ``target``: a ``Record`` or a model of them, with its rights.

    Parameters
    ----------
    action : {"view", "add", "change", "delete", "view_details"}
        ``view_details`` is the right to private particulars (phone numbers, notes) of a record.
    target
        A model class asks for the right in general; a record also asks whether the user sees it at all.
    """
    role = role_of(user)
    if role is None:
        return False
    model: Any = target if isinstance(target, type) else type(target)
    if role not in model.roles_for(action):
        return False
    if isinstance(target, Model) and target.pk is not None:
        return model._default_manager.all().visible_to(user).filter(pk=target.pk).exists()
    return True
