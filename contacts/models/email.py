"""E-mails that reached the office, and what was attached to them."""

from __future__ import annotations

import uuid
from functools import partial
from pathlib import PurePath
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from contacts.models.contact import Contact, Direction
from core.models import Record, VisibleQuerySet
from core.roles import OFFICE_ROLES


class EmailState(models.TextChoices):
    """Where an e-mail stands."""

    WAITING = "waiting", _("to assign")
    LOGGED = "logged", _("logged")
    SET_ASIDE = "set-aside", _("set aside")


class EmailKind(models.TextChoices):
    """What an e-mail is; only a letter is a contact by itself, of all else a person has to say so."""

    LETTER = "letter", _("personal e-mail")
    AUTOMATIC = "automatic", _("automatic message")
    BULK = "bulk", _("bulk mail")
    RECEIPT = "receipt", _("delivery or read receipt")
    CALENDAR_REPLY = "calendar-reply", _("answer to an invitation")
    INVITATION = "invitation", _("invitation only")
    ENCRYPTED = "encrypted", _("encrypted")
    PARCEL = "parcel", _("Outlook's parcel only")
    BROKEN = "broken", _("not readable")


# Nobody sat down to write these: they need nobody's decision.
MACHINE_MADE = (EmailKind.AUTOMATIC, EmailKind.BULK, EmailKind.RECEIPT, EmailKind.CALENDAR_REPLY)


class IncomingEmailQuerySet(VisibleQuerySet):
    """E-mails by what is still to be done with them."""

    def waiting(self) -> Self:
        """Return the e-mails that nobody has decided about."""
        return self.filter(contact__isnull=True, set_aside_at__isnull=True)

    def put_aside_unasked(self) -> Self:
        """Return what the site put away by itself, since no person wrote it."""
        return self.filter(set_aside_at__isnull=False, kind__in=MACHINE_MADE)

    def in_state(self, state: str) -> Self:
        """Return the e-mails that wait, became a contact, or were set aside."""
        if state == EmailState.WAITING:
            return self.waiting()
        if state == EmailState.LOGGED:
            return self.filter(contact__isnull=False)
        return self.filter(set_aside_at__isnull=False)


class IncomingEmail(Record):
    """An e-mail that became a contact, or waits to be assigned to actors. Only the office sees it."""

    message_key = models.CharField(_("message key"), max_length=64, unique=True, editable=False)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    sender_name = models.TextField(_("sender"), blank=True)
    sender = models.CharField(_("sender's address"), max_length=320, blank=True)
    # Who gets the answers if that is somebody else, as with a form on a website.
    reply_to_name = models.TextField(_("answers go to"), blank=True)
    reply_to = models.CharField(_("address that answers go to"), max_length=320, blank=True)
    recipients = models.JSONField(_("recipients"), default=list, blank=True)
    subject = models.TextField(_("subject"), blank=True)
    text = models.TextField(_("text"), blank=True)
    direction = models.CharField(
        _("direction"), max_length=3, choices=Direction.choices, default=Direction.INCOMING
    )
    kind = models.CharField(_("kind"), max_length=20, choices=EmailKind.choices, default=EmailKind.LETTER)
    # Why it could not be read: a key of FAULTS.
    fault = models.CharField(_("fault"), max_length=30, blank=True)
    taken_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=_("taken in by"),
        related_name="emails",
        null=True,
        blank=True,
    )
    contact = models.OneToOneField(
        Contact, models.SET_NULL, verbose_name=_("contact"), related_name="email", null=True, blank=True
    )
    set_aside_at = models.DateTimeField(_("set aside"), null=True, blank=True)
    # {"name", "size", "reason"} of each attachment that was not kept; the reason is a key of REASONS.
    not_kept = models.JSONField(_("attachments that were not kept"), default=list, blank=True)

    objects: ClassVar = IncomingEmailQuerySet.as_manager()
    view_roles = OFFICE_ROLES

    class Meta:
        verbose_name = _("e-mail")
        verbose_name_plural = _("e-mails")
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(contact__isnull=True) | Q(set_aside_at__isnull=True),
                name="contacts_email_logged_or_set_aside",
            )
        ]

    def __str__(self) -> str:
        return self.subject or str(_("(no subject)"))

    def get_absolute_url(self) -> str:
        return reverse("contacts:email_detail", args=[self.pk])

    @property
    def is_letter(self) -> bool:
        """Whether somebody wrote it to be read, so that it counts as a contact by itself."""
        return self.kind == EmailKind.LETTER

    @property
    def state(self) -> EmailState:
        """Where the e-mail stands."""
        if self.contact_id is not None:
            return EmailState.LOGGED
        return EmailState.WAITING if self.set_aside_at is None else EmailState.SET_ASIDE

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete the e-mail and, once that is certain, the files that came with it."""
        files = [attachment.file for attachment in self.attachments.all()]
        with transaction.atomic():
            deleted = super().delete(*args, **kwargs)
            for file in files:
                transaction.on_commit(partial(file.storage.delete, str(file.name)), robust=True)
        return deleted


def stored_name(attachment: Attachment, filename: str) -> str:
    """Return where an attachment is stored: under a random name that tells nothing."""
    return f"attachments/{uuid.uuid4().hex}{PurePath(filename).suffix.lower()[:10]}"


class Attachment(Record):
    """A file that came with an e-mail."""

    email = models.ForeignKey(
        IncomingEmail, models.CASCADE, verbose_name=_("e-mail"), related_name="attachments"
    )
    file = models.FileField(_("file"), upload_to=stored_name, max_length=200)
    name = models.CharField(_("name"), max_length=255)
    content_type = models.CharField(_("type"), max_length=127)
    size = models.PositiveIntegerField(_("size in bytes"))

    view_roles: ClassVar = OFFICE_ROLES

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
