"""The page of one day's consultation hour: who came, with and without a name, and what they brought."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import trigger_client_event

from contacts.models import Concern, Contact
from core.roles import can
from core.toasts import add_toast
from core.viewers import SignedIn, SignedInRequest
from events.forms.event import unassigned_contacts
from events.forms.hours import CountForm
from events.models import (
    AttendanceBasis,
    Event,
    EventConcern,
    EventContact,
    EventStatus,
    Headcount,
    HeadcountGroup,
    HeadcountSex,
)
from events.services.consultation import (
    CHANNEL,
    consultation_on,
    count_visitors,
    open_consultation,
    tie_contact,
)
from events.services.hours import office_days
from events.tables.cells import STATUS_TAGS, attendance_text
from events.views.access import require, visible_or_404

CALLED_OFF = (EventStatus.CANCELLED, EventStatus.POSTPONED)


@require_GET
def consultation_today(request: SignedInRequest) -> HttpResponse:
    """Lead to today's consultation hour: an address to keep on the phone's first page."""
    return redirect("events:consultation", day=timezone.localdate())


@require_GET
def consultation(request: SignedInRequest, day: dt.date) -> HttpResponse:
    """Show a day's consultation hour. Nothing is made by looking at it."""
    event = consultation_on(day)
    (office_day,) = office_days(day, day)
    context = {
        "day": day,
        "office_day": office_day,
        "event": event,
        "today": timezone.localdate(),
        "called_off": bool(event and event.status in CALLED_OFF),
        "status_tag": STATUS_TAGS[EventStatus(event.status)] if event else "",
        "may_count": may_count(request.user, event, day),
        "sees_counts": can(request.user, "view", Headcount),
        "may_log": can(request.user, "add", Contact),
        "may_record_concern": can(request.user, "add", Concern),
        "sexes": [HeadcountSex.choices[-1], *HeadcountSex.choices[:-1]],
        **counted(event, user=request.user),
        **recorded(event, day, user=request.user),
    }
    return render(request, "events/consultation.html", context)


def may_count(user: SignedIn, event: Event | None, day: dt.date) -> bool:
    """Tell whether ``user`` may count who came: on the day or after it, and only at an event that is on."""
    if day > timezone.localdate() or (event and event.status in CALLED_OFF):
        return False
    return can(user, "change", Headcount) and (event is not None or can(user, "add", Event))


def counted(event: Event | None, *, user: SignedIn) -> dict[str, Any]:
    """Return how many came, by group, and the total by the rule that holds everywhere."""
    cells: dict[str, list[str]] = {}
    totals: dict[str, int] = {}
    for row in event.headcounts.order_by("sex") if event and can(user, "view", Headcount) else ():
        totals[row.group] = totals.get(row.group, 0) + row.count
        cells.setdefault(row.group, []).append(f"{row.count} {row.get_sex_display()}")
    attendance = event.attendance if event else None
    basis = attendance.basis if attendance else AttendanceBasis.NONE
    groups = [
        {
            "code": code,
            "label": str(label),
            "count": totals.get(code, 0),
            "detail": ", ".join(cells.get(code, ())),
        }
        for code, label in HeadcountGroup.choices
    ]
    return {
        "groups": groups,
        "total": attendance_text(attendance, user) if attendance else "–",
        "basis": "" if basis == AttendanceBasis.NONE else str(basis.label),
    }


def recorded(event: Event | None, day: dt.date, *, user: SignedIn) -> dict[str, Any]:
    """Return the contacts and concerns of the hour, and contacts of the day that seem to belong to it."""
    contacts = EventContact.objects.visible_to(user).filter(event=event, event__isnull=False)
    concerns = EventConcern.objects.visible_to(user).filter(event=event, event__isnull=False)
    loose = unassigned_contacts(user).filter(date=day, channel__code=CHANNEL)
    return {
        "contacts": [
            row.contact
            for row in contacts.select_related("contact__channel", "contact__staff").order_by("-pk")
        ],
        "concerns": [
            row.concern for row in concerns.select_related("concern__kind", "concern__status").order_by("-pk")
        ],
        "loose_contacts": loose if can(user, "add", EventContact) else [],
    }


@require_POST
def consultation_count(request: SignedInRequest, day: dt.date) -> HttpResponse:
    """Count one more, or one less. The first tap of a day makes its event."""
    visible_model(request)
    form = CountForm(request.POST)
    failure, event = "", None
    if form.is_valid():
        group, step = form.cleaned_data["tap"]
        event = consultation_on(day) or open_consultation(day=day, user=request.user)
        try:
            count_visitors(
                event=event, group=group, sex=form.cleaned_data["sex"], step=step, user=request.user
            )
        except ValidationError as error:
            failure = " ".join(error.messages)
    else:
        failure = _("That did not work. Please try again.")
    return answer(request, day, failure)


def visible_model(request: SignedInRequest) -> None:
    """Refuse readers, who do not know of counts, and whoever may not count."""
    if not can(request.user, "view", Headcount):
        visible_or_404(request, Headcount, pk=0)
    require(request, "change", Headcount)


def answer(request: SignedInRequest, day: dt.date, failure: str) -> HttpResponse:
    """Tell the numbers as they are now: to the script on the page, or by showing the page again."""
    if not request.htmx:
        if failure:
            messages.error(request, failure)
        return redirect("events:consultation", day=day)
    response = HttpResponse(status=204)
    if failure:
        add_toast(response, failure, level="error")
    return trigger_client_event(response, "counted", counted(consultation_on(day), user=request.user))


@require_POST
def consultation_tie(request: SignedInRequest, day: dt.date) -> HttpResponse:
    """Say that a logged contact was made in this consultation hour."""
    require(request, "add", EventContact)
    key = request.POST.get("contact", "")
    if not key.isdecimal() or len(key) > 18:
        messages.error(request, _("Choose a contact that does not belong to an event yet."))
        return redirect("events:consultation", day=day)
    contact = visible_or_404(request, Contact, pk=int(key))
    event = consultation_on(day) or open_consultation(day=day, user=request.user)
    try:
        tie_contact(event=event, contact=contact, user=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return HttpResponseRedirect(reverse("events:consultation", args=[day]))
