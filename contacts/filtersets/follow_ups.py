"""What follow-ups can be filtered by, on pages and in the REST API."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actors.models import Actor
from contacts.models import Concern, Contact, FollowUp
from core.accounts.models import User
from core.filters import (
    FromDateFilter,
    RecordFilterSet,
    RemoteChoiceFilter,
    SearchFilter,
    UntilDateFilter,
    VisibleChoiceFilter,
    holds,
)
from core.selection import SelectionFilter

ACTORS = "actors:actor_options"


class DoneDateFilter(django_filters.DateFilter):
    """A bound of the day on which it was done; links set it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(field_name="done_at__date", widget=forms.HiddenInput, **kwargs)


class FollowUpFilterSet(RecordFilterSet):
    """Follow-ups by whose they are, how pressing, and what about."""

    q = SearchFilter(label=_("Keyword"))
    assignee = VisibleChoiceFilter(queryset=User.objects, label=_("For"), empty_label=_("anybody"))
    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=[("open", _("open")), ("overdue", _("overdue")), ("done", _("done"))],
        method="by_state",
        empty_label=_("any"),
    )
    due_since = FromDateFilter(field_name="due", label=_("Due from"))
    due_until = UntilDateFilter(field_name="due", label=_("Due until"))
    done_since = DoneDateFilter(lookup_expr="gte", label=_("Done from"))
    done_until = DoneDateFilter(lookup_expr="lte", label=_("Done until"))
    actor = RemoteChoiceFilter(queryset=Actor.objects, label=_("Actor"), url_name=ACTORS, method="by_actor")
    contact = VisibleChoiceFilter(queryset=Contact.objects, label=_("Contact"), widget=forms.HiddenInput)
    concern = VisibleChoiceFilter(queryset=Concern.objects, label=_("Concern"), widget=forms.HiddenInput)
    ids = SelectionFilter(label=_("Selection"))

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
        """Return what is about this actor, about a contact with it, or about a concern it raised or got."""
        contacts = Contact.objects.visible_to(self.user).filter(actors=value)
        theirs = Q(raised_by=value) | Q(forwarded_to=value)
        concerns = Concern.objects.visible_to(self.user).filter(theirs)
        about = Q(actor=value) | Q(contact__in=contacts) | Q(concern__in=concerns)
        follow_ups: QuerySet = queryset.filter(about)
        return follow_ups

    def by_state(self, queryset: Any, name: str, value: str) -> QuerySet:
        """Tell what is still to be done from what is done."""
        if value == "done":
            follow_ups: QuerySet = queryset.filter(done_at__isnull=False)
        elif value == "overdue":
            follow_ups = queryset.open().filter(due__lt=timezone.localdate())
        else:
            follow_ups = queryset.open()
        return follow_ups
