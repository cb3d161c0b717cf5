"""Reports and the graph of the explorer over the REST API: builders, rights, pseudonyms as on the pages."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from crm.common.exports import download
from crm.common.roles import REPORT_ROLES, role_of
from reports.analysis.ties import TIE_KINDS
from reports.answers import json_answer
from reports.builders.graph.data import dump_json, graph_json
from reports.builders.graph.figures import build_figures
from reports.builders.graph.keys import new_key, read_key
from reports.builders.graph.picture import build_picture
from reports.builders.graph.view import GraphView, load_view
from reports.builders.tie_records import UnknownActorError, build_tie
from reports.forms import ExplorerForm, PeriodForm, PictureForm, TieForm
from reports.kinds import KINDS, fresh_key
from reports.renderers.files import FILE_FORMS, file_name
from reports.renderers.graph_formats import GRAPH_FORMATS
from reports.renderers.json import report_data

PERIOD = [
    OpenApiParameter("from_year", int, description="First calendar year; open when left out."),
    OpenApiParameter("until_year", int, description="Last calendar year, included; open when left out."),
]
PROGRAMME_END = OpenApiParameter(
    "programme_end", OpenApiTypes.DATE, description="Last day of the funding (continuity report only)."
)


class ReadsReports(BasePermission):
    """Management, staff and readers; to others the reports do not exist."""

    def has_permission(self, request: Request, view: Any) -> bool:
        return role_of(request.user) in REPORT_ROLES


def _valid(form: PeriodForm) -> PeriodForm:
    if not form.is_valid():
        raise ValidationError(form.errors)  # type: ignore[arg-type]
    return form


class ReportView(APIView):
    """One kind of report as JSON."""

    permission_classes = [ReadsReports]
    kind = "network"

    @extend_schema(parameters=[*PERIOD, PROGRAMME_END], responses={200: OpenApiTypes.OBJECT})
    def get(self, request: Request) -> Response:
        """Build the report for the period and return it with its tables, figures, notes and definitions."""
        kind = KINDS[self.kind]
        if role_of(request.user) not in kind.roles:
            raise NotFound
        report = kind.build(user=request.user, form=_valid(kind.form(request.query_params)), key=fresh_key())
        return Response(report_data(report))


class NetworkReportView(ReportView):
    """Who is connected to whom."""


class HandOverReportView(ReportView):
    """What a colleague has to know about somebody's actors; ``person`` is the key of the account."""

    kind = "hand_over"

    @extend_schema(
        parameters=[OpenApiParameter("person", int, required=True, description="Whose work.")],
        responses={200: OpenApiTypes.OBJECT},
    )
    def get(self, request: Request) -> Response:
        """Return the sheet as it is today."""
        return super().get(request)


class ContinuityReportView(ReportView):
    """What remains when the office and its funding end."""

    kind = "continuity"


class CoverageReportView(ReportView):
    """Who is missing."""

    kind = "coverage"


class ActivityReportView(ReportView):
    """What took place and who came."""

    kind = "activity"


class ConcernsReportView(ReportView):
    """How many concerns there were, and how long they took."""

    kind = "concerns"


class ReportFileView(APIView):
    """One kind of report as a file."""

    permission_classes = [ReadsReports]

    @extend_schema(
        parameters=[
            OpenApiParameter("kind", str, OpenApiParameter.PATH, enum=list(KINDS)),
            OpenApiParameter("form", str, OpenApiParameter.PATH, enum=list(FILE_FORMS)),
            *PERIOD,
            PROGRAMME_END,
        ],
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, kind: str, form: str) -> HttpResponse:
        """Build the report for the period and return it for Excel, Word, print or programs."""
        wanted, asked = FILE_FORMS.get(form), KINDS.get(kind)
        if wanted is None or asked is None or role_of(request.user) not in asked.roles:
            raise NotFound
        report = asked.build(
            user=request.user, form=_valid(asked.form(request.query_params)), key=fresh_key()
        )
        body = wanted.render(report, request.build_absolute_uri("/").rstrip("/"))
        return download(body, name=file_name(report), suffix=form, content_type=wanted.content_type)


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
    OpenApiParameter("key", str, description="meta.key of the graph: keeps pseudonyms as they were."),
]
ENDS = [
    OpenApiParameter("a", int, required=True, description="Id of one node."),
    OpenApiParameter("b", int, required=True, description="Id of the other node."),
]


class GraphDataView(APIView):
    """The network with positions, as the explorer draws it."""

    permission_classes = [ReadsReports]

    @extend_schema(parameters=GRAPH, responses={200: OpenApiTypes.OBJECT})
    def get(self, request: Request) -> HttpResponse:
        """Return nodes with positions, and ties with the parts they are made of."""
        form = ExplorerForm(request.query_params)
        _valid(form)
        key = read_key(form.cleaned_data["key"], user=request.user) or new_key(request.user)
        view = load_view(user=request.user, query=form.query(kinds=TIE_KINDS), key=key.key)
        return json_answer(request, graph_json(view, signed_key=key.signed))


class GraphFiguresView(APIView):
    """The figures of the network, as the explorer shows them."""

    permission_classes = [ReadsReports]

    @extend_schema(parameters=GRAPH, responses={200: OpenApiTypes.OBJECT})
    def get(self, request: Request) -> HttpResponse:
        """Return the figures of every node, in the order of the graph's nodes."""
        return json_answer(
            request, dump_json(build_figures(_view(request, ExplorerForm(request.query_params))))
        )


class GraphTieView(APIView):
    """The records behind a tie."""

    permission_classes = [ReadsReports]

    @extend_schema(parameters=[*ENDS, *GRAPH], responses={200: OpenApiTypes.OBJECT})
    def get(self, request: Request) -> HttpResponse:
        """Return the records that two nodes share, as far as the user may see them."""
        form = TieForm(request.query_params)
        view = _view(request, form)
        try:
            told = build_tie(view, first=form.cleaned_data["a"], second=form.cleaned_data["b"])
        except UnknownActorError:
            raise NotFound from None
        return json_answer(request, dump_json(told))


class GraphExportView(APIView):
    """The network as a file."""

    permission_classes = [ReadsReports]

    @extend_schema(
        parameters=[
            OpenApiParameter("form", str, OpenApiParameter.PATH, enum=list(GRAPH_FORMATS)),
            *GRAPH,
        ],
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, form: str) -> HttpResponse:
        """Return the network in the form of another program, as a table, or as a picture."""
        wanted = GRAPH_FORMATS.get(form)
        if wanted is None:
            raise NotFound
        asked = PictureForm(request.query_params)
        view = _view(request, asked)
        if not asked.fits(form, view):
            raise ValidationError(asked.errors)  # type: ignore[arg-type]
        picture = build_picture(view, **asked.looks)
        name = f"{picture.title} {picture.period} {picture.day:%Y-%m-%d}"
        body = wanted.render(picture)
        return download(body, name=name, suffix=wanted.suffix, content_type=wanted.content_type)


def _view(request: Request, form: ExplorerForm) -> GraphView:
    key = form.read_key(request.user)
    if key is None:
        raise ValidationError(form.errors)  # type: ignore[arg-type]
    return load_view(user=request.user, query=form.query(), key=key.key)


urlpatterns = [
    path("network/", NetworkReportView.as_view(), name="network-report"),
    path("network/graph/", GraphDataView.as_view(), name="network-graph"),
    path("network/graph/figures/", GraphFiguresView.as_view(), name="network-figures"),
    path("network/graph/export/<str:form>/", GraphExportView.as_view(), name="network-export"),
    path("network/graph/tie/", GraphTieView.as_view(), name="network-tie"),
    path("continuity/", ContinuityReportView.as_view(), name="continuity-report"),
    path("coverage/", CoverageReportView.as_view(), name="coverage-report"),
    path("activity/", ActivityReportView.as_view(), name="activity-report"),
    path("hand-over/", HandOverReportView.as_view(), name="hand-over-report"),
    path("concerns/", ConcernsReportView.as_view(), name="concerns-report"),
    path("<str:kind>/files/<str:form>/", ReportFileView.as_view(), name="report-file"),
]
