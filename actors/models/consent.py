"""Consents of persons, one per purpose."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actors.models.actor import CHOOSE_PERSON, PERSONS, Actor
from actors.validators import validate_not_in_future
from crm.common.fields import CharField, DateField
from crm.common.models import Record, VisibleQuerySet
from crm.common.roles import OFFICE_ROLES


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
    text_version = CharField(_("version of the text"), max_length=40, blank=True)
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

    def clean(self) -> None:
        """Nobody consents or withdraws ahead of time: what is recorded acts at once."""
        validate_not_in_future(timezone.localdate(), given_on=self.given_on, withdrawn_on=self.withdrawn_on)
