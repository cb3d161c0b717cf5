"""Groups: actors that the office often writes to, invites or looks at together."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from actors.models.actor import NOTES_HELP, Actor
from actors.models.vocabulary import ContactIntervalField
from core.fields import CharField, TextField
from core.models import Record, VisibleQuerySet
from core.roles import HELPER_ROLES
from core.text import one_line


class ActorGroup(Record):
    """A named list of actors; one actor may be in several. Readers from outside see none of them."""

    name = CharField(
        _("name"),
        max_length=100,
        unique=True,
        error_messages={"unique": _("There is a group of this name already.")},
    )
    description = TextField(_("description"), max_length=2000, blank=True, help_text=NOTES_HELP)
    members = models.ManyToManyField(Actor, verbose_name=_("members"), related_name="groups", blank=True)

    contact_interval_days = ContactIntervalField(
        help_text=_("Holds for every member that has no interval of its own; of several groups the shortest.")
    )

    objects: ClassVar = VisibleQuerySet.as_manager()
    view_roles = HELPER_ROLES

    class Meta:
        verbose_name = _("group")
        verbose_name_plural = _("groups")
        ordering = ["name", "pk"]
        constraints = [models.CheckConstraint(condition=~models.Q(name=""), name="actors_group_named")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("actors:group_detail", args=[self.pk])

    def clean(self) -> None:
        """A name stands on one line."""
        self.name = one_line(self.name)
