"""Pages of reports and of the network explorer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from crm.common.exports import download
from crm.common.roles import REPORT_ROLES, role_of
from crm.common.spreadsheets import XLSX_TYPE
from reports.builders.graph import build_graph
from reports.forms import PeriodForm
from reports.kinds import KINDS, RECORDS, ReportKind, fresh_key
from reports.renderers.html import render_html
from reports.renderers.json import render_json
from reports.renderers.xlsx import render_xlsx
from reports.report import Report


@dataclass(frozen=True)
class Choice:
    """A report on offer, with its empty form."""

    kind: str
    title: Any
    text: Any
    url: str
    form: PeriodForm


def readers_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let in the roles that read reports; for others the page does not exist."""

    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if role_of(request.user) not in REPORT_ROLES:
            raise Http404
        return view(request, *args, **kwargs)

    return require_safe(guarded)


@readers_only
def report_list(request: HttpRequest) -> HttpResponse:
    """Show the reports on offer."""
    choices = [
        Choice(
            kind.code,
            kind.title,
            kind.text,
            reverse(f"reports:{kind.code}_report"),
            kind.form(auto_id=f"{kind.code}_%s"),
        )
        for kind in KINDS.values()
    ]
    return render(request, "reports/report_list.html", {"choices": choices})


@readers_only
def network_report(request: HttpRequest) -> HttpResponse:
    """Show who is connected to whom."""
    return _report_page(request, KINDS["network"])


@readers_only
def continuity_report(request: HttpRequest) -> HttpResponse:
    """Show what survives when the office and its funding end."""
    return _report_page(request, KINDS["continuity"])


@readers_only
def activity_report(request: HttpRequest) -> HttpResponse:
    """Show what took place and who came."""
    return _report_page(request, KINDS["activity"])


@readers_only
def records(request: HttpRequest) -> HttpResponse:
    """Show the records behind a figure of a report."""
    return _report_page(request, RECORDS)


def _report_page(request: HttpRequest, kind: ReportKind) -> HttpResponse:
    form = kind.form(request.GET)
    if not form.is_valid():
        return render(request, "reports/report_form.html", {"form": form, "title": kind.title}, status=422)
    report = kind.build(user=request.user, form=form, key=fresh_key())
    wanted = request.GET.get("format")
    if wanted == "xlsx":
        base_url = request.build_absolute_uri("/").rstrip("/")
        return _file(report, render_xlsx(report, base_url=base_url), "xlsx", XLSX_TYPE)
    if wanted == "json":
        return _file(report, render_json(report), "json", "application/json")
    query = request.GET.copy()
    links = {}
    for name in ("xlsx", "json"):
        query["format"] = name
        links[f"{name}_url"] = f"{request.path}?{query.urlencode()}"
    return HttpResponse(render_html(report, request=request, context={"form": form, **links}))


def _file(report: Report, body: bytes, suffix: str, content_type: str) -> HttpResponse:
    return download(
        body,
        name=f"{report.title} {report.period} {report.data_date:%Y-%m-%d}",
        suffix=suffix,
        content_type=content_type,
    )


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
