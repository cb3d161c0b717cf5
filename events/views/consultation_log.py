"""Logging from a consultation hour: notes, contacts and concerns are tied to its event, which they make."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from contacts.models import Contact, ContactChannel
from contacts.views.concerns import ConcernCreateView
from contacts.views.contacts import ContactCreateView
from contacts.views.quick_notes import draw_dialog, require_logging, save_note
from core.viewers import SignedIn, SignedInRequest
from events.models import Event
from events.services.consultation import CHANNEL, consultation_on, open_consultation, tie_concern, tie_contact


def event_of(day: dt.date, user: SignedIn) -> Event:
    """Return the day's consultation hour, made now if need be."""
    return consultation_on(day) or open_consultation(day=day, user=user)


@require_GET
def consultation_note(request: SignedInRequest, day: dt.date) -> HttpResponse:
    """The inside of the quick note's dialog, tied to the consultation hour."""
    require_logging(request)
    about = _("Consultation hour %(day)s") % {"day": date_format(day, "SHORT_DATE_FORMAT")}
    return draw_dialog(
        request,
        save_url=reverse("events:consultation_note_save", args=[day]),
        about=about,
        draft_name=f"quick-note-{day}",
        choices={"channel": CHANNEL},
    )


@require_POST
def consultation_note_save(request: SignedInRequest, day: dt.date) -> HttpResponse:
    """Log a quick note and say that it was taken in the consultation hour."""

    def tie(contact: Contact) -> None:
        tie_contact(event=event_of(day, request.user), contact=contact, user=request.user)

    return save_note(request, after_save=tie)


class OfConsultation:
    """A form whose record belongs to the consultation hour of the day in the address."""

    request: Any
    kwargs: dict[str, Any]
    form_invalid: Any

    @property
    def day(self) -> dt.date:
        """The day in the address."""
        day: dt.date = self.kwargs["day"]
        return day

    def get_cancel_url(self) -> str:
        """Return to the page of the day."""
        return reverse("events:consultation", args=[self.day])

    def get_success_url(self) -> str:
        """Return to the page of the day."""
        return self.get_cancel_url()

    def form_valid(self, form: Any) -> HttpResponse:
        """Save the record and tie it, both or neither."""
        try:
            response: HttpResponse = super().form_valid(form)
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        return response

    def store(self, form: Any) -> Any:
        """Save the record and tie it to the event."""
        record = super().store(form)
        self.tie(event_of(self.day, self.request.user), record)
        return record

    def tie(self, event: Event, record: Any) -> None:
        """Tie the saved record to the event."""
        raise NotImplementedError


class ConsultationContactView(OfConsultation, ContactCreateView):
    """Log a contact in full, in the consultation hour."""

    def get_initial(self) -> dict[str, Any]:
        channel = ContactChannel.objects.in_use().filter(code=CHANNEL).first()
        initial = {"date": min(self.day, timezone.localdate()), **super().get_initial()}
        return {**initial, "channel": channel.pk} if channel else initial

    def tie(self, event: Event, record: Any) -> None:
        tie_contact(event=event, contact=record, user=self.request.user)


class ConsultationConcernView(OfConsultation, ConcernCreateView):
    """Record what somebody brought to the consultation hour."""

    def get_initial(self) -> dict[str, Any]:
        return {"raised_on": min(self.day, timezone.localdate()), **super().get_initial()}

    def tie(self, event: Event, record: Any) -> None:
        tie_concern(event=event, concern=record, user=self.request.user)
