"""The office's memory: logged contacts and what was talked about."""

from __future__ import annotations

from collections.abc import Iterable
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
from actors.models.vocabulary import ContactChannel, Topic
from actors.validators import validate_not_in_future
from crm.common.fields import CharField, DateField, TextField
from crm.common.models import Record, VisibleQuerySet
from crm.common.roles import HELPER_ROLES, OFFICE_ROLES, Role
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
        """Return the contacts whose subject, note or points hold every word of ``text`` in any spelling."""
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

    source_key = models.CharField(max_length=100, editable=False, blank=True)
    # What was sent with the key: tells a repeated sending from another text under the same key.
    source_digest = models.CharField(max_length=64, editable=False, blank=True)
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
            # What a browser sends again after a lost connection is stored once.
            models.UniqueConstraint(
                fields=["source_key"], condition=~Q(source_key=""), name="actors_contact_once"
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

    def derive(self, *, points: Iterable[str] | None = None) -> None:
        """Compute the search column; ``points`` are given where they are not stored yet."""
        if points is None:
            points = self.points.values_list("text", flat=True) if self.pk else ()
        self.search_text = search_forms(" ".join([self.subject, self.note, *points]))

    def refresh_search(self) -> None:
        """Bring the search column up to date with the points; all else stays."""
        self.derive()
        Contact.objects.filter(pk=self.pk).update(search_text=self.search_text)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with the search column up to date."""
        self.derive()
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "search_text"}
        super().save(*args, **kwargs)


class DiscussionPointQuerySet(VisibleQuerySet):
    """Points of contacts."""

    def visible_to_role(self, role: Role, user: Any) -> Self:
        """Seen by whoever sees the contact."""
        if role in OFFICE_ROLES:
            return self.all()
        return self.filter(contact__in=Contact.objects.visible_to(user))


class DiscussionPoint(Record):
    """One thing that was talked about in a contact; several can have follow-ups of their own."""

    contact = models.ForeignKey(Contact, models.CASCADE, verbose_name=_("contact"), related_name="points")
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    topic = models.ForeignKey(
        Topic, models.PROTECT, verbose_name=_("topic"), related_name="points", null=True, blank=True
    )
    text = TextField(_("point"), max_length=5000)
    needs_follow_up = models.BooleanField(_("needs follow-up"), default=False)

    objects: ClassVar = DiscussionPointQuerySet.as_manager()
    view_roles = HELPER_ROLES

    class Meta:
        verbose_name = _("discussion point")
        verbose_name_plural = _("discussion points")
        ordering = ["contact", "position", "pk"]

    def __str__(self) -> str:
        return self.text if len(self.text) <= 80 else f"{self.text[:79].rstrip()}…"

    def clean(self) -> None:
        """A point says something."""
        self.text = self.text.strip()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and let search find the contact by it."""
        super().save(*args, **kwargs)
        self.contact.refresh_search()

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete, and let search forget it."""
        deleted = super().delete(*args, **kwargs)
        self.contact.refresh_search()
        return deleted
