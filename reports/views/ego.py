"""The network around one actor, as it stands on the page of the actor."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from actors.models import Actor
from core.viewers import SignedInRequest
from reports.builders.graph.ego import build_ego_map
from reports.request import ReportRequest
from reports.views.access import readers_only


@readers_only
def actor_network(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show whom an actor meets: a card of the actor's page, or a page of its own without scripts."""
    visible = Actor.objects.visible_to(request.user).select_related("actor_type")
    actor = get_object_or_404(visible, pk=pk)
    ego = build_ego_map(ReportRequest(request.user), actor)
    is_part = request.htmx and not request.htmx.boosted
    template = "reports/ego.html" if is_part else "reports/ego_page.html"
    return render(request, template, {"ego": ego, "actor": actor})
