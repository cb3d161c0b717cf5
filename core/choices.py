"""Which records a field of a form offers, and what becomes of a stored one that is no longer among them.

A stored choice stays where it is until somebody chooses another: a term out of use, the account of a
colleague who has left, a record outside what the form offers. It is drawn with a mark and cannot be chosen
anywhere else. One that the user may not see stays too, under a name that says nothing about it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from functools import partial
from typing import Any

from django import forms
from django.db import models
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext as _

from core.models import VocabularyTerm
from core.viewers import Viewer

UNSEEN = "kept"  # stands in the page for a stored record that the user may not see


def label_of(record: models.Model) -> str:
    """Return what a choice shows: a term in the language of the moment, anything else by its name.

    A record with a ``choice_label`` says more about itself, such as that it has ended.
    """
    if isinstance(record, VocabularyTerm):
        return record.label
    return str(getattr(record, "choice_label", record))


def unseen_label() -> str:
    """Return what stands for a record that the user may not see."""
    return _("(not visible)")


def label_for(record: models.Model, user: Viewer) -> str:
    """Return what a choice shows to ``user``, who may not be allowed to see it."""
    manager: Any = type(record)._default_manager
    if hasattr(manager, "visible_to") and not manager.visible_to(user).filter(pk=record.pk).exists():
        return unseen_label()
    return label_of(record)


def restrict_choices(field: forms.ModelChoiceField, user: Viewer, *, keep: Collection[Any] = ()) -> None:
    """Let ``field`` offer what ``user`` may see and what is in use; ``keep`` holds the stored keys."""
    queryset: Any = field.queryset
    manager = queryset.model._default_manager
    seen = partial(manager.visible_to, user) if hasattr(manager, "visible_to") else manager.all
    offered = queryset.visible_to(user) if hasattr(queryset, "visible_to") else queryset
    if issubclass(queryset.model, VocabularyTerm):
        offered = offered.filter(is_active=True)
    field.queryset = _with_stored(offered, seen().filter(pk__in=keep)) if keep else offered
    field.label_from_instance = Labels(field, offered, keep)  # type: ignore[assignment,method-assign]


def _with_stored(offered: Any, stored: Any) -> Any:
    if not offered.query.where:
        return offered
    chosen = models.Q(pk__in=offered.order_by().values("pk")) | models.Q(
        pk__in=stored.order_by().values("pk")
    )
    together = offered.model._default_manager.filter(chosen)
    return together.order_by(*offered.query.order_by) if offered.query.order_by else together


def unseen_among(field: forms.ModelChoiceField, user: Viewer, keys: Collection[Any]) -> list[Any]:
    """Return the stored records that ``user`` may not see."""
    model: Any = field.queryset.model  # type: ignore[union-attr]
    if not keys or not hasattr(model._default_manager, "visible_to"):
        return []
    seen = model._default_manager.visible_to(user)
    if not seen.query.where and not seen.query.is_empty():
        return []
    visible = set(seen.filter(pk__in=keys).values_list("pk", flat=True))
    return list(model._base_manager.filter(pk__in=set(keys) - visible))


class Labels:
    """Names the records of a field, those with a mark that are only there because they are stored."""

    def __init__(self, field: forms.ModelChoiceField, offered: Any, keep: Collection[Any]) -> None:
        own = type(field).label_from_instance
        is_own = own is not forms.ModelChoiceField.label_from_instance
        self.name: Callable[[Any], str] = partial(own, field) if is_own else label_of
        self.offered, self.keep = offered, set(keep)

    def __call__(self, record: Any) -> str:
        name = self.name(record)
        if record.pk not in self.keep:
            return name
        mark = self._mark(record)
        return f"{name} ({mark})" if mark else name

    def _mark(self, record: Any) -> str:
        if isinstance(record, VocabularyTerm):
            return "" if record.is_active else _("no longer in use")
        if not getattr(record, "is_active", True):
            return _("no longer active")
        is_offered = not self.offered.query.where or self.offered.filter(pk=record.pk).exists()
        return "" if is_offered else _("no longer offered")


class WithUnseen(ModelChoiceIterator):
    """The choices of a field whose stored record the user may not see."""

    def __iter__(self) -> Iterator[Any]:
        choices = super().__iter__()
        if self.field.empty_label is not None:
            yield next(choices)
        yield (UNSEEN, unseen_label())
        yield from choices
