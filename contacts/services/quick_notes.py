"""Logging what was read from a quick note, once however often it is sent."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError

from actors.models import Actor
from actors.services.actors import create_actor_by_name
from contacts.models import Contact
from contacts.services.contacts import record_contact
from contacts.services.follow_ups import PlannedFollowUp
from contacts.services.note_reading import QuickNote
from core.stored_once import Draft, store_once


@dataclass
class Logged:
    """A saved quick note."""

    contact: Contact
    is_new: bool
    created: list[Actor] = field(default_factory=list)
    undo_url: str = ""


def _draft_of(note: QuickNote) -> Draft:
    return Draft(user=note.user, key=note.key, text=note.text)


def already_logged(*, note: QuickNote) -> Logged | None:
    """Return what was logged from this draft before, so that sending it again asks nothing."""
    stored = _draft_of(note).stored()
    return Logged(stored, is_new=False) if isinstance(stored, Contact) else None


def log_quick_note(*, note: QuickNote) -> Logged | None:
    """Log what the note says, once, by whom it was read for; None if it was refused (``note.errors``).

    Raises ``StoredOtherwise`` if the draft was logged with another text.
    """
    created: list[Actor] = []

    def record() -> Contact:
        created[:] = [create_actor_by_name(new=new) for new in note.people.new_actors()]
        return _record(note, created)

    try:
        contact, is_new = store_once(draft=_draft_of(note), save=record)
    except ValidationError as error:
        note.take_over(error)
        return None
    return Logged(contact, is_new, created if is_new else [])


def _record(note: QuickNote, created: list[Actor]) -> Contact:
    involved = {actor.pk: actor for actor in [*note.presets, *note.people.actors, *created]}
    channel: Any = note.channel
    return record_contact(
        user=note.user,
        channel=channel,
        actors=involved.values(),
        date=note.date,
        direction=note.direction,
        subject=note.subject,
        note=note.note,
        topics=note.topics,
        duration_minutes=note.minutes,
        is_confidential=note.is_confidential,
        follow_up=PlannedFollowUp(due=note.due, assignee=note.user) if note.due else None,
    )
