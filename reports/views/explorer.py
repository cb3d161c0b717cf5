"""The network explorer: its page, and what the page asks for afterwards."""

from __future__ import annotations

import gzip

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from reports.analysis.ties import TIE_KINDS
from reports.builders.graph.data import graph_json
from reports.builders.graph.keys import new_key, read_key
from reports.builders.graph.view import load_view
from reports.forms import ExplorerForm
from reports.views.access import readers_only

# Below this size a reply is sent as it is.
COMPRESSED_FROM = 2_000


@readers_only
def network_explorer(request: HttpRequest) -> HttpResponse:
    """Show the page of the explorer; the graph comes as JSON."""
    return render(request, "reports/network_explorer.html")


@readers_only
def network_data(request: HttpRequest) -> HttpResponse:
    """Return the graph that the explorer draws: where nothing is asked, the whole time and all kinds."""
    form = ExplorerForm(request.GET)
    if not form.is_valid():
        return _refused(form)
    # A page that was left open over night gets a new key, and with it new pseudonyms.
    key = read_key(form.cleaned_data["key"], user=request.user) or new_key(request.user)
    view = load_view(user=request.user, query=form.query(kinds=TIE_KINDS), key=key.key)
    return _answer(request, graph_json(view, signed_key=key.signed))


def _refused(form: ExplorerForm) -> JsonResponse:
    return JsonResponse({"errors": form.errors}, status=400)


def _answer(request: HttpRequest, body: bytes) -> HttpResponse:
    """Return JSON, compressed where the browser takes it: nothing in it is chosen by strangers and secret."""
    response = HttpResponse(content_type="application/json")
    if len(body) >= COMPRESSED_FROM and "gzip" in request.headers.get("Accept-Encoding", ""):
        body = gzip.compress(body, compresslevel=4, mtime=0)
        response["Content-Encoding"] = "gzip"
    response.content = body
    response["Cache-Control"] = "private, no-store"
    response["Vary"] = "Accept-Encoding"
    return response
