"""When the office is open for everybody: consultation hours, school holidays and closing days."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.fields import CharField
from core.models import Interval, IntervalQuerySet, Record
from core.validators import validate_plausible_date
from events.models.programme import Space

WEEKDAY = list(WEEKDAYS.items())


class Season(models.TextChoices):
    """In which weeks consultation hours hold."""

    ALWAYS = "always", _("all year")
    TERM = "term", _("outside school holidays")
    HOLIDAYS = "holidays", _("in school holidays")


class SpecialDaysKind(models.TextChoices):
    """What is special about some days."""

    SCHOOL_HOLIDAYS = "school_holidays", _("school holidays")
    CLOSED = "closed", _("office closed")


class ConsultationHours(Record, Interval):
    """Hours of one weekday in which anybody may come, from a day on until another."""

    weekday = models.PositiveSmallIntegerField(
        _("weekday"), choices=WEEKDAY, validators=[MaxValueValidator(6)]
    )
    start = models.TimeField(_("start"))
    end = models.TimeField(_("end"))
    season = models.CharField(_("holds"), max_length=10, choices=Season.choices, default=Season.ALWAYS)
    place = models.ForeignKey(
        Space,
        models.SET_NULL,
        verbose_name=_("place"),
        related_name="consultation_hours",
        null=True,
        blank=True,
    )
    note = CharField(_("note"), max_length=200, blank=True)

    objects: ClassVar = IntervalQuerySet.as_manager()

    class Meta(Interval.Meta):
        verbose_name = _("consultation hours")
        verbose_name_plural = _("consultation hours")
        ordering = ["weekday", "start", "pk"]
        constraints = [
            *Interval.Meta.constraints,
            models.CheckConstraint(condition=Q(weekday__lte=6), name="events_hours_weekday"),
            models.CheckConstraint(
                condition=Q(end__gt=F("start")),
                name="events_hours_end",
                violation_error_message=_("The end lies before the beginning."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.start:%H:%M}–{self.end:%H:%M}"

    def get_absolute_url(self) -> str:
        return reverse("events:hours")

    def clean(self) -> None:
        """Two hours of one weekday that hold in the same weeks do not overlap."""
        if None in (self.weekday, self.start, self.end):
            return
        if self.end <= self.start:
            raise ValidationError({"end": gettext("The end lies before the beginning.")})
        same_day = ConsultationHours.objects.filter(weekday=self.weekday).exclude(pk=self.pk)
        for other in same_day.filter(start__lt=self.end, end__gt=self.start):
            if self.meets(other):
                raise ValidationError(
                    {"start": gettext("These hours overlap with: %(hours)s.") % {"hours": other.in_words}}
                )

    def meets(self, other: ConsultationHours) -> bool:
        """Tell whether there can be a week in which both hold."""
        seasons = {self.season, other.season}
        ends_before = self.valid_until and other.valid_from and self.valid_until <= other.valid_from
        begins_after = other.valid_until and self.valid_from and other.valid_until <= self.valid_from
        return (len(seasons) == 1 or Season.ALWAYS in seasons) and not ends_before and not begins_after

    @property
    def in_words(self) -> str:
        """Weekday, times and season, for messages."""
        return f"{self} ({self.get_season_display()})"


class SpecialDays(Record):
    """Days on which other hours hold, or none: school holidays and closing days."""

    kind = models.CharField(_("kind"), max_length=20, choices=SpecialDaysKind.choices)
    name = CharField(_("name"), max_length=200)
    first_day = models.DateField(_("first day"))
    final_day = models.DateField(_("last day"))
    external_id = CharField(_("external key"), max_length=255, blank=True, editable=False)

    class Meta:
        verbose_name = _("special days")
        verbose_name_plural = _("special days")
        ordering = ["first_day", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(final_day__gte=F("first_day")),
                name="events_specialdays_interval",
                violation_error_message=_("The end lies before the beginning."),
            ),
            models.UniqueConstraint(
                fields=["kind", "external_id", "first_day"],
                condition=~Q(external_id=""),
                name="events_specialdays_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("events:special_days_list")

    def clean(self) -> None:
        """The days are days that a calendar has, in their order."""
        for name in ("first_day", "final_day"):
            try:
                validate_plausible_date(getattr(self, name) or dt.date(2000, 1, 1))
            except ValidationError as error:
                raise ValidationError({name: error}) from error
        if self.first_day and self.final_day and self.final_day < self.first_day:
            raise ValidationError({"final_day": gettext("The end lies before the beginning.")})

    def holds_on(self, day: dt.date) -> bool:
        """Tell whether ``day`` is one of these days."""
        return self.first_day <= day <= self.final_day
