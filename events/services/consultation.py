"""The consultation hour of a day: an event that is made when it is needed, and who came without a name."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from contacts.models import Concern, Contact
from core.roles import can
from core.viewers import SignedIn
from events.models import (
    Event,
    EventConcern,
    EventContact,
    EventSeries,
    EventStatus,
    EventType,
    Headcount,
    HeadcountMethod,
    Space,
)
from events.services.hours import hours_on

TYPE = "consultation_hour"
CHANNEL = "consultation_hour"
NOT_YET = frozenset({EventStatus.IDEA, EventStatus.PLANNED, EventStatus.CONFIRMED})
CALLED_OFF = frozenset({EventStatus.CANCELLED, EventStatus.POSTPONED})


def consultation_on(day: dt.date) -> Event | None:
    """Return the consultation hour of a day; the first if there are several, held before called off."""
    rows = list(Event.objects.filter(event_type__code=TYPE, start_date=day).select_related("series", "space"))
    return min(rows, key=lambda e: (e.status in CALLED_OFF, e.start_time or dt.time.min, e.pk), default=None)


@transaction.atomic
def open_consultation(*, day: dt.date, user: SignedIn) -> Event:
    """Return the consultation hour of a day; of several who open it at once, one makes it."""
    if not can(user, "add", Event):
        raise PermissionDenied
    # Locked, so that the second to come waits here and then finds what the first has made.
    kind = EventType.objects.select_for_update(no_key=True).get(code=TYPE)
    event = consultation_on(day)
    if event is not None:
        return event
    event = _new_consultation(kind, day)
    event.full_clean()
    event.save()
    return event


def _new_consultation(kind: EventType, day: dt.date) -> Event:
    """Fill in what the hours of the day and the one series of consultation hours say."""
    every = list(EventSeries.objects.filter(event_type=kind)[:2])
    series = every[0] if len(every) == 1 else None
    hours = hours_on(day)
    place = hours[0].place if hours else ""
    space = Space.objects.filter(name=place).first() if place else (series.space if series else None)
    return Event(
        event_type=kind,
        series=series,
        title=series.name if series else kind.label,
        start_date=day,
        start_time=hours[0].start if hours else None,
        end_time=hours[-1].end if hours else None,
        space=space,
        status=EventStatus.PLANNED,
    )


@transaction.atomic
def count_visitors(*, event: Event, group: str, sex: str, step: int, user: SignedIn) -> int:
    """Add ``step`` people (or take some back) who came without a name; return how many there are now.

    Exact when several people count at once: each waits for the other's number.

    Raises
    ------
    ValidationError
        Nobody is left to be taken back, or nothing can be recorded for this event now.
    """
    if not can(user, "change", Headcount):
        raise PermissionDenied
    event = begin_recording(event)
    row = Headcount.objects.filter(event=event, group=group, sex=sex).first()
    count = (row.count if row else 0) + step
    if count < 0:
        raise ValidationError(_("Nobody is counted here who could be taken back."))
    row = row or Headcount(event=event, group=group, sex=sex, method=HeadcountMethod.COUNTED)
    row.count = count
    if count:
        row.full_clean()
        row.save()
    elif row.pk:
        row.delete()
    return count


def begin_recording(event: Event) -> Event:
    """Lock the event; what is recorded makes a planned one a held one. The caller holds the transaction."""
    event = Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
    if event.status in CALLED_OFF:
        raise ValidationError(_("This event is called off. Change its status before you record anything."))
    if event.start_date is not None and event.start_date > timezone.localdate():
        raise ValidationError(_("This day is still to come. Nothing can be recorded for it yet."))
    if event.status in NOT_YET:
        event.status = EventStatus.HELD
        event.save(update_fields=["status"])
    return event


@transaction.atomic
def tie_contact(*, event: Event, contact: Contact, user: SignedIn) -> None:
    """Say that a contact was made at an event; a contact belongs to one event, the first it was tied to."""
    if not can(user, "add", EventContact):
        raise PermissionDenied
    event = begin_recording(event)
    EventContact.objects.get_or_create(contact=contact, defaults={"event": event})


@transaction.atomic
def tie_concern(*, event: Event, concern: Concern, user: SignedIn) -> None:
    """Say that a concern was brought at an event."""
    if not can(user, "add", EventConcern):
        raise PermissionDenied
    event = begin_recording(event)
    EventConcern.objects.get_or_create(concern=concern, defaults={"event": event})
