"""Records that somebody chose one by one, handed from page to page by their keys."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field

MOST_CHOSEN = 500
GREATEST_DIGITS = 18


def key_in(text: str) -> str | None:
    """Return the key that an address names, None for anything else."""
    return text if text.isdecimal() and len(text) <= GREATEST_DIGITS else None


@dataclass(frozen=True)
class Selection:
    """The keys of chosen records, each once, in the order of choosing."""

    ids: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.ids)

    def __bool__(self) -> bool:
        """A selection of nothing is still one: it filters everything away."""
        return True

    def __str__(self) -> str:
        return ngettext("%(n)s entry", "%(n)s entries", len(self.ids)) % {"n": len(self.ids)}

    @property
    def text(self) -> str:
        """The keys as they stand in an address."""
        return ",".join(map(str, self.ids))


def read_selection(texts: Iterable[str]) -> Selection:
    """Read keys out of texts with commas; what is no key is passed over."""
    parts = (part.strip() for text in texts for part in text.split(","))
    keys = (int(part) for part in parts if part.isdecimal() and len(part) <= GREATEST_DIGITS)
    return Selection(tuple(dict.fromkeys(keys)))


class SelectionInput(forms.HiddenInput):
    """Takes ``ids=1,2`` as well as ``ids=1&ids=2``, which is what plain check boxes send."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        values = data.getlist(name) if hasattr(data, "getlist") else [data.get(name)]
        given = [value for value in values if value]
        return ",".join(map(str, given)) if given else None

    def format_value(self, value: Any) -> str | None:
        return value.text if isinstance(value, Selection) else super().format_value(value)


class SelectionField(forms.CharField):
    """A selection; more than can be chosen at once is refused."""

    widget = SelectionInput

    def __init__(self, *, most: int = MOST_CHOSEN, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.most = most

    def clean(self, value: Any) -> Any:
        if value in self.empty_values:
            self.validate(value)
            return None
        # No key is longer, so a longer text is not even read.
        chosen = read_selection([str(value)]) if len(value) <= self.most * (GREATEST_DIGITS + 2) else None
        if chosen is None or len(chosen) > self.most:
            raise ValidationError(
                _("At most %(most)s entries can be chosen at once."), params={"most": self.most}, code="max"
            )
        return chosen


@extend_schema_field(OpenApiTypes.STR)
class SelectionFilter(django_filters.Filter):
    """Only the chosen records."""

    field_class = SelectionField

    def filter(self, qs: models.QuerySet, value: Selection | None) -> models.QuerySet:
        return qs if value is None else qs.filter(pk__in=value.ids)
