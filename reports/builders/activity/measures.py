"""Measures and their goals: what was wanted, what is said to be reached, and what the records say."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter

from django.utils.translation import gettext as _

from events.models import (
    EventQuerySet,
    GoalCount,
    Measure,
    MeasureCounts,
    MeasureGoal,
    People,
    counts_of_measures,
)
from reports.builders.activity.visit_counts import VisitCounts
from reports.builders.shared.counts import HIDDEN_SIGN
from reports.builders.shared.headcounts import people_over_years
from reports.builders.shared.links import Links, opened
from reports.report import Cell, Column, Section, Table
from reports.request import ReportRequest

PEOPLE: dict[str, Callable[[People], frozenset[int]]] = {
    GoalCount.PERSONS: attrgetter("persons"),
    GoalCount.ENGAGED: attrgetter("engaged"),
}


def measures_section(request: ReportRequest, events: EventQuerySet, visits: VisitCounts) -> Section | None:
    """Return the chapter about the goals of the measures that ran in the period; None where there are none.

    Parameters
    ----------
    events
        The events of the period, of which the held ones are counted beside a typed number.
    visits
        Their visits, as far as they are told.
    """
    period = request.period
    running = Measure.objects.visible_to(request.viewer).within(period.start, period.end)
    measures = running.prefetch_related("goals")
    counts = counts_of_measures(events)
    links = Links(period)
    goals = [(measure, goal) for measure in measures for goal in measure.goals.all()]
    if not goals:
        return None
    rows = tuple(
        _goal_row(
            goal,
            measure,
            _counted(
                goal, counts.get(measure.pk, MeasureCounts()), visits, links, is_outside=request.is_outside
            ),
        )
        for measure, goal in goals
    )
    typed = [number for _measure, goal in goals for number in (goal.target, goal.actual)]
    digits = 0 if all(number is None or number == int(number) for number in typed) else 2
    has_hours = any(goal.counted_as == GoalCount.HOURS for _measure, goal in goals)
    columns = (
        Column("measure", _("Measure")),
        Column("goal", _("Goal")),
        Column("indicator", _("Indicator")),
        Column("direction", _("Direction")),
        Column("target", _("Target"), "decimal", digits),
        Column("actual", _("Actual"), "decimal", digits),
        Column("reached", _("Reached"), "percent", 0),
        Column("records", _("From the records"), "decimal", 1 if has_hours else 0),
        Column("counted", _("What is counted")),
    )
    return Section("measures", _("Measures and goals"), (Table("goals", _("Goals"), columns, rows),))


def _goal_row(goal: MeasureGoal, measure: Measure, counted: Cell) -> tuple[Cell, ...]:
    return (
        Cell(measure.title, measure.get_absolute_url()),
        Cell(goal.goal),
        Cell(goal.indicator),
        Cell(str(goal.get_direction_display())),
        Cell(goal.target),
        Cell(goal.actual),
        Cell(goal.reached, note=_why_no_share(goal)),
        counted,
        Cell(str(goal.get_counted_as_display()) if goal.counted_as else None),
    )


def _why_no_share(goal: MeasureGoal) -> str:
    if goal.reached is not None or goal.is_reached is None:
        return ""
    return _("There is no share of zero or less.")


def _counted(
    goal: MeasureGoal, counts: MeasureCounts, visits: VisitCounts, links: Links, *, is_outside: bool
) -> Cell:
    counted_people = PEOPLE.get(goal.counted_as)
    if goal.counted_as == GoalCount.VISITS:
        cell = visits.cell(("measure", goal.measure_id))
    elif counted_people is not None:
        whole, *years = (len(counted_people(people)) for people in (counts.people, *counts.years))
        cell = people_over_years(whole, years, is_outside=is_outside)
    elif is_outside and not counts.is_public(goal.counted_as):
        cell = Cell(HIDDEN_SIGN, is_suppressed=True)
    else:
        cell = Cell(counts.number(goal.counted_as))
    return opened(cell, links.held_events(measure=str(goal.measure_id)))
