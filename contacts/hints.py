"""What the log knows that tells actors of the same name apart."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Max
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from contacts.models import Contact
from core.viewers import Viewer


def last_contacts(actors: Collection[int], *, user: Viewer) -> dict[int, str]:
    """Return by key when the actors were last talked to, as far as ``user`` may know; None sees all."""
    contacts = Contact.objects.all() if user is None else Contact.objects.visible_to(user)
    latest = contacts.filter(actors__in=actors).order_by().values_list("actors").annotate(day=Max("date"))
    return {
        key: _("last contact %(day)s") % {"day": date_format(day, "SHORT_DATE_FORMAT")} for key, day in latest
    }
