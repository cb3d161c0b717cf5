"""Follow-ups: planned, done, taken up again, moved."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from actors.models import (
    Actor,
    Contact,
    FollowUp,
)


@dataclass(frozen=True)
class PlannedFollowUp:
    """What is to be done after a contact."""

    due: dt.date
    assignee: Any
    text: str = ""


def plan_follow_up(
    *, planned: PlannedFollowUp, actor: Actor | None = None, contact: Contact | None = None
) -> FollowUp:
    """Plan to come back to an actor or a contact."""
    follow_up = FollowUp(
        due=planned.due, assignee=planned.assignee, text=planned.text, actor=actor, contact=contact
    )
    follow_up.full_clean()
    follow_up.save()
    return follow_up


def finish_follow_up(*, follow_up: FollowUp, user: Any) -> None:
    """Mark a follow-up as done now by ``user``."""
    follow_up.done_at, follow_up.done_by = timezone.now(), user
    follow_up.save()


def reopen_follow_up(*, follow_up: FollowUp) -> None:
    """Take back that a follow-up was done."""
    follow_up.done_at = follow_up.done_by = None
    follow_up.save()


def postpone_follow_up(*, follow_up: FollowUp, due: dt.date) -> None:
    """Move a follow-up to another day."""
    follow_up.due = due
    follow_up.full_clean()
    follow_up.save()
