"""Form controls for choices that are too many to be sent with the page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.urls import reverse

from crm.common.text import fold

NEW = "new:"


class RemoteSelectMixin:
    """A select that holds only what is chosen; the rest is looked up on the server while typing.

    ``url_name`` names a view that answers ``?q=…`` with ``{"results": [{"id", "text", "hint", "sector"}]}``.
    With ``may_create`` a name that is not found can be entered; it arrives as ``new:The name``.
    """

    def __init__(
        self, attrs: dict[str, Any] | None = None, *, url_name: str, query: str = "", may_create: bool = False
    ) -> None:
        super().__init__({**(attrs or {}), "data-tomselect": ""})  # type: ignore[call-arg]
        self.url_name, self.query, self.may_create = url_name, query, may_create

    def build_attrs(self, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None) -> Any:
        attrs = super().build_attrs(base_attrs, extra_attrs)  # type: ignore[misc]
        attrs["data-url"] = reverse(self.url_name) + (f"?{self.query}" if self.query else "")
        if self.may_create:
            attrs["data-create"] = NEW.rstrip(":")
        return attrs

    def optgroups(self, name: str, value: list[str], attrs: dict[str, Any] | None = None) -> list[Any]:
        """Draw the chosen entries and no other."""
        iterator: Any = self.choices  # type: ignore[attr-defined]
        kept = [v for v in map(str, value) if v]
        chosen = iterator.queryset.filter(pk__in=[v for v in kept if v.isdecimal() and len(v) < 19])
        entries = [(str(record.pk), iterator.field.label_from_instance(record)) for record in chosen]
        entries += [(v, v.removeprefix(NEW)) for v in kept if self.may_create and v.startswith(NEW)]
        if not self.allow_multiple_selected:  # type: ignore[attr-defined]
            entries.insert(0, ("", ""))
        return [
            (None, [self.create_option(name, key, label, key in kept, index)], index)  # type: ignore[attr-defined]
            for index, (key, label) in enumerate(entries)
        ]


class RemoteSelect(RemoteSelectMixin, forms.Select):
    """One record out of many."""


class RemoteSelectMultiple(RemoteSelectMixin, forms.SelectMultiple):
    """Several records out of many."""


class CountedCheckboxes(forms.CheckboxSelectMultiple):
    """Boxes with the number of records behind each; ``counts`` is asked when the boxes are drawn."""

    counts: Callable[[], dict[str, int]] | None = None

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(*args, **kwargs)
        if self.counts is not None:
            option["count"] = self.counts().get(str(option["value"]), 0)
        return option


def new_names(values: list[str]) -> list[str]:
    """Return the names that were entered anew, each once, in the order of entry."""
    names: dict[str, str] = {}
    for value in values:
        name = " ".join(value.removeprefix(NEW).split())
        if value.startswith(NEW) and name:
            names.setdefault(fold(name), name)
    return list(names.values())
