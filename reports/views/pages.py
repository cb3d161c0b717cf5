"""Pages of reports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from crm.common.exports import download
from crm.common.roles import role_of
from reports.forms import PeriodForm
from reports.kinds import KINDS, RECORDS, ReportKind, fresh_key
from reports.renderers.files import FILE_FORMS, FileForm, file_name
from reports.renderers.html import render_html
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
        if role_of(request.user) in kind.roles
    ]
    return render(
        request, "reports/report_list.html", {"choices": choices, "file_forms": FILE_FORMS.values()}
    )


@readers_only
def network_report(request: HttpRequest) -> HttpResponse:
    """Show who is connected to whom."""
    return _report_page(request, KINDS["network"])


@readers_only
def continuity_report(request: HttpRequest) -> HttpResponse:
    """Show what survives when the office and its funding end."""
    return _report_page(request, KINDS["continuity"])


@readers_only
def coverage_report(request: HttpRequest) -> HttpResponse:
    """Show who is missing."""
    return _report_page(request, KINDS["coverage"])


@readers_only
def activity_report(request: HttpRequest) -> HttpResponse:
    """Show what took place and who came."""
    return _report_page(request, KINDS["activity"])


@readers_only
def hand_over_report(request: HttpRequest) -> HttpResponse:
    """Show what a colleague has to know about somebody's actors; without a colleague, ask about whom."""
    kind = KINDS["hand_over"]
    if not request.GET and role_of(request.user) in kind.roles:
        return render(request, "reports/report_form.html", {"form": kind.form(), "title": kind.title})
    return _report_page(request, KINDS["hand_over"])


@readers_only
def concerns_report(request: HttpRequest) -> HttpResponse:
    """Show how many concerns there were, and how long they took."""
    return _report_page(request, KINDS["concerns"])


@readers_only
def records(request: HttpRequest) -> HttpResponse:
    """Show the records behind a figure of a report."""
    return _report_page(request, RECORDS)


def _report_page(request: HttpRequest, kind: ReportKind) -> HttpResponse:
    if role_of(request.user) not in kind.roles:
        raise Http404
    form = kind.form(request.GET)
    if not form.is_valid():
        return render(request, "reports/report_form.html", {"form": form, "title": kind.title}, status=422)
    report = kind.build(user=request.user, form=form, key=fresh_key())
    wanted = FILE_FORMS.get(request.GET.get("format", ""))
    if wanted is not None:
        body = wanted.render(report, request.build_absolute_uri("/").rstrip("/"))
        return download(body, name=file_name(report), suffix=wanted.suffix, content_type=wanted.content_type)
    context = {"form": form, "downloads": _downloads(request), "may_save": kind.code in KINDS}
    return HttpResponse(render_html(report, request=request, context=context))


def _downloads(request: HttpRequest) -> list[tuple[FileForm, str]]:
    """Return the forms on offer, each with its address."""
    query = request.GET.copy()
    links = []
    for form in FILE_FORMS.values():
        query["format"] = form.suffix
        links.append((form, f"{request.path}?{query.urlencode()}"))
    return links
