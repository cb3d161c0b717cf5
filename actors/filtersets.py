"""What actors, contacts and the rest of the register can be filtered by, on pages and in the REST API."""

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

from actors.models import (
    Actor,
    ActorGroup,
    ActorKind,
    ActorType,
    Affiliation,
    Concern,
    ConcernKind,
    ConcernStatus,
    Consent,
    ConsentPurpose,
    Contact,
    ContactChannel,
    Direction,
    FollowUp,
    ProgrammeDependency,
    Relation,
    RelationType,
    Sector,
    Topic,
)
from crm.accounts.models import User
from crm.common.filters import (
    FromDateFilter,
    RecordFilterSet,
    RemoteChoiceFilter,
    TermFilter,
    UntilDateFilter,
    VisibleChoiceFilter,
    holds,
)
from crm.common.roles import can
from crm.common.selection import SelectionFilter
from crm.common.text import fold
from crm.common.widgets import CountedCheckboxes

NEVER = "never"
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


class ContactFilterSet(RecordFilterSet):
    """Contacts by period, channel, staff member, topic, actor and words."""

    q = django_filters.CharFilter(label=_("Subject, note or name"), method="search")
    since = FromDateFilter(field_name="date", label=_("From"))
    until = UntilDateFilter(field_name="date", label=_("Until"))
    channel = TermFilter(queryset=ContactChannel.objects, label=_("Channel"))
    direction = django_filters.ChoiceFilter(
        label=_("Direction"), choices=Direction.choices, empty_label=_("any")
    )
    staff = VisibleChoiceFilter(queryset=User.objects, label=_("Logged by"), empty_label=_("anybody"))
    topic = TermFilter(queryset=Topic.objects, field_name="topics", label=_("Topic"))
    actor = RemoteChoiceFilter(queryset=Actor.objects, field_name="actors", label=_("Actor"), url_name=ACTORS)

    class Meta:
        model = Contact
        fields: list[str] = []

    def search(self, queryset: Any, name: str, value: str) -> QuerySet:
        """Find every word in the subject, the note or the name of an actor involved."""
        for word in fold(value).split():
            named = Actor.objects.visible_to(self.user).matching(word)
            about = Contact.actors.through.objects.filter(actor__in=named).values("contact")
            queryset = queryset.filter(Q(search_text__contains=word) | Q(pk__in=about))
        return queryset


class FollowUpFilterSet(RecordFilterSet):
    """Follow-ups by whose they are and how pressing."""

    q = django_filters.CharFilter(label=_("Keyword"), method="search")
    assignee = VisibleChoiceFilter(queryset=User.objects, label=_("For"), empty_label=_("anybody"))
    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=[("open", _("open")), ("overdue", _("overdue")), ("done", _("done"))],
        method="by_state",
        empty_label=_("any"),
    )
    due_until = UntilDateFilter(field_name="due", label=_("Due until"))
    actor = RemoteChoiceFilter(queryset=Actor.objects, label=_("Actor"), url_name=ACTORS, method="by_actor")

    class Meta:
        model = FollowUp
        fields: list[str] = []

    def search(self, queryset: Any, name: str, value: str) -> QuerySet:
        """Find every word in what is to be done or in the name of the actor."""
        for word in value.split():
            named = Actor.objects.visible_to(self.user).matching(word)
            queryset = queryset.filter(holds("text", word) | Q(actor__in=named))
        return queryset

    def by_actor(self, queryset: Any, name: str, value: Actor) -> QuerySet:
        """Return what is about this actor or about a contact with it."""
        contacts = Contact.objects.visible_to(self.user).filter(actors=value)
        found: QuerySet = queryset.filter(Q(actor=value) | Q(contact__in=contacts))
        return found

    def by_state(self, queryset: Any, name: str, value: str) -> QuerySet:
        """Tell what is still to be done from what is done."""
        if value == "done":
            found: QuerySet = queryset.filter(done_at__isnull=False)
        elif value == "overdue":
            found = queryset.open().filter(due__lt=timezone.localdate())
        else:
            found = queryset.open()
        return found


class ConcernFilterSet(RecordFilterSet):
    """Concerns by kind, state and topic."""

    q = django_filters.CharFilter(label=_("Keyword"), method="search")
    kind = TermFilter(queryset=ConcernKind.objects, label=_("Kind"))
    status = TermFilter(queryset=ConcernStatus.objects, label=_("Status"))
    topic = TermFilter(queryset=Topic.objects, label=_("Topic"))
    is_open = django_filters.BooleanFilter(field_name="status__is_open", label=_("open"))
    since = FromDateFilter(field_name="raised_on", label=_("From"))
    until = UntilDateFilter(field_name="raised_on", label=_("Until"))

    class Meta:
        model = Concern
        fields: list[str] = []

    def search(self, queryset: Any, name: str, value: str) -> QuerySet:
        """Find every word in the text or the answer."""
        for word in value.split():
            queryset = queryset.filter(holds("text", word) | holds("answer", word))
        return queryset


class IntervalFilterSet(RecordFilterSet):
    """What holds between two dates, by a day on which it holds."""

    active_on = django_filters.DateFilter(label=_("Holds on"), method="by_day")

    def by_day(self, queryset: Any, name: str, value: dt.date) -> QuerySet:
        """Return what holds on that day."""
        found: QuerySet = queryset.active_on(value)
        return found


class AffiliationFilterSet(IntervalFilterSet):
    """Affiliations by either side."""

    person = RemoteChoiceFilter(queryset=Actor.objects, label=_("Person"), url_name=ACTORS)
    organisation = RemoteChoiceFilter(queryset=Actor.objects, label=_("Organisation"), url_name=ACTORS)
    is_main_contact = django_filters.BooleanFilter(label=_("main contact"))

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
        found: QuerySet = queryset.of(value)
        return found


class ConsentFilterSet(RecordFilterSet):
    """Consents by person, purpose and whether they hold."""

    person = RemoteChoiceFilter(queryset=Actor.objects, label=_("Person"), url_name=ACTORS)
    purpose = django_filters.ChoiceFilter(label=_("Purpose"), choices=ConsentPurpose.choices)
    effective_on = django_filters.DateFilter(label=_("Holds on"), method="by_day")

    class Meta:
        model = Consent
        fields: list[str] = []

    def by_day(self, queryset: Any, name: str, value: dt.date) -> QuerySet:
        """Return the consents in force on that day."""
        found: QuerySet = queryset.effective_on(value)
        return found


class ProgrammeDependencyFilterSet(IntervalFilterSet):
    """Programme dependencies by actor."""

    actor = RemoteChoiceFilter(queryset=Actor.objects, label=_("Actor"), url_name=ACTORS)

    class Meta:
        model = ProgrammeDependency
        fields: list[str] = []


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
