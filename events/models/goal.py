"""Goals of measures: what is wanted, what was reached, and what the records say of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from core.fields import CharField
from core.models import Record
from events.models.attendance import FEW, People, people_among
from events.models.event import EventQuerySet
from events.models.participation import Participation
from events.models.programme import Measure


class GoalDirection(models.TextChoices):
    """Whether a goal is reached from its target on upwards or downwards."""

    MORE = "more", _("more is better")
    LESS = "less", _("less is better")


class GoalCount(models.TextChoices):
    """What of the held events of a measure can be counted for a goal."""

    EVENTS = "events", _("held events")
    VISITS = "visits", _("visits")
    PERSONS = "persons", _("distinct persons")
    ENGAGED = "engaged", _("engaged people")
    HOURS = "hours", _("volunteer hours")


class MeasureGoal(Record):
    """A goal of a measure, with an indicator, its target and what was reached."""

    measure = models.ForeignKey(Measure, models.CASCADE, verbose_name=_("measure"), related_name="goals")
    goal = CharField(_("goal"), max_length=300)
    indicator = CharField(_("indicator"), max_length=200)
    direction = models.CharField(
        _("direction"), max_length=10, choices=GoalDirection.choices, default=GoalDirection.MORE
    )
    target = models.DecimalField(_("target"), max_digits=12, decimal_places=2, null=True, blank=True)
    actual = models.DecimalField(_("actual"), max_digits=12, decimal_places=2, null=True, blank=True)
    counted_as = models.CharField(
        _("counted from the records"),
        max_length=10,
        choices=GoalCount.choices,
        blank=True,
        help_text=_("What is counted at the held events of the measure. Empty: the records cannot tell."),
    )

    class Meta:
        verbose_name = _("goal")
        verbose_name_plural = _("goals")
        ordering = ["measure", "pk"]

    def __str__(self) -> str:
        return self.goal

    @property
    def reached(self) -> Decimal | None:
        """How far the goal was reached: 1 is the target, more is better; None where no share can be told.

        Actual ÷ target; where less is better, target ÷ actual. There is none of zero or less.
        """
        if self.target is None or self.actual is None:
            return None
        part, whole = self.actual, self.target
        if self.direction == GoalDirection.LESS:
            part, whole = whole, part
        return part / whole if whole > 0 and part >= 0 else None

    @property
    def is_reached(self) -> bool | None:
        """Whether the target is met; None where it or the actual number is missing."""
        if self.target is None or self.actual is None:
            return None
        if self.direction == GoalDirection.LESS:
            return self.actual <= self.target
        return self.actual >= self.target


@dataclass
class MeasureCounts:
    """What the records say of one measure: held events, visits, persons, and hours of volunteers.

    ``years`` are the persons of each calendar year; of several years somebody counts in each.
    """

    events: int = 0
    visits: int = 0
    people: People = field(default_factory=lambda: People(frozenset(), frozenset()))
    hours: Decimal = Decimal(0)
    years: tuple[People, ...] = ()
    has_small_event: bool = False

    def is_public(self, counted_as: str) -> bool:
        """Tell whether readers from outside may be told a number: not with one to four people behind it.

        A year of its own, or one event, could be set against the rest, and would tell how many they were.
        """
        groups: Mapping[str, list[frozenset[int]]] = {
            GoalCount.PERSONS: [people.persons for people in self.years],
            GoalCount.ENGAGED: [people.engaged for people in self.years],
            GoalCount.HOURS: [group for people in self.years for group in (people.persons, people.engaged)],
        }
        if counted_as == GoalCount.VISITS:
            return not self.has_small_event
        return not any(0 < len(group) < FEW for group in groups.get(counted_as, []))

    def number(self, counted_as: str) -> int | Decimal | None:
        """Return the number that a goal is counted as; None for what cannot be counted."""
        numbers: Mapping[str, int | Decimal] = {
            GoalCount.EVENTS: self.events,
            GoalCount.VISITS: self.visits,
            GoalCount.PERSONS: len(self.people.persons),
            GoalCount.ENGAGED: len(self.people.engaged),
            GoalCount.HOURS: self.hours,
        }
        return numbers.get(counted_as)


def counts_of_measures(events: EventQuerySet) -> dict[int, MeasureCounts]:
    """Count the held ones of these events for the measures they belong to, in three questions."""
    held = events.held().filter(measure__isnull=False).order_by()
    measure_of = dict(held.values_list("pk", "measure_id"))
    visits: Counter[int] = Counter()
    with_small: set[int] = set()
    for event, attendance in held.attendances().items():
        visits[measure_of[event]] += attendance.total
        if 0 < attendance.total < FEW:
            with_small.add(measure_of[event])
    rows: defaultdict[int, defaultdict[int | None, list[Any]]] = defaultdict(lambda: defaultdict(list))
    hours: defaultdict[int, Decimal] = defaultdict(Decimal)
    attended = Participation.objects.counted().filter(event__in=held).annotate(measure=F("event__measure"))
    names = ("measure", "event__start_date__year", "volunteer_hours")
    whose = ("actor", "actor__kind", "represented_by", "role__code")
    for measure, year, volunteered, actor, kind, by, role in attended.order_by().values_list(*names, *whose):
        rows[measure][year].append((actor, kind == "person", by, role))
        hours[measure] += volunteered or 0
    return {
        measure: MeasureCounts(
            number,
            visits[measure],
            people_among(row for of_year in rows[measure].values() for row in of_year),
            hours[measure],
            tuple(map(people_among, rows[measure].values())),
            measure in with_small,
        )
        for measure, number in Counter(measure_of.values()).items()
    }
