"""Funding programmes, the measures they pay for, and the spaces where things happen."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from actors.models import Actor, Topic
from core.fields import CharField, TextField, UntilDateField, last_day
from core.models import Interval, IntervalQuerySet, Record


class Programme(Record):
    """A funding programme such as Soziale Stadt."""

    name = CharField(_("name"), max_length=200, unique=True)
    description = TextField(_("description"), max_length=5000, blank=True)

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("events:programme_detail", args=[self.pk])


class FundingPeriodQuerySet(IntervalQuerySet):
    """Funding periods."""

    def programme_end(self, today: dt.date) -> dt.date | None:
        """Return the last day of the funding that runs on ``today``, else the latest; None if none ends."""
        current = self.active_on(today).exclude(valid_until=None).order_by("-valid_until").first()
        period: Any = current or self.exclude(valid_until=None).order_by("-valid_until").first()
        return last_day(period.valid_until) if period else None


class FundingPeriod(Record, Interval):
    """One period for which a programme pays."""

    programme = models.ForeignKey(
        Programme, models.CASCADE, verbose_name=_("programme"), related_name="periods"
    )

    objects: ClassVar = FundingPeriodQuerySet.as_manager()

    class Meta(Interval.Meta):
        verbose_name = _("funding period")
        verbose_name_plural = _("funding periods")
        ordering = ["valid_from", "pk"]

    def __str__(self) -> str:
        return f"{self.programme} {self.valid_from or '…'} – {self.last_day or '…'}"


class MeasureQuerySet(IntervalQuerySet):
    """Measures."""

    def within(self, start: dt.date | None, end: dt.date | None) -> Self:
        """Return the measures that run at some time of the half-open period; an empty bound is open."""
        rows = self
        if start is not None:
            rows = rows.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=start))
        if end is not None:
            rows = rows.filter(Q(valid_from__isnull=True) | Q(valid_from__lt=end))
        return rows


class Measure(Record, Interval):
    """A measure (Maßnahme) within a programme."""

    programme = models.ForeignKey(
        Programme, models.PROTECT, verbose_name=_("programme"), related_name="measures", null=True, blank=True
    )
    title = CharField(_("title"), max_length=200)
    description = TextField(_("description"), max_length=5000, blank=True)
    topics = models.ManyToManyField(Topic, verbose_name=_("topics"), related_name="measures", blank=True)
    carrier = models.ForeignKey(
        Actor, models.PROTECT, verbose_name=_("carrier"), related_name="measures", null=True, blank=True
    )

    objects: ClassVar = MeasureQuerySet.as_manager()

    class Meta(Interval.Meta):
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("events:measure_detail", args=[self.pk])


class Space(Record):
    """A place where things happen, whose it is, and how long it may be used."""

    name = CharField(_("name"), max_length=200, unique=True)
    address = CharField(_("address"), max_length=300, blank=True)
    owner = models.ForeignKey(
        Actor, models.PROTECT, verbose_name=_("owner"), related_name="spaces", null=True, blank=True
    )
    has_permanent_right = models.BooleanField(
        _("right of use without end"), default=False, help_text=_("The right of use has no end date.")
    )
    right_until = UntilDateField(_("right of use until"), null=True, blank=True)
    is_free = models.BooleanField(_("free of charge"), default=True)
    is_anchor = models.BooleanField(
        _("anchor place"), default=False, help_text=_("A place that people of the district know and go to.")
    )

    class Meta:
        verbose_name = _("space")
        verbose_name_plural = _("spaces")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(has_permanent_right=False) | Q(right_until__isnull=True),
                name="events_space_right",
                violation_error_message=_("A right of use without end has no end date."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("events:space_detail", args=[self.pk])

    def is_secured_until(self, day: dt.date) -> bool:
        """Tell whether the space may still be used on ``day``."""
        return self.has_permanent_right or (self.right_until is not None and self.right_until > day)
