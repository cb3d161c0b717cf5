"""The records behind the activity report: visits, persons, hours and headcounts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from events.models import Event, EventQuerySet, Headcount, Participation, people_among
from reports.builders.activity.visit_counts import VisitCounts
from reports.builders.activity.years import WITHOUT_DAY
from reports.builders.records.listing import KEY, MOST_RECORDS, empty_text, footnote, listed, two_of
from reports.builders.shared.basis import Basis
from reports.report import Cell, Column, Table


def visits(basis: Basis, value: str) -> Table:
    """List the held events of a year or of a type with their attendance: ``2019``, ``:market``."""
    year, code = two_of(value)
    rows = _held(basis, year)
    if code:
        rows = rows.filter(event_type__code=code)
    events = list(rows.with_attendance().order_by("start_date", "pk"))
    counts = VisitCounts(rows, is_outside=basis.is_outside)
    columns = (
        Column("day", _("Day"), "date"),
        Column("event", _("Event")),
        Column("visits", _("Visits"), "integer"),
        Column("basis", _("Figure used")),
    )
    cells = tuple(
        (
            Cell(event.start_date),
            Cell(event.title, event.get_absolute_url()),
            counts.of_event(event.pk),
            Cell(str(event.attendance.basis.label)),
        )
        for event in events[:MOST_RECORDS]
    )
    return _table(_("Events"), columns, cells, given=len(events))


def persons(basis: Basis, value: str) -> Table:
    """List the natural persons who attended by name in a year, or at all."""
    return listed(basis, sorted(people_among(_attended(basis, value)).persons))


def engaged(basis: Basis, value: str) -> Table:
    """List those of them who did more than attend."""
    return listed(basis, sorted(people_among(_attended(basis, value)).engaged))


def hours(basis: Basis, value: str) -> Table:
    """List the volunteer hours of a year, or all: who gave how many at which event."""
    given = Participation.objects.counted().filter(event__in=_held(basis, value), volunteer_hours__gt=0)
    rows = list(
        given.order_by("event__start_date", "event", "pk").values_list(
            "event__start_date", "event__title", "event", "actor", "volunteer_hours"
        )
    )
    allowed = set(basis.may_be_listed({row[3] for row in rows}))
    columns = (
        Column("day", _("Day"), "date"),
        Column("event", _("Event")),
        Column("actor", _("Actor")),
        Column("hours", _("Volunteer hours"), "decimal", 1),
    )
    cells = tuple(
        (Cell(day), Cell(title, _event_url(event)), basis.actor(actor), Cell(number))
        for day, title, event, actor, number in rows
        if actor in allowed
    )
    return _table(_("Volunteer hours"), columns, cells[:MOST_RECORDS], allowed=len(cells), given=len(rows))


def headcounts(basis: Basis, value: str) -> Table:
    """List the counts of a group and a sex, of one of the two or of all: ``children:f``, ``:f``."""
    group, sex = two_of(value)
    counts: QuerySet = Headcount.objects.filter(event__in=_held(basis, ""), count__gt=0)
    for name, code in (("group", group), ("sex", sex)):
        if code:
            counts = counts.filter(**{name: code})
    rows = list(counts.select_related("event").order_by("event__start_date", "event", "pk"))
    columns = (
        Column("day", _("Day"), "date"),
        Column("event", _("Event")),
        Column("group", _("Age group")),
        Column("sex", _("Sex")),
        Column("count", _("People"), "integer"),
        Column("method", _("How counted")),
    )
    # Single counts of one event are as small as those that the report does not tell.
    listed_rows = [] if basis.is_outside else rows[:MOST_RECORDS]
    cells = tuple(
        (
            Cell(row.event.start_date),
            Cell(row.event.title, row.event.get_absolute_url()),
            Cell(str(row.get_group_display())),
            Cell(str(row.get_sex_display())),
            Cell(row.count),
            Cell(str(row.get_method_display())),
        )
        for row in listed_rows
    )
    return _table(
        _("Headcounts"), columns, cells, allowed=0 if basis.is_outside else len(rows), given=len(rows)
    )


def _held(basis: Basis, year: str) -> EventQuerySet:
    """Return the held events of the period: of one year, without a day, or all."""
    rows = Event.objects.visible_to(basis.request.viewer).between(basis.period.start, basis.period.end).held()
    if not year:
        return rows
    if year == WITHOUT_DAY:
        return rows.undated()
    if len(year) != 4 or not year.isdecimal() or not dt.MINYEAR <= int(year) < dt.MAXYEAR:
        return rows.none()
    return rows.between(dt.date(int(year), 1, 1), dt.date(int(year) + 1, 1, 1))


def _attended(basis: Basis, year: str) -> Iterable[tuple[int, bool, int | None, str]]:
    rows = Participation.objects.counted().filter(event__in=_held(basis, year)).order_by()
    for actor, kind, by, role in rows.values_list("actor", "actor__kind", "represented_by", "role__code"):
        yield actor, kind == "person", by, role


def _event_url(event: int) -> str:
    return Event(pk=event).get_absolute_url()


def _table(
    title: str,
    columns: tuple[Column, ...],
    cells: tuple[tuple[Cell, ...], ...],
    *,
    given: int,
    allowed: int | None = None,
) -> Table:
    visible = given if allowed is None else allowed
    note = footnote(listed=len(cells), allowed=visible, given=given)
    return Table(
        KEY,
        title,
        columns,
        cells,
        footnote=note if cells else "",
        empty_text=note if given else empty_text(),
    )
