"""What concerns can be filtered by, on pages and in the REST API."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actors.models import Actor, Topic
from contacts.concerns import Light
from contacts.models import Concern, ConcernKind, ConcernQuerySet, ConcernStatus
from core.accounts.models import User
from core.filters import (
    FromDateFilter,
    RecordFilterSet,
    RemoteChoiceFilter,
    SearchFilter,
    TermFilter,
    UntilDateFilter,
    VisibleChoiceFilter,
    holds,
)

ACTORS = "actors:actor_options"
IS_OPEN = [("true", _("open")), ("false", _("settled"))]
MARKS = [
    ("forwarded", _("was forwarded")),
    ("not_forwarded", _("never forwarded")),
    ("answered", _("was answered")),
    ("told", _("resident told")),
    ("untold", _("resident not told yet")),
    ("ended", _("lies with a department that has ended")),
    ("anonymous", _("anonymous")),
    ("no_topic", _("without topic")),
]
OF_MARK: dict[str, Callable[[Any], ConcernQuerySet]] = {
    "forwarded": lambda rows: rows.forwarded(),
    "not_forwarded": lambda rows: rows.filter(forwarded_to__isnull=True),
    "answered": lambda rows: rows.answered(),
    "told": lambda rows: rows.filter(told_on__isnull=False),
    "untold": lambda rows: rows.filter(told_on__isnull=True),
    "ended": lambda rows: rows.with_ended_department(timezone.localdate()),
    "anonymous": lambda rows: rows.filter(raised_by__isnull=True),
    "no_topic": lambda rows: rows.filter(topic__isnull=True),
}


class SettledDateFilter(django_filters.DateFilter):
    """A bound of the day on which it was settled; links set it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(field_name="settled_on", widget=forms.HiddenInput, **kwargs)


class ConcernFilterSet(RecordFilterSet):
    """Concerns by how they stand, how pressing they are, what about, and with whom they lie."""

    q = SearchFilter(label=_("Keyword"))
    is_open = django_filters.ChoiceFilter(
        label=_("State"), choices=IS_OPEN, method="by_state", empty_label=_("any")
    )
    light = django_filters.MultipleChoiceFilter(
        label=_("How pressing"),
        choices=Light.choices,
        method="by_light",
        widget=forms.CheckboxSelectMultiple,
    )
    status = TermFilter(queryset=ConcernStatus.objects, label=_("Status"))
    kind = TermFilter(queryset=ConcernKind.objects, label=_("Kind"))
    topic = TermFilter(queryset=Topic.objects, label=_("Topic"))
    department = RemoteChoiceFilter(
        queryset=Actor.objects, field_name="forwarded_to", label=_("Forwarded to"), url_name=ACTORS
    )
    raised_by = RemoteChoiceFilter(queryset=Actor.objects, label=_("Raised by"), url_name=ACTORS)
    actor = RemoteChoiceFilter(
        queryset=Actor.objects, label=_("Actor (raised by or forwarded to)"), url_name=ACTORS,
        method="by_actor",
    )  # fmt: skip
    responsible = VisibleChoiceFilter(queryset=User.objects, label=_("Responsible"), empty_label=_("anybody"))
    has = django_filters.ChoiceFilter(
        label=_("What happened"), choices=MARKS, method="by_mark", empty_label=_("any")
    )
    since = FromDateFilter(field_name="raised_on", label=_("From"))
    until = UntilDateFilter(field_name="raised_on", label=_("Until"))
    settled_since = SettledDateFilter(lookup_expr="gte", label=_("Settled from"))
    settled_until = SettledDateFilter(lookup_expr="lte", label=_("Settled until"))

    class Meta:
        model = Concern
        fields: list[str] = []

    def search(self, queryset: Any, name: str, value: str) -> QuerySet:
        """Find every word in the text or the answer, or a number."""
        for word in value.split():
            numbered = Q(pk__in=Concern.objects.numbered(word).values("pk"))
            queryset = queryset.filter(holds("text", word) | holds("answer", word) | numbered)
        return queryset

    def by_state(self, queryset: Any, name: str, value: str) -> QuerySet:
        """Tell what is open from what is settled."""
        concerns: QuerySet = queryset.filter(status__is_open=value == "true")
        return concerns

    def by_light(self, queryset: Any, name: str, value: list[str]) -> QuerySet:
        """Return the open concerns with one of these lights."""
        return queryset.lit(value, today=timezone.localdate()) if value else queryset

    def by_actor(self, queryset: Any, name: str, value: Actor) -> QuerySet:
        """Return what this actor raised and what lies with it."""
        concerns: QuerySet = queryset.filter(Q(raised_by=value) | Q(forwarded_to=value))
        return concerns

    def by_mark(self, queryset: Any, name: str, value: str) -> QuerySet:
        """Return the concerns of which this is true."""
        return OF_MARK[value](queryset)
