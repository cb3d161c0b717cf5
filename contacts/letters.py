"""The letter with which the office passes a concern on to whoever can see to it."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from actors.models import Actor, Sector
from contacts.models import Concern
from core.letters import Letter
from core.viewers import Viewer


def office_of(day: dt.date) -> Actor | None:
    """Return the office as it stands in the register on a day."""
    offices = Actor.objects.filter(actor_type__sector=Sector.OFFICE).order_by("-active_from", "pk")
    present = (
        office
        for office in offices
        if (office.active_from is None or office.active_from <= day)
        and (office.active_until is None or day < office.active_until)
    )
    return next(present, None)


def concern_letter(*, concern: Concern, user: Viewer, today: dt.date, with_name: bool = False) -> Letter:
    """Return the letter about a concern to whom it was forwarded, in the language of the office.

    Who raised it is left out unless ``with_name`` says that it may be told.
    """
    office = office_of(today)
    with translation.override(settings.LANGUAGE_CODE):
        named = concern.raised_by if with_name else None
        return Letter(
            sender=_sender(office),
            recipient=_address(concern.forwarded_to) if concern.forwarded_to else (),
            place_and_day=_place_and_day(office, today),
            facts=_facts(concern, named),
            subject=_("Concern from the neighbourhood: %(kind)s") % {"kind": concern.kind.label},
            paragraphs=_paragraphs(concern),
            closing=(_("Kind regards"), "", str(user), _office_name()),
        )


def _office_name() -> str:
    if not settings.OFFICE_NAME:
        return _("Neighbourhood office")
    return _("Neighbourhood office %(place)s") % {"place": settings.OFFICE_NAME}


def _sender(office: Actor | None) -> tuple[str, ...]:
    lines = [_office_name()]
    if office is not None:
        phone = office.phone_numbers.first()
        lines += [office.street, _town(office), phone.number if phone else "", office.email]
    return tuple(line for line in lines if line)


def _address(actor: Actor) -> tuple[str, ...]:
    return tuple(line for line in (actor.name, actor.street, _town(actor)) if line)


def _town(actor: Actor) -> str:
    return f"{actor.postal_code} {actor.city}".strip()


def _place_and_day(office: Actor | None, today: dt.date) -> str:
    day = date_format(today, "DATE_FORMAT")
    return f"{office.city}, {day}" if office is not None and office.city else day


def _facts(concern: Concern, named: Actor | None) -> tuple[tuple[str, str], ...]:
    facts = [
        (_("Our reference"), concern.number),
        (_("Raised on"), date_format(concern.raised_on, "SHORT_DATE_FORMAT")),
        (_("Topic"), concern.topic.label if concern.topic else ""),
        (_("Raised by"), named.name if named else ""),
        (_("Answer wanted by"), date_format(concern.due, "SHORT_DATE_FORMAT") if concern.due else ""),
    ]
    return tuple((label, value) for label, value in facts if value)


def _paragraphs(concern: Concern) -> tuple[str, ...]:
    reply_request = (
        _("Please let us have your answer by %(day)s, so that we can pass it on.")
        % {"day": date_format(concern.due, "DATE_FORMAT")}
        if concern.due
        else _("Please let us have your answer, so that we can pass it on.")
    )
    return (
        _("Dear Sir or Madam,"),
        _("the following concern was brought to us, and we pass it on to you:"),
        concern.text.strip(),
        reply_request,
        _("Please give our reference %(number)s in your answer.") % {"number": concern.number},
    )
