"""Bases of every form: how it is drawn, what its choices may show, and what happens when two people edit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, FieldDoesNotExist, ValidationError
from django.db import models, transaction
from django.forms.renderers import TemplatesSetting
from django.utils.formats import date_format, localize
from django.utils.translation import gettext_lazy as _

from core.choices import label_for, label_of, restrict_choices
from core.controls import ControlField
from core.models import Record
from core.picking import PicksRecords
from core.viewers import SignedIn

__all__ = ["DateInput", "FormRenderer", "RecordForm", "TimeInput", "label_of", "restrict_choices"]


class FormRenderer(TemplatesSetting):
    """Draws every field with the project's own field template."""

    field_template_name = "forms/field.html"
    bound_field_class = ControlField


class DateInput(forms.DateInput):
    """The browser's own date field: quick on a phone, typed on a laptop."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    """The browser's own time field."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class RecordForm(PicksRecords, forms.ModelForm):
    """Form of one record.

    Nothing typed is lost, and nothing of somebody else is overwritten unseen: when the record was saved
    elsewhere in the meantime, the form comes back with what was typed, lists in ``conflicts`` what is stored
    now, and a second save decides.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, user: SignedIn, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.conflicts: list[tuple[str, str]] = []
        self.fields["version"].initial = self.instance.version if self.instance.pk else None
        for name, field in self.fields.items():
            if isinstance(field, forms.ModelChoiceField):
                self.offer(name)
            elif isinstance(field, forms.DateField):
                field.widget = DateInput(field.widget.attrs)
            elif isinstance(field, forms.TimeField):
                field.widget = TimeInput(field.widget.attrs)

    def offer(self, name: str, queryset: Any = None, *, keep: Collection[Any] = ()) -> None:
        """Offer records in the field ``name``; what the record holds there stays a choice."""
        super().offer(name, queryset, keep=keep or self._stored(name))

    def _stored(self, name: str) -> list[Any]:
        """Return the keys that the record holds in its field ``name``."""
        try:
            model_field = self.instance._meta.get_field(name)
        except FieldDoesNotExist:
            return []
        if self.instance.pk is None:
            return []
        if model_field.many_to_many:
            return list(getattr(self.instance, name).values_list("pk", flat=True))
        key = getattr(self.instance, str(getattr(model_field, "attname", name)))
        return [] if key is None else [key]

    def save(self, commit: bool = True) -> Any:
        """Save the record, and those who were entered anew with it."""
        with transaction.atomic():
            self.add_newcomers()
            return super().save(commit)

    def add_error(self, field: str | None, error: Any) -> None:
        """Say at the top what concerns a field that this form does not show."""
        by_field = getattr(error, "error_dict", {}) if field is None else {}
        for name in [name for name in by_field if name not in self.fields and name != NON_FIELD_ERRORS]:
            by_field.setdefault(NON_FIELD_ERRORS, []).extend(by_field.pop(name))
        super().add_error(field, error)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        seen = cleaned.get("version")
        if self.instance.pk and seen is not None:
            self._check_version(seen)
        return cleaned

    def _update_errors(self, errors: Any) -> None:
        """Say one thing about each field: what the form refused is not judged once more by the model."""
        if hasattr(errors, "error_dict"):
            errors.error_dict = {
                name: messages for name, messages in errors.error_dict.items() if name not in self.errors
            }
        super()._update_errors(errors)  # type: ignore[misc]

    def _check_version(self, seen: int) -> None:
        stored: Record = type(self.instance)._default_manager.get(pk=self.instance.pk)
        if stored.version == seen:
            return
        for name in self.fields:
            if name in self.cleaned_data and name != "version":
                self._compare(stored, name)
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        data[self.add_prefix("version")] = str(stored.version)
        self.data = data
        raise ValidationError(
            _(
                "Somebody else saved this record in the meantime. "
                "Please compare; saving again keeps what you typed."
            ),
            code="conflict",
        )

    def _compare(self, stored: Record, name: str) -> None:
        try:
            model_field = stored._meta.get_field(name)
        except FieldDoesNotExist:
            return
        now = getattr(stored, name)
        if model_field.many_to_many:
            now = list(now.all())
            typed: Any = list(self.cleaned_data[name])
        else:
            typed = self.cleaned_data[name]
        if now != typed:
            self.conflicts.append((str(self.fields[name].label), self._display_of(stored, name, now) or "–"))

    def _display_of(self, stored: Record, name: str, value: Any) -> str:
        display = getattr(stored, f"get_{name}_display", None)
        if display is not None:
            return str(display())
        if isinstance(value, list):
            return ", ".join(label_for(record, self.user) for record in value)
        if isinstance(value, models.Model):
            return label_for(value, self.user)
        return _in_words(value)


def _in_words(value: Any) -> str:
    """Return a plain value as people write it."""
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, dt.date):
        return date_format(value, "SHORT_DATE_FORMAT")
    return "" if value is None else str(localize(value))
