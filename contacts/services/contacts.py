"""Logging contacts: all that belongs to one is stored, or nothing.

Every door ends in ``save_contact``: the form, the quick note, the API, e-mails.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from actors.models import Actor, Topic
from actors.services.actors import NewActor, create_actor_by_name
from contacts.models import Contact, ContactChannel, Direction
from contacts.services.follow_ups import PlannedFollowUp, plan_follow_up
from core.viewers import SignedIn

USUAL_CHANNEL = "phone"


def usual_channel(user: SignedIn) -> ContactChannel | None:
    """Return the channel that ``user`` logged last, at first the telephone."""
    last = Contact.objects.filter(staff=user).order_by("-pk").select_related("channel").first()
    if last is not None and last.channel.is_active:
        return last.channel
    in_use = ContactChannel.objects.in_use()
    return in_use.filter(code=USUAL_CHANNEL).first() or in_use.first()


@transaction.atomic
def record_contact(
    *,
    user: SignedIn,
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
        subject=subject,
        note=note,
        duration_minutes=duration_minutes,
        is_confidential=is_confidential,
    )
    return save_contact(
        contact=contact,
        user=user,
        actors=actors,
        new_actors=new_actors,
        topics=topics,
        follow_up=follow_up,
    )


@transaction.atomic
def save_contact(
    *,
    contact: Contact,
    user: SignedIn | None = None,
    actors: Iterable[Actor] | None = None,
    new_actors: Iterable[NewActor] = (),
    topics: Iterable[Topic] | None = None,
    follow_up: PlannedFollowUp | None = None,
) -> Contact:
    """Save a contact, new or edited, with everything that belongs to it.

    A new one is ``user``'s unless it names somebody; lists that are not given stay as they are stored.
    """
    if not contact.staff_id and user is not None:
        contact.staff = user
    keeps = actors is None and contact.pk is not None
    known = contact.actors.all() if keeps else actors or ()
    involved = [*known, *(create_actor_by_name(new=new) for new in new_actors)]
    if not (involved or keeps):
        raise ValidationError({"actors": _("Choose at least one actor.")})
    contact.full_clean()
    contact.save()
    contact.actors.set(involved)
    if topics is not None:
        contact.topics.set(topics)
    if follow_up is not None:
        plan_follow_up(contact=contact, actor=next(iter(involved), None), planned=follow_up)
    return contact
