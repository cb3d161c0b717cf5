"""Answers for fields that look actors up while one types."""

from __future__ import annotations

from http import HTTPStatus

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from actors.forms.pickers import KINDS as KINDS_OF_A_FIELD
from actors.forms.pickers import new_rows, read_described
from actors.hints import hints_for
from actors.models import Actor, ActorKind
from actors.models.particulars import searched_particulars
from actors.names import find_actors
from core.filters import search_error
from core.roles import can
from core.viewers import SignedInRequest
from core.widgets import new_names

KINDS = {
    "person": [ActorKind.PERSON],
    "organisation": [ActorKind.ORGANISATION],
    "body": [ActorKind.BODY],
    "collective": [ActorKind.ORGANISATION, ActorKind.BODY],
}
MOST_OPTIONS = 20


@require_GET
def actor_options(request: SignedInRequest) -> JsonResponse:
    """Return the actors that the user sees and that ``q`` may mean, the likeliest first."""
    if not can(request.user, "view", Actor):
        raise Http404
    text = request.GET.get("q", "")
    error = search_error(text)
    if error is not None:
        return wrong_query(error)
    actors = find_actors(
        text=text,
        user=request.user,
        details=searched_particulars(request.user),
        kinds=KINDS.get(request.GET.get("kind", "")),
        limit=MOST_OPTIONS,
        with_namesakes=True,
    )
    hints = hints_for(actors, user=request.user)
    return JsonResponse({"results": [option_of(actor, hints[actor.pk]) for actor in actors]})


@require_POST
def new_actors(request: SignedInRequest) -> HttpResponse:
    """Ask for kind and type of the names that a field of the form being filled brings up anew."""
    if not can(request.user, "view", Actor):
        raise Http404
    if not can(request.user, "add", Actor):
        raise PermissionDenied
    field = request.headers.get("HX-Trigger-Name", "")
    sent = [value for name in ([field] if field else request.POST) for value in request.POST.getlist(name)]
    rows = new_rows(
        new_names(sent),
        described=read_described(request.POST),
        kinds=KINDS_OF_A_FIELD.get(request.GET.get("kind", ""), KINDS_OF_A_FIELD[""]),
        user=request.user,
    )
    return render(request, "actors/new_actor_rows.html", {"rows": rows, "prefix": field})


def wrong_query(error: ValidationError) -> JsonResponse:
    """Say to a field why there is nothing to choose from."""
    return JsonResponse({"results": [], "q": error.messages}, status=HTTPStatus.BAD_REQUEST)


def option_of(actor: Actor, hint: str) -> dict[str, object]:
    """Return what a field shows of one actor."""
    option: dict[str, object] = {
        "id": actor.pk,
        "text": actor.name,
        "hint": hint,
        "sector": actor.sector,
    }
    # What stays in the field once it is chosen, where the hint is gone.
    return {**option, "ended": actor.ended_text} if actor.ended_text else option
