"""Logging contacts: all that belongs to one is stored, or nothing."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
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


@dataclass(frozen=True)
class Draft:
    """What one user is writing under one key; however often it is sent, it is logged once."""

    user: Any
    key: str
    text: str

    def columns(self) -> dict[str, str]:
        """Return what the contact keeps of its draft. A key is worth nothing to anybody else."""
        plain = " ".join(self.text.split())
        digest = hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()
        return {"source_key": f"{self.user.pk}:{self.key}", "source_digest": digest} if self.key else {}

    def logged(self) -> Contact | None:
        """Return the contact that was logged from this draft."""
        key = self.columns().get("source_key")
        return Contact.objects.filter(source_key=key, staff=self.user).first() if key else None

    def is_that_of(self, contact: Contact) -> bool:
        """Tell whether ``contact`` was logged from this very text."""
        return contact.source_digest == self.columns().get("source_digest")


class LoggedOtherwise(Exception):
    """The draft was logged before, with another text: for instance in another tab."""

    def __init__(self, contact: Contact) -> None:
        super().__init__(f"contact {contact.pk}")
        self.contact = contact


def log_once(*, draft: Draft, save: Callable[[], Contact]) -> tuple[Contact, bool]:
    """Log a draft with ``save``, or return what was logged from it before; tell whether it is new.

    Raises ``LoggedOtherwise`` if the draft was logged with another text.
    """
    stored = draft.logged()
    if stored is None:
        try:
            with transaction.atomic():
                return save(), True
        except (IntegrityError, ValidationError):
            stored = draft.logged()  # sent twice at the same moment: the other one was quicker
            if stored is None:
                raise
    if not draft.is_that_of(stored):
        raise LoggedOtherwise(stored)
    return stored, False


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
    draft: Draft | None = None,
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
        **(draft.columns() if draft else {}),
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
