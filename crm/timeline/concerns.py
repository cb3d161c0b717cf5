"""Concerns: raised, each step, and when the resident was told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db.models import DateField, Q
from django.db.models.functions import TruncDate
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from contacts.models import Concern, ConcernStep
from core.roles import can
from core.viewers import Viewer
from crm.timeline.entries import Entry, beginning, joined
from crm.timeline.stream import Stream

STEP_ICONS = {
    "forwarded": "send",
    "answered": "message-reply",
    "done": "circle-check",
    "declined": "circle-x",
    "not_responsible": "circle-x",
}


def concerns(raised: Q, *, user: Viewer, steps: Q | None = None) -> list[Stream]:
    """Return the streams of the concerns that ``raised`` finds; none for those who may not see concerns.

    ``steps`` finds steps that belong here though their concerns do not: what was forwarded to an actor.
    """
    if not can(user, "view", Concern):
        return []
    rows = Concern.objects.visible_to(user).filter(raised)
    loaded = rows.select_related("kind", "raised_by", "topic")
    of_these = Q(concern__in=rows.order_by().values("pk"))
    taken = ConcernStep.objects.visible_to(user).filter(of_these if steps is None else of_these | steps)
    dated = taken.filter(from_status__isnull=False).annotate(day=TruncDate("at", output_field=DateField()))
    stepped = dated.select_related("concern", "from_status", "to_status", "by", "forwarded_to")
    resident_told = loaded.filter(told_on__isnull=False)
    return [
        Stream("concern", "concerns", loaded, "raised_on", _each(_raised), is_long=True),
        Stream("step", "concerns", stepped, "day", _each(_step)),
        Stream("told", "concerns", resident_told, "told_on", _each(_resident_told)),
    ]


def _each(describe: Callable[[Any], Entry]) -> Callable[[Iterable[Any]], Iterator[Entry]]:
    return lambda rows: (describe(row) for row in rows)


def _raised(concern: Concern) -> Entry:
    return Entry(
        date=concern.raised_on,
        title=_("Concern: %(text)s") % {"text": concern},
        icon="message-question",
        url=concern.get_absolute_url(),
        text=beginning(concern.text) if len(concern.text) > len(str(concern)) else "",
        meta=joined(
            concern.number,
            concern.kind.label,
            str(concern.raised_by or _("anonymous")),
            concern.topic.label if concern.topic else "",
        ),
        kind="concerns",
    )


def _step(step: Any) -> Entry:
    title = f"{step.from_status.label} → {step.to_status.label}"
    return Entry(
        date=step.day,
        title=f"{title}: {step.forwarded_to}" if step.forwarded_to else title,
        icon=STEP_ICONS.get(step.to_status.code, "progress"),
        url=step.concern.get_absolute_url(),
        text=joined(_answer_wanted(step), beginning(step.note)),
        meta=joined(
            _("Concern %(number)s") % {"number": step.concern.number},
            beginning(str(step.concern), longest=80),
            str(step.by),
        ),
        kind="concerns",
    )


def _which(concern: Concern) -> tuple[str, str]:
    return _("Concern %(number)s") % {"number": concern.number}, beginning(str(concern), longest=80)


def _answer_wanted(step: ConcernStep) -> str:
    if step.due is None:
        return ""
    return _("answer wanted by %(day)s") % {"day": date_format(step.due, "SHORT_DATE_FORMAT")}


def _resident_told(concern: Concern) -> Entry:
    return Entry(
        date=concern.told_on,
        title=_("Resident told"),
        icon="message-check",
        url=concern.get_absolute_url(),
        text=beginning(concern.answer),
        meta=joined(
            _("Concern %(number)s") % {"number": concern.number}, beginning(str(concern), longest=80)
        ),
        kind="concerns",
    )
