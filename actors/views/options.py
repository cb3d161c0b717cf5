"""Answers for fields that look actors up while one types."""

from __future__ import annotations

from django.http import Http404, HttpRequest, JsonResponse
from django.views.decorators.http import require_GET

from actors.models import Actor, ActorKind
from actors.names import find_actors
from crm.common.roles import can

KINDS = {
    "person": [ActorKind.PERSON],
    "organisation": [ActorKind.ORGANISATION],
    "body": [ActorKind.BODY],
    "collective": [ActorKind.ORGANISATION, ActorKind.BODY],
}
MOST_OPTIONS = 20
LONGEST_QUERY = 200


@require_GET
def actor_options(request: HttpRequest) -> JsonResponse:
    """Return the actors that the user sees and that ``q`` may mean, the likeliest first."""
    if not can(request.user, "view", Actor):
        raise Http404
    found = find_actors(
        text=request.GET.get("q", "")[:LONGEST_QUERY],
        user=request.user,
        details=can(request.user, "view_details", Actor),
        kinds=KINDS.get(request.GET.get("kind", "")),
        limit=MOST_OPTIONS,
    )
    return JsonResponse({"results": [option_of(actor) for actor in found]})


def option_of(actor: Actor) -> dict[str, object]:
    """Return what a field shows of one actor."""
    hint = " · ".join(part for part in (actor.actor_type.label, actor.district) if part)
    return {"id": actor.pk, "text": actor.name, "hint": hint, "sector": actor.sector}
