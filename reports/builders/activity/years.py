"""The years of the activity report: events, visits, persons and volunteer hours, each figure by itself."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from actors.models import ActorKind
from events.models import Event, EventQuerySet, EventStatus, Participation
from reports.builders.activity.visit_counts import WHOLE, VisitCounts
from reports.builders.shared.counts import HIDDEN_SIGN
from reports.builders.shared.headcounts import people_over_years, person_counts
from reports.builders.shared.links import Links, opened
from reports.builders.shared.ranks import highest
from reports.period import unfinished_year
from reports.report import Cell, Column, Figure, Note, Section, Series, Table

ATTENDEE, FUNDER = "attendee", "funder"
# Stands for the events whose day is not known, where a year is asked for.
WITHOUT_DAY = "none"


@dataclass(frozen=True)
class _Year:
    """The figures of one year; ``label`` is the year, or says that the day is not known."""

    label: str
    year: int | None
    held: int
    cancelled: int
    postponed: int
    persons: frozenset[int]
    engaged: frozenset[int]
    hours: Decimal


def _dated(status: Iterable[int | None], until: int | None) -> Iterable[int]:
    """Return the years from the first on without a gap, at least until the one asked for."""
    known = [year for year in status if year is not None]
    return range(min(known), max(*known, until or 0) + 1) if known else ()


def _years(events: EventQuerySet, until: int | None) -> list[_Year]:
    status: defaultdict[int | None, Counter[str]] = defaultdict(Counter)
    for event in counted_events(events):
        year = event.start_date.year if event.start_date else None
        status[year][event.status] += 1
    persons, engaged = _people(events)
    hours = _hours(events)
    years = [*_dated(status, until), *([None] if None in status else [])]
    return [
        _Year(
            label=str(year) if year is not None else _("without date"),
            year=year,
            held=status[year][EventStatus.HELD],
            cancelled=status[year][EventStatus.CANCELLED],
            postponed=status[year][EventStatus.POSTPONED],
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
        present = {actor} if kind == ActorKind.PERSON else set()
        if represented_by is not None:
            present.add(represented_by)
        persons[year] |= present
        if role not in {ATTENDEE, FUNDER}:
            engaged[year] |= present
    return persons, engaged


def _hours(events: EventQuerySet) -> dict[int | None, Decimal]:
    rows = Participation.objects.counted().filter(event__in=events, volunteer_hours__isnull=False).order_by()
    summed = rows.values("event__start_date__year").annotate(hours=Sum("volunteer_hours"))
    return {row["event__start_date__year"]: row["hours"] for row in summed}


def overview_section(
    events: EventQuerySet,
    links: Links,
    visits: VisitCounts,
    *,
    until: int | None,
    today: dt.date,
    is_outside: bool,
) -> Section:
    """Return the chapter that shows the years beside each other, and all of them together.

    The years go on until ``until``, the last one asked for, also where nothing was recorded any more.
    ``visits`` says which of them are told.
    """
    years = _years(events, until)
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
            opened(Cell(year.held), _year_url(year.year, EventStatus.HELD)),
            opened(Cell(year.cancelled), _year_url(year.year, EventStatus.CANCELLED)),
            opened(Cell(year.postponed), _year_url(year.year, EventStatus.POSTPONED)),
            *_people_cells(year, visits, person, helper, links, is_outside=is_outside),
        )
        for year, person, helper in zip(years, persons, engaged, strict=True)
    ]
    if len(years) > 1:
        rows.append(_total(years, links, visits, is_outside=is_outside))
    once = _("Distinct persons and engaged people of the whole period are counted once, not added up.")
    if len(years) < 2:
        once = ""
    table = Table(
        "years",
        _("Year by year"),
        columns,
        tuple(rows),
        footnote=" ".join(filter(None, (once, visits.footnote))),
        empty_text=_("No event of this period is recorded as held, cancelled or postponed."),
    )
    is_going_on = unfinished_year([year.year for year in years], today)
    notes = (Note("info", is_going_on),) if is_going_on else ()
    return Section("overview", _("Overview"), (*_figures(years, visits), table, *notes))


def _total(
    years: Sequence[_Year], links: Links, visits: VisitCounts, *, is_outside: bool
) -> tuple[Cell, ...]:
    persons = frozenset[int]().union(*(year.persons for year in years))
    engaged = frozenset[int]().union(*(year.engaged for year in years))
    whole = _Year(
        label=_("Whole period"),
        year=None,
        held=sum(year.held for year in years),
        cancelled=sum(year.cancelled for year in years),
        postponed=sum(year.postponed for year in years),
        persons=persons,
        engaged=engaged,
        hours=sum((year.hours for year in years), Decimal(0)),
    )
    person = people_over_years(len(persons), [len(year.persons) for year in years], is_outside=is_outside)
    helper = people_over_years(len(engaged), [len(year.engaged) for year in years], is_outside=is_outside)
    return (
        Cell(whole.label),
        opened(Cell(whole.held), links.events(status=EventStatus.HELD.value)),
        opened(Cell(whole.cancelled), links.events(status=EventStatus.CANCELLED.value)),
        opened(Cell(whole.postponed), links.events(status=EventStatus.POSTPONED.value)),
        *_people_cells(whole, visits, person, helper, links, is_outside=is_outside, value=""),
    )


def _people_cells(
    year: _Year,
    visits: VisitCounts,
    person: Cell,
    helper: Cell,
    links: Links,
    *,
    is_outside: bool,
    value: str | None = None,
) -> tuple[Cell, Cell, Cell, Cell]:
    """Return visits, persons, engaged people and hours with their records; nothing where no event was held.

    Readers from outside are not led to lists of persons, which they would not see.
    """
    if not year.held:
        return Cell(None), Cell(None), Cell(None), Cell(None)
    counted = ("year", year.year) if value is None else WHOLE
    if value is None:
        value = WITHOUT_DAY if year.year is None else str(year.year)
    said = opened(visits.cell(counted), links.records("visits", value))
    if is_outside:
        # The hours of a few are theirs.
        few = person.is_suppressed or helper.is_suppressed
        return said, person, helper, Cell(HIDDEN_SIGN, is_suppressed=True) if few else Cell(year.hours)
    persons, engaged, hours = (links.records(name, value) for name in ("persons", "engaged", "hours"))
    return said, opened(person, persons), opened(helper, engaged), opened(Cell(year.hours), hours)


def _figures(years: Sequence[_Year], visits: VisitCounts) -> tuple[Figure, ...]:
    dated = [year for year in years if year.year is not None]
    if len(dated) < 2:
        return ()
    labels = tuple(year.label for year in dated)
    held = tuple(year.held for year in dated)
    published = [visits.value(("year", year.year)) for year in dated]
    visits_per_year = tuple(
        count if year.held else None for year, count in zip(dated, published, strict=True)
    )
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
            _in_words(_("Events per year from %(first)s to %(last)s."), _("Held"), labels, held),
        ),
        Figure(
            "visits",
            _("Visits per year"),
            "bar",
            labels,
            (Series(_("Visits"), visits_per_year),),
            _in_words(_("Visits per year from %(first)s to %(last)s."), _("Visits"), labels, published),
        ),
    )


def _in_words(text: str, what: str, labels: Sequence[str], counts: Sequence[int | None]) -> str:
    return f"{text % {'first': labels[0], 'last': labels[-1]}} {highest(what, labels, counts)}".rstrip()


def counted_events(events: EventQuerySet) -> Iterable[Event]:
    """Return what took place and what was to take place; ideas and plans do not belong into a report."""
    statuses = [EventStatus.HELD, EventStatus.CANCELLED, EventStatus.POSTPONED]
    return events.filter(status__in=statuses).with_attendance().select_related("event_type", "series")


def _year_url(year: int | None, status: str | None = None) -> str:
    of_year = "dated=no" if year is None else f"year={year}"
    query = f"?{of_year}" + (f"&status={status}" if status else "")
    return reverse("events:event_list") + query
