"""Form controls one types into: what is meant is chosen from a list, on the page or on the server."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.forms.utils import flatatt
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.choices import UNSEEN, unseen_label
from core.roles import can
from core.text import fold, one_line
from core.viewers import SignedIn

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from core.models import Record

NEW, TEXT = "new:", "text:"
TYPED = "-typed"


class PlainSelect(forms.Select):
    """A select that is drawn without a template for each option, where hundreds stand on one page."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = set(self.format_value(value))
        groups = [
            format_html('<optgroup label="{}">{}</optgroup>', label, _options(inner, chosen))
            if isinstance(inner, list)
            else _options([(label, inner)], chosen)
            for label, inner in self.choices
        ]
        final = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        return format_html(
            "<select{}>{}</select>", flatatt(final), format_html_join("\n", "{}", ((g,) for g in groups))
        )


def _options(choices: Iterable[tuple[Any, Any]], chosen: set[str]) -> SafeString:
    rows = ((key, " selected" if str(key) in chosen else "", label) for key, label in choices)
    return format_html_join("\n", '<option value="{}"{}>{}</option>', rows)


class TypedMixin:
    """A select one can type into.

    What was typed and not chosen arrives beside it, as ``<name>-typed``, and becomes the choice ``text:…``:
    no record, so that the form refuses it and shows it again. With a model in ``creates``, a name that is not
    found can be entered by whoever may add such records; it arrives as ``new:The name``, and ``build`` makes
    the record.
    """

    creates: ClassVar[type[Record] | None] = None
    may_create = False
    user: SignedIn | None = None

    def build_attrs(self, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None) -> Any:
        attrs = super().build_attrs(base_attrs, extra_attrs)  # type: ignore[misc]
        attrs["data-tomselect"] = ""
        if self.may_create:
            attrs["data-create"] = NEW.rstrip(":")
        elif self.user is not None and self.creates is not None:
            attrs["data-no-results"] = _("Nothing found. The office can enter what is missing.")
        return attrs

    def grant(self, user: SignedIn) -> None:
        """Say who fills in the form: what may be added depends on that."""
        self.user, self.may_create = user, self.creates is not None and can(user, "add", self.creates)

    def build(self, name: str) -> Any:
        """Return the record for a name entered anew, checked and not saved yet."""
        raise NotImplementedError

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        value = super().value_from_datadict(data, files, name)  # type: ignore[misc]
        typed = one_line(str(data.get(f"{name}{TYPED}") or ""))
        if not typed:
            return value
        is_several = self.allow_multiple_selected  # type: ignore[attr-defined]
        return [*(value or []), f"{TEXT}{typed}"] if is_several else f"{TEXT}{typed}"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        values = as_list(value)
        open_ones = [v for v in values if self._is_open(v)]
        if open_ones:
            typed = open_ones[-1].removeprefix(TEXT).removeprefix(NEW)
            attrs = {**(attrs or {}), "data-typed": typed}
            rest = [v for v in values if not self._is_open(v)]
            value = rest if self.allow_multiple_selected else next(iter(rest), None)  # type: ignore[attr-defined]
        context: dict[str, Any] = super().get_context(name, value, attrs)  # type: ignore[misc]
        return context

    def _is_open(self, value: Any) -> bool:
        """Tell whether this is a text that stands for no record."""
        text = str(value)
        return text.startswith(TEXT) or (text.startswith(NEW) and not self.may_create)

    def optgroups(self, name: str, value: list[str], attrs: dict[str, Any] | None = None) -> list[Any]:
        """Draw the entries, and the names that were entered anew."""
        groups: list[Any] = super().optgroups(name, value, attrs)  # type: ignore[misc]
        for text in value:
            if self.may_create and str(text).startswith(NEW):
                number = len(groups)
                option = self.create_option(name, text, str(text).removeprefix(NEW), True, number)  # type: ignore[attr-defined]
                groups.append((None, [option], number))
        return groups


class TypedSelect(TypedMixin, forms.Select):
    """One of the entries on the page."""


class TypedSelectMultiple(TypedMixin, forms.SelectMultiple):
    """Several of the entries on the page."""


class RemoteMixin(TypedMixin):
    """A select that holds only what is chosen; the rest is looked up on the server while typing.

    ``url_name`` names a view that answers ``?q=…`` with ``{"results": [{"id", "text", "hint", "sector"}]}``.
    """

    def __init__(self, attrs: dict[str, Any] | None = None, *, url_name: str, query: str = "") -> None:
        super().__init__(attrs)  # type: ignore[call-arg]
        self.url_name, self.query = url_name, query

    def build_attrs(self, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None) -> Any:
        attrs = super().build_attrs(base_attrs, extra_attrs)
        attrs["data-url"] = reverse(self.url_name) + (f"?{self.query}" if self.query else "")
        return attrs

    def optgroups(self, name: str, value: list[str], attrs: dict[str, Any] | None = None) -> list[Any]:
        """Draw the chosen entries and no other."""
        iterator: Any = self.choices  # type: ignore[attr-defined]
        kept = [v for v in map(str, value) if v]
        keys = [v for v in kept if v.isdecimal() and len(v) < 19]
        chosen = self.read_chosen(iterator.queryset.filter(pk__in=keys))
        entries = [(str(each.pk), iterator.field.label_from_instance(each), told) for each, told in chosen]
        entries += [(v, v.removeprefix(NEW), {}) for v in kept if self.may_create and v.startswith(NEW)]
        entries += [(v, unseen_label(), {}) for v in kept if v == UNSEEN]
        if not self.allow_multiple_selected:  # type: ignore[attr-defined]
            entries.insert(0, ("", "", {}))
        groups: list[Any] = []
        for index, (key, label, told) in enumerate(entries):
            option = self.create_option(name, key, label, key in kept, index)  # type: ignore[attr-defined]
            option["attrs"] |= told
            groups.append((None, [option], index))
        return groups

    def read_chosen(self, chosen: QuerySet) -> list[tuple[Any, dict[str, str]]]:
        """Return the chosen records, each with attributes that tell the page more of it."""
        return [(record, {}) for record in chosen]


class RemoteSelect(RemoteMixin, forms.Select):
    """One record out of many."""


class RemoteSelectMultiple(RemoteMixin, forms.SelectMultiple):
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


def as_list(value: Any) -> list[Any]:
    """Return what was chosen in a select, whether it takes one or several."""
    if value is None or value == "":
        return []
    return list(value) if isinstance(value, list | tuple) else [value]
