"""Logged contacts that belong to an event. Contacts do not know events; the tie is made from here."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from actors.models import Actor
from crm.common.roles import can
from events.forms import EventContactForm, unassigned_contacts
from events.models import Event, EventContact
from events.views.access import require, visible_or_404

MOST_OPTIONS = 20


@require_GET
def contact_options(request: HttpRequest) -> JsonResponse:
    """Return the contacts that belong to no event yet and whose subject, note or actors hold ``q``."""
    if not can(request.user, "add", EventContact):
        raise Http404
    text = request.GET.get("q", "").strip()[:200]
    actors = Actor.objects.visible_to(request.user).matching(text)
    found = (
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
                for contact in (found[:MOST_OPTIONS] if text else ())
            ]
        }
    )


@require_POST
def event_contact_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a contact belongs to the event."""
    event = visible_or_404(request, Event, pk=pk)
    require(request, "add", EventContact)
    form = EventContactForm(request.POST, user=request.user)
    if form.is_valid():
        EventContact.objects.create(event=event, contact=form.cleaned_data["contact"])
    else:
        messages.error(request, _("Choose a contact that does not belong to an event yet."))
    return HttpResponseRedirect(reverse("events:event_contacts", args=[event.pk]))


@require_POST
def event_contact_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a contact off its event; the contact itself stays."""
    row = visible_or_404(request, EventContact, pk=pk)
    require(request, "delete", EventContact)
    row.delete()
    return HttpResponseRedirect(reverse("events:event_contacts", args=[row.event_id]))
