"""What the search box finds in the log."""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter

from django.db.models import Prefetch
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from actors.models import Actor
from contacts.models import Concern, Contact
from core.search import Question, Searched, hints_of_each


def find_contacts(question: Question) -> list[Contact]:
    """Find contacts by words of the subject, the note or a point, the newest first."""
    contacts = Contact.objects.visible_to(question.user).matching(question.text).newest_first()
    if question.among is not None:
        contacts = contacts.filter(pk__in=Contact.objects.order_by("-date").values("pk")[: question.among])
    seen = Prefetch("actors", Actor.objects.visible_to(question.user))
    return list(contacts.prefetch_related(seen)[: question.limit])


def beside_contact(contact: Contact) -> Iterator[str]:
    """Yield the day of a contact, and with whom it was."""
    yield date_format(contact.date, "SHORT_DATE_FORMAT")
    yield from (actor.name for actor in contact.actors.all()[:2])


def find_concerns(question: Question) -> list[Concern]:
    """Find the concern that has this number; the list of concerns searches their words."""
    concerns = Concern.objects.visible_to(question.user).numbered(question.text)
    return list(concerns.select_related("kind", "status")[: question.limit])


SEARCHED = [
    Searched(
        model=Contact,
        label=_("Contacts"),
        icon="message-2",
        list_name="contacts:contact_list",
        find=find_contacts,
        title=attrgetter("title"),
        hints=hints_of_each(beside_contact),
    ),
    Searched(
        model=Concern,
        label=_("Concerns"),
        icon="message-question",
        list_name="contacts:concern_list",
        find=find_concerns,
        title=lambda concern: f"{concern.number} · {concern}",
        hints=hints_of_each(lambda concern: [concern.kind.label, concern.status.label]),
    ),
]
