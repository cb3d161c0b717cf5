"""The network explorer: its page, and the graph it draws."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from reports.builders.graph import build_graph
from reports.forms import PeriodForm
from reports.kinds import fresh_key
from reports.views.access import readers_only


@readers_only
def network_explorer(request: HttpRequest) -> HttpResponse:
    """Show the page of the explorer; the graph comes as JSON."""
    return render(request, "reports/network_explorer.html")


@readers_only
def network_data(request: HttpRequest) -> JsonResponse:
    """Return the graph that the explorer draws."""
    form = PeriodForm(request.GET)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=400)
    graph = build_graph(
        user=request.user,
        from_year=form.cleaned_data["from_year"],
        to_year=form.cleaned_data["until_year"],
        key=fresh_key(),
    )
    response = JsonResponse(graph)
    response["Cache-Control"] = "private, no-store"
    return response
