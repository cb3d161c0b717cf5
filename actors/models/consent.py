"""Consents of persons, one per purpose."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import ClassVar, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from actors.models.actor import CHOOSE_PERSON, PERSONS, Actor
from actors.validators import validate_not_in_future
from core.fields import CharField, DateField
from core.models import Record, VisibleQuerySet
from core.roles import OFFICE_ROLES


class ConsentPurpose(models.TextChoices):
    """What a person can agree to; each purpose has a consent of its own."""

    CONTACT = "contact", _("Contact")
    INVITATIONS = "invitations", _("Invitations")
    NEWSLETTER = "newsletter", _("Newsletter")
    COMMITTEE = "committee", _("Committee work")
    GRANT_PROOF = "grant_proof", _("Proof to funders")
    PHOTO_WEB = "photo_web", _("Photos on the web")
    PHOTO_PRINT = "photo_print", _("Photos in print")
    SUCCESSOR = "successor", _("Transfer to a successor")


ALLOWS = {
    ConsentPurpose.CONTACT: _("Calling and writing to the person"),
    ConsentPurpose.INVITATIONS: _("Inviting the person to events"),
    ConsentPurpose.NEWSLETTER: _("Sending the newsletter"),
    ConsentPurpose.COMMITTEE: _("Naming the person in committee work"),
    ConsentPurpose.GRANT_PROOF: _("Naming the person in proofs to funders"),
    ConsentPurpose.PHOTO_WEB: _("Showing photos of the person on the web"),
    ConsentPurpose.PHOTO_PRINT: _("Printing photos of the person"),
    ConsentPurpose.SUCCESSOR: _("Handing the person's data to a successor"),
}
"""What one may do with a consent, in words."""


class ConsentGivenHow(models.TextChoices):
    """How a consent was given."""

    WRITTEN = "written", _("in writing")
    ELECTRONIC = "electronic", _("electronically")
    ORAL = "oral", _("orally")


class ConsentQuerySet(VisibleQuerySet):
    """Consents."""

    def effective_on(self, day: dt.date) -> Self:
        """Return the consents that hold on ``day``; a withdrawal acts on its own day."""
        return self.filter(given_on__lte=day).filter(Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=day))


# What stays once a consent was withdrawn: the row is the proof of what was agreed to, and until when.
KEPT = ("person_id", "purpose", "given_on", "given_how", "text_version", "taken_by_id", "withdrawn_on")
STAYS = _("A withdrawn consent stays as it was. If the person agrees again, record a new consent.")


class Consent(Record):
    """What a person agreed to, when, how, to which text, and when it was withdrawn."""

    person = models.ForeignKey(
        Actor,
        models.CASCADE,
        verbose_name=_("person"),
        related_name="consents",
        limit_choices_to=PERSONS,
        error_messages=CHOOSE_PERSON,
    )
    purpose = models.CharField(_("purpose"), max_length=20, choices=ConsentPurpose.choices)
    given_on = DateField(_("given on"), default=timezone.localdate)
    given_how = models.CharField(_("given how"), max_length=20, choices=ConsentGivenHow.choices)
    text_version = CharField(
        _("version of the text"),
        max_length=40,
        blank=True,
        help_text=_("Which text the person agreed to, such as 2018-05."),
    )
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=_("taken by"),
        related_name="consents_taken",
        null=True,
        blank=True,
    )
    withdrawn_on = DateField(_("withdrawn on"), null=True, blank=True)

    objects: ClassVar = ConsentQuerySet.as_manager()
    view_roles = OFFICE_ROLES

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["person", "purpose", "-given_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=F("given_on")),
                name="actors_consent_withdrawn_after_given",
                violation_error_message=_("A consent cannot be withdrawn before it was given."),
            ),
            models.UniqueConstraint(
                fields=["person", "purpose"],
                condition=Q(withdrawn_on__isnull=True),
                name="actors_consent_one_in_force",
                violation_error_message=_("A consent for this purpose is already in force."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.get_purpose_display()}"

    def get_absolute_url(self) -> str:
        return reverse("actors:consent_detail", args=[self.pk])

    def clean(self) -> None:
        """Nobody consents or withdraws ahead of time, and what was withdrawn does not come back unseen."""
        validate_not_in_future(timezone.localdate(), given_on=self.given_on, withdrawn_on=self.withdrawn_on)
        stored = type(self)._default_manager.filter(pk=self.pk, withdrawn_on__isnull=False).first()
        if stored and any(getattr(self, name) != getattr(stored, name) for name in KEPT):
            raise ValidationError(STAYS, code="withdrawn")

    @property
    def allows(self) -> str:
        """What it allows, in words."""
        return str(ALLOWS[ConsentPurpose(self.purpose)])

    def holds_on(self, day: dt.date) -> bool:
        """Tell whether it holds on ``day``; the rule of ``effective_on`` for a row at hand."""
        return self.given_on <= day and (self.withdrawn_on is None or day < self.withdrawn_on)

    def effect_on(self, day: dt.date) -> str:
        """Return in words since when it holds, or since when it does not any more."""
        if self.holds_on(day) or self.withdrawn_on is None:
            return _since(gettext("holds since %(day)s"), self.given_on)
        return _since(gettext("withdrawn on %(day)s"), self.withdrawn_on)


def _since(text: str, day: dt.date) -> str:
    return text % {"day": date_format(day, "SHORT_DATE_FORMAT")}


def latest_by_purpose(
    consents: Iterable[Consent], day: dt.date
) -> list[tuple[ConsentPurpose, Consent | None]]:
    """Return each purpose with the consent that decides on ``day``: the one that holds, else the last one."""
    deciding: dict[str, Consent] = {}
    for consent in sorted(consents, key=lambda row: (row.holds_on(day), row.given_on, row.pk)):
        deciding[consent.purpose] = consent
    return [(purpose, deciding.get(purpose)) for purpose in ConsentPurpose]
