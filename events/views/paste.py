"""Pasting a list of names into an event: paste, compare with the register, confirm."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from actors.models import Actor, ActorType
from core.roles import can
from core.stored_once import stored_once
from core.viewers import SignedInRequest
from events.forms.participants import PastedNameForm, PasteForm
from events.models import Event, Participation
from events.services.name_matching import MatchedName, MatchStatus, match_names
from events.services.name_tables import headings_of
from events.services.participants import add_participants
from events.views.access import require, visible_or_404
from events.views.participations import added_in_words, recording_participants

PASTE = "events/participants/paste.html"
REVIEW = "events/participants/review.html"


@require_http_methods(["GET", "POST"])
@stored_once
def participation_paste(request: SignedInRequest, pk: int) -> HttpResponse:
    """Record everybody on a pasted list; nothing is stored before the comparison was confirmed."""
    event = visible_or_404(request, Event, pk=pk)
    require(request, "add", Participation)
    form = PasteForm(request.POST or None, event=event, user=request.user)
    matches = _matches(form, event, request) if form.is_bound and form.is_valid() else []
    if not form.is_bound or form.errors or "_edit" in request.POST:
        status = 422 if form.errors else 200
        return render(request, PASTE, {"event": event, "form": form}, status=status)
    is_confirmed = "_confirm" in request.POST
    rows = _rows(matches, request, state=form.cleaned_data["state"], bound=is_confirmed)
    if is_confirmed and not _fits(rows):
        messages.warning(request, _("The register has changed meanwhile. Please look at the list again."))
        rows, is_confirmed = _rows(matches, request, state=form.cleaned_data["state"], bound=False), False
    if is_confirmed and all(row.is_valid() for row in rows):
        return _record(request, event, form, rows)
    return render(
        request, REVIEW, _review_context(event, form, rows, request), status=422 if is_confirmed else 200
    )


def _matches(form: PasteForm, event: Event, request: SignedInRequest) -> list[MatchedName]:
    matches = match_names(
        text=form.cleaned_data["text"],
        event=event,
        role=form.cleaned_data["role"],
        user=request.user,
        today=timezone.localdate(),
    )
    form.check_length(matches)
    return matches


def _rows(
    matches: list[MatchedName], request: SignedInRequest, *, state: str, bound: bool
) -> list[PastedNameForm]:
    types = list(ActorType.objects.in_use())
    rows = [
        PastedNameForm(
            request.POST if bound else None,
            prefix=f"row-{number}",
            match=match,
            types=types,
            state=state,
            user=request.user,
        )
        for number, match in enumerate(matches)
    ]
    for row in rows:
        row.newcomers = rows[0].newcomers
    return rows


def _fits(rows: list[PastedNameForm]) -> bool:
    """Tell whether the choices that were sent belong to these names, one by one."""
    return all(row.data.get(row.add_prefix("name")) == row.match.pasted.name for row in rows)


def _record(
    request: SignedInRequest, event: Event, form: PasteForm, rows: list[PastedNameForm]
) -> HttpResponse:
    with recording_participants(request) as recorder:
        new = [actor for row in rows for actor in row.add_newcomers()]
        recorder.created(new, keep_if_used=True)
        added = add_participants(
            event=event,
            entries=[entry for entry in (row.entry() for row in rows) if entry is not None],
            role=form.cleaned_data["role"],
            state=form.cleaned_data["state"],
            user=request.user,
            recorder=recorder,
        )
    added = replace(added, created=added.created + len(new))
    messages.success(request, added_in_words(added), extra_tags=recorder.address)
    return HttpResponseRedirect(event.get_absolute_url())


TAGS = {
    MatchStatus.MATCHED: "tag-ok",
    MatchStatus.AMBIGUOUS: "tag-warn",
    MatchStatus.NEW: "tag-info",
    MatchStatus.RECORDED: "tag-muted",
    MatchStatus.REPEATED: "tag-muted",
}


def _review_context(
    event: Event, form: PasteForm, rows: list[PastedNameForm], request: SignedInRequest
) -> dict[str, Any]:
    statuses = [row.match.status for row in rows]
    return {
        "event": event,
        "form": form,
        "rows": [(row, TAGS[MatchStatus(row.match.status)], _label(row.match)) for row in rows],
        "counts": [(s.label, TAGS[s], statuses.count(s)) for s in MatchStatus if s in statuses],
        "headings": headings_of(form.cleaned_data["text"]),
        "open_rows": sum(1 for row in rows if not row["choice"].value()),
        "may_create": can(request.user, "add", Actor),
        "has_errors": any(row.errors for row in rows if row.is_bound),
    }


def _label(match: MatchedName) -> str:
    """Return what became of a name; a near miss is called what it is."""
    if match.status == MatchStatus.NEW and match.candidates:
        return _("similar name found")
    return str(MatchStatus(match.status).label)
