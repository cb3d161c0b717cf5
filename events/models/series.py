"""Formats that recur, who carries them, and what is to become of them."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from actors.models import CHOOSE_PERSON, NAME_LENGTH, PERSONS, Actor, without_hidden_persons
from core.fields import CharField, TextField, UntilDateField
from core.models import EarlierName, Interval, IntervalQuerySet, Record, VisibleQuerySet
from core.roles import Role
from core.text import one_line, search_forms
from core.viewers import Viewer
from events.models.programme import Space
from events.models.vocabulary import EventType


class Rhythm(models.TextChoices):
    """How often a series takes place."""

    WEEKLY = "weekly", _("weekly")
    MONTHLY = "monthly", _("monthly")
    QUARTERLY = "quarterly", _("quarterly")
    HALF_YEARLY = "half_yearly", _("twice a year")
    YEARLY = "yearly", _("yearly")
    IRREGULAR = "irregular", _("irregular")


class ContinuityDecision(models.TextChoices):
    """What is to become of a series when the funding ends."""

    UNDECIDED = "undecided", _("undecided")
    CONTINUE = "continue", _("continue")
    HAND_OVER = "hand_over", _("hand over")
    END = "end", _("end deliberately")


class EventSeriesQuerySet(VisibleQuerySet):
    """Event series."""

    def matching(self, text: str) -> Self:
        """Return the series whose present or former names hold every word of ``text``."""
        return self.holding(text, "search_names")


class EventSeries(Record):
    """A format that recurs (Stadtteilfest, Bürgersprechstunde, Forum). A rename never ends a series."""

    name = CharField(_("name"), max_length=200)
    event_type = models.ForeignKey(EventType, models.PROTECT, verbose_name=_("type"), related_name="series")
    rhythm = models.CharField(_("rhythm"), max_length=20, choices=Rhythm.choices, default=Rhythm.IRREGULAR)
    description = TextField(_("description"), max_length=5000, blank=True)
    space = models.ForeignKey(
        Space, models.SET_NULL, verbose_name=_("space"), related_name="series", null=True, blank=True
    )
    future_carrier = models.ForeignKey(
        Actor,
        models.PROTECT,
        verbose_name=_("planned future carrier"),
        related_name="future_series",
        null=True,
        blank=True,
    )
    future_contact = models.ForeignKey(
        Actor,
        models.PROTECT,
        verbose_name=_("contact person at the future carrier"),
        related_name="future_contact_of_series",
        null=True,
        blank=True,
        limit_choices_to=PERSONS,
        error_messages=CHOOSE_PERSON,
    )
    funding_until = UntilDateField(_("funding secured until"), null=True, blank=True)
    decision = models.CharField(
        _("continuity decision"),
        max_length=20,
        choices=ContinuityDecision.choices,
        default=ContinuityDecision.UNDECIDED,
    )
    search_names = models.TextField(editable=False, blank=True)

    objects: ClassVar = EventSeriesQuerySet.as_manager()

    class Meta:
        verbose_name = _("format")
        verbose_name_plural = _("formats")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["name"],
                name="events_eventseries_name",
                violation_error_message=_("There is already a format of this name."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("events:series_detail", args=[self.pk])

    def clean(self) -> None:
        """Bring the name into the form in which it is stored and compared."""
        self.derive()

    def derive(self) -> None:
        """Compute the search column."""
        self.name = one_line(self.name)
        former = list(self.former_names.values_list("name", flat=True)) if self.pk else []
        self.search_names = search_forms(" ".join([self.name, *former]))

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with the search column up to date."""
        self.derive()
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "name", "search_names"}
        super().save(*args, **kwargs)

    def refresh_search(self) -> None:
        """Bring the search column up to date with the former names stored elsewhere; all else stays."""
        self.derive()
        EventSeries.objects.filter(pk=self.pk).update(search_names=self.search_names)

    def carrier_on(self, day: dt.date) -> Actor | None:
        """Return who carries the series on ``day``, the latest to start if several; None if nobody."""
        holding = [tenure for tenure in self.carriers.all() if tenure.holds_on(day)]
        latest = max(holding, key=lambda t: (t.valid_from or dt.date.min, t.pk), default=None)
        return latest.actor if latest else None


class SeriesFormerName(Record, EarlierName):
    """A name that a series used to have."""

    series = models.ForeignKey(
        EventSeries, models.CASCADE, verbose_name=_("format"), related_name="former_names"
    )
    name = CharField(_("former name"), max_length=NAME_LENGTH)

    class Meta(EarlierName.Meta):
        verbose_name = _("former name of a format")
        verbose_name_plural = _("former names of formats")
        constraints = [
            *EarlierName.Meta.constraints,
            models.UniqueConstraint(
                fields=["series", "name"],
                name="events_seriesformername_once",
                violation_error_message=_("This name is already recorded."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and let search find the series by it."""
        super().save(*args, **kwargs)
        self.refresh_search()

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete, and let search forget it. Whoever deletes several at once saves the series afterwards."""
        deleted = super().delete(*args, **kwargs)
        self.refresh_search()
        return deleted

    def refresh_search(self) -> None:
        """Let search find the series by the names that are stored now."""
        self.series.refresh_search()


class SeriesCarrierQuerySet(IntervalQuerySet):
    """Carriers of series."""

    def visible_to_role(self, role: Role, user: Viewer) -> Self:
        """Seen by whoever sees the actor."""
        return without_hidden_persons(self, role, "actor")


class SeriesCarrier(Record, Interval):
    """Who carries a series, and from when until when."""

    series = models.ForeignKey(EventSeries, models.CASCADE, verbose_name=_("format"), related_name="carriers")
    actor = models.ForeignKey(Actor, models.PROTECT, verbose_name=_("carrier"), related_name="carried_series")

    objects: ClassVar = SeriesCarrierQuerySet.as_manager()

    class Meta(Interval.Meta):
        verbose_name = _("carrier of a format")
        verbose_name_plural = _("carriers of formats")
        ordering = ["series", F("valid_from").asc(nulls_first=True), "pk"]
        constraints = [
            *Interval.Meta.constraints,
            models.UniqueConstraint(
                fields=["series", "actor", "valid_from"],
                name="events_seriescarrier_once",
                violation_error_message=_("This carrier is already recorded."),
            ),
            models.UniqueConstraint(
                fields=["series", "actor"],
                condition=Q(valid_from__isnull=True),
                name="events_seriescarrier_once_undated",
                violation_error_message=_("This carrier is already recorded."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.series} · {self.actor}"
