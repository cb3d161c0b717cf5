"""Contacts with their points, and follow-ups on the day they were done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import DateField, Prefetch, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils.translation import gettext as _

from actors.models import Actor
from contacts.models import Contact, DiscussionPoint, FollowUp
from core.viewers import Viewer
from crm.timeline.entries import Entry, after_title, beginning, joined
from crm.timeline.scope import Scope
from crm.timeline.stream import Stream

CHANNEL_ICONS = {
    "phone": "phone",
    "voicemail": "phone",
    "email": "mail",
    "letter": "mail",
    "home_visit": "home",
    "meeting": "users",
}


def contacts(rows: QuerySet, *, user: Viewer, scope: Scope | None = None) -> Stream:
    """Return the logged contacts among ``rows``."""
    loaded = rows.select_related("channel", "staff").prefetch_related(
        Prefetch("actors", Actor.objects.visible_to(user)),
        Prefetch("points", DiscussionPoint.objects.visible_to(user).select_related("topic")),
    )
    return Stream(
        "contact", "contacts", loaded, "date", lambda rows: _contact_entries(rows, scope), is_long=True
    )


def _contact_entries(rows: Iterable[Contact], scope: Scope | None) -> Iterator[Entry]:
    for contact in rows:
        yield Entry(
            date=contact.date,
            title=contact.title,
            icon=CHANNEL_ICONS.get(contact.channel.code, "message-2"),
            url=contact.get_absolute_url(),
            text=beginning(contact.note) if contact.subject else after_title(contact.note),
            meta=joined(
                contact.channel.label,
                str(contact.staff),
                _("confidential") if contact.is_confidential else "",
                *_who(contact, scope),
            ),
            points=tuple(_point(point) for point in contact.points.all()),
            kind="contacts",
        )


def _point(point: DiscussionPoint) -> str:
    text = beginning(point.text)
    return f"{point.topic.label}: {text}" if point.topic else text


def _who(contact: Contact, scope: Scope | None) -> tuple[str, str]:
    """Say with whom else the contact was, and through whom it came here."""
    involved = {actor.pk: actor.name for actor in contact.actors.all()}
    via = scope.via(set(involved)) if scope else ""
    aside = {scope.actor.pk, *(scope.others if via else ())} if scope else set()
    others = [name for key, name in involved.items() if key not in aside]
    return (
        _("with %(names)s") % {"names": ", ".join(others)} if others else "",
        _("through %(name)s") % {"name": via} if via else "",
    )


def follow_ups(about: Q, *, user: Viewer) -> Stream:
    """Return the follow-ups that are done; what is open stands elsewhere on the page."""
    done = FollowUp.objects.visible_to(user).filter(about, done_at__isnull=False)
    loaded = done.annotate(day=TruncDate("done_at", output_field=DateField())).select_related(
        "contact", "concern", "actor", "done_by"
    )
    return Stream("follow_up", "follow_ups", loaded, "day", lambda rows: _follow_up_entries(rows, user))


def _follow_up_entries(rows: Iterable[Any], user: Viewer) -> Iterator[Entry]:
    for row in rows:
        contact = row.contact_seen_by(user)
        about = row.concern or contact or row.actor
        yield Entry(
            date=row.day,
            title=_("Done: %(what)s") % {"what": row},
            icon="checkbox",
            url=contact.get_absolute_url() if contact else "",
            meta=joined(
                _("Follow-up"),
                str(row.done_by),
                beginning(str(about), longest=80) if row.text and about else "",
            ),
            kind="follow_ups",
        )
