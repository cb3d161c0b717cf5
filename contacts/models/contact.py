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
from actors.models.vocabulary import Topic
from actors.validators import validate_not_in_future
from contacts.models.vocabulary import ContactChannel
from core.fields import CharField, DateField, TextField
from core.models import Record, VisibleQuerySet
from core.roles import HELPER_ROLES, OFFICE_ROLES, Role, role_of
from core.text import one_line, search_forms, shorten
from core.viewers import Viewer

MINUTES_OF_A_DAY = 24 * 60
# What forms and the API say of the column.
CONFIDENTIAL_HELP = _("Only the office, and whoever logged it, sees a confidential contact.")


class Direction(models.TextChoices):
    """Who made the first move."""

    INCOMING = "in", _("incoming")
    OUTGOING = "out", _("outgoing")


class ContactQuerySet(VisibleQuerySet):
    """Logged contacts."""

    def visible_to_role(self, role: Role, user: Viewer) -> Self:
        """The office sees all, volunteers what they logged themselves, readers nothing.

        ``Contact.is_seen_by`` says the same of a contact that is at hand.
        """
        if role in OFFICE_ROLES:
            return self.all()
        return self.filter(staff=user) if role == Role.VOLUNTEER else self.none()

    def matching(self, text: str) -> Self:
        """Return the contacts whose subject, note or points hold every word of ``text`` in any spelling."""
        return self.holding(text, "search_text")

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

    # The e-mail that it came from.
    source_key = models.CharField(max_length=100, editable=False, blank=True)
    search_text = models.TextField(editable=False, blank=True)

    objects: ClassVar = ContactQuerySet.as_manager()
    view_roles = HELPER_ROLES
    write_roles = HELPER_ROLES  # who logs it sees it: volunteers correct their own

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["-date", "-pk"]
        indexes = [models.Index(fields=["staff", "-date"], name="contacts_contact_staff_date")]
        constraints = [
            models.CheckConstraint(
                condition=Q(duration_minutes__isnull=True) | Q(duration_minutes__range=(1, MINUTES_OF_A_DAY)),
                name="contacts_contact_duration",
                violation_error_message=_("Enter from 1 minute to one day."),
            ),
            models.CheckConstraint(
                condition=~Q(subject="", note=""),
                name="contacts_contact_says_something",
                violation_error_message=_("Enter a subject or a note."),
            ),
            # One e-mail is one contact.
            models.UniqueConstraint(
                fields=["source_key"], condition=~Q(source_key=""), name="contacts_contact_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The subject, or the first words of the note."""
        first_line = self.note.strip().splitlines()[0] if self.note.strip() else ""
        return self.subject or shorten(first_line, 80) or str(_("Contact"))

    def get_absolute_url(self) -> str:
        return reverse("contacts:contact_detail", args=[self.pk])

    def is_seen_by(self, user: Viewer) -> bool:
        """Tell whether ``user`` sees this contact, without asking the database."""
        role = role_of(user)
        return role in OFFICE_ROLES or (role == Role.VOLUNTEER and self.staff_id == user.pk)

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

    def visible_to_role(self, role: Role, user: Viewer) -> Self:
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
    write_roles = HELPER_ROLES  # they belong to a contact, and are written with it
    delete_roles = HELPER_ROLES

    class Meta:
        verbose_name = _("discussion point")
        verbose_name_plural = _("discussion points")
        ordering = ["contact", "position", "pk"]

    def __str__(self) -> str:
        return shorten(self.text, 80)

    def clean(self) -> None:
        """A point says something."""
        self.text = self.text.strip()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and let search find the contact by it."""
        super().save(*args, **kwargs)
        self.refresh_search()

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete, and let search forget it."""
        deleted = super().delete(*args, **kwargs)
        self.refresh_search()
        return deleted

    def refresh_search(self) -> None:
        """Let search find the contact by the points that are stored now."""
        self.contact.refresh_search()
