"""The activity report: what took place, who came, and what was achieved.

Visits, distinct persons and engaged people are three different figures and are never added together. The
attendance of one event is the larger of its named participants and its headcount.
"""

from __future__ import annotations

from collections import Counter

from django.utils.translation import gettext as _

from events.models import Event, EventQuerySet
from reports.builders.activity.measures import measures_section
from reports.builders.activity.visit_counts import VisitCounts
from reports.builders.activity.years import counted_events, overview_section
from reports.builders.shared.data_basis import data_notes
from reports.builders.shared.headcounts import headcount_section
from reports.builders.shared.links import Links, opened
from reports.report import Cell, Column, Definition, Report, Section, Table
from reports.request import ReportRequest


def build_activity_report(request: ReportRequest) -> Report:
    """Return the activity report.

    Readers from outside are not told counts of persons below five, nor what would give them away.
    """
    period, is_outside, today = request.period, request.is_outside, request.today
    events = Event.objects.visible_to(request.viewer).between(period.start, period.end)
    links = Links(period)
    visits = VisitCounts(events, is_outside=is_outside)
    until = period.last_begun_year(today)
    sections = [
        overview_section(events, links, visits, until=until, today=today, is_outside=is_outside),
        _types(events, links, visits),
        headcount_section(events, links, is_outside=is_outside),
    ]
    measures = measures_section(request, events, visits)
    if measures is not None:
        sections.append(measures)
    listed = _event_rows(events, visits)
    if listed:
        sections.append(_list_of_events(listed))
    return Report(
        kind="activity",
        key=request.key,
        title=_("Activity report"),
        period=period.label,
        author=str(request.viewer),
        created=request.now,
        data_date=today,
        parameters=((_("Statuses counted"), _("held; cancelled and postponed ones apart")),),
        sections=tuple(sections),
        definitions=(*_definitions(), *(() if request.is_office else (_not_told(),))),
        notes=data_notes(request),
    )


def _types(events: EventQuerySet, links: Links, visits: VisitCounts) -> Section:
    held: Counter[str] = Counter()
    labels: dict[str, str] = {}
    for event in events.held().select_related("event_type").order_by("event_type__position"):
        code = event.event_type.code
        labels[code] = event.event_type.label
        held[code] += 1
    rows = tuple(
        (
            Cell(label),
            Cell(held[code], links.held_events(event_type=code)),
            opened(visits.cell(("type", code)), links.records("visits", f":{code}")),
            opened(visits.mean(("type", code)), links.records("visits", f":{code}")),
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
        "types",
        _("Held events by type"),
        columns,
        rows,
        footnote=visits.footnote,
        empty_text=_("No event was held in this period."),
    )
    return Section("types", _("Types of events"), (table,))


def _event_rows(events: EventQuerySet, visits: VisitCounts) -> tuple[tuple[Cell, ...], ...]:
    return tuple(_event_row(event, visits) for event in counted_events(events))


def _list_of_events(rows: tuple[tuple[Cell, ...], ...]) -> Section:
    columns = (
        Column("day", _("Day"), "date"),
        Column("title", _("Event")),
        Column("type", _("Type")),
        Column("series", _("Format")),
        Column("status", _("Status")),
        Column("attendance", _("Attendance"), "integer"),
        Column("basis", _("Figure used")),
    )
    table = Table("events", _("Held, cancelled and postponed events of the period"), columns, rows)
    return Section("events", _("List of events"), (table,))


def _event_row(event: Event, visits: VisitCounts) -> tuple[Cell, ...]:
    attendance = event.attendance
    return (
        Cell(event.start_date, note="" if event.start_date else _("without date")),
        Cell(event.title, event.get_absolute_url()),
        Cell(event.event_type.label),
        Cell(event.series.name if event.series else None),
        Cell(str(event.get_status_display())),
        visits.of_event(event.pk, event.get_absolute_url())
        if event.counts and attendance.total
        else Cell(None),
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
                "Those of them who did more than attend: organised, had a stall, performed, helped, chaired "
                "or took minutes."
            ),
        ),
        Definition(
            _("Volunteer hours"),
            _("The hours recorded with those who took part by name in held events, added up."),
        ),
        Definition(
            _("Reached"),
            _(
                "Actual ÷ target; where less is better, target ÷ actual, so that 100 % is the target in both "
                "cases. The actual number is the one that was typed; beside it stands what the held events "
                "of the measure in this period say, where that can be counted."
            ),
        ),
    )


def _not_told() -> Definition:
    return Definition(
        _("Not told"),
        _(
            "“<5” stands for one to four people; “•” is left out so that such a number cannot be "
            "worked out from the rest of this report."
        ),
    )
