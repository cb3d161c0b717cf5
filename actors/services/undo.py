"""Taking back what was logged a moment ago."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, Self

from django.core import signing
from django.db import models, transaction
from django.db.models import ProtectedError

from actors.models import Actor, Contact

SALT = "actors.contact.undo"
UNDO_WITHIN = dt.timedelta(minutes=15)


class TooLate(Exception):
    """What was logged can no longer be taken back in one go."""


@dataclass(frozen=True)
class LoggedContact:
    """What was logged in one go: the contact, and the actors and follow-ups that were made with it."""

    contact: int
    user: int
    actors: tuple[int, ...] = ()

    def token(self) -> str:
        """Return what the browser sends to take it back; it cannot be forged, and it runs out."""
        return signing.dumps([self.contact, self.user, list(self.actors)], salt=SALT, compress=True)

    @classmethod
    def from_token(cls, token: str) -> Self:
        """Return what a token stands for; ``TooLate`` if it has run out or is none."""
        try:
            contact, user, actors = signing.loads(token, salt=SALT, max_age=UNDO_WITHIN)
        except signing.BadSignature as error:
            raise TooLate from error
        return cls(contact, user, tuple(actors))


@transaction.atomic
def undo_contact(*, logged: LoggedContact, user: Any) -> None:
    """Delete a contact that ``user`` logged a moment ago, its follow-up, and the actors added with it.

    What others have built on since stays: a contact that was changed or answered is not taken back
    (``TooLate``), an actor that something else hangs on is kept.
    """
    mine = Contact.objects.filter(pk=logged.contact, staff=user, version=1)
    contact = mine.select_for_update().first()
    if contact is None or logged.user != user.pk or _has_grown(contact):
        raise TooLate
    contact.delete()
    for actor in Actor.objects.filter(pk__in=logged.actors, version=1):
        if not _hangs_on(actor):
            _delete_if_free(actor)


def _has_grown(contact: Contact) -> bool:
    if contact.follow_ups.filter(models.Q(version__gt=1) | models.Q(done_at__isnull=False)).exists():
        return True
    return _hangs_on(contact, but={"follow_ups", "event_contact"})


def _hangs_on(record: models.Model, *, but: Collection[str] = ()) -> bool:
    """Tell whether any other row points to ``record``."""
    return any(
        relation.related_model._default_manager.filter(**{relation.field.name: record}).exists()
        for relation in _relations_to(type(record))
        if relation.get_accessor_name() not in but
    )


def _relations_to(model: type[models.Model]) -> Iterator[Any]:
    for field in model._meta.get_fields(include_hidden=True):
        if isinstance(field, models.ForeignObjectRel):
            related: Any = field.related_model
            if not related._meta.auto_created:  # the list of a contact's own actors or topics
                yield field


def _delete_if_free(actor: Actor) -> None:
    try:
        with transaction.atomic():
            actor.delete()
    except ProtectedError:
        return
