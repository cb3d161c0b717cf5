"""Writing series and their editions."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from core.roles import can
from core.viewers import SignedIn
from events.models import (
    Event,
    EventSeries,
    EventStatus,
    Participation,
    ParticipationRole,
    ParticipationState,
    SeriesFormerName,
    TaskAssignment,
)


@transaction.atomic
def save_series(
    *, series: EventSeries, user: SignedIn, former_name: str = "", until: dt.date | None = None
) -> EventSeries:
    """Save a series. ``former_name`` is a name given up that was used until ``until``; the series goes on."""
    if not can(user, "change" if series.pk else "add", EventSeries):
        raise PermissionDenied
    if former_name and series.pk:
        former, _created = SeriesFormerName.objects.get_or_create(
            series=series, name=former_name, defaults={"used_until": until}
        )
        former.full_clean()
    series.save()
    return series


@transaction.atomic
def create_edition(*, event: Event, user: SignedIn) -> Event:
    """Save a new edition of a series, and record the series' carrier as its organiser."""
    if not can(user, "add", Event):
        raise PermissionDenied
    event.save()
    if event.series is None:
        return event
    carrier = event.series.carrier_on(event.start_date or timezone.localdate())
    role = ParticipationRole.objects.in_use().filter(is_organising=True).first()
    if carrier and role:
        was_there = event.status == EventStatus.HELD
        state = ParticipationState.ATTENDED if was_there else ParticipationState.REGISTERED
        Participation.objects.create(event=event, actor=carrier, role=role, state=state)
    return event


@transaction.atomic
def copy_tasks(*, event: Event, user: SignedIn) -> int:
    """Take over the tasks planned for the event's series, else those of the edition before.

    Return how many. Tasks that the event has already stay as they are.
    """
    if not can(user, "add", TaskAssignment):
        raise PermissionDenied
    if event.series is None:
        return 0
    planned = list(event.series.future_tasks.all()) or _tasks_before(event)
    present = set(event.tasks.values_list("task_id", flat=True))
    missing = [row for row in planned if row.task_id not in present]
    for row in missing:
        TaskAssignment.objects.create(event=event, task_id=row.task_id, actor_id=row.actor_id)
    return len(missing)


def _tasks_before(event: Event) -> list[TaskAssignment]:
    editions = Event.objects.filter(series=event.series, tasks__isnull=False).exclude(pk=event.pk)
    if event.start_date is not None:
        editions = editions.filter(start_date__lt=event.start_date)
    last = editions.order_by(F("start_date").desc(nulls_last=True), "-pk").first()
    return list(last.tasks.all()) if last else []
