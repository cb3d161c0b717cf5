"""One edition: when, where, in what state."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actors.models import Topic
from core.fields import CharField, DateField, TextField
from core.models import Record, VisibleQuerySet
from core.text import one_line, search_forms
from events.models.attendance import Attendance
from events.models.participation import Headcount, Participation
from events.models.programme import Measure, Space
from events.models.series import EventSeries
from events.models.vocabulary import EventType, ParticipationLevel
from events.validators import NOT_YET_HELD, is_to_come, validate_times


class EventStatus(models.TextChoices):
    """How far an event has come; only held ones count."""

    IDEA = "idea", _("idea")
    PLANNED = "planned", _("planned")
    CONFIRMED = "confirmed", _("confirmed")
    HELD = "held", _("held")
    POSTPONED = "postponed", _("postponed")
    CANCELLED = "cancelled", _("cancelled")


class EventMode(models.TextChoices):
    """Where people meet."""

    ON_SITE = "on_site", _("on site")
    ONLINE = "online", _("online")
    HYBRID = "hybrid", _("hybrid")


class EventQuerySet(VisibleQuerySet):
    """Events."""

    def held(self) -> Self:
        """Return what took place: only this counts in statistics and networks."""
        return self.filter(status=EventStatus.HELD)

    def upcoming(self, day: dt.date) -> Self:
        """Return what is still to come or runs on ``day``, soonest first, without what is called off."""
        return (
            self.filter(Q(start_date__gte=day) | Q(end_date__gte=day))
            .exclude(status__in=[EventStatus.CANCELLED, EventStatus.POSTPONED])
            .order_by("start_date", F("start_time").asc(nulls_first=True), "pk")
        )

    def left_open(self, day: dt.date) -> Self:
        """Return what was over before ``day`` and of which nobody has said whether it took place."""
        still_open = [EventStatus.IDEA, EventStatus.PLANNED, EventStatus.CONFIRMED]
        return self.filter(status__in=still_open, start_date__lt=day).exclude(end_date__gte=day)

    def between(self, first: dt.date | None, until: dt.date | None) -> Self:
        """Return the events that start in the half-open window; without any bound undated ones too."""
        events = self
        if first is not None:
            events = events.filter(start_date__gte=first)
        if until is not None:
            events = events.filter(start_date__lt=until)
        return events

    def undated(self) -> Self:
        """Return the events whose day is not known."""
        return self.filter(start_date__isnull=True)

    def matching(self, text: str) -> Self:
        """Return the events whose title or series (by any name it had) holds every word of ``text``."""
        return self.holding(text, "search_names", "series__search_names")

    def with_attendance(self) -> Self:
        """Annotate ``named_attendance`` and ``headcount_total``, from which ``event.attendance`` is made."""
        attended = Participation.objects.attended()
        more_of_same = attended.filter(event=OuterRef("event"), actor=OuterRef("actor")).filter(
            Q(people_brought__gt=OuterRef("people_brought"))
            | Q(people_brought=OuterRef("people_brought"), pk__lt=OuterRef("pk"))
        )
        of_event = attended.filter(event=OuterRef("pk")).order_by().values("event")
        named = of_event.exclude(Exists(more_of_same)).annotate(n=Count("pk") + Sum("people_brought"))
        heads = Headcount.objects.filter(event=OuterRef("pk")).order_by().values("event")
        return self.annotate(
            named_attendance=Coalesce(Subquery(named.values("n")), 0),
            headcount_total=Coalesce(Subquery(heads.annotate(n=Sum("count")).values("n")), 0),
        )

    def attendances(self) -> dict[int, Attendance]:
        """Return the attendance of each of these events by its key, in one question."""
        rows = self.order_by().with_attendance().values_list("pk", "named_attendance", "headcount_total")
        return {key: Attendance(named=named, headcount=heads) for key, named, heads in rows}


class Event(Record):
    """One event or one edition of a series. Without a day it counts only where no period is asked for."""

    series = models.ForeignKey(
        EventSeries, models.PROTECT, verbose_name=_("format"), related_name="events", null=True, blank=True
    )
    event_type = models.ForeignKey(EventType, models.PROTECT, verbose_name=_("type"), related_name="events")
    title = CharField(_("title"), max_length=200)
    start_date = DateField(_("day"), null=True, blank=True, db_index=True)
    start_time = models.TimeField(_("begins at"), null=True, blank=True)
    end_date = DateField(_("last day"), null=True, blank=True, help_text=_("Only if it takes several days."))
    end_time = models.TimeField(_("ends at"), null=True, blank=True)
    # No index: nearly all events were held, and a database without statistics would begin its search there.
    status = models.CharField(
        _("status"), max_length=20, choices=EventStatus.choices, default=EventStatus.PLANNED
    )
    mode = models.CharField(_("mode"), max_length=20, choices=EventMode.choices, default=EventMode.ON_SITE)
    space = models.ForeignKey(
        Space, models.SET_NULL, verbose_name=_("space"), related_name="events", null=True, blank=True
    )
    place_note = CharField(_("place in words"), max_length=200, blank=True)
    measure = models.ForeignKey(
        Measure, models.PROTECT, verbose_name=_("measure"), related_name="events", null=True, blank=True
    )
    topics = models.ManyToManyField(Topic, verbose_name=_("topics"), related_name="events", blank=True)
    participation_level = models.ForeignKey(
        ParticipationLevel,
        models.PROTECT,
        verbose_name=_("level of participation"),
        related_name="events",
        null=True,
        blank=True,
    )
    description = TextField(_("description"), max_length=20000, blank=True)
    external_id = CharField(
        _("external key"),
        max_length=100,
        blank=True,
        help_text=_("The key of this event in the list it came from."),
    )
    search_names = models.TextField(editable=False, blank=True)

    objects: ClassVar = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = [F("start_date").desc(nulls_last=True), F("start_time").desc(nulls_last=True), "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(start_date__isnull=False)
                | Q(start_time__isnull=True, end_date__isnull=True, end_time__isnull=True),
                name="events_event_has_a_day",
                violation_error_message=_("Enter the day of the event as well."),
            ),
            models.CheckConstraint(
                condition=Q(end_date__isnull=True) | Q(end_date__gte=F("start_date")),
                name="events_event_days",
                violation_error_message=_("The end lies before the beginning."),
            ),
            models.CheckConstraint(
                condition=Q(start_time__isnull=True)
                | Q(end_time__isnull=True)
                | Q(end_date__isnull=False, end_date__gt=F("start_date"))
                | Q(end_time__gte=F("start_time")),
                name="events_event_times",
                violation_error_message=_("The end lies before the beginning."),
            ),
            models.UniqueConstraint(
                fields=["external_id"],
                condition=~Q(external_id=""),
                name="events_event_external_id",
                violation_error_message=_("Another event already has this external key."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("events:event_detail", args=[self.pk])

    @property
    def counts(self) -> bool:
        """Whether the event counts in statistics and networks."""
        return self.status == EventStatus.HELD

    @property
    def is_to_come(self) -> bool:
        """Whether its day lies in the future."""
        return is_to_come(self.start_date, timezone.localdate())

    @property
    def place(self) -> str:
        """The space, or the place in words."""
        return self.space.name if self.space else self.place_note

    @property
    def attendance(self) -> Attendance:
        """How many people were there; a list asks for it with ``with_attendance()``."""
        source: Any = self
        if not hasattr(self, "named_attendance"):
            source = Event.objects.with_attendance().get(pk=self.pk)
        return Attendance(named=source.named_attendance, headcount=source.headcount_total)

    def clean(self) -> None:
        """An event does not end before it starts, and was not held before its day."""
        self.derive()
        validate_times(self.start_date, self.start_time, self.end_date, self.end_time)
        if self.counts and self.is_to_come:
            raise ValidationError({"status": NOT_YET_HELD})

    def derive(self) -> None:
        """Compute the search column."""
        self.title = one_line(self.title)
        self.search_names = search_forms(self.title)

    def refresh_search(self) -> None:
        """Bring the search column up to date with the title; all else stays."""
        self.derive()
        Event.objects.filter(pk=self.pk).update(search_names=self.search_names)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with the search column up to date."""
        self.derive()
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "title", "search_names"}
        super().save(*args, **kwargs)
