"""Vocabularies about contacts and concerns. The office edits the terms."""

from __future__ import annotations

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from actors.models.vocabulary import LONGEST_INTERVAL
from core.models import VocabularyTerm


class ContactChannel(VocabularyTerm):
    """Way in which a contact happened."""

    is_real_contact = models.BooleanField(
        _("counts as contact"),
        default=True,
        help_text=_("Left off, an actor that was only reached this way still counts as not spoken to."),
    )

    class Meta(VocabularyTerm.Meta):
        verbose_name = _("contact channel")
        verbose_name_plural = _("contact channels")


class ConcernKind(VocabularyTerm):
    """What sort of request was brought, and after how many days an open one is pressing."""

    yellow_after_days = models.PositiveSmallIntegerField(
        _("yellow after … days"), default=14, validators=[MaxValueValidator(LONGEST_INTERVAL)]
    )
    red_after_days = models.PositiveSmallIntegerField(
        _("red after … days"), default=28, validators=[MaxValueValidator(LONGEST_INTERVAL)]
    )

    class Meta(VocabularyTerm.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(red_after_days__gt=F("yellow_after_days")),
                name="contacts_concernkind_limits",
                violation_error_message=_("Red comes after yellow."),
            )
        ]
        verbose_name = _("kind of concern")
        verbose_name_plural = _("kinds of concern")


class ConcernStatus(VocabularyTerm):
    """Where a request stands; an open one ages."""

    is_open = models.BooleanField(_("open"), default=True)

    class Meta(VocabularyTerm.Meta):
        verbose_name = _("status of concern")
        verbose_name_plural = _("statuses of concern")
