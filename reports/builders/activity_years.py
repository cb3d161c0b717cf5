"""The years of the activity report: events, visits, persons and volunteer hours, each figure by itself."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from actors.models import ActorKind
from events.models import Event, EventQuerySet, EventStatus, Participation
from reports.builders.digits import grouped
from reports.builders.headcounts import person_counts
from reports.report import Cell, Column, Figure, Section, Series, Table

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


def _years(events: EventQuerySet) -> list[_Year]:
    status: defaultdict[int | None, Counter[str]] = defaultdict(Counter)
    visits: Counter[int | None] = Counter()
    for event in counted_events(events):
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


def overview_section(events: EventQuerySet, *, is_outside: bool) -> Section:
    """Return the chapter that shows the years beside each other, and all of them together."""
    years = _years(events)
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
    rows: list[tuple[Cell, ...]] = [
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
            % {"first": labels[0], "last": labels[-1], "most": grouped(max(held))},
        ),
        Figure(
            "visits",
            _("Visits per year"),
            "bar",
            labels,
            (Series(_("Visits"), visits),),
            _("Visits per year from %(first)s to %(last)s; the most in one year: %(most)s.")
            % {"first": labels[0], "last": labels[-1], "most": grouped(max(visits))},
        ),
    )


def counted_events(events: EventQuerySet) -> Iterable[Event]:
    """Return what took place and what was to take place; ideas and plans do not belong into a report."""
    shown = [EventStatus.HELD, EventStatus.CANCELLED, EventStatus.POSTPONED]
    return events.filter(status__in=shown).with_attendance().select_related("event_type", "series")


def _year_url(year: int | None, status: str | None = None) -> str | None:
    if year is None:
        return None
    query = f"?year={year}" + (f"&status={status}" if status else "")
    return reverse("events:event_list") + query
