"""Inviting a selection, a group or the result of a filter to a coming event."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from actors.models import Actor, ActorGroup, Consent
from core.filter_chips import filter_chips
from core.roles import can
from core.selection import Selection
from core.viewers import SignedInRequest
from events.filtersets import ActorActivityFilterSet
from events.forms.invitations import MOST_INVITED, InvitationForm, InvitedGroupForm, SendInvitationsForm
from events.models import Event, ParticipationRole, ParticipationState
from events.services.invitations import Invitees, invite, sort_invitees
from events.views.access import require

PAGE = "events/invite.html"
# Not part of the filter: what is asked on this page itself.
OWN = {"event", "role", "page", "sort", "per_page"}


@require_http_methods(["GET", "POST"])
def invite_actors(request: SignedInRequest) -> HttpResponse:
    """Show who would be invited to which event and who must be left out; invite when that is confirmed."""
    if not can(request.user, "view", ActorGroup):
        raise Http404
    # Who may not be invited is read off the consents, which only the office sees.
    if not can(request.user, "view", Consent):
        raise PermissionDenied
    require(request, "add", Event)
    if request.method == "POST":
        form = SendInvitationsForm(request.POST, user=request.user)
        if form.is_valid():
            return _send(request, form)
        context = _context(request, InvitationForm(request.POST, user=request.user))
        return render(request, PAGE, {**context, "wrong": form}, status=422)
    return render(request, PAGE, _context(request, _form_of_address(request)))


def _form_of_address(request: SignedInRequest) -> InvitationForm:
    """Return the form with the event and role asked for, else with the next event."""
    proposed = InvitationForm(user=request.user)
    events: Any = proposed.fields["event"]
    roles: Any = proposed.fields["role"]
    event_key = request.GET.get("event", "")
    event = (
        events.queryset.filter(pk=event_key).first()
        if event_key.isdecimal() and len(event_key) < 19
        else None
    )
    role = request.GET.get("role", "")
    data = {
        "event": getattr(event or events.queryset.first(), "pk", None),
        "role": role if role.isdecimal() and len(role) < 19 else getattr(roles.queryset.first(), "pk", None),
    }
    return InvitationForm(data, user=request.user)


def _context(request: SignedInRequest, form: InvitationForm) -> dict[str, Any]:
    form.is_valid()
    event: Event | None = form.cleaned_data.get("event")
    filterset = ActorActivityFilterSet(
        data=request.GET, request=request, queryset=Actor.objects.visible_to(request.user)
    )
    chips = filter_chips(filterset, query=request.GET)
    wrong = [error for errors in filterset.form.errors.values() for error in errors]
    actors = _recipients(filterset.qs) if chips and not wrong else []
    too_many = len(actors) > MOST_INVITED
    invitees = (
        Invitees((), (), ())
        if too_many
        else sort_invitees(event=event, actors=actors, today=timezone.localdate())
    )
    return {
        "form": form,
        "event": event,
        "has_events": form.fields["event"].queryset.exists(),  # type: ignore[attr-defined]
        "chips": chips,
        "wrong_filters": wrong,
        "kept": [
            (name, value) for name, values in request.GET.lists() if name not in OWN for value in values
        ],
        "too_many": MOST_INVITED if too_many else 0,
        "invitees": invitees,
        "selection": Selection(tuple(actor.pk for actor in invitees.invited)),
        "group_form": None if chips else InvitedGroupForm(user=request.user),
    }


def _recipients(rows: QuerySet) -> list[Actor]:
    needed = ("name", "kind", "sort_name", "active_until", "actor_type")
    return list(
        rows.only(*needed).select_related("actor_type").order_by("sort_name", "pk")[: MOST_INVITED + 1]
    )


def _send(request: SignedInRequest, form: SendInvitationsForm) -> HttpResponse:
    event: Event = form.cleaned_data["event"]
    role: ParticipationRole = form.cleaned_data["role"]
    chosen = Actor.objects.visible_to(request.user).filter(pk__in=form.cleaned_data["ids"].ids)
    invitees = invite(event=event, actors=chosen, role=role, user=request.user, today=timezone.localdate())
    _say(request, invitees)
    return HttpResponseRedirect(f"{event.get_absolute_url()}?state={ParticipationState.INVITED}")


def _say(request: SignedInRequest, invitees: Invitees) -> None:
    number = len(invitees.invited)
    text = ngettext("%(n)s actor invited.", "%(n)s actors invited.", number) % {"n": number}
    messages.success(request, text if number else _("Nobody was invited."))
    if invitees.refused:
        left = ", ".join(f"{one.actor.name} ({one.reason})" for one in invitees.refused[:5])
        messages.warning(request, _("Left out: %(names)s") % {"names": left})
