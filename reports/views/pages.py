"""Pages of reports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from crm.common.exports import download
from crm.common.spreadsheets import XLSX_TYPE
from reports.forms import PeriodForm
from reports.kinds import KINDS, RECORDS, ReportKind, fresh_key
from reports.renderers.html import render_html
from reports.renderers.json import render_json
from reports.renderers.xlsx import render_xlsx
from reports.report import Report
from reports.views.access import readers_only


@dataclass(frozen=True)
class Choice:
    """A report on offer, with its empty form."""

    kind: str
    title: Any
    text: Any
    url: str
    form: PeriodForm


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
