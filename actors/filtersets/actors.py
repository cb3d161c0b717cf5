"""What actors and groups can be filtered by, on pages and in the REST API."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from functools import cached_property
from typing import Any

import django_filters
from django import forms
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actors.filtersets.attention import LIGHTS
from actors.models import (
    Actor,
    ActorGroup,
    ActorKind,
    ActorType,
    Contact,
    Sector,
    Topic,
)
from actors.models.attention import Light, lit, may_ask, with_next_due, without_activity, years_before
from crm.accounts.models import User
from crm.common.filters import (
    RecordFilterSet,
    RemoteChoiceFilter,
    TermFilter,
    VisibleChoiceFilter,
    holds,
)
from crm.common.roles import can
from crm.common.selection import SelectionFilter
from crm.common.widgets import CountedCheckboxes

NEVER = "never"
DUE, NO_INTERVAL, NO_ACTIVITY = "due", "none", "none"
QUIET_DAYS = {"90": _("3 months"), "180": _("6 months"), "365": _("1 year"), "730": _("2 years")}
ACTORS = "actors:actor_options"


class ActorFilterSet(RecordFilterSet):
    """Actors by name, kind, field of action, place and how long nothing was heard of them."""

    q = django_filters.CharFilter(label=_("Name or keyword"), method="search")
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
    quiet = django_filters.ChoiceFilter(
        label=_("Last contact older than"),
        choices=[*QUIET_DAYS.items(), (NEVER, _("never contacted"))],
        method="by_last_contact",
        empty_label=_("any"),
    )
    attention = django_filters.ChoiceFilter(
        label=_("Next contact"),
        choices=[*LIGHTS, (DUE, _("red and yellow")), (NO_INTERVAL, _("without an interval"))],
        method="by_attention",
        empty_label=_("any"),
    )
    activity = django_filters.ChoiceFilter(
        label=_("Activity"),
        choices=[(NO_ACTIVITY, _("neither contact nor event for a year"))],
        method="by_activity",
        empty_label=_("any"),
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
            for name, model in (("quiet", Contact), ("group", ActorGroup)):
                if not can(self.user, "view", model):
                    del self.filters[name]
            if not may_ask(self.user):
                del self.filters["attention"], self.filters["activity"]
            self.form.fields["sector"].widget.counts = lambda: self._counted["sector"]
            self.form.fields["kind"].widget.counts = lambda: self._counted["kind"]

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
        found: QuerySet = queryset.matching(value, details=can(self.user, "view_details", Actor))
        return found

    def by_status(self, queryset: Any, name: str, value: str) -> QuerySet:
        """Tell active actors from those that have come to their end."""
        ended = Q(active_until__isnull=False, active_until__lte=timezone.localdate())
        found: QuerySet = queryset.filter(ended) if value == "ended" else queryset.exclude(ended)
        return found

    def by_attention(self, queryset: Any, name: str, value: str) -> QuerySet:
        """Find the actors by how pressing it is to get in touch."""
        today = timezone.localdate()
        wanted = with_next_due(self.user, today=today)
        if value == NO_INTERVAL:
            found: QuerySet = queryset.exclude(pk__in=wanted.order_by().values("pk"))
        else:
            lights = [Light.RED, Light.YELLOW] if value == DUE else [value]
            found = queryset.filter(pk__in=lit(wanted, *lights, today=today).order_by().values("pk"))
        return found

    def by_activity(self, queryset: Any, name: str, value: str) -> QuerySet:
        """Find the actors that nobody talked to and that were nowhere for a year."""
        return without_activity(queryset, since=years_before(timezone.localdate(), 1))

    def by_last_contact(self, queryset: Any, name: str, value: str) -> QuerySet:
        """Find the actors that nobody talked to for a while, as far as the user may know."""
        contacts = Contact.objects.visible_to(self.user).order_by()
        ever = Exists(contacts.filter(actors=OuterRef("pk")))
        if value == NEVER:
            found: QuerySet = queryset.filter(~ever)
        else:
            since = timezone.localdate() - dt.timedelta(days=int(value))
            lately = contacts.filter(date__gte=since, actors__isnull=False)
            found = queryset.filter(ever).exclude(pk__in=lately.values("actors"))
        return found


class ActorGroupFilterSet(RecordFilterSet):
    """Groups by words and by member."""

    q = django_filters.CharFilter(label=_("Name or description"), method="search")
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
