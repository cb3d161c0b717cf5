"""What a page needs to show follow-ups with their buttons: who may do what, days to move to, colleagues."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from actors.models import FollowUp
from actors.models.repetition import months_later
from crm.accounts.models import User
from crm.common.roles import HELPER_ROLES, can


def next_days() -> dict[str, dt.date]:
    """Return the days that a follow-up can be put off to with one press."""
    today = timezone.localdate()
    return {
        "tomorrow": today + dt.timedelta(days=1),
        "next_week": today + dt.timedelta(days=7),
        "next_month": months_later(today, 1),
    }


def follow_up_tools(user: Any) -> dict[str, Any]:
    """Return what the buttons of follow-ups need; colleagues are looked up when the first menu is drawn."""
    may_hand_over = can(user, "change", FollowUp)
    colleagues = User.objects.visible_to(user).filter(is_active=True, role__in=HELPER_ROLES)
    return {
        "today": timezone.localdate(),
        "may_finish": can(user, "finish", FollowUp),
        "may_hand_over": may_hand_over,
        "colleagues": colleagues if may_hand_over else (),
        **next_days(),
    }
