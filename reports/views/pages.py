"""Pages of reports."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from core.exports import download
from core.viewers import SignedInRequest
from reports.forms import PeriodForm
from reports.frames import has_held_events
from reports.kinds import BY_SLUG, KINDS, RECORDS, ReportKind
from reports.renderers.files import FILE_FORMATS, FileFormat, file_name
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
def report_list(request: SignedInRequest) -> HttpResponse:
    """Show the reports on offer."""
    years = _recent_years()
    choices = [_choice(kind, years) for kind in KINDS.values() if kind.is_for(request.user)]
    return render(
        request, "reports/report_list.html", {"choices": choices, "file_formats": FILE_FORMATS.values()}
    )


def _recent_years() -> dict[str, int]:
    """Return the years that reports are offered for: this one and the two before, if anything was held then.

    Of older registers the whole time is offered: no report shall be empty at first sight.
    """
    today = timezone.localdate()
    first = today.year - 2
    return (
        {"from_year": first, "until_year": today.year} if has_held_events(dt.date(first, 1, 1), today) else {}
    )


def _choice(kind: ReportKind, years: dict[str, int]) -> Choice:
    form = kind.form(auto_id=f"{kind.code}_%s", initial=years)
    parameters = {name: year for name, year in years.items() if name in form.fields}
    address = reverse("reports:report", args=[kind.slug])
    url = f"{address}?{urlencode(parameters)}" if parameters else address
    return Choice(kind.code, kind.title, kind.text, url, form)


@readers_only
def report(request: SignedInRequest, kind: str) -> HttpResponse:
    """Show a report of one kind; one that asks about whom it is first asks where nothing is said yet."""
    report_kind = BY_SLUG.get(kind)
    if report_kind is None:
        raise Http404
    if report_kind.asks_first and not request.GET and report_kind.is_for(request.user):
        return render(
            request, "reports/report_form.html", {"form": report_kind.form(), "title": report_kind.title}
        )
    return _report_page(request, report_kind)


@readers_only
def records(request: SignedInRequest) -> HttpResponse:
    """Show the records behind a figure of a report."""
    return _report_page(request, RECORDS)


def _report_page(request: SignedInRequest, kind: ReportKind) -> HttpResponse:
    if not kind.is_for(request.user):
        raise Http404
    form = kind.form(request.GET)
    if not form.is_valid():
        return render(request, "reports/report_form.html", {"form": form, "title": kind.title}, status=422)
    built = kind.build(viewer=request.user, form=form)
    file_format = FILE_FORMATS.get(request.GET.get("format", ""))
    if file_format is not None:
        body = file_format.render(built, request.build_absolute_uri("/").rstrip("/"))
        return download(
            body, name=file_name(built), suffix=file_format.suffix, content_type=file_format.content_type
        )
    context = {"form": form, "downloads": _downloads(request), "may_save": kind.code in KINDS}
    return HttpResponse(render_html(built, request=request, context=context))


def _downloads(request: SignedInRequest) -> list[tuple[FileFormat, str]]:
    """Return the formats on offer, each with its address."""
    query = request.GET.copy()
    links = []
    for file_format in FILE_FORMATS.values():
        query["format"] = file_format.suffix
        links.append((file_format, f"{request.path}?{query.urlencode()}"))
    return links
