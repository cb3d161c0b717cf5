"""Concerns (Anliegen): what somebody asked for, where it was passed on to, and each step it took."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actors.concerns import ANSWERED, FORWARDED, Light, light_of
from actors.models.actor import NOTES_HELP, Actor
from actors.models.contact import Contact
from actors.models.vocabulary import ConcernKind, ConcernStatus, Topic
from actors.validators import validate_not_in_future
from crm.common.fields import DateField, TextField
from crm.common.models import Record, VisibleQuerySet
from crm.common.roles import OFFICE_ROLES


class ConcernQuerySet(VisibleQuerySet):
    """Concerns by what is asked of them in daily work."""

    def open(self) -> Self:
        """Return what is not settled yet."""
        return self.filter(status__is_open=True)

    def lit(self, lights: Iterable[str], *, today: dt.date) -> Self:
        """Return the open concerns whose light is one of these."""
        wanted = set(lights)
        found = Q(pk__in=[])
        for kind in ConcernKind.objects.all():
            red = Q(raised_on__lte=today - dt.timedelta(days=kind.red_after_days)) | Q(due__lt=today)
            aged = Q(raised_on__lte=today - dt.timedelta(days=kind.yellow_after_days))
            # A condition on an empty due day is unknown, not false; so each is asked the positive way.
            in_time = Q(due__isnull=True) | Q(due__gte=today)
            young = Q(raised_on__gt=today - dt.timedelta(days=kind.red_after_days)) & in_time
            fresh = Q(raised_on__gt=today - dt.timedelta(days=kind.yellow_after_days))
            meant = {Light.RED: red, Light.YELLOW: young & aged, Light.GREEN: young & fresh}
            for light, condition in meant.items():
                if light.value in wanted:
                    found |= Q(kind=kind) & condition
        return self.open().filter(found)

    def ever_in(self, code: str) -> Self:
        """Return what was once in this status."""
        steps = ConcernStep.objects.filter(concern=OuterRef("pk"), to_status__code=code)
        return self.filter(Exists(steps))

    def forwarded(self) -> Self:
        """Return what was ever passed on to somebody."""
        steps = ConcernStep.objects.filter(concern=OuterRef("pk"), to_status__code=FORWARDED)
        return self.filter(Q(forwarded_on__isnull=False) | Exists(steps))

    def answered(self) -> Self:
        """Return what was ever answered by whoever it was passed on to."""
        return self.ever_in(ANSWERED)

    def with_ended_department(self, today: dt.date) -> Self:
        """Return what lies with somebody who no longer exists, and is still open."""
        return self.open().filter(forwarded_to__active_until__lte=today)


class Concern(Record):
    """A request that somebody brought (Anliegen)."""

    kind = models.ForeignKey(ConcernKind, models.PROTECT, verbose_name=_("kind"), related_name="concerns")
    status = models.ForeignKey(
        ConcernStatus, models.PROTECT, verbose_name=_("status"), related_name="concerns"
    )
    raised_on = DateField(_("raised on"), default=timezone.localdate)
    raised_by = models.ForeignKey(
        Actor,
        models.SET_NULL,
        verbose_name=_("from"),
        related_name="concerns",
        null=True,
        blank=True,
        help_text=_("Leave empty for an anonymous concern."),
    )
    topic = models.ForeignKey(
        Topic, models.PROTECT, verbose_name=_("topic"), related_name="concerns", null=True, blank=True
    )
    text = TextField(_("concern"), max_length=20000, help_text=NOTES_HELP)
    contact = models.ForeignKey(
        Contact, models.SET_NULL, verbose_name=_("contact"), related_name="concerns", null=True, blank=True
    )
    forwarded_to = models.ForeignKey(
        Actor,
        models.PROTECT,
        verbose_name=_("forwarded to"),
        related_name="forwarded_concerns",
        null=True,
        blank=True,
    )
    forwarded_on = DateField(_("forwarded on"), null=True, blank=True)
    due = DateField(_("due"), null=True, blank=True)
    answer = TextField(_("answer"), max_length=20000, blank=True)
    told_on = DateField(_("resident told on"), null=True, blank=True)
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=_("responsible"),
        related_name="concerns",
        null=True,
        blank=True,
    )
    settled_on = DateField(_("settled on"), null=True, blank=True, editable=False)

    objects: ClassVar = ConcernQuerySet.as_manager()
    view_roles = OFFICE_ROLES

    class Meta:
        verbose_name = _("concern")
        verbose_name_plural = _("concerns")
        ordering = ["raised_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(forwarded_on__isnull=True) | Q(forwarded_to__isnull=False),
                name="actors_concern_forwarded_to",
                violation_error_message=_("Say to whom the concern was forwarded."),
            ),
            models.CheckConstraint(
                condition=Q(told_on__isnull=True) | Q(told_on__gte=F("raised_on")),
                name="actors_concern_told_after_raised",
                violation_error_message=_("The answer cannot come before the concern."),
            ),
            models.CheckConstraint(
                condition=Q(forwarded_on__isnull=True) | Q(forwarded_on__gte=F("raised_on")),
                name="actors_concern_forwarded_after_raised",
                violation_error_message=_("A concern cannot be forwarded before it was raised."),
            ),
        ]

    def __str__(self) -> str:
        first_line = self.text.strip().partition("\n")[0]
        return first_line if len(first_line) <= 80 else f"{first_line[:79].rstrip()}…"

    def get_absolute_url(self) -> str:
        return reverse("actors:concern_detail", args=[self.pk])

    def clean(self) -> None:
        """What is recorded about a concern has happened; only its due date lies ahead."""
        validate_not_in_future(
            timezone.localdate(),
            raised_on=self.raised_on,
            forwarded_on=self.forwarded_on,
            told_on=self.told_on,
            settled_on=self.settled_on,
        )

    def days_open(self, today: dt.date) -> int | None:
        """Return how many days the concern has been open; None once it is settled."""
        return (today - self.raised_on).days if self.status.is_open else None

    def light(self, today: dt.date) -> Light | None:
        """Return how pressing the concern is; None once it is settled."""
        if not self.status.is_open:
            return None
        return light_of(
            raised_on=self.raised_on,
            due=self.due,
            yellow_after=self.kind.yellow_after_days,
            red_after=self.kind.red_after_days,
            today=today,
        )

    def has_ended_department(self, today: dt.date) -> bool:
        """Tell whether the open concern lies with somebody who no longer exists."""
        return self.status.is_open and self.forwarded_to is not None and has_ended(self.forwarded_to, today)

    @property
    def number(self) -> str:
        """What the concern is called in letters."""
        return f"{self.raised_on.year}-{self.pk}"

    def days_taken(self) -> int | None:
        """Return how many days it took to settle the concern; None while it is open."""
        return (self.settled_on - self.raised_on).days if self.settled_on else None


def has_ended(actor: Actor, day: dt.date) -> bool:
    """Tell whether an actor no longer existed on a day."""
    return actor.active_until is not None and actor.active_until <= day


class ConcernStep(Record):
    """One step of a concern: from which status to which, when, by whom, and to whom it was passed on."""

    concern = models.ForeignKey(Concern, models.CASCADE, verbose_name=_("concern"), related_name="steps")
    from_status = models.ForeignKey(
        ConcernStatus, models.PROTECT, verbose_name=_("from"), related_name="+", null=True, blank=True
    )
    to_status = models.ForeignKey(ConcernStatus, models.PROTECT, verbose_name=_("to"), related_name="steps")
    at = models.DateTimeField(_("when"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("by"), related_name="concern_steps"
    )
    forwarded_to = models.ForeignKey(
        Actor,
        models.SET_NULL,
        verbose_name=_("forwarded to"),
        related_name="concern_steps",
        null=True,
        blank=True,
    )
    due = DateField(_("due"), null=True, blank=True)
    note = TextField(_("note"), max_length=5000, blank=True)

    view_roles = OFFICE_ROLES
    write_roles = frozenset()
    delete_roles = frozenset()

    class Meta:
        verbose_name = _("step of a concern")
        verbose_name_plural = _("steps of concerns")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.concern} · {self.to_status}"
