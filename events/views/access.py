"""What a short function view asks first: does this user see the record, and may the user write it."""

from __future__ import annotations

from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from core.models import Record
from core.roles import can
from core.viewers import SignedInRequest

Row = TypeVar("Row", bound=Record)


def visible_or_404(request: SignedInRequest, model: type[Row], **lookup: Any) -> Row:
    """Return the record if the user sees it; an invisible one and a missing one answer alike."""
    if not can(request.user, "view", model):
        raise Http404
    visible: Any = model.objects.visible_to(request.user)
    record: Row = get_object_or_404(visible, **lookup)
    return record


def require(request: SignedInRequest, action: str, model: type[Record]) -> None:
    """Refuse users who may not ``action`` records of this kind."""
    if not can(request.user, action, model):
        raise PermissionDenied
