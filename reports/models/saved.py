"""Reports as they were on a day: kept with their files, and never changed again."""

from __future__ import annotations

import hashlib
from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.fields import CharField, TextField
from core.models import Record, VisibleQuerySet
from core.roles import OFFICE_ROLES, REPORT_ROLES, Role
from core.viewers import Viewer


class FrozenError(TypeError):
    """Somebody tried to change what is kept as it was."""

    def __init__(self) -> None:
        super().__init__("What was saved of a report never changes; save the report anew.")


class FrozenQuerySet(VisibleQuerySet):
    """Rows that are written once."""

    def update(self, **changes: Any) -> int:
        """Refuse: this is how rows would be changed unseen."""
        raise FrozenError


class SavedReportQuerySet(FrozenQuerySet):
    """Saved reports."""

    def visible_to_role(self, role: Role, user: Viewer) -> Self:
        """The office sees all; readers what they saved themselves, under the rights of a reader."""
        if role in OFFICE_ROLES:
            return self.all()
        if role == Role.READER:
            return self.filter(author=user, author_role=Role.READER)
        return self.none()

    def listed(self) -> Self:
        """Leave the content in the database: lists do not show it."""
        return self.select_related("author").defer("content")


def digest_of(content: bytes) -> str:
    """Return the SHA-256 of the content, as hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


class SavedReport(Record):
    """A report with what was asked, by whom and when; ``content`` is all it says, ``digest`` its seal."""

    kind = CharField(_("kind"), max_length=20)
    title = CharField(_("title"), max_length=250)
    period = CharField(_("period"), max_length=100)
    query = models.TextField(_("question"), blank=True, validators=[MaxLengthValidator(20_000)])
    note = TextField(_("note"), max_length=1000, blank=True)
    language = CharField(_("language"), max_length=10)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("author"), related_name="saved_reports"
    )
    author_role = models.CharField(_("role of the author"), max_length=20, choices=Role.choices)
    data_date = models.DateField(_("data as of"))
    content = models.TextField(_("content"))
    digest = CharField(_("digest"), max_length=64)

    objects: ClassVar = SavedReportQuerySet.as_manager()
    view_roles = REPORT_ROLES
    write_roles = REPORT_ROLES
    delete_roles = frozenset({Role.MANAGEMENT})

    class Meta:
        verbose_name = _("saved report")
        verbose_name_plural = _("saved reports")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.title} ({self.period})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the row once."""
        if not self._state.adding:
            raise FrozenError
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("reports:saved_report", args=[self.pk])

    @property
    def is_intact(self) -> bool:
        """Whether the content is still what was saved."""
        return digest_of(self.content.encode()) == self.digest


class SavedFile(models.Model):
    """One file of a saved report."""

    report = models.ForeignKey(
        SavedReport, models.CASCADE, verbose_name=_("saved report"), related_name="files"
    )
    suffix = CharField(_("form"), max_length=10)
    body = models.BinaryField(_("bytes"))
    size = models.PositiveIntegerField(_("size"))
    digest = CharField(_("digest"), max_length=64)

    objects: ClassVar = FrozenQuerySet.as_manager()

    class Meta:
        verbose_name = _("file of a saved report")
        verbose_name_plural = _("files of saved reports")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["report", "suffix"], name="reports_savedfile_form")]

    def __str__(self) -> str:
        return f"{self.report_id}.{self.suffix}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the row once."""
        if not self._state.adding:
            raise FrozenError
        super().save(*args, **kwargs)

    @property
    def is_intact(self) -> bool:
        """Whether the bytes are still those that were saved."""
        return (len(self.body), digest_of(bytes(self.body))) == (self.size, self.digest)
