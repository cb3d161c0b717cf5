"""Vocabularies about events. The office edits the terms."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import VocabularyTerm


class EventType(VocabularyTerm):
    """What sort of event: festival, tour, planning meeting and so on."""

    class Meta(VocabularyTerm.Meta):
        verbose_name = _("event type")
        verbose_name_plural = _("event types")


class ParticipationRole(VocabularyTerm):
    """What somebody did at an event. Organising together is a strong tie, attendance alone a weak one."""

    is_organising = models.BooleanField(_("organising"), default=False)

    class Meta(VocabularyTerm.Meta):
        verbose_name = _("role")
        verbose_name_plural = _("roles")


class ParticipationLevel(VocabularyTerm):
    """How far residents could take part: from information to decision."""

    class Meta(VocabularyTerm.Meta):
        verbose_name = _("level of participation")
        verbose_name_plural = _("levels of participation")


class TaskKind(VocabularyTerm):
    """A task that somebody carries in an event or a series."""

    class Meta(VocabularyTerm.Meta):
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
