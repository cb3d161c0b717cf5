"""Logging contacts: all that belongs to one is stored, or nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from actors.models import (
    Actor,
    Contact,
    ContactChannel,
    Direction,
    Topic,
)
from actors.services.actors import NewActor, create_actor_by_name
from actors.services.follow_ups import PlannedFollowUp, plan_follow_up


@transaction.atomic
def record_contact(
    *,
    user: Any,
    channel: ContactChannel,
    actors: Iterable[Actor] = (),
    new_actors: Iterable[NewActor] = (),
    date: dt.date | None = None,
    time: dt.time | None = None,
    direction: str = Direction.INCOMING,
    subject: str = "",
    note: str = "",
    topics: Iterable[Topic] = (),
    duration_minutes: int | None = None,
    is_confidential: bool = False,
    follow_up: PlannedFollowUp | None = None,
) -> Contact:
    """Log a contact, add whom it brought up anew, and plan what follows: all of it or nothing."""
    contact = Contact(
        date=date or timezone.localdate(),
        time=time,
        channel=channel,
        direction=direction,
        staff=user,
        subject=subject,
        note=note,
        duration_minutes=duration_minutes,
        is_confidential=is_confidential,
    )
    return save_contact(
        contact=contact, actors=actors, new_actors=new_actors, topics=topics, follow_up=follow_up
    )


@transaction.atomic
def save_contact(
    *,
    contact: Contact,
    actors: Iterable[Actor],
    new_actors: Iterable[NewActor] = (),
    topics: Iterable[Topic] = (),
    follow_up: PlannedFollowUp | None = None,
) -> Contact:
    """Save a contact, new or edited, with everything that belongs to it."""
    involved = [*actors, *(create_actor_by_name(new=new) for new in new_actors)]
    if not involved:
        raise ValidationError({"actors": _("Choose at least one actor.")})
    contact.full_clean()
    contact.save()
    contact.actors.set(involved)
    contact.topics.set(topics)
    if follow_up is not None:
        plan_follow_up(contact=contact, actor=involved[0], planned=follow_up)
    return contact
