"""Who took part, row by row: presence, role, hours, people brought, who represented whom."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.stored_once import sent_key
from core.toasts import add_toast
from core.undoing import Recorder, recording
from core.viewers import SignedInRequest
from events.forms.participants import ParticipationForm, PickForm
from events.models import Event, Participation, ParticipationState
from events.services.participants import AddedParticipants, add_participants, mark_registered_present
from events.validators import NOT_YET_ATTENDED
from events.views.access import require, visible_or_404
from events.views.event_page import figures_of, participant_row
from events.views.event_tabs import participants_context

ROW = "events/participants/row.html"
LIST = "events/participants/list.html"


def _row_answer(request: SignedInRequest, record: Participation, *, previous: str = "") -> HttpResponse:
    """Answer with the row as it is now, and with the counts around it."""
    context = {
        **participants_context(record.event, request=request),
        "row": participant_row(record, user=request.user, previous=previous),
        "event": record.event,
        "figures": figures_of(record.event, user=request.user),
        "sees_names": True,
        "oob": True,
    }
    return render(request, ROW, context)


def _list_answer(
    request: SignedInRequest, event: Event, pick: PickForm, *, status: int = 200
) -> HttpResponse:
    """Answer with the whole list of participants."""
    context = {
        **participants_context(event, request=request),
        "event": event,
        "pick": pick,
        "figures": figures_of(event, user=request.user),
        "sees_names": True,
        "may_record": True,
        "oob": True,
    }
    return render(request, LIST, context, status=status)


def _participation(request: SignedInRequest, pk: int, action: str) -> Participation:
    record = visible_or_404(request, Participation, pk=pk)
    require(request, action, Participation)
    return record


@require_GET
def participation_row(request: SignedInRequest, pk: int) -> HttpResponse:
    """Return one row, such as after editing was called off."""
    return _row_answer(request, visible_or_404(request, Participation, pk=pk))


@require_POST
@transaction.atomic
def participation_toggle(request: SignedInRequest, pk: int) -> HttpResponse:
    """Note that somebody is there; pressed again, take it back to the state before."""
    seen = _participation(request, pk, "change")
    # Locked: whoever was taken off the list at this very moment is not on it, and nothing else happens.
    record = get_object_or_404(Participation.objects.select_for_update(), pk=seen.pk)
    if record.state == ParticipationState.ATTENDED:
        previous, record.state = "", _state_without(record.event, request.POST.get("previous", ""))
    else:
        if record.event.is_to_come:
            answer = _row_answer(request, record, previous=request.POST.get("previous", ""))
            answer.status_code = 422
            return add_toast(answer, str(NOT_YET_ATTENDED), level="error")
        previous, record.state = record.state, ParticipationState.ATTENDED
    record.save(update_fields=["state"])
    return _row_answer(request, record, previous=previous)


def _state_without(event: Event, previous: str) -> str:
    """Return the state of somebody who is not there (any more)."""
    if previous in ParticipationState.values and previous != ParticipationState.ATTENDED:
        return previous
    is_over = event.counts or (event.start_date is not None and event.start_date < timezone.localdate())
    return ParticipationState.ABSENT if is_over else ParticipationState.REGISTERED


@require_http_methods(["GET", "POST"])
def participation_update(request: SignedInRequest, pk: int) -> HttpResponse:
    """Edit one participation in its row."""
    record = _participation(request, pk, "change")
    form = ParticipationForm(request.POST or None, instance=record, user=request.user, prefix=f"p{pk}")
    if request.method == "POST" and form.is_valid():
        form.save()
        return _row_answer(request, visible_or_404(request, Participation, pk=pk))
    status = 422 if form.is_bound else 200
    record = visible_or_404(request, Participation, pk=pk)
    return render(request, "events/participants/edit.html", {"form": form, "record": record}, status=status)


@require_POST
def participation_delete(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take somebody off the list."""
    record = _participation(request, pk, "delete")
    event, name = record.event, {"name": str(record.actor)}
    label = _("%(name)s is on the list again.") % name
    with recording(user=request.user, label=label, rights=[("delete", Participation)]) as recorder:
        recorder.before_delete([record])
        record.delete()
    answer = _list_answer(request, event, PickForm(event=event, user=request.user))
    return add_toast(answer, _("%(name)s was taken off the list.") % name, undo_url=recorder.address)


@require_POST
def participation_add(request: SignedInRequest, pk: int) -> HttpResponse:
    """Record actors that were picked from the register."""
    event = visible_or_404(request, Event, pk=pk)
    require(request, "add", Participation)
    form = PickForm(request.POST, event=event, user=request.user)
    if not form.is_valid():
        return _list_answer(request, event, form, status=422)
    with recording_participants(request) as recorder:
        new = form.add_newcomers()
        recorder.created(new, keep_if_used=True)
        added = add_participants(
            event=event,
            entries=form.entries(),
            role=form.cleaned_data["role"],
            state=form.cleaned_data["state"],
            user=request.user,
            recorder=recorder,
        )
    added = replace(added, created=added.created + len(new))
    kept: dict[str, Any] = {"role": form.cleaned_data["role"], "state": form.cleaned_data["state"]}
    answer = _list_answer(request, event, PickForm(event=event, user=request.user, initial=kept))
    return add_toast(answer, added_in_words(added), undo_url=recorder.address)


def recording_participants(request: SignedInRequest) -> AbstractContextManager[Recorder]:
    """Record participants so that it can be taken back, with who came into the register by it."""
    label = _("Undone: the list is as it was before.")
    rights = [("add", Participation)]
    return recording(user=request.user, label=label, rights=rights, draft_key=sent_key(request))


def added_in_words(added: AddedParticipants) -> str:
    """Return what became of a list in a sentence or two."""
    parts = [
        (added.added, ngettext("%(n)s participant recorded.", "%(n)s participants recorded.", added.added)),
        (added.created, ngettext("%(n)s new actor added.", "%(n)s new actors added.", added.created)),
        (added.changed, ngettext("%(n)s state changed.", "%(n)s states changed.", added.changed)),
        (
            added.unchanged,
            ngettext("%(n)s was recorded already.", "%(n)s were recorded already.", added.unchanged),
        ),
    ]
    said = [text % {"n": number} for number, text in parts if number]
    return " ".join(said) or _("Nothing to record.")


@require_POST
def participations_present(request: SignedInRequest, pk: int) -> HttpResponse:
    """Note that everybody who registered was there."""
    event = visible_or_404(request, Event, pk=pk)
    require(request, "change", Participation)
    try:
        with recording_participants(request) as recorder:
            number = mark_registered_present(event=event, user=request.user, recorder=recorder)
    except ValidationError as error:
        return _refusal(request, event, " ".join(error.messages))
    text = ngettext("%(n)s marked as present.", "%(n)s marked as present.", number) % {"n": number}
    if not request.htmx:
        messages.success(request, text, extra_tags=recorder.address)
        return HttpResponseRedirect(event.get_absolute_url())
    answer = _list_answer(request, event, PickForm(event=event, user=request.user))
    return add_toast(answer, text, undo_url=recorder.address)


def _refusal(request: SignedInRequest, event: Event, reason: str) -> HttpResponse:
    if not request.htmx:
        messages.error(request, reason)
        return HttpResponseRedirect(event.get_absolute_url())
    answer = _list_answer(request, event, PickForm(event=event, user=request.user), status=422)
    return add_toast(answer, reason, level="error")
