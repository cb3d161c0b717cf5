"""The filters in use, said in words: the chips above every list."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import formats
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    import datetime as dt

    from django.http import QueryDict


def _chip_label(field: forms.Field, label: str, value: Any) -> str:
    if isinstance(field, forms.ModelChoiceField):
        return f"{label}: {field.label_from_instance(value)}"
    if isinstance(field, forms.ChoiceField):
        return str(_choice_label(field, value))
    if isinstance(field, forms.DateField):
        day: dt.date = value
        return f"{label} {formats.date_format(day, 'SHORT_DATE_FORMAT')}"
    if isinstance(field, forms.NullBooleanField | forms.BooleanField):
        return label if value else _("%(filter)s: no") % {"filter": label}
    return f"{label}: {value}"


def _choice_label(field: forms.ChoiceField, value: Any) -> Any:
    choices: Any = field.choices
    for key, label in choices:
        if isinstance(label, list | tuple):
            for inner, inner_label in label:
                if str(inner) == str(value):
                    return inner_label
        elif str(key) == str(value):
            return label
    return value


def _is_used(field: forms.Field, value: Any) -> bool:
    if isinstance(value, bool):
        return value or isinstance(field, forms.NullBooleanField)
    return value is not None and not (isinstance(value, Iterable) and not list(value))


def _raw(field: forms.Field, value: Any) -> str:
    if isinstance(field, forms.ModelChoiceField) and hasattr(value, "pk"):
        return str(getattr(value, field.to_field_name or "pk"))
    return str(value)


def _without(query: QueryDict, name: str, raw: str | None) -> str:
    rest = query.copy()
    rest.pop("page", None)
    kept = [value for value in rest.getlist(name) if raw is not None and value != raw]
    if kept:
        rest.setlist(name, kept)
    else:
        rest.pop(name, None)
    return f"?{rest.urlencode()}"


def filter_chips(filterset: Any, *, query: QueryDict) -> list[dict[str, str]]:
    """Return a chip for every filter value in use, in the order of the filter form."""
    form = filterset.form
    if not form.is_bound:
        return []
    form.is_valid()
    chips = []
    for name, field in form.fields.items():
        value = form.cleaned_data.get(name)
        if not _is_used(field, value):
            continue
        several = isinstance(value, Iterable) and not isinstance(value, str)
        label = str(field.label or name)
        for one in value if several else [value]:
            raw = _raw(field, one) if several else None
            chips.append({"label": _chip_label(field, label, one), "url": _without(query, name, raw)})
    return chips
