"""What actors and groups can be filtered by, on pages and in the REST API."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import Any

import django_filters
from django import forms
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actors.models import Actor, ActorGroup, ActorKind, ActorType, Sector, Topic
from actors.models.particulars import searched_particulars
from core.accounts.models import User
from core.filters import (
    RecordFilterSet,
    RemoteChoiceFilter,
    SearchFilter,
    TermFilter,
    VisibleChoiceFilter,
    holds,
)
from core.roles import can
from core.selection import SelectionFilter
from core.widgets import CountedCheckboxes

ACTORS = "actors:actor_options"


class ActorFilterSet(RecordFilterSet):
    """Actors by name, kind, field of action and place."""

    q = SearchFilter(label=_("Name or keyword"))
    sector = django_filters.MultipleChoiceFilter(
        field_name="actor_type__sector",
        label=_("Sector"),
        choices=Sector.choices,
        distinct=False,
        widget=CountedCheckboxes,
    )
    status = django_filters.ChoiceFilter(
        label=_("Status"),
        choices=[("active", _("active")), ("ended", _("ended"))],
        method="by_status",
        empty_label=_("any"),
    )
    kind = django_filters.MultipleChoiceFilter(
        label=_("Kind"), choices=ActorKind.choices, distinct=False, widget=CountedCheckboxes
    )
    actor_type = TermFilter(queryset=ActorType.objects, label=_("Type"))
    topic = TermFilter(queryset=Topic.objects, field_name="topics", label=_("Topic"))
    group = VisibleChoiceFilter(
        queryset=ActorGroup.objects, field_name="groups", label=_("Group"), empty_label=_("any")
    )
    district = django_filters.MultipleChoiceFilter(
        label=_("District"), distinct=False, widget=forms.SelectMultiple(attrs={"data-tomselect": ""})
    )
    responsible = VisibleChoiceFilter(
        queryset=User.objects, label=_("Responsible"), empty_label=_("anybody"), null_label=_("nobody")
    )
    ids = SelectionFilter(label=_("Selection"))

    class Meta:
        model = Actor
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.request is not None:
            districts = Actor.objects.visible_to(self.user).exclude(district="").order_by("district")
            names = districts.values_list("district", flat=True).distinct()
            self.filters["district"].extra["choices"] = [(name, name) for name in names]
            for name in self.kept_back():
                del self.filters[name]
            self.form.fields["sector"].widget.counts = lambda: self._counted["sector"]
            self.form.fields["kind"].widget.counts = lambda: self._counted["kind"]

    def kept_back(self) -> list[str]:
        """Return the filters that would tell the user of what does not exist for them."""
        return [] if can(self.user, "view", ActorGroup) else ["group"]

    @cached_property
    def _counted(self) -> dict[str, Counter[str]]:
        """How many actors the user sees of each kind and sector, asked in one pass over the register."""
        sectors = dict(ActorType.objects.values_list("pk", "sector"))
        counted: dict[str, Counter[str]] = {"kind": Counter(), "sector": Counter()}
        rows = Actor.objects.visible_to(self.user).order_by().values_list("kind", "actor_type")
        for kind, actor_type, number in rows.annotate(n=Count("pk")):
            counted["kind"][kind] += number
            counted["sector"][sectors[actor_type]] += number
        return counted

    def search(self, queryset: Any, name: str, value: str) -> QuerySet:
        """Find every spelling of the names; telephone and e-mail only for those who may see them."""
        actors: QuerySet = queryset.matching(value, details=searched_particulars(self.user))
        return actors

    def by_status(self, queryset: Any, name: str, value: str) -> QuerySet:
        """Tell active actors from those that have come to their end."""
        ended = Q(active_until__isnull=False, active_until__lte=timezone.localdate())
        actors: QuerySet = queryset.filter(ended) if value == "ended" else queryset.exclude(ended)
        return actors


class ActorGroupFilterSet(RecordFilterSet):
    """Groups by words and by member."""

    q = SearchFilter(label=_("Name or description"))
    member = RemoteChoiceFilter(
        queryset=Actor.objects, field_name="members", label=_("Member"), url_name=ACTORS
    )

    class Meta:
        model = ActorGroup
        fields: list[str] = []

    def search(self, queryset: Any, name: str, value: str) -> QuerySet:
        """Find every word in the name or the description."""
        for word in value.split():
            queryset = queryset.filter(holds("name", word) | holds("description", word))
        return queryset
