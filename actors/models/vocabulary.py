"""Vocabularies about actors and contacts. The office edits the terms; sectors are fixed."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import VocabularyTerm

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
