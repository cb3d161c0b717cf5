"""Timelines as parts of the pages of actors, events, measures and concerns, or as pages of their own."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from actors.models import Actor
from contacts.models import Contact
from core.models import Record
from core.roles import can
from core.viewers import SignedInRequest, Viewer
from crm.timeline.forms import TimelineForm
from crm.timeline.stream import Cursor, Stream, page_of, years_of
from crm.timeline.subjects import ACTOR, CONCERN, EVENT, MEASURE, Subject

FILTERS = ("kind", "year", "since", "until")


@require_GET
def actor_timeline(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show what happened to an actor."""
    return _timeline(request, ACTOR, pk)


@require_GET
def event_timeline(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show what was logged about an event."""
    return _timeline(request, EVENT, pk)


@require_GET
def measure_timeline(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show what happened in a measure."""
    return _timeline(request, MEASURE, pk)


@require_GET
def concern_timeline(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show which way a concern took."""
    return _timeline(request, CONCERN, pk)


def subject_or_404(subject: Subject, *, user: Viewer, pk: int) -> Record:
    """Return the record whose timeline is asked for, if ``user`` may see both."""
    if not can(user, "view", subject.needs or subject.model):
        raise Http404
    rows: Any = subject.model._default_manager.all()
    record: Record = get_object_or_404(rows.visible_to(user), pk=pk)
    return record


def _timeline(request: SignedInRequest, subject: Subject, pk: int) -> HttpResponse:
    record = subject_or_404(subject, user=request.user, pk=pk)
    streams = subject.streams(record, request.user)
    form = TimelineForm(request.GET)
    after, kind = form.value_of("after"), form.value_of("kind")
    of_kind = [stream for stream in streams if stream.kind == kind] if kind else streams
    page = page_of(of_kind, window=form.window, after=after)
    address = reverse(subject.address, args=[record.pk])
    context = {
        "record": record,
        "subject": subject,
        "address": address,
        "entries": page.entries,
        "more_url": f"{address}?{_query(form, page.next)}" if page.next else "",
        "after": after,
        "shown_year": after.day.year if after and after.day else "",
    }
    is_part = request.htmx and not request.htmx.boosted
    if is_part and after:
        return render(request, "timeline/entries.html", context)
    context |= _around(request, form, subject, streams)
    return render(request, "timeline/timeline.html" if is_part else "timeline/page.html", context)


def _around(
    request: SignedInRequest, form: TimelineForm, subject: Subject, streams: list[Stream]
) -> dict[str, Any]:
    """Return what stands around the entries: what can be chosen, and what was."""
    kinds = subject.kinds_of(streams)
    return {
        "kinds": kinds if len(kinds) > 1 else [],
        "years": years_of(streams),
        "chosen": {name: form.value_of(name) for name in FILTERS},
        "is_filtered": any(form.value_of(name) for name in FILTERS),
        "may_log_contact": subject.model is Actor and can(request.user, "add", Contact),
    }


def _query(form: TimelineForm, cursor: Cursor) -> str:
    """Return the question of the next page."""
    query = QueryDict(mutable=True)
    for name in FILTERS:
        if form.value_of(name):
            query[name] = str(form.value_of(name))
    query["after"] = str(cursor)
    return query.urlencode()
