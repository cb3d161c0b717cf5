"""Concerns (Anliegen): what somebody asked for, where it was passed on to, and each step it took."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actors.models.actor import NOTES_HELP, Actor
from actors.models.vocabulary import Topic
from actors.validators import validate_not_in_future
from contacts.concerns import ANSWERED, FORWARDED, Light, light_of
from contacts.models.concern_number import number_in, take_numbers
from contacts.models.contact import Contact
from contacts.models.vocabulary import ConcernKind, ConcernStatus
from core.fields import CharField, DateField, TextField
from core.models import Record, VisibleQuerySet
from core.roles import OFFICE_ROLES
from core.text import shorten


class ConcernQuerySet(VisibleQuerySet):
    """Concerns by what is asked of them in daily work."""

    def open(self) -> Self:
        """Return what is not settled yet."""
        return self.filter(status__is_open=True)

    def lit(self, lights: Iterable[str], *, today: dt.date) -> Self:
        """Return the open concerns whose light is one of these."""
        chosen = set(lights)
        matching = Q(pk__in=[])
        for kind in ConcernKind.objects.all():
            red = Q(raised_on__lte=today - dt.timedelta(days=kind.red_after_days)) | Q(due__lt=today)
            aged = Q(raised_on__lte=today - dt.timedelta(days=kind.yellow_after_days))
            # A condition on an empty due day is unknown, not false; so each is asked the positive way.
            in_time = Q(due__isnull=True) | Q(due__gte=today)
            young = Q(raised_on__gt=today - dt.timedelta(days=kind.red_after_days)) & in_time
            fresh = Q(raised_on__gt=today - dt.timedelta(days=kind.yellow_after_days))
            meant = {Light.RED: red, Light.YELLOW: young & aged, Light.GREEN: young & fresh}
            for light, condition in meant.items():
                if light.value in chosen:
                    matching |= Q(kind=kind) & condition
        return self.open().filter(matching)

    def numbered(self, text: str) -> Self:
        """Return the concern whose number ``text`` is, also the one that stands in an old letter."""
        number = number_in(text)
        known = Q(former_number=text.strip(), former_number__gt="")
        if number is not None:
            known |= Q(number_year=number[0], number_in_year=number[1])
        return self.filter(known)

    @transaction.atomic
    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        """Create many, each with its number, in the order in which they were raised."""
        concerns = list(objs)
        of_year = defaultdict(list)
        for concern in sorted(concerns, key=lambda concern: concern.raised_on):
            if concern.number_in_year is None:
                of_year[concern.raised_on.year].append(concern)
        for year, rows in sorted(of_year.items()):
            for concern, number in zip(rows, take_numbers(year, len(rows)), strict=True):
                concern.number_year, concern.number_in_year = year, number
        created: list[Any] = super().bulk_create(concerns, *args, **kwargs)
        return created

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
    # Given once and kept, also when the day is corrected: letters name it.
    number_year = models.PositiveSmallIntegerField(_("year of the number"), blank=True, editable=False)
    number_in_year = models.PositiveIntegerField(_("number within its year"), blank=True, editable=False)
    former_number = CharField(_("former number"), max_length=30, blank=True, editable=False)

    objects: ClassVar = ConcernQuerySet.as_manager()
    view_roles = OFFICE_ROLES

    class Meta:
        verbose_name = _("concern")
        verbose_name_plural = _("concerns")
        ordering = ["raised_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(forwarded_on__isnull=True) | Q(forwarded_to__isnull=False),
                name="contacts_concern_forwarded_to",
                violation_error_message=_("Say to whom the concern was forwarded."),
            ),
            models.CheckConstraint(
                condition=Q(told_on__isnull=True) | Q(told_on__gte=F("raised_on")),
                name="contacts_concern_told_after_raised",
                violation_error_message=_("The answer cannot come before the concern."),
            ),
            models.CheckConstraint(
                condition=Q(forwarded_on__isnull=True) | Q(forwarded_on__gte=F("raised_on")),
                name="contacts_concern_forwarded_after_raised",
                violation_error_message=_("A concern cannot be forwarded before it was raised."),
            ),
            models.UniqueConstraint(
                fields=["number_year", "number_in_year"],
                name="contacts_concern_number_once",
                violation_error_message=_("Another concern has this number."),
            ),
        ]

    def __str__(self) -> str:
        return shorten(self.text.strip().partition("\n")[0], 80)

    def get_absolute_url(self) -> str:
        return reverse("contacts:concern_detail", args=[self.pk])

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
        """What the concern is called on the page and in letters; empty until it is stored."""
        return f"{self.number_year}/{self.number_in_year}" if self.number_in_year else ""

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; a new concern gets the next number of its year."""
        if self.number_in_year:
            super().save(*args, **kwargs)
            return
        with transaction.atomic():
            self.number_year = self.raised_on.year
            self.number_in_year = take_numbers(self.number_year)[0]
            super().save(*args, **kwargs)

    def days_taken(self) -> int | None:
        """Return how many days it took to settle the concern; None while it is open."""
        return (self.settled_on - self.raised_on).days if self.settled_on else None


def has_ended(actor: Actor, day: dt.date) -> bool:
    """Tell whether an actor no longer existed on a day."""
    return actor.has_ended(day)


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
