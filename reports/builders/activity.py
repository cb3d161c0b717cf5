"""The activity report: what took place, who came, and what was achieved.

Visits, distinct persons and engaged people are three different figures and are never added together. The
attendance of one event is the larger of its named participants and its headcount.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from actors.models import ActorKind
from crm.common.roles import Role, role_of
from events.models import (
    Event,
    EventQuerySet,
    EventStatus,
    Measure,
    Participation,
)
from reports.builders.headcounts import headcount_section, person_counts
from reports.builders.period import period_text
from reports.report import Cell, Column, Definition, Figure, Report, Section, Series, Table

ATTENDEE, FUNDER = "attendee", "funder"


@dataclass(frozen=True)
class _Year:
    """The figures of one year; ``label`` is the year, or says that the day is not known."""

    label: str
    year: int | None
    held: int
    cancelled: int
    postponed: int
    visits: int
    persons: frozenset[int]
    engaged: frozenset[int]
    hours: Decimal


def build_activity_report(
    *, user: Any, start: dt.date | None, end: dt.date | None, now: dt.datetime, key: str
) -> Report:
    """Return the activity report of the half-open period from ``start`` to before ``end``.

    Readers from outside are not told counts of persons below five, nor what would give them away.
    """
    events = Event.objects.visible_to(user).between(start, end)
    is_outside = role_of(user) == Role.READER
    years = _years(events)
    sections = [
        _overview(years, is_outside=is_outside),
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


def _years(events: EventQuerySet) -> list[_Year]:
    status: defaultdict[int | None, Counter[str]] = defaultdict(Counter)
    visits: Counter[int | None] = Counter()
    for event in _counted_events(events):
        year = event.start_date.year if event.start_date else None
        status[year][event.status] += 1
        if event.counts:
            visits[year] += event.attendance.total
    persons, engaged = _people(events)
    hours = _hours(events)
    years = sorted(status, key=lambda year: (year is None, year or 0))
    return [
        _Year(
            label=str(year) if year is not None else _("without date"),
            year=year,
            held=status[year][EventStatus.HELD],
            cancelled=status[year][EventStatus.CANCELLED],
            postponed=status[year][EventStatus.POSTPONED],
            visits=visits[year],
            persons=frozenset(persons[year]),
            engaged=frozenset(engaged[year]),
            hours=hours.get(year, Decimal(0)),
        )
        for year in years
    ]


def _people(
    events: EventQuerySet,
) -> tuple[defaultdict[int | None, set[int]], defaultdict[int | None, set[int]]]:
    """Return the natural persons of each year: who attended by name, and who did more than that."""
    persons: defaultdict[int | None, set[int]] = defaultdict(set)
    engaged: defaultdict[int | None, set[int]] = defaultdict(set)
    rows = Participation.objects.counted().filter(event__in=events)
    for day, actor, kind, represented_by, role in rows.values_list(
        "event__start_date", "actor", "actor__kind", "represented_by", "role__code"
    ):
        year = day.year if day else None
        there = {actor} if kind == ActorKind.PERSON else set()
        if represented_by is not None:
            there.add(represented_by)
        persons[year] |= there
        if role not in {ATTENDEE, FUNDER}:
            engaged[year] |= there
    return persons, engaged


def _hours(events: EventQuerySet) -> dict[int | None, Decimal]:
    rows = Participation.objects.counted().filter(event__in=events, volunteer_hours__isnull=False).order_by()
    summed = rows.values("event__start_date__year").annotate(hours=Sum("volunteer_hours"))
    return {row["event__start_date__year"]: row["hours"] for row in summed}


def _overview(years: Sequence[_Year], *, is_outside: bool) -> Section:
    columns = (
        Column("year", _("Year")),
        Column("held", _("Held"), "integer"),
        Column("cancelled", _("Cancelled"), "integer"),
        Column("postponed", _("Postponed"), "integer"),
        Column("visits", _("Visits"), "integer"),
        Column("persons", _("Distinct persons (by name)"), "integer"),
        Column("engaged", _("Engaged people"), "integer"),
        Column("hours", _("Volunteer hours"), "decimal", 1),
    )
    persons = person_counts([len(y.persons) for y in years], is_outside=is_outside)
    engaged = person_counts([len(y.engaged) for y in years], is_outside=is_outside)
    rows = [
        (
            Cell(year.label, _year_url(year.year)),
            Cell(year.held, _year_url(year.year, EventStatus.HELD)),
            Cell(year.cancelled, _year_url(year.year, EventStatus.CANCELLED)),
            Cell(year.postponed, _year_url(year.year, EventStatus.POSTPONED)),
            Cell(year.visits),
            person,
            helper,
            Cell(year.hours),
        )
        for year, person, helper in zip(years, persons, engaged, strict=True)
    ]
    if len(years) > 1:
        rows.append(_total(years, is_outside=is_outside))
    table = Table(
        "years",
        _("Year by year"),
        columns,
        tuple(rows),
        footnote=_("Distinct persons and engaged people of the whole period are counted once, not added up."),
        empty_text=_("No events are recorded for this period yet."),
    )
    return Section("overview", _("Overview"), (*_figures(years), table))


def _total(years: Sequence[_Year], *, is_outside: bool) -> tuple[Cell, ...]:
    persons = frozenset[int]().union(*(year.persons for year in years))
    engaged = frozenset[int]().union(*(year.engaged for year in years))
    return (
        Cell(_("Whole period")),
        Cell(sum(year.held for year in years)),
        Cell(sum(year.cancelled for year in years)),
        Cell(sum(year.postponed for year in years)),
        Cell(sum(year.visits for year in years)),
        *person_counts([len(persons)], is_outside=is_outside),
        *person_counts([len(engaged)], is_outside=is_outside),
        Cell(sum((year.hours for year in years), Decimal(0))),
    )


def _figures(years: Sequence[_Year]) -> tuple[Figure, ...]:
    dated = [year for year in years if year.year is not None]
    if len(dated) < 2:
        return ()
    labels = tuple(year.label for year in dated)
    held = tuple(year.held for year in dated)
    visits = tuple(year.visits for year in dated)
    return (
        Figure(
            "events",
            _("Events per year"),
            "stacked_bar",
            labels,
            (
                Series(_("Held"), held),
                Series(_("Cancelled"), tuple(year.cancelled for year in dated)),
                Series(_("Postponed"), tuple(year.postponed for year in dated)),
            ),
            _("Events per year from %(first)s to %(last)s; most were held in one year: %(most)s.")
            % {"first": labels[0], "last": labels[-1], "most": max(held)},
        ),
        Figure(
            "visits",
            _("Visits per year"),
            "bar",
            labels,
            (Series(_("Visits"), visits),),
            _("Visits per year from %(first)s to %(last)s; the most in one year: %(most)s.")
            % {"first": labels[0], "last": labels[-1], "most": max(visits)},
        ),
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
    rows = tuple(_event_row(event) for event in _counted_events(events))
    table = Table(
        "events", _("All events of the period"), columns, rows, empty_text=_("No events in this period.")
    )
    return Section("events", _("List of events"), (table,))


def _counted_events(events: EventQuerySet) -> Iterable[Event]:
    """Return what took place and what was to take place; ideas and plans do not belong into a report."""
    shown = [EventStatus.HELD, EventStatus.CANCELLED, EventStatus.POSTPONED]
    return events.filter(status__in=shown).with_attendance().select_related("event_type", "series")


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


def _year_url(year: int | None, status: str | None = None) -> str | None:
    if year is None:
        return None
    query = f"?year={year}" + (f"&status={status}" if status else "")
    return reverse("events:event_list") + query


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
