"""Logging a contact from an event's page: it then belongs to the event."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from contacts.models import Contact
from contacts.views.contacts import ContactCreateView
from contacts.views.quick_notes import draw_dialog, require_logging, save_note, signed_in_or_told
from core.roles import role_of
from core.viewers import SignedInRequest
from core.views import address_to_return
from events.models import Event, EventContact
from events.views.access import visible_or_404


def tie(event: Event, contact: Contact) -> None:
    """Say that a contact belongs to the event. What the event's state says is left alone."""
    EventContact.objects.get_or_create(contact=contact, defaults={"event": event})


@require_GET
def event_note(request: SignedInRequest, pk: int) -> HttpResponse:
    """The inside of the quick note's dialog on the event's page."""
    require_logging(request)
    event = visible_or_404(request, Event, pk=pk)
    return draw_dialog(
        request,
        save_url=reverse("events:event_note_save", args=[event.pk]),
        form_url=reverse("events:event_contact_create", args=[event.pk]),
        about=event.title,
        draft_name=f"quick-note-event-{event.pk}",
    )


@signed_in_or_told
@require_POST
def event_note_save(request: SignedInRequest, pk: int) -> HttpResponse:
    """Log what was typed as a contact of the event."""
    require_logging(request)
    event = visible_or_404(request, Event, pk=pk)
    return save_note(request, after_save=lambda contact: tie(event, contact))


class EventContactCreateView(ContactCreateView):
    """The full form for a contact of an event."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if role_of(self.request.user) is not None:
            require_logging(self.request)
            self.event = visible_or_404(self.request, Event, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def store(self, form: Any) -> Any:
        contact = super().store(form)
        tie(self.event, contact)
        return contact

    def get_cancel_url(self) -> str:
        return reverse("events:event_contacts", args=[self.event.pk])

    def get_success_url(self) -> str:
        return address_to_return(self.request, self.get_cancel_url())
