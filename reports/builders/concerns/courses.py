"""The concerns of a period as courses from step to step, as far as the reader's role may count them."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, Min, OuterRef, Q
from django.utils import timezone

from actors.models import Actor, Topic
from actors.models.actor import ended_text
from contacts.concerns import ANSWERED, FORWARDED
from contacts.models import Concern, ConcernKind, ConcernStep
from reports.analysis.courses import Course
from reports.frames import load_terms
from reports.request import ReportRequest

NOT_FORWARDED, PERSONS = None, 0


def load_courses(request: ReportRequest) -> list[Course]:
    """Return what became of the concerns raised in the period, the oldest first.

    For readers from outside, concerns out of confidential contacts do not exist, and persons among those who
    were asked are one (`PERSONS`).
    """
    start, end = request.period.start, request.period.end
    rows = Concern.objects.order_by("raised_on", "pk")
    if start:
        rows = rows.filter(raised_on__gte=start)
    if end:
        rows = rows.filter(raised_on__lt=end)
    if not request.is_office:
        rows = rows.exclude(contact__is_confidential=True)
    named = Actor.objects.visible_to(request.viewer).filter(pk=OuterRef("forwarded_to"))
    firsts = _first_days()
    values = rows.annotate(is_named=Exists(named)).values_list(
        "pk", "raised_on", "kind__code", "topic__code", "forwarded_to", "status__is_open",
        "forwarded_on", "settled_on", "told_on", "is_named",
    )  # fmt: skip
    return [
        Course(
            raised_on=raised,
            kind=kind,
            topic=topic,
            department=department if is_named or department is None else PERSONS,
            is_open=is_open,
            to_forward=_days(raised, firsts.get((pk, FORWARDED), forwarded)),
            to_answer=_days(raised, firsts.get((pk, ANSWERED))),
            to_settle=None if is_open else _days(raised, settled),
            is_told=informed_on is not None,
        )
        for pk, raised, kind, topic, department, is_open, forwarded, settled, informed_on, is_named in values
    ]


def _first_days() -> dict[tuple[int, str], dt.date]:
    """Return on which day each concern was first forwarded and first answered."""
    steps = ConcernStep.objects.filter(Q(to_status__code=FORWARDED) | Q(to_status__code=ANSWERED)).order_by()
    first = steps.values_list("concern", "to_status__code").annotate(first=Min("at"))
    return {(concern, code): timezone.localdate(at) for concern, code, at in first}


def _days(raised: dt.date, then: dt.date | None) -> int | None:
    return None if then is None else max((then - raised).days, 0)


def term_labels() -> tuple[dict[str, str], dict[str, str]]:
    """Return the names of the kinds and of the topics."""
    return load_terms(ConcernKind), load_terms(Topic)


def department_names(*, on: dt.date) -> dict[int, tuple[str, str]]:
    """Return the names of those whom concerns were forwarded to, and the mark of those ended by a day."""
    departments = Actor.objects.filter(forwarded_concerns__isnull=False).order_by().distinct()
    rows = departments.values_list("pk", "name", "active_until")
    return {pk: (name, ended_text(until, on)) for pk, name, until in rows}
