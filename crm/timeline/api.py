"""Timelines over the REST API: the same entries, rights and cursor as on the pages."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, ClassVar

from django.http import QueryDict
from django.urls import path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from core.api_strictness import StrictView
from crm.timeline.forms import TimelineForm
from crm.timeline.stream import page_of
from crm.timeline.subjects import ACTOR, CONCERN, EVENT, KINDS, MEASURE, Subject
from crm.timeline.views import subject_or_404

PARAMETERS = [
    OpenApiParameter("kind", str, enum=list(KINDS), description="Only entries of this kind."),
    OpenApiParameter("year", int, description="Only entries of this year."),
    OpenApiParameter("since", OpenApiTypes.DATE, description="First day."),
    OpenApiParameter("until", OpenApiTypes.DATE, description="Last day, included."),
    OpenApiParameter("after", str, description="Where to go on, as the answer before says in next."),
]


class TimelineView(StrictView):
    """What happened to an actor, newest first; what has no day comes last."""

    permission_classes = [IsAuthenticated]
    parameters: ClassVar = tuple(TimelineForm.base_fields)
    subject: ClassVar[Subject] = ACTOR

    @extend_schema(parameters=PARAMETERS, responses={200: OpenApiTypes.OBJECT})
    def get(self, request: Request, pk: int) -> Response:
        """Return a page of entries as ``results``, and the address of the next one as ``next``."""
        record = subject_or_404(self.subject, user=request.user, pk=pk)
        form = TimelineForm(request.query_params)
        if not form.is_valid():
            raise ValidationError(form.errors)  # type: ignore[arg-type]
        kind = form.value_of("kind")
        streams = self.subject.streams(record, request.user)
        of_kind = [stream for stream in streams if kind in {None, stream.kind}]
        page = page_of(of_kind, window=form.window, after=form.value_of("after"))
        following = _address(request, after=str(page.next)) if page.next else None
        return Response({"next": following, "results": [asdict(entry) for entry in page.entries]})


class EventTimelineView(TimelineView):
    """What was logged about an event, decided at it, and brought to the office there."""

    subject = EVENT


class MeasureTimelineView(TimelineView):
    """The events of a measure and what was logged about them."""

    subject = MEASURE


class ConcernTimelineView(TimelineView):
    """Which way a concern took."""

    subject = CONCERN


def _address(request: Request, **changes: Any) -> str:
    query = QueryDict(mutable=True)
    query.update(request.query_params)
    for name, value in changes.items():
        query[name] = value
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")


urlpatterns = [
    path("actors/<int:pk>/timeline/", TimelineView.as_view(), name="actor-timeline"),
    path("events/<int:pk>/timeline/", EventTimelineView.as_view(), name="event-timeline"),
    path("measures/<int:pk>/timeline/", MeasureTimelineView.as_view(), name="measure-timeline"),
    path("concerns/<int:pk>/timeline/", ConcernTimelineView.as_view(), name="concern-timeline"),
]
