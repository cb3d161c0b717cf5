"""Vocabularies about actors and contacts. The office edits the terms; sectors are fixed."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.common.models import VocabularyTerm


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

    class Meta(VocabularyTerm.Meta):
        verbose_name = _("contact channel")
        verbose_name_plural = _("contact channels")


class ConcernKind(VocabularyTerm):
    """What sort of request was brought."""

    class Meta(VocabularyTerm.Meta):
        verbose_name = _("kind of concern")
        verbose_name_plural = _("kinds of concern")


class ConcernStatus(VocabularyTerm):
    """Where a request stands; an open one ages."""

    is_open = models.BooleanField(_("open"), default=True)

    class Meta(VocabularyTerm.Meta):
        verbose_name = _("status of concern")
        verbose_name_plural = _("statuses of concern")
