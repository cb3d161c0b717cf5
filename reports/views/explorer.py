"""The network explorer: its page, and what the page asks for afterwards."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from core.exports import download
from core.roles import OFFICE_ROLES, REPORT_ROLES, role_of
from core.viewers import SignedInRequest
from reports.analysis.ties import TIE_KINDS
from reports.answers import json_answer
from reports.builders.graph.figures import build_figures
from reports.builders.graph.keys import new_key, read_key
from reports.builders.graph.payload import dump_json, graph_json
from reports.builders.graph.picture import build_picture
from reports.builders.graph.placements import arrange_anew
from reports.builders.graph.tie_records import UnknownActorError, build_tie
from reports.builders.graph.view import GraphView, load_view
from reports.builders.shared.digits import grouped
from reports.forms import ExplorerForm, PictureForm, TieForm
from reports.renderers.graph_formats import GRAPH_FORMATS
from reports.request import ReportRequest
from reports.views.access import readers_only


@readers_only
def network_explorer(request: SignedInRequest) -> HttpResponse:
    """Show the page of the explorer; the graph comes as JSON."""
    return render(request, "reports/network_explorer.html")


@readers_only
def network_data(request: SignedInRequest) -> HttpResponse:
    """Return the graph that the explorer draws: where nothing is asked, the whole time and all kinds."""
    form = ExplorerForm(request.GET)
    if not form.is_valid():
        return _refused(form)
    # A page that was left open over night gets a new key, and with it new pseudonyms.
    key = read_key(form.cleaned_data["key"], user=request.user) or new_key(request.user)
    view = load_view(ReportRequest(request.user, key=key.key), form.query(kinds=TIE_KINDS))
    return json_answer(request, graph_json(view, signed_key=key.signed))


@readers_only
def network_figures(request: SignedInRequest) -> HttpResponse:
    """Return the figures for what is shown, in the order of the nodes."""
    form = ExplorerForm(request.GET)
    view = _view(request, form)
    return json_answer(request, dump_json(build_figures(view))) if view else _refused(form)


@readers_only
def network_tie(request: SignedInRequest) -> HttpResponse:
    """Return the records behind one tie."""
    form = TieForm(request.GET)
    view = _view(request, form)
    if view is None:
        return _refused(form)
    ends = {"first": form.cleaned_data["a"], "second": form.cleaned_data["b"]}
    try:
        return json_answer(request, dump_json(build_tie(view, **ends)))
    except UnknownActorError:
        raise Http404 from None


@readers_only
def network_export(request: SignedInRequest, file_format: str) -> HttpResponse:
    """Return what the explorer shows as a file."""
    renderer = GRAPH_FORMATS.get(file_format)
    if renderer is None:
        raise Http404
    form = PictureForm(request.GET)
    view = _view(request, form)
    if view is None or not form.fits(file_format, view):
        return _refused(form)
    picture = build_picture(view, **form.looks)
    return download(
        renderer.render(picture),
        name=renderer.file_name(picture),
        suffix=renderer.suffix,
        content_type=renderer.content_type,
    )


@require_POST
def network_layout(request: SignedInRequest) -> HttpResponse:
    """Arrange the picture anew, for everybody."""
    role = role_of(request.user)
    if role not in REPORT_ROLES:
        raise Http404
    if role not in OFFICE_ROLES:
        raise PermissionDenied
    count = arrange_anew()
    text = ngettext("%(count)s actor has a new place.", "%(count)s actors have new places.", count)
    messages.success(request, text % {"count": grouped(count)})
    return redirect("reports:network_explorer")


def _view(request: SignedInRequest, form: ExplorerForm) -> GraphView | None:
    """Return what a valid form asks for; a key that does not hold is a mistake of the field."""
    key = form.read_key(request.user)
    return load_view(ReportRequest(request.user, key=key.key), form.query()) if key else None


def _refused(form: ExplorerForm) -> JsonResponse:
    return JsonResponse({"errors": form.errors}, status=400)
