"""What ties, consents and dependencies can be filtered by, on pages and in the REST API."""

from __future__ import annotations

import datetime as dt
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actors.models import (
    Actor,
    Affiliation,
    Consent,
    ConsentPurpose,
    ProgrammeDependency,
    Relation,
    RelationType,
)
from core.filters import RecordFilterSet, RemoteChoiceFilter, TermFilter, YesNoFilter

ACTORS = "actors:actor_options"


class IntervalFilterSet(RecordFilterSet):
    """What holds between two dates, by a day on which it holds."""

    active_on = django_filters.DateFilter(label=_("Holds on"), method="by_day")

    def by_day(self, queryset: Any, name: str, value: dt.date) -> QuerySet:
        """Return what holds on that day."""
        ties: QuerySet = queryset.active_on(value)
        return ties


class AffiliationFilterSet(IntervalFilterSet):
    """Affiliations by either side."""

    person = RemoteChoiceFilter(queryset=Actor.objects, label=_("Person"), url_name=ACTORS)
    organisation = RemoteChoiceFilter(queryset=Actor.objects, label=_("Organisation"), url_name=ACTORS)
    is_main_contact = YesNoFilter(label=_("main contact"))

    class Meta:
        model = Affiliation
        fields: list[str] = []


class RelationFilterSet(IntervalFilterSet):
    """Relations by kind and by one of the two actors."""

    actor = RemoteChoiceFilter(queryset=Actor.objects, label=_("Actor"), url_name=ACTORS, method="by_actor")
    relation_type = TermFilter(queryset=RelationType.objects, label=_("Kind"))

    class Meta:
        model = Relation
        fields: list[str] = []

    def by_actor(self, queryset: Any, name: str, value: Actor) -> QuerySet:
        """Return the relations of this actor in either direction."""
        relations: QuerySet = queryset.of(value)
        return relations


class ConsentFilterSet(RecordFilterSet):
    """Consents by person, purpose and whether they hold."""

    person = RemoteChoiceFilter(queryset=Actor.objects, label=_("Person"), url_name=ACTORS)
    purpose = django_filters.ChoiceFilter(label=_("Purpose"), choices=ConsentPurpose.choices)
    effect = django_filters.ChoiceFilter(
        label=_("Effect"), choices=(("holds", _("holds")), ("withdrawn", _("withdrawn"))), method="by_effect"
    )
    effective_on = django_filters.DateFilter(label=_("Holds on"), method="by_day")

    class Meta:
        model = Consent
        fields: list[str] = []

    def by_effect(self, queryset: Any, name: str, value: str) -> QuerySet:
        """Return the consents that hold today, or those that were withdrawn."""
        consents: QuerySet = (
            queryset.effective_on(timezone.localdate())
            if value == "holds"
            else queryset.filter(withdrawn_on__isnull=False)
        )
        return consents

    def by_day(self, queryset: Any, name: str, value: dt.date) -> QuerySet:
        """Return the consents in force on that day."""
        consents: QuerySet = queryset.effective_on(value)
        return consents


class ProgrammeDependencyFilterSet(IntervalFilterSet):
    """Programme dependencies by actor."""

    actor = RemoteChoiceFilter(queryset=Actor.objects, label=_("Actor"), url_name=ACTORS)

    class Meta:
        model = ProgrammeDependency
        fields: list[str] = []
