"""What happens to a concern: recorded, passed on, answered, settled, taken up again; each is a step."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from actors.models import Actor
from contacts.concerns import ANSWERED, FORWARDED, NEW, may_follow, stage_of
from contacts.models import Concern, ConcernStatus, ConcernStep, FollowUp
from contacts.models.concern import has_ended
from core.viewers import SignedIn

NOON = dt.time(12)


@transaction.atomic
def record_concern(*, concern: Concern, user: SignedIn, note: str = "") -> Concern:
    """Save a new concern, with its first step; without a status it is new."""
    if not concern.status_id:
        concern.status = ConcernStatus.objects.get(code=NEW)
    if not concern.status.is_open and concern.settled_on is None:
        concern.settled_on = timezone.localdate()
    if concern.forwarded_to is not None:
        check_department(concern.forwarded_to, concern.forwarded_on or concern.raised_on)
    concern.full_clean()
    concern.save()
    day = concern.raised_on if concern.status.is_open else None
    _write_step(concern, before=None, user=user, note=note, day=day)
    return concern


@transaction.atomic
def move_concern(
    *,
    concern: Concern,
    to: ConcernStatus,
    user: SignedIn,
    note: str = "",
    forwarded_to: Actor | None = None,
    due: dt.date | None = None,
    on: dt.date | None = None,
    answer: str = "",
    told_on: dt.date | None = None,
) -> ConcernStep:
    """Bring a concern into another status, and write down the step.

    Parameters
    ----------
    on
        The day on which it happened; today if left out.
    due
        Until when whoever it is forwarded to is to answer. An answer ends that; a new day may be given.

    Raises
    ------
    ValidationError
        If this status cannot follow, if it is not said to whom, or if days do not fit together.
    """
    stored: Concern = (
        Concern.objects.select_for_update(of=("self",)).select_related("status").get(pk=concern.pk)
    )
    before, day = stored.status, on or timezone.localdate()
    _check_order(before, to)
    _check_day(stored, day)
    if due is not None and due < day:
        raise ValidationError({"due": _("The due day lies before this step.")})
    stored.status = to
    if stage_of(to) == FORWARDED:
        stored.forwarded_to, stored.forwarded_on, stored.due = _department(forwarded_to, day), day, due
    elif due is not None or stage_of(to) == ANSWERED or not before.is_open:
        stored.due = due
    stored.answer = answer or stored.answer
    stored.told_on = told_on or stored.told_on
    stored.settled_on = None if to.is_open else day
    stored.full_clean()
    stored.save()
    step = _write_step(stored, before=before, user=user, note=note, day=day)
    concern.refresh_from_db()
    return step


def _check_order(before: ConcernStatus, to: ConcernStatus) -> None:
    if may_follow(to, after=before):
        return
    if not before.is_open:
        text = _("The concern is settled (“%(before)s”). Take it up again first.")
    else:
        text = _("A concern cannot go from “%(before)s” to “%(to)s”.")
    raise ValidationError(text % {"before": before.label, "to": to.label}, code="transition")


def _check_day(concern: Concern, day: dt.date) -> None:
    if day > timezone.localdate():
        raise ValidationError({"on": _("This day lies in the future.")})
    last = concern.steps.order_by("at", "pk").last()
    begin = max(concern.raised_on, timezone.localdate(last.at)) if last else concern.raised_on
    if day < begin:
        raise ValidationError(
            {"on": _("The last step was on %(day)s.") % {"day": date_format(begin, "SHORT_DATE_FORMAT")}}
        )


def _department(actor: Actor | None, day: dt.date) -> Actor:
    if actor is None:
        raise ValidationError({"forwarded_to": _("Say to whom the concern was forwarded.")})
    check_department(actor, day)
    return actor


def check_department(actor: Actor, day: dt.date) -> None:
    """Refuse to forward to somebody who no longer existed on that day."""
    if has_ended(actor, day):
        last = date_format(actor.last_active_day, "SHORT_DATE_FORMAT") if actor.last_active_day else ""
        raise ValidationError(
            {
                "forwarded_to": _("“%(name)s” ended on %(day)s. Choose who is responsible now.")
                % {"name": actor.name, "day": last}
            },
            code="ended",
        )


def _write_step(
    concern: Concern, *, before: ConcernStatus | None, user: SignedIn, note: str, day: dt.date | None
) -> ConcernStep:
    forwards = stage_of(concern.status) == FORWARDED
    step = ConcernStep(
        concern=concern,
        from_status=before,
        to_status=concern.status,
        at=_moment(concern, day),
        by=user,
        forwarded_to=concern.forwarded_to if forwards else None,
        due=concern.due if forwards else None,
        note=note.strip(),
    )
    step.full_clean()
    step.save()
    return step


def _moment(concern: Concern, day: dt.date | None) -> dt.datetime:
    """Return when a step happened: now, or at noon of an earlier day, yet never before the last step."""
    if day is None or day == timezone.localdate():
        return timezone.now()
    noon = timezone.make_aware(dt.datetime.combine(day, NOON))
    last = concern.steps.order_by("at", "pk").last()
    return max(noon, last.at) if last else noon


@transaction.atomic
def tell_resident(*, concern: Concern, on: dt.date) -> Concern:
    """Remember on which day the resident was told; the status stays as it is."""
    concern.told_on = on
    concern.full_clean()
    concern.save()
    return concern


def plan_reminder(*, concern: Concern, due: dt.date, assignee: Any, text: str = "") -> FollowUp:
    """Plan to come back to a concern."""
    follow_up = FollowUp(
        due=due, assignee=assignee, concern=concern, text=text or _("Ask how the concern stands")
    )
    follow_up.full_clean()
    follow_up.save()
    return follow_up
