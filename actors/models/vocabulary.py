"""Vocabularies about actors and contacts. The office edits the terms; sectors are fixed."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from crm.common.models import VocabularyTerm

LONGEST_INTERVAL = 3650


class ContactIntervalField(models.PositiveSmallIntegerField):
    """After how many days at the latest somebody should be talked to again; empty: no such wish."""

    default_validators = [MinValueValidator(1), MaxValueValidator(LONGEST_INTERVAL)]

    def __init__(self, *args: object, **kwargs: object) -> None:
        kwargs = {"verbose_name": _("contact at least every … days"), "null": True, "blank": True, **kwargs}
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]


class Sector(models.TextChoices):
    """The fixed sectors that reports compare."""

    ASSOCIATION = "association", _("Association")
    BUSINESS = "business", _("Business")
    INSTITUTION = "institution", _("Institution")
    ADMINISTRATION = "administration", _("Administration")
    POLITICS = "politics", _("Politics")
    RESIDENT = "resident", _("Resident")
    OFFICE = "office", _("Neighbourhood office")
    OTHER = "other", _("Other")


class ActorType(VocabularyTerm):
    """Kind of actor as the office calls it; each belongs to one fixed sector."""

    sector = models.CharField(_("sector"), max_length=20, choices=Sector.choices)
    contact_interval_days = ContactIntervalField(
        help_text=_("Holds for every actor of this type that has no interval of its own or of a group.")
    )

    class Meta(VocabularyTerm.Meta):
        verbose_name = _("actor type")
        verbose_name_plural = _("actor types")


class Topic(VocabularyTerm):
    """Field of action (Handlungsfeld)."""

    class Meta(VocabularyTerm.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")


class RelationType(VocabularyTerm):
    """How two actors are related, and whether the relation has a direction."""

    is_directed = models.BooleanField(_("directed"), default=False)

    class Meta(VocabularyTerm.Meta):
        verbose_name = _("relation type")
        verbose_name_plural = _("relation types")

    def clean(self) -> None:
        """Relations that exist keep their direction."""
        super().clean()
        turned = self.pk and self.relations.exclude(is_directed=self.is_directed).exists()
        if turned:
            raise ValidationError(
                {"is_directed": _("There are relations of this kind; their direction cannot be changed.")}
            )


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
                name="actors_concernkind_limits",
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
