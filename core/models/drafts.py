"""Which forms were stored already: sent twice, they are stored once (see ``core.stored_once``)."""

from __future__ import annotations

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class DraftKey(models.Model):
    """The key of a form that one person has sent, what was in it, and what became of it."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("sent by"), related_name="draft_keys"
    )
    key = models.CharField(_("key of the draft"), max_length=64)
    # Tells a repeated sending from other content under the same key; nothing can be read from it.
    digest = models.CharField(_("digest"), max_length=64)
    model = models.CharField(_("kind of the record"), max_length=100, blank=True)
    object_pk = models.BigIntegerField(_("record"), null=True)
    address = models.CharField(_("address"), max_length=1000, blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        verbose_name = _("key of a draft")
        verbose_name_plural = _("keys of drafts")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["owner", "key"], name="core_draftkey_once")]
        indexes = [models.Index(fields=["owner", "created_at"], name="core_draftkey_age")]

    def __str__(self) -> str:
        return self.key

    def keep(self, *, record: models.Model | None, address: str = "") -> None:
        """Remember what became of the form."""
        if record is not None and record.pk is not None:
            self.model, self.object_pk = record._meta.label_lower, record.pk
        self.address = address
        self.save()

    @property
    def record(self) -> models.Model | None:
        """What was stored, if it is a record and still there."""
        if not self.model:
            return None
        return apps.get_model(self.model)._base_manager.filter(pk=self.object_pk).first()

    @property
    def is_void(self) -> bool:
        """Whether what was stored is gone: deleted, or taken back. Then the key is free again."""
        return bool(self.model) and self.record is None
