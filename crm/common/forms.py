"""Bases of every form: how it is drawn, what its choices may show, and what happens when two people edit."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, FieldDoesNotExist, ValidationError
from django.db import models
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _

from crm.common.controls import ControlField
from crm.common.models import Record, VocabularyTerm


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


def label_of(record: models.Model) -> str:
    """Return what a choice shows: a term in the language of the moment, anything else by its name."""
    return record.label if isinstance(record, VocabularyTerm) else str(record)


def restrict_choices(field: forms.ModelChoiceField, user: Any, *, keep: Any = None) -> None:
    """Let ``field`` offer only what ``user`` may see, and no term out of use except those in ``keep``."""
    queryset: Any = field.queryset
    if hasattr(queryset, "visible_to"):
        queryset = queryset.visible_to(user)
    if issubclass(queryset.model, VocabularyTerm):
        kept = [k for k in (keep if isinstance(keep, list) else [keep]) if k is not None]
        queryset = queryset.filter(models.Q(is_active=True) | models.Q(pk__in=kept))
        field.label_from_instance = label_of  # type: ignore[assignment,method-assign]
    field.queryset = queryset


class RecordForm(forms.ModelForm):
    """Form of one record.

    Nothing typed is lost, and nothing of somebody else is overwritten unseen: when the record was saved
    elsewhere in the meantime, the form comes back with what was typed, lists in ``conflicts`` what is stored
    now, and a second save decides.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.conflicts: list[tuple[str, str]] = []
        self.fields["version"].initial = self.instance.version if self.instance.pk else None
        for name, field in self.fields.items():
            if isinstance(field, forms.ModelChoiceField):
                restrict_choices(field, user, keep=self._stored(name))
            elif isinstance(field, forms.DateField):
                field.widget = DateInput(field.widget.attrs)
            elif isinstance(field, forms.TimeField):
                field.widget = TimeInput(field.widget.attrs)

    def _stored(self, name: str) -> Any:
        if not self.instance.pk or not hasattr(self.instance, name):
            return None
        value = getattr(self.instance, name)
        return (
            list(value.values_list("pk", flat=True))
            if hasattr(value, "values_list")
            else getattr(value, "pk", None)
        )

    def add_error(self, field: str | None, error: Any) -> None:
        """Say at the top what concerns a field that this form does not show."""
        found = getattr(error, "error_dict", {}) if field is None else {}
        for name in [name for name in found if name not in self.fields and name != NON_FIELD_ERRORS]:
            found.setdefault(NON_FIELD_ERRORS, []).extend(found.pop(name))
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
                name: found for name, found in errors.error_dict.items() if name not in self.errors
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
            shown = ", ".join(map(label_of, now)) if isinstance(now, list) else self._shown(stored, name, now)
            self.conflicts.append((str(self.fields[name].label), shown or "–"))

    def _shown(self, stored: Record, name: str, value: Any) -> str:
        display = getattr(stored, f"get_{name}_display", None)
        if display is not None:
            return str(display())
        return "" if value is None else label_of(value) if isinstance(value, models.Model) else str(value)
