"""The activity report: what took place, who came, and what was achieved.

Visits, distinct persons and engaged people are three different figures and are never added together. The
attendance of one event is the larger of its named participants and its headcount.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.common.roles import Role, role_of
from events.models import (
    Event,
    EventQuerySet,
    Measure,
)
from reports.builders.activity_years import counted_events, overview_section
from reports.builders.headcounts import headcount_section
from reports.builders.period import period_text
from reports.report import Cell, Column, Definition, Report, Section, Table


def build_activity_report(
    *, user: Any, start: dt.date | None, end: dt.date | None, now: dt.datetime, key: str
) -> Report:
    """Return the activity report of the half-open period from ``start`` to before ``end``.

    Readers from outside are not told counts of persons below five, nor what would give them away.
    """
    events = Event.objects.visible_to(user).between(start, end)
    is_outside = role_of(user) == Role.READER
    sections = [
        overview_section(events, is_outside=is_outside),
        _types(events),
        headcount_section(events, is_outside=is_outside),
    ]
    measures = _measures(user)
    if measures is not None:
        sections.append(measures)
    sections.append(_list_of_events(events))
    return Report(
        kind="activity",
        key=key,
        title=_("Activity report"),
        period=period_text(start, end),
        author=str(user),
        created=now,
        data_date=timezone.localdate(now),
        parameters=((_("Statuses counted"), _("held; cancelled and postponed ones apart")),),
        sections=tuple(sections),
        definitions=_definitions(),
    )


def _types(events: EventQuerySet) -> Section:
    held: Counter[str] = Counter()
    visits: Counter[str] = Counter()
    labels: dict[str, str] = {}
    for event in (
        events.held().with_attendance().select_related("event_type").order_by("event_type__position")
    ):
        code = event.event_type.code
        labels[code] = event.event_type.label
        held[code] += 1
        visits[code] += event.attendance.total
    rows = tuple(
        (
            Cell(label, f"{reverse('events:event_list')}?event_type={code}&status=held"),
            Cell(held[code]),
            Cell(visits[code]),
            Cell(visits[code] / held[code]),
        )
        for code, label in labels.items()
    )
    columns = (
        Column("type", _("Type of event")),
        Column("held", _("Held"), "integer"),
        Column("visits", _("Visits"), "integer"),
        Column("mean", _("Visits per event"), "decimal", 1),
    )
    table = Table(
        "types", _("Held events by type"), columns, rows, empty_text=_("No event was held in this period.")
    )
    return Section("types", _("Types of events"), (table,))


def _measures(user: Any) -> Section | None:
    measures = (
        Measure.objects.visible_to(user).prefetch_related("goals").select_related("carrier", "programme")
    )
    rows = [
        (
            Cell(measure.title),
            Cell(goal.goal),
            Cell(goal.indicator),
            Cell(goal.target),
            Cell(goal.actual),
            Cell(goal.actual / goal.target if goal.target and goal.actual is not None else None),
        )
        for measure in measures
        for goal in measure.goals.all()
    ]
    if not rows:
        return None
    columns = (
        Column("measure", _("Measure")),
        Column("goal", _("Goal")),
        Column("indicator", _("Indicator")),
        Column("target", _("Target"), "decimal", 0),
        Column("actual", _("Actual"), "decimal", 0),
        Column("reached", _("Reached"), "percent", 0),
    )
    return Section("measures", _("Measures and goals"), (Table("goals", _("Goals"), columns, tuple(rows)),))


def _list_of_events(events: EventQuerySet) -> Section:
    columns = (
        Column("day", _("Day"), "date"),
        Column("title", _("Event")),
        Column("type", _("Type")),
        Column("series", _("Series")),
        Column("status", _("Status")),
        Column("attendance", _("Attendance"), "integer"),
        Column("basis", _("Figure used")),
    )
    rows = tuple(_event_row(event) for event in counted_events(events))
    table = Table(
        "events", _("All events of the period"), columns, rows, empty_text=_("No events in this period.")
    )
    return Section("events", _("List of events"), (table,))


def _event_row(event: Event) -> tuple[Cell, ...]:
    attendance = event.attendance
    return (
        Cell(event.start_date, note="" if event.start_date else _("without date")),
        Cell(event.title, event.get_absolute_url()),
        Cell(event.event_type.label),
        Cell(event.series.name if event.series else None),
        Cell(str(event.get_status_display())),
        Cell(attendance.total if event.counts and attendance.total else None),
        Cell(str(attendance.basis.label) if event.counts else None),
    )


def _definitions() -> tuple[Definition, ...]:
    return (
        Definition(
            _("Visits"),
            _(
                "Sum of the attendance of all held events. The attendance of one event is the larger of its "
                "named participants (with the people they brought) and its headcount. Who comes twice counts "
                "twice."
            ),
        ),
        Definition(
            _("Distinct persons"),
            _("Natural persons known by name who attended at least one held event, each counted once."),
        ),
        Definition(
            _("Engaged people"),
            _(
                "Those of them who did more than attend: organised, helped, performed, chaired or "
                "took minutes."
            ),
        ),
        Definition(
            _("Not told"),
            _(
                "“<5” stands for one to four people; “•” is left out so that such a number cannot be "
                "worked out."
            ),
        ),
    )
