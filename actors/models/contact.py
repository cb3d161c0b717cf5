"""The office's memory: logged contacts, concerns that people brought, and follow-ups."""

from __future__ import annotations

import datetime as dt
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actors.models.actor import NOTES_HELP, Actor
from actors.models.vocabulary import ConcernKind, ConcernStatus, ContactChannel, Topic
from actors.validators import validate_not_in_future
from crm.common.fields import DateField
from crm.common.models import Record, VisibleQuerySet
from crm.common.roles import HELPER_ROLES, OFFICE_ROLES, Role
from crm.common.validators import validate_no_control_characters

MINUTES_OF_A_DAY = 24 * 60


class Direction(models.TextChoices):
    INCOMING = "in", _("incoming")
    OUTGOING = "out", _("outgoing")


class ContactQuerySet(VisibleQuerySet):
    """Logged contacts."""

    def visible_to_role(self, role: Role, user: Any) -> Self:
        """The office sees all, volunteers what is not confidential, readers nothing."""
        if role in OFFICE_ROLES:
            return self.all()
        return self.filter(is_confidential=False) if role == Role.VOLUNTEER else self.none()

    def newest_first(self) -> Self:
        """Return the contacts in the order of the timeline."""
        return self.order_by("-date", F("time").desc(nulls_last=True), "-pk")


class Contact(Record):
    """One logged contact with one or several actors."""

    date = DateField(_("date"), default=timezone.localdate, db_index=True)
    time = models.TimeField(_("time"), null=True, blank=True)
    channel = models.ForeignKey(
        ContactChannel, models.PROTECT, verbose_name=_("channel"), related_name="contacts"
    )
    direction = models.CharField(
        _("direction"), max_length=3, choices=Direction.choices, default=Direction.INCOMING
    )
    staff = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("logged by"), related_name="contacts"
    )
    actors = models.ManyToManyField(Actor, verbose_name=_("actors"), related_name="contacts")
    subject = models.CharField(
        _("subject"), max_length=200, blank=True, validators=[validate_no_control_characters]
    )
    note = models.TextField(_("note"), max_length=20000, blank=True, help_text=NOTES_HELP)
    topics = models.ManyToManyField(Topic, verbose_name=_("topics"), related_name="contacts", blank=True)
    duration_minutes = models.PositiveSmallIntegerField(
        _("duration in minutes"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(1440)],
    )
    is_confidential = models.BooleanField(
        _("confidential"), default=False, help_text=_("Only management and staff see a confidential contact.")
    )

    objects = ContactQuerySet.as_manager()
    view_roles = HELPER_ROLES

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["-date", "-pk"]
        indexes = [models.Index(fields=["staff", "-date"], name="actors_contact_staff_date")]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The subject, or the first words of the note."""
        first_line = self.note.strip().splitlines()[0] if self.note.strip() else ""
        short = first_line if len(first_line) <= 80 else f"{first_line[:79].rstrip()}…"
        return self.subject or short or str(_("Contact"))

    def get_absolute_url(self) -> str:
        return reverse("actors:contact_detail", args=[self.pk])

    def clean(self) -> None:
        """A contact has happened, and says something."""
        errors: dict[str, Any] = {}
        if self.date:
            try:
                validate_not_in_future(self.date, timezone.localdate())
            except ValidationError as error:
                errors["date"] = error
        if not (self.subject.strip() or self.note.strip()):
            errors["note"] = _("Enter a subject or a note.")
        if errors:
            raise ValidationError(errors)


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
    text = models.TextField(_("concern"), max_length=20000, help_text=NOTES_HELP)
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
    answer = models.TextField(_("answer"), max_length=20000, blank=True)
    told_on = DateField(_("resident told on"), null=True, blank=True)

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
        ]

    def __str__(self) -> str:
        return self.text[:80]

    def days_open(self, today: dt.date) -> int | None:
        """Return how many days the concern has been open; None once it is settled."""
        return (today - self.raised_on).days if self.status.is_open else None


class FollowUpQuerySet(VisibleQuerySet):
    """Follow-ups (Wiedervorlagen)."""

    def visible_to_role(self, role: Role, user: Any) -> Self:
        """The office sees all, volunteers their own, readers none."""
        if role in OFFICE_ROLES:
            return self.all()
        return self.filter(assignee=user) if role == Role.VOLUNTEER else self.none()

    def open(self) -> Self:
        """Return what is still to be done."""
        return self.filter(done_at__isnull=True)

    def due_by(self, day: dt.date) -> Self:
        """Return what is due on ``day`` or earlier."""
        return self.filter(due__lte=day)


class FollowUp(Record):
    """Something to come back to on a day."""

    due = DateField(_("due"), db_index=True)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("for"), related_name="follow_ups"
    )
    text = models.CharField(_("what"), max_length=300, blank=True)
    actor = models.ForeignKey(
        Actor, models.CASCADE, verbose_name=_("actor"), related_name="follow_ups", null=True, blank=True
    )
    contact = models.ForeignKey(
        Contact, models.CASCADE, verbose_name=_("contact"), related_name="follow_ups", null=True, blank=True
    )
    concern = models.ForeignKey(
        Concern, models.CASCADE, verbose_name=_("concern"), related_name="follow_ups", null=True, blank=True
    )
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("done by"),
        related_name="follow_ups_done",
        null=True,
        blank=True,
    )

    objects = FollowUpQuerySet.as_manager()
    view_roles = HELPER_ROLES

    class Meta:
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        ordering = ["due", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, done_by__isnull=True)
                | Q(done_at__isnull=False, done_by__isnull=False),
                name="actors_followup_done_by_somebody",
                violation_error_message=_("Say when it was done and by whom."),
            )
        ]

    def __str__(self) -> str:
        return self.text or (self.contact.title if self.contact else str(self.actor or _("Follow-up")))

    def clean(self) -> None:
        """A follow-up is about something."""
        if not (self.text.strip() or self.actor_id or self.contact_id or self.concern_id):
            raise ValidationError({"text": _("Say what is to be done.")})
