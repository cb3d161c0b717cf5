"""Logged contacts that belong to an event. Contacts do not know events; the tie is made from here."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from actors.models import Actor
from actors.views.options import wrong_query
from core.filters import search_error
from core.roles import can
from core.stored_once import stored_once
from core.undoing import recording
from core.viewers import SignedInRequest
from core.views import shown_again
from events.forms.event import EventContactForm, unassigned_contacts
from events.models import Event, EventContact
from events.views.access import require, visible_or_404
from events.views.event_tabs import EventContactsView

MOST_OPTIONS = 20


@require_GET
def contact_options(request: SignedInRequest) -> JsonResponse:
    """Return the contacts that belong to no event yet and whose subject, note or actors hold ``q``."""
    if not can(request.user, "add", EventContact):
        raise Http404
    text = request.GET.get("q", "").replace("\x00", "").strip()
    error = search_error(text)
    if error is not None:
        return wrong_query(error)
    actors = Actor.objects.visible_to(request.user).matching(text)
    contacts = (
        unassigned_contacts(request.user)
        .filter(Q(subject__icontains=text) | Q(note__icontains=text) | Q(actors__in=actors))
        .select_related("channel")
        .distinct()
    )
    return JsonResponse(
        {
            "results": [
                {
                    "id": contact.pk,
                    "text": contact.title,
                    "hint": f"{date_format(contact.date, 'SHORT_DATE_FORMAT')} · {contact.channel.label}",
                    "sector": "",
                }
                for contact in (contacts[:MOST_OPTIONS] if text else ())
            ]
        }
    )


@require_POST
@stored_once
def event_contact_add(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say that a contact belongs to the event."""
    event = visible_or_404(request, Event, pk=pk)
    require(request, "add", EventContact)
    form = EventContactForm(request.POST, user=request.user)
    if not form.is_valid():
        return shown_again(EventContactsView, request, pk=event.pk, form=form)
    EventContact.objects.create(event=event, contact=form.cleaned_data["contact"])
    return HttpResponseRedirect(reverse("events:event_contacts", args=[event.pk]))


@require_POST
def event_contact_remove(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a contact off its event; the contact itself stays."""
    row = visible_or_404(request, EventContact, pk=pk)
    require(request, "delete", EventContact)
    address = reverse("events:event_contacts", args=[row.event_id])
    title = {"title": row.contact.title}
    label = _("“%(title)s” belongs to the event again.") % title
    rights = [("delete", EventContact)]
    with recording(user=request.user, label=label, rights=rights, back=address) as recorder:
        recorder.before_delete([row])
        row.delete()
    text = _("“%(title)s” no longer belongs to the event.") % title
    messages.success(request, text, extra_tags=recorder.address)
    return HttpResponseRedirect(address)
