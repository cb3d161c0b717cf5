"""The memory of what was done a moment ago, so that it can be taken back (see ``core.undoing``)."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

UNDO_WITHIN = dt.timedelta(minutes=15)


class UndoStepQuerySet(models.QuerySet):
    """Steps that can be taken back."""

    def expired(self) -> Self:
        """Return the steps whose time has run out."""
        return self.filter(expires_at__lte=timezone.now())

    def open(self) -> Self:
        """Return the steps that can still be taken back."""
        return self.filter(expires_at__gt=timezone.now(), used_at__isnull=True)


def end_of_time() -> dt.datetime:
    """Return until when something that is done now can be taken back."""
    return timezone.now() + UNDO_WITHIN


class UndoStep(models.Model):
    """What one person did in one go: the rows as they were. It is nobody else's, and used once."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("done by"), related_name="undo_steps"
    )
    # What is said once it is taken back.
    label = models.CharField(_("label"), max_length=300)
    # [action, model]: what the owner has to be allowed still.
    rights = models.JSONField(_("rights"), default=list)
    # "deleted": model and row; "changed": model, key, columns before and after; "created": groups of keys.
    snapshot = models.JSONField(_("rows as they were"), default=dict)
    # Where to go when it is taken back; empty: where the button was pressed.
    back = models.CharField(_("address"), max_length=500, blank=True)
    # Taken back, the same form may be sent again.
    draft_key = models.CharField(_("key of the draft"), max_length=64, blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    expires_at = models.DateTimeField(_("can be undone until"), default=end_of_time, db_index=True)
    used_at = models.DateTimeField(_("undone at"), null=True)

    objects = UndoStepQuerySet.as_manager()

    class Meta:
        verbose_name = _("step that can be undone")
        verbose_name_plural = _("steps that can be undone")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.label

    @property
    def address(self) -> str:
        """Where to send (POST) to take it back."""
        return reverse("undo", args=[self.pk])
