"""Where an actor stands in the picture of the network, so that it is found there again."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from actors.models import Actor


class Placement(models.Model):
    """The place of an actor in the unit square; derived from the network and safe to delete."""

    actor = models.OneToOneField(
        Actor, models.CASCADE, primary_key=True, related_name="placement", verbose_name=_("actor")
    )
    x = models.FloatField()
    y = models.FloatField()

    objects: ClassVar[models.Manager] = models.Manager()

    class Meta:
        verbose_name = _("place in the picture")
        verbose_name_plural = _("places in the picture")

    def __str__(self) -> str:
        return f"{self.actor_id}: {self.x:.3f}, {self.y:.3f}"
