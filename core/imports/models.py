"""The memory of imports: what was uploaded, how it was mapped, what each row did, how to take it back."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import Record, VisibleQuerySet
from core.roles import OFFICE_ROLES, Role
from core.viewers import Viewer


class ImportState(models.TextChoices):
    """How far an import has come."""

    UPLOADED = "uploaded", _("uploaded")
    CHECKED = "checked", _("checked")
    APPLIED = "applied", _("applied")
    UNDONE = "undone", _("undone")
    FAILED = "failed", _("failed")


class RowAction(models.TextChoices):
    """What a row does to the register."""

    CREATE = "create", _("new")
    UPDATE = "update", _("changed")
    SKIP = "skip", _("unchanged")
    LEAVE = "leave", _("left out")
    ERROR = "error", _("faulty")


class ImportRunQuerySet(VisibleQuerySet):
    """Imports as the two roles see them, and as lists read them: without the tables they hold."""

    def visible_to_role(self, role: Role, user: Viewer) -> Self:
        """Management sees all imports, staff their own."""
        if role == Role.MANAGEMENT:
            return self.all()
        return self.filter(uploaded_by=user) if role in OFFICE_ROLES else self.none()

    def without_table(self) -> Self:
        """Leave the uploaded data in the database: lists of imports do not need it."""
        return self.defer("table", "source")

    def older_than(self, moment: dt.datetime) -> Self:
        """Return the imports whose rows were uploaded before ``moment``."""
        return self.filter(created_at__lt=moment)


class ImportRun(Record):
    """One table on its way into the register."""

    kind = models.CharField(_("what is imported"), max_length=40, editable=False)
    state = models.CharField(
        _("state"), max_length=20, choices=ImportState.choices, default=ImportState.UPLOADED, editable=False
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=_("uploaded by"),
        related_name="imports",
        null=True,
        blank=True,
        editable=False,
    )
    file_name = models.CharField(_("file"), max_length=255, editable=False)
    sheet_name = models.CharField(_("sheet"), max_length=100, blank=True, editable=False)
    table = models.JSONField(_("uploaded table"), default=dict, editable=False)
    # Kept only while another sheet of the same workbook may still be chosen.
    source = models.BinaryField(_("uploaded file"), null=True, editable=False)
    mapping = models.JSONField(_("assignment of columns"), default=dict, editable=False)
    defaults = models.JSONField(_("values for all rows"), default=dict, editable=False)
    counts = models.JSONField(_("numbers of rows"), default=dict, editable=False)
    failure = models.TextField(_("reason of failure"), blank=True, editable=False)
    applied_at = models.DateTimeField(_("applied at"), null=True, editable=False)
    undone_at = models.DateTimeField(_("undone at"), null=True, editable=False)
    is_purged = models.BooleanField(_("rows deleted"), default=False, editable=False)

    objects = ImportRunQuerySet.as_manager()  # type: ignore[misc]
    view_roles = OFFICE_ROLES

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_open(self) -> bool:
        """Whether the import may still be mapped, checked and applied."""
        return self.state in {ImportState.UPLOADED, ImportState.CHECKED, ImportState.FAILED}

    def purge(self) -> None:
        """Delete the personal data of the import; what it did stays in the history as numbers."""
        self.rows.all().delete()
        self.table, self.source, self.is_purged = {}, None, True
        self.save(update_fields=["table", "source", "is_purged"])


class ImportedRowQuerySet(VisibleQuerySet):
    """Rows go with their import: whoever may see that sees them."""

    def visible_to_role(self, role: Role, user: Viewer) -> Self:
        return self.filter(run__in=ImportRun.objects.visible_to(user))


class ImportedRow(Record):
    """What one row of the table does or did."""

    run = models.ForeignKey(ImportRun, models.CASCADE, verbose_name=_("import"), related_name="rows")
    number = models.PositiveIntegerField(_("row"))
    # A row with several names is several rows here.
    part = models.PositiveSmallIntegerField(_("part of the row"), default=0)
    action = models.CharField(_("action"), max_length=10, choices=RowAction.choices)
    label = models.CharField(_("name"), max_length=300, blank=True)
    # [key of the field, old text, new text]
    changes = models.JSONField(_("changes"), default=list, encoder=DjangoJSONEncoder)
    # [index of the column or null, what stands there, reason]
    errors = models.JSONField(_("errors"), default=list, encoder=DjangoJSONEncoder)
    # The same of what should be looked at although the row is not faulty.
    notes = models.JSONField(_("notes"), default=list, encoder=DjangoJSONEncoder)
    object_pk = models.BigIntegerField(_("record"), null=True, blank=True)
    # Version of the record right after the import: later changes show by a higher one.
    object_version = models.PositiveIntegerField(_("version of the record"), null=True, blank=True)
    # [model label, key] of everything this row created, in the order of creation.
    created = models.JSONField(_("created"), default=list)
    before = models.JSONField(_("values before"), default=dict, encoder=DjangoJSONEncoder)

    objects = ImportedRowQuerySet.as_manager()  # type: ignore[misc]
    view_roles = OFFICE_ROLES

    class Meta:
        verbose_name = _("imported row")
        verbose_name_plural = _("imported rows")
        ordering = ["run", "number", "part"]
        constraints = [
            models.UniqueConstraint(fields=["run", "number", "part"], name="imports_importedrow_once"),
        ]
        indexes = [models.Index(fields=["run", "action", "number"], name="imports_row_run_action")]

    def __str__(self) -> str:
        return self.label or str(self.number)
