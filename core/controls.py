"""How the controls of a form are dressed: the classes of the theme, put on in one place."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.boundfield import BoundField

SELECTS = (forms.Select,)
BOXES = (forms.CheckboxInput, forms.RadioSelect)


def control_class(widget: forms.Widget) -> str:
    """Return the class of the theme for this kind of control; none for hidden ones."""
    if widget.is_hidden:
        return ""
    if isinstance(widget, BOXES):
        return "form-check-input"
    return "form-select" if isinstance(widget, SELECTS) else "form-control"


class ControlField(BoundField):
    """A field whose control carries the class of the theme, whatever widget it has."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        built = super().build_widget_attrs(attrs, widget)
        used = widget or self.field.widget
        classes = [control_class(used), used.attrs.get("class", ""), built.get("class", "")]
        joined = " ".join(dict.fromkeys(" ".join(classes).split()))
        return {**built, "class": joined} if joined else built
