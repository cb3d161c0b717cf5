"""Bases of filter sets. One filter set serves the pages and the REST API alike."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_filters.filterset import FILTER_FOR_DBFIELD_DEFAULTS

from core.forms import DateInput, label_of
from core.text import LONGEST_SEARCH, MOST_SEARCH_WORDS, search_words
from core.widgets import RemoteSelect

MOST_VALUES = 500  # of one filter


def search_error(text: str) -> ValidationError | None:
    """Return what is wrong with a text to search for: it is too long, or holds too many words."""
    if len(text) > LONGEST_SEARCH:
        return ValidationError(
            _("Please search with at most %(limit)d characters; these are %(count)d."),
            params={"limit": LONGEST_SEARCH, "count": len(text)},
            code="max_length",
        )
    if search_words(text) is None or len(text.split()) > MOST_SEARCH_WORDS:
        return ValidationError(
            _("Please search with at most %(limit)d words."),
            params={"limit": MOST_SEARCH_WORDS},
            code="max_words",
        )
    return None


class SearchField(forms.CharField):
    """Words to search for, no more of them than a search may have."""

    def validate(self, value: str) -> None:
        super().validate(value)
        error = search_error(value)
        if error is not None:
            raise error


class SearchFilter(django_filters.CharFilter):
    """Words to search for; every filter of a text is one, so that none takes a text without bounds."""

    field_class = SearchField

    def __init__(self, *, label: Any = "", method: Any = "search", **kwargs: Any) -> None:
        super().__init__(label=label or gettext_lazy("Search"), method=method, **kwargs)


class YesNoSelect(forms.NullBooleanSelect):
    """Yes, no, or both: nobody filters by what is unknown."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        any_label = gettext_lazy("any")
        self.choices = [("unknown", any_label), ("true", gettext_lazy("Yes")), ("false", gettext_lazy("No"))]


class YesNoFilter(django_filters.BooleanFilter):
    """Whether something is so."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"widget": YesNoSelect(), **kwargs})


class RecordFilterSet(django_filters.FilterSet):
    """Filter set that knows who asks. Wrong values are said by the form, and so are too many of them.

    Unknown parameters are ignored on pages; the REST API refuses them.
    """

    FILTER_DEFAULTS = FILTER_FOR_DBFIELD_DEFAULTS | {models.BooleanField: {"filter_class": YesNoFilter}}

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        several = {name: len(data.getlist(name)) for name in data} if hasattr(data, "getlist") else {}
        self.overfull = {name for name, number in several.items() if number > MOST_VALUES}
        if self.overfull:
            data = data.copy()
            for name in self.overfull:
                del data[name]
        super().__init__(data, *args, **kwargs)

    @property
    def form(self) -> Any:
        is_new = not hasattr(self, "_form")
        form = super().form
        if is_new:
            for name in self.overfull & form.fields.keys():
                error = ValidationError(
                    _("At most %(limit)d values can be chosen at once."), params={"limit": MOST_VALUES}
                )
                form.add_error(name, error)
        return form

    @property
    def user(self) -> Any:
        """Who asks; None where only the shape of the filters is wanted (API schema)."""
        return getattr(self.request, "user", None)


class VisibleChoicesMixin:
    """Offers only what the user may see: an invisible key answers exactly like one that does not exist."""

    def get_queryset(self, request: Any) -> Any:
        queryset: Any = super().get_queryset(request)  # type: ignore[misc]
        return queryset.none() if request is None else queryset.all().visible_to(request.user)

    @property
    def field(self) -> Any:
        field: Any = super().field  # type: ignore[misc]
        field.label_from_instance = label_of
        return field


class VisibleChoiceFilter(VisibleChoicesMixin, django_filters.ModelChoiceFilter):
    """One related record."""


class VisibleMultipleChoiceFilter(VisibleChoicesMixin, django_filters.ModelMultipleChoiceFilter):
    """Any of several related records."""


class TermFilter(VisibleMultipleChoiceFilter):
    """Any of several terms of a vocabulary, named by their codes, terms out of use included."""

    def __init__(self, *, queryset: models.QuerySet | models.Manager, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.SelectMultiple(attrs={"data-tomselect": ""}))
        super().__init__(queryset=queryset, to_field_name="code", distinct=False, **kwargs)

    def filter(self, qs: models.QuerySet, value: Any) -> models.QuerySet:
        """Ask in a query of its own, so that a record with two of the terms is still one row."""
        if not value:
            return qs
        having = qs.model._default_manager.filter(**{f"{self.field_name}__in": value})
        return qs.filter(pk__in=having.order_by().values("pk"))


class RemoteChoiceFilter(VisibleChoiceFilter):
    """One record out of many thousands: the list of choices stays on the server."""

    def __init__(self, *, queryset: models.QuerySet | models.Manager, url_name: str, **kwargs: Any) -> None:
        super().__init__(queryset=queryset, widget=RemoteSelect(url_name=url_name), **kwargs)


class FromDateFilter(django_filters.DateFilter):
    """On this day or later."""

    def __init__(self, *, field_name: str, **kwargs: Any) -> None:
        super().__init__(field_name=field_name, lookup_expr="gte", widget=DateInput(), **kwargs)


class UntilDateFilter(django_filters.DateFilter):
    """On this day or earlier."""

    def __init__(self, *, field_name: str, **kwargs: Any) -> None:
        super().__init__(field_name=field_name, lookup_expr="lte", widget=DateInput(), **kwargs)


def holds(field_name: str, word: str) -> models.Q:
    """Return the condition that a text column holds ``word`` in any case; SQLite folds only plain letters."""
    spellings = {word} if word.isascii() else {word, word.lower(), word.upper(), word.capitalize()}
    condition = models.Q()
    for spelling in sorted(spellings):
        condition |= models.Q(**{f"{field_name}__icontains": spelling})
    return condition
