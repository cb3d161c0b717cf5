"""Writing series and their editions."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from crm.common.roles import can
from events.models import (
    Event,
    EventSeries,
    EventStatus,
    Participation,
    ParticipationRole,
    ParticipationState,
    SeriesFormerName,
)


@transaction.atomic
def save_series(
    *, series: EventSeries, user: Any, former_name: str = "", until: dt.date | None = None
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
def create_edition(*, event: Event, user: Any) -> Event:
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
