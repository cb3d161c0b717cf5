"""Forms with lists of rows below: points of a contact, carriers of a series, agenda of an event."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db import models, transaction
from django.forms.models import BaseInlineFormSet, inlineformset_factory
from django.utils.translation import gettext_lazy as _

from core.forms import RecordForm
from core.models import Record
from core.viewers import SignedIn

EMPTY_ROWS = 1
MOST_ROWS = 200


class RowForm(RecordForm):
    """One row of a list; it may be left empty."""

    def has_changed(self) -> bool:
        """A row in which nothing was typed is no row."""
        return any(name != "version" for name in self.changed_data)


class Rows(BaseInlineFormSet):
    """The rows of one list. ``title`` and ``add_label`` stand above and below it."""

    title: ClassVar[Any] = ""
    add_label: ClassVar[Any] = _("Add a row")

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = _("Delete")

    def save(self, commit: bool = True) -> Any:
        """Save the rows, and number those that have a place from one on."""
        saved = super().save(commit)
        model: Any = self.model
        if any(field.name == "position" for field in model._meta.fields):
            for number, row in enumerate(model.objects.filter(**{self.fk.name: self.instance}), start=1):
                if row.position != number:
                    row.position = number
                    row.save(update_fields=["position"])
        return saved

    @property
    def columns(self) -> list[Any]:
        """The visible fields of an empty row, for the heads of the table."""
        return [field for field in self.empty_form.visible_fields() if field.name != "DELETE"]


def share_newcomers(form: RecordForm, lists: Iterable[Any]) -> None:
    """Have a name that is entered anew in several rows, or above them as well, become one record."""
    for rows in lists:
        for row in rows.forms:
            row.newcomers = form.newcomers


@dataclass(frozen=True)
class RowList:
    """What a list of rows is made of."""

    model: type[Record]
    form: type[RowForm]
    title: Any
    add_label: Any
    fk_name: str | None = None

    def formset(self, parent: type[models.Model]) -> type[Rows]:
        """Return the formset class of these rows below ``parent``."""
        base = type("Rows", (Rows,), {"title": self.title, "add_label": self.add_label})
        rows: Any = inlineformset_factory(
            parent,
            self.model,
            form=self.form,
            formset=base,
            fk_name=self.fk_name,
            extra=EMPTY_ROWS,
            max_num=MOST_ROWS,
            absolute_max=MOST_ROWS + 10,
        )
        return rows


class FormWithRows(RecordForm):
    """A form that is valid, and saved, only together with its lists of rows."""

    row_lists: ClassVar[dict[str, RowList]] = {}

    def __init__(self, *args: Any, user: SignedIn, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        data = self.data if self.is_bound else None
        self.rows = [
            row_list.formset(type(self.instance))(
                data, instance=self.instance, prefix=name, form_kwargs={"user": user}
            )
            for name, row_list in self.row_lists.items()
        ]
        share_newcomers(self, self.rows)

    def is_valid(self) -> bool:
        return all([super().is_valid(), *(rows.is_valid() for rows in self.rows)])

    def save(self, commit: bool = True) -> Any:
        """Save the record, then its rows."""
        with transaction.atomic():
            self.add_newcomers()
            record = self.save_record()
            for rows in self.rows:
                rows.instance = record
                rows.save()
        return record

    def save_record(self) -> Any:
        """Save the record itself; sub-classes call the service for it."""
        return super().save()
