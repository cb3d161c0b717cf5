"""What is missing, and what to do about it, for those who can do it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from reports.analysis import schema

if TYPE_CHECKING:
    from reports.builders.shared.basis import Basis


def advised(basis: Basis, state: str, advice: str) -> str:
    """Say what is missing; only whoever works in the office is told to record it."""
    return f"{state} {advice}" if basis.request.is_office else state


def advised_of_period(basis: Basis, state: str, advice: str) -> str:
    """Say what a period has none of; where other years have events, that, and not to record some."""
    events = basis.register.events
    if ((events["status"] == schema.HELD) & events["date"].notna()).any():
        elsewhere = _("Other years have held events.")
        return f"{state} {elsewhere}"
    return advised(basis, state, advice)
