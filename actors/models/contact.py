"""The office's memory: logged contacts, concerns that people brought, and follow-ups."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar, Self

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
from crm.common.fields import CharField, DateField, TextField
from crm.common.models import Record, VisibleQuerySet
from crm.common.roles import HELPER_ROLES, OFFICE_ROLES, Role, can
from crm.common.text import fold, one_line, search_forms

MINUTES_OF_A_DAY = 24 * 60


class Direction(models.TextChoices):
    """Who made the first move."""

    INCOMING = "in", _("incoming")
    OUTGOING = "out", _("outgoing")


class ContactQuerySet(VisibleQuerySet):
    """Logged contacts."""

    def visible_to_role(self, role: Role, user: Any) -> Self:
        """The office sees all, volunteers what is not confidential, readers nothing."""
        if role in OFFICE_ROLES:
            return self.all()
        return self.filter(is_confidential=False) if role == Role.VOLUNTEER else self.none()

    def matching(self, text: str) -> Self:
        """Return the contacts whose subject or note holds every word of ``text`` in any spelling."""
        found = self
        for word in fold(text).split():
            found = found.filter(search_text__contains=word)
        return found

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
    subject = CharField(_("subject"), max_length=200, blank=True)
    note = TextField(_("note"), max_length=20000, blank=True, help_text=NOTES_HELP)
    topics = models.ManyToManyField(Topic, verbose_name=_("topics"), related_name="contacts", blank=True)
    duration_minutes = models.PositiveSmallIntegerField(
        _("duration in minutes"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MINUTES_OF_A_DAY)],
    )
    is_confidential = models.BooleanField(
        _("confidential"), default=False, help_text=_("Only management and staff see a confidential contact.")
    )

    search_text = models.TextField(editable=False, blank=True)

    objects: ClassVar = ContactQuerySet.as_manager()
    view_roles = HELPER_ROLES

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["-date", "-pk"]
        indexes = [models.Index(fields=["staff", "-date"], name="actors_contact_staff_date")]
        constraints = [
            models.CheckConstraint(
                condition=Q(duration_minutes__isnull=True) | Q(duration_minutes__range=(1, MINUTES_OF_A_DAY)),
                name="actors_contact_duration",
                violation_error_message=_("Enter from 1 minute to one day."),
            ),
            models.CheckConstraint(
                condition=~Q(subject="", note=""),
                name="actors_contact_says_something",
                violation_error_message=_("Enter a subject or a note."),
            ),
        ]

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
        self.subject, self.note = one_line(self.subject), self.note.strip()
        validate_not_in_future(timezone.localdate(), date=self.date)
        if not (self.subject or self.note):
            raise ValidationError({"note": _("Enter a subject or a note.")})

    def derive(self) -> None:
        """Compute the search column."""
        self.search_text = search_forms(f"{self.subject} {self.note}")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with the search column up to date."""
        self.derive()
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "search_text"}
        super().save(*args, **kwargs)


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
        return self.text[:80]

    def clean(self) -> None:
        """What is recorded about a concern has happened; only its due date lies ahead."""
        validate_not_in_future(
            timezone.localdate(),
            raised_on=self.raised_on,
            forwarded_on=self.forwarded_on,
            told_on=self.told_on,
        )

    def days_open(self, today: dt.date) -> int | None:
        """Return how many days the concern has been open; None once it is settled."""
        return (today - self.raised_on).days if self.status.is_open else None


class FollowUpQuerySet(VisibleQuerySet):
    """Follow-ups (Wiedervorlagen)."""

    def visible_to_role(self, role: Role, user: Any) -> Self:
        """The office sees all, volunteers their own unless about a confidential contact, readers none."""
        if role in OFFICE_ROLES:
            return self.all()
        if role != Role.VOLUNTEER:
            return self.none()
        return self.filter(assignee=user).exclude(contact__is_confidential=True)

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
    text = CharField(_("what"), max_length=300, blank=True)
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

    objects: ClassVar = FollowUpQuerySet.as_manager()
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
        """A follow-up is about something, and for somebody who can see to it."""
        errors: dict[str, Any] = {}
        self.text = one_line(self.text)
        if not (self.text or self.actor_id or self.contact_id or self.concern_id):
            errors["text"] = _("Say what is to be done.")
        if self.assignee_id and self.done_at is None and not self._can_be_seen_to():
            errors["assignee"] = _("This person may not see what is to be done.")
        if errors:
            raise ValidationError(errors)

    def _can_be_seen_to(self) -> bool:
        about = [target for target in (self.actor, self.contact, self.concern) if target is not None]
        return all(can(self.assignee, "view", target) for target in [FollowUp, *about])
