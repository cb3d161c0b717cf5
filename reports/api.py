"""Reports and the graph of the explorer over the REST API: builders, rights, pseudonyms as on the pages."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, ClassVar

from django.http import HttpResponse
from django.urls import path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response

from core.api_schema import Schema
from core.api_strictness import StrictView
from core.exports import download
from core.roles import REPORT_ROLES, role_of
from reports.analysis.ties import TIE_KINDS
from reports.answers import json_answer
from reports.builders.graph.figures import build_figures
from reports.builders.graph.keys import new_key, read_key
from reports.builders.graph.payload import dump_json, graph_json
from reports.builders.graph.picture import build_picture
from reports.builders.graph.tie_records import UnknownActorError, build_tie
from reports.builders.graph.view import GraphView, load_view
from reports.forms import ExplorerForm, PeriodForm, PictureForm, TieForm
from reports.kinds import KINDS, ReportKind
from reports.renderers.files import FILE_FORMATS, file_name
from reports.renderers.graph_formats import GRAPH_FORMATS
from reports.renderers.json import report_data
from reports.request import ReportRequest

PERIOD = [
    OpenApiParameter("from_year", int, description="First calendar year; open when left out."),
    OpenApiParameter("until_year", int, description="Last calendar year, included; open when left out."),
]
PROGRAMME_END = OpenApiParameter(
    "programme_end", OpenApiTypes.DATE, description="Last day of the funding (continuity report only)."
)


def _many(name: str, text: str) -> OpenApiParameter:
    return OpenApiParameter(name, str, many=True, description=f"{text} Repeat for several.")


GRAPH = [
    *PERIOD,
    _many("types", "Codes of event types."),
    _many("roles", "Codes of roles."),
    _many("topics", "Codes of topics of the events."),
    _many("kinds", "Kinds of ties, as the graph names them; none for no tie at all."),
    _many("sectors", "Codes of sectors."),
    OpenApiParameter("count_for", str, enum=["actor", "organisation"], description="For whom persons count."),
    OpenApiParameter("backbone", str, enum=["0.01", "0.05", "0.1"], description="Only ties beyond chance."),
    OpenApiParameter("minimum", float, description="Least strength of a tie."),
    OpenApiParameter("office", str, enum=["with", "without", "cancelled"], description="With the office?"),
    OpenApiParameter("without", str, description="Ids of nodes to leave out, separated by commas."),
    OpenApiParameter("isolates", str, enum=["show", "hide"], description="Actors without ties?"),
    OpenApiParameter("key", str, description="meta.key of the graph: keeps pseudonyms as they were."),
]
LOOKS = [
    OpenApiParameter("colour", str, enum=["sector", "community", "topic"], description="What colours show."),
    OpenApiParameter(
        "size", str, enum=["degree", "betweenness", "participations"], description="What sizes show."
    ),
]
PERSON = OpenApiParameter("person", int, description="Whose work (hand-over report only).")


class ReadsReports(BasePermission):
    """Management, staff and readers; to others the reports do not exist."""

    def has_permission(self, request: Request, view: Any) -> bool:
        return role_of(request.user) in REPORT_ROLES


def _valid(form: PeriodForm) -> PeriodForm:
    if not form.is_valid():
        raise ValidationError(form.errors)  # type: ignore[arg-type]
    return form


# What a kind of report is asked for beside, or instead of, its years.
PARAMETERS = {
    "network": [*GRAPH, *LOOKS],
    "continuity": [*PERIOD, PROGRAMME_END],
    "hand_over": [OpenApiParameter("person", int, required=True, description="Whose work.")],
}


class ReportSchema(Schema):
    """Tells of each kind of report its own parameters."""

    def get_override_parameters(self) -> list[Any]:
        view: Any = self.view
        return PARAMETERS.get(view.kind.code, PERIOD)

    def get_response_serializers(self) -> Any:
        return {200: OpenApiTypes.OBJECT}


class ReportView(StrictView):
    """One kind of report as JSON."""

    permission_classes = [ReadsReports]
    schema = ReportSchema()
    kind: ReportKind = KINDS["network"]

    def known_parameters(self, request: Request) -> Collection[str]:
        return self.kind.form.base_fields

    def get(self, request: Request) -> Response:
        """Build the report that is asked for; return it with its tables, figures, notes and definitions."""
        if not self.kind.is_for(request.user):
            raise NotFound
        form = _valid(self.kind.form(request.query_params))
        return Response(report_data(self.kind.build(viewer=request.user, form=form)))


class ReportFileView(StrictView):
    """One kind of report as a file."""

    permission_classes = [ReadsReports]

    def known_parameters(self, request: Request) -> Collection[str]:
        kind = KINDS.get(self.kwargs["kind"])
        return kind.form.base_fields if kind else request.query_params

    @extend_schema(
        parameters=[
            OpenApiParameter("kind", str, OpenApiParameter.PATH, enum=list(KINDS)),
            OpenApiParameter("file_format", str, OpenApiParameter.PATH, enum=list(FILE_FORMATS)),
            *GRAPH,
            *LOOKS,
            PROGRAMME_END,
            PERSON,
        ],
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, kind: str, file_format: str) -> HttpResponse:
        """Build the report for the period and return it for Excel, Word, print or programs."""
        renderer, report_kind = FILE_FORMATS.get(file_format), KINDS.get(kind)
        if renderer is None or report_kind is None or not report_kind.is_for(request.user):
            raise NotFound
        report = report_kind.build(viewer=request.user, form=_valid(report_kind.form(request.query_params)))
        body = renderer.render(report, request.build_absolute_uri("/").rstrip("/"))
        return download(body, name=file_name(report), suffix=file_format, content_type=renderer.content_type)


ENDS = [
    OpenApiParameter("a", int, required=True, description="Id of one node."),
    OpenApiParameter("b", int, required=True, description="Id of the other node."),
]


class GraphDataView(StrictView):
    """The network with positions, as the explorer draws it."""

    permission_classes = [ReadsReports]
    parameters: ClassVar = tuple(ExplorerForm.base_fields)

    @extend_schema(parameters=GRAPH, responses={200: OpenApiTypes.OBJECT})
    def get(self, request: Request) -> HttpResponse:
        """Return nodes with positions, and ties with the parts they are made of."""
        form = ExplorerForm(request.query_params)
        _valid(form)
        key = read_key(form.cleaned_data["key"], user=request.user) or new_key(request.user)
        view = load_view(ReportRequest(request.user, key=key.key), form.query(kinds=TIE_KINDS))
        return json_answer(request, graph_json(view, signed_key=key.signed))


class GraphFiguresView(StrictView):
    """The figures of the network, as the explorer shows them."""

    permission_classes = [ReadsReports]
    parameters: ClassVar = tuple(ExplorerForm.base_fields)

    @extend_schema(parameters=GRAPH, responses={200: OpenApiTypes.OBJECT})
    def get(self, request: Request) -> HttpResponse:
        """Return the figures of every node, in the order of the graph's nodes."""
        return json_answer(
            request, dump_json(build_figures(_view(request, ExplorerForm(request.query_params))))
        )


class GraphTieView(StrictView):
    """The records behind a tie."""

    permission_classes = [ReadsReports]
    parameters: ClassVar = tuple(TieForm.base_fields)

    @extend_schema(parameters=[*ENDS, *GRAPH], responses={200: OpenApiTypes.OBJECT})
    def get(self, request: Request) -> HttpResponse:
        """Return the records that two nodes share, as far as the user may see them."""
        form = TieForm(request.query_params)
        view = _view(request, form)
        try:
            tie = build_tie(view, first=form.cleaned_data["a"], second=form.cleaned_data["b"])
        except UnknownActorError:
            raise NotFound from None
        return json_answer(request, dump_json(tie))


class GraphExportView(StrictView):
    """The network as a file."""

    permission_classes = [ReadsReports]
    parameters: ClassVar = tuple(PictureForm.base_fields)

    @extend_schema(
        parameters=[
            OpenApiParameter("file_format", str, OpenApiParameter.PATH, enum=list(GRAPH_FORMATS)),
            *GRAPH,
            *LOOKS,
        ],
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, file_format: str) -> HttpResponse:
        """Return the network in the format of another program, as a table, or as a picture."""
        renderer = GRAPH_FORMATS.get(file_format)
        if renderer is None:
            raise NotFound
        form = PictureForm(request.query_params)
        view = _view(request, form)
        if not form.fits(file_format, view):
            raise ValidationError(form.errors)  # type: ignore[arg-type]
        picture = build_picture(view, **form.looks)
        return download(
            renderer.render(picture),
            name=renderer.file_name(picture),
            suffix=renderer.suffix,
            content_type=renderer.content_type,
        )


def _view(request: Request, form: ExplorerForm) -> GraphView:
    key = form.read_key(request.user)
    if key is None:
        raise ValidationError(form.errors)  # type: ignore[arg-type]
    return load_view(ReportRequest(request.user, key=key.key), form.query())


urlpatterns = [
    path("network/graph/", GraphDataView.as_view(), name="network-graph"),
    path("network/graph/figures/", GraphFiguresView.as_view(), name="network-figures"),
    path("network/graph/export/<str:file_format>/", GraphExportView.as_view(), name="network-export"),
    path("network/graph/tie/", GraphTieView.as_view(), name="network-tie"),
    *(
        path(f"{kind.slug}/", ReportView.as_view(kind=kind), name=f"{kind.slug}-report")
        for kind in KINDS.values()
    ),
    path("<str:kind>/files/<str:file_format>/", ReportFileView.as_view(), name="report-file"),
]
