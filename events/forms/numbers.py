"""Numbers as people type them."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from events.validators import PEOPLE

_IN_THOUSANDS = re.compile(r"^\d{1,3}(?:[. '’]\d{3})+$")
_WHOLE = re.compile(r"^[+-]?\d{1,12}$")


class CountField(forms.IntegerField):
    """A number of people. "1.200" is one thousand two hundred; what is no whole number is refused."""

    default_error_messages = {"invalid": _("Enter a whole number from 0 to 100,000.")}

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "num"})
        super().__init__(**{"min_value": 0, "widget": widget, **kwargs})
        self.validators += PEOPLE

    def to_python(self, value: Any) -> int | None:
        text = str(value).strip() if value is not None else ""
        if not text:
            return None
        if _IN_THOUSANDS.match(text):
            text = re.sub(r"\D", "", text)
        if not _WHOLE.match(text):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return int(text)
