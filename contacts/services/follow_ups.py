"""Follow-ups: planned, done, taken up again, moved, handed on; what repeats comes back when it is done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from actors.models import Actor
from contacts.models import Concern, Contact, DiscussionPoint, FollowUp, Repeats
from core.viewers import SignedIn


@dataclass(frozen=True)
class PlannedFollowUp:
    """What is to be done, when, and by whom."""

    due: dt.date
    assignee: Any
    text: str = ""
    repeats: str = Repeats.NEVER


def plan_follow_up(
    *,
    planned: PlannedFollowUp,
    actor: Actor | None = None,
    contact: Contact | None = None,
    concern: Concern | None = None,
    point: DiscussionPoint | None = None,
) -> FollowUp:
    """Plan to come back to an actor, a contact, a point of it, or a concern."""
    follow_up = FollowUp(
        due=planned.due,
        assignee=planned.assignee,
        text=planned.text,
        repeats=planned.repeats,
        actor=actor,
        contact=contact,
        concern=concern,
        point=point,
    )
    follow_up.full_clean()
    follow_up.save()
    return follow_up


def _lock(follow_up: FollowUp) -> None:
    """Read the row anew and keep others from it: whoever presses twice, or at once, finds it done."""
    follow_up.refresh_from_db(from_queryset=FollowUp.objects.select_for_update())


@transaction.atomic
def finish_follow_up(*, follow_up: FollowUp, user: SignedIn) -> FollowUp | None:
    """Mark a follow-up as done now by ``user``; return the next one where it repeats."""
    _lock(follow_up)
    if follow_up.done_at is None:
        follow_up.done_at, follow_up.done_by = timezone.now(), user
        follow_up.save()
    following = FollowUp.objects.filter(previous=follow_up).first()
    return following or _plan_following(follow_up, user)


def _plan_following(done: FollowUp, user: SignedIn) -> FollowUp | None:
    due = done.following_due(timezone.localdate(done.done_at))
    if due is None:
        return None
    following = FollowUp(previous=done, due=due, repeats=done.repeats, repeats_from=done.repeats_from)
    for name in ("assignee", "text", "actor", "contact", "concern", "point"):
        setattr(following, name, getattr(done, name))
    try:
        following.clean()
    except ValidationError:  # whoever it was for has left, or may not see it any more
        following.assignee = user
    following.full_clean()
    following.save()
    return following


@transaction.atomic
def reopen_follow_up(*, follow_up: FollowUp) -> None:
    """Take back that a follow-up was done, and the next one with it unless somebody worked on that."""
    _lock(follow_up)
    if follow_up.done_at is None:
        return
    FollowUp.objects.filter(previous=follow_up, version=1, done_at=None).delete()
    follow_up.done_at = follow_up.done_by = None
    follow_up.save()


@transaction.atomic
def postpone_follow_up(*, follow_up: FollowUp, due: dt.date) -> None:
    """Move a follow-up to another day; a series goes on from its own days."""
    _lock(follow_up)
    # Only the day is judged: what somebody who has left had to do can be moved as well.
    follow_up.due = FollowUp._meta.get_field("due").clean(due, follow_up)
    follow_up.save()


@transaction.atomic
def hand_over_follow_up(*, follow_up: FollowUp, assignee: Any) -> None:
    """Give a follow-up to somebody else, who has to be allowed to see what it is about."""
    _lock(follow_up)
    follow_up.assignee = assignee
    follow_up.full_clean()
    follow_up.save()


@transaction.atomic
def set_repeats(*, follow_up: FollowUp, repeats: str) -> None:
    """End a series, with this as its last, or have it go on as before."""
    _lock(follow_up)
    follow_up.repeats = FollowUp._meta.get_field("repeats").clean(repeats, follow_up)
    follow_up.save()


@transaction.atomic
def finish_follow_ups(*, follow_ups: Iterable[FollowUp], user: SignedIn) -> None:
    """Mark several follow-ups as done, or none."""
    for follow_up in follow_ups:
        finish_follow_up(follow_up=follow_up, user=user)


@transaction.atomic
def reopen_follow_ups(*, follow_ups: Iterable[FollowUp]) -> None:
    """Take back that several follow-ups were done."""
    for follow_up in follow_ups:
        reopen_follow_up(follow_up=follow_up)


@transaction.atomic
def postpone_follow_ups(*, follow_ups: Iterable[FollowUp], due: dt.date) -> None:
    """Move several follow-ups to one day, or none."""
    for follow_up in follow_ups:
        postpone_follow_up(follow_up=follow_up, due=due)


@transaction.atomic
def hand_over_follow_ups(*, follow_ups: Iterable[FollowUp], assignee: Any) -> None:
    """Give several follow-ups to somebody else, or none."""
    for follow_up in follow_ups:
        hand_over_follow_up(follow_up=follow_up, assignee=assignee)
